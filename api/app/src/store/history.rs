//! What the log says about some things, as far as a seal covers it: for whoever has to be shown that it was not changed.

use crate::{
    error::AppError,
    store::{
        row::{read_each, word},
        seals::{Logged, logged},
    },
    work::Source,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{event::EventKind, id::UserId};
use liangxin_entity::{event, sealed_event};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// How many things are asked about together.
const SUBJECTS: usize = 200;

/// How much of what somebody did is told.
const ACTS: u64 = 100;

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of the seal.
    pub seal: i32,
    /// The place under it, from 0 on.
    pub position: i32,
}

/// The events about some things that a seal covers, in the order in which they happened.
pub async fn list(source: &impl Source, about: &[Uuid]) -> Result<Vec<(Logged, Place)>, AppError> {
    let mut found = Vec::new();
    for about in about.chunks(SUBJECTS) {
        let rows = event::Entity::find()
            .filter(event::Column::Subject.is_in(about.iter().copied()))
            .order_by_asc(event::Column::Id)
            .all(source.connection())
            .await?;
        for rows in rows.chunks(SUBJECTS) {
            let places = places(source, rows).await?;
            let sealed = rows.iter().filter_map(|row| {
                let place = places.get(&row.id)?;
                Some((logged(row.clone()), *place))
            });
            found.extend(sealed);
        }
    }
    found.sort_by_key(|(event, _)| (event.at, event.id));
    Ok(found)
}

/// What somebody did to a thing, the earliest first, as many as a list holds.
pub async fn acts_of(
    source: &impl Source,
    actor: UserId,
    about: Uuid,
) -> Result<Vec<(EventKind, DateTime<Utc>)>, AppError> {
    let rows: Vec<(String, DateTime<Utc>)> = event::Entity::find()
        .select_only()
        .column(event::Column::Kind)
        .column(event::Column::At)
        .filter(event::Column::Subject.eq(about))
        .filter(event::Column::ActorUser.eq(actor.uuid()))
        .order_by_asc(event::Column::Id)
        .limit(ACTS)
        .into_tuple()
        .all(source.connection())
        .await?;
    read_each(rows, |(kind, at)| Ok((word(&kind, "event", "kind")?, at)))
}

async fn places(
    source: &impl Source,
    events: &[event::Model],
) -> Result<HashMap<Uuid, Place>, AppError> {
    let rows = sealed_event::Entity::find()
        .filter(sealed_event::Column::EventId.is_in(events.iter().map(|event| event.id)))
        .all(source.connection())
        .await?;
    let place = |row: sealed_event::Model| {
        let place = Place {
            seal: row.seal,
            position: row.position,
        };
        (row.event_id, place)
    };
    Ok(rows.into_iter().map(place).collect())
}
