//! The seals over the log, and the events under them. An event and the note that it waits for a seal are written together;
//! which seal covers it is written down, so that one that was committed late simply comes under a later seal.

use crate::{
    error::AppError,
    store::row::{digest, list_each},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{event::seal::SealedEvent, evidence::digest::Sha256};
use liangxin_entity::{event, seal, sealed_event, unsealed_event};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A seal as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Its number.
    pub number: i32,
    /// The signed line.
    pub line: String,
}

/// An event of the log, as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Its row.
    pub row: SealedEvent,
}

/// Where an event stands under a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The event.
    pub event: Uuid,
    /// Its place, from 0 on.
    pub position: i32,
    /// The hash of its row as it was sealed; none if what stands there is no hash.
    pub hash: Option<Sha256>,
}

/// Notes that a new event waits for a seal.
pub(super) async fn insert_waiting(work: &Work, event: Uuid) -> Result<(), AppError> {
    let row = unsealed_event::ActiveModel {
        event_id: Set(event),
    };
    unsealed_event::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The newest seal.
pub async fn newest(source: &impl Source) -> Result<Option<Signed>, AppError> {
    let row = seal::Entity::find()
        .order_by_desc(seal::Column::Number)
        .limit(1)
        .one(source.connection())
        .await?;
    Ok(row.map(signed))
}

/// The seal of a number.
pub async fn find(source: &impl Source, number: i32) -> Result<Option<Signed>, AppError> {
    let row = seal::Entity::find_by_id(number)
        .one(source.connection())
        .await?;
    Ok(row.map(signed))
}

/// The seals behind a number, in their order.
pub async fn list(source: &impl Source, after: i32, most: u64) -> Result<Vec<Signed>, AppError> {
    let rows = seal::Entity::find()
        .filter(seal::Column::Number.gt(after))
        .order_by_asc(seal::Column::Number)
        .limit(most)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(signed).collect())
}

fn signed(row: seal::Model) -> Signed {
    Signed {
        number: row.number,
        line: row.line,
    }
}

/// Events that were committed and wait for a seal, in the order of their ids, but for those that say no more than a day that is
/// not over. One that cannot be read goes on waiting and keeps none of the others.
pub async fn list_waiting(
    source: &impl Source,
    open: [DateTime<Utc>; 2],
    most: u64,
) -> Result<Vec<Logged>, AppError> {
    let waiting = unsealed_event::Entity::find()
        .select_only()
        .column(unsealed_event::Column::EventId)
        .into_query();
    let events = event::Entity::find()
        .filter(event::Column::Id.in_subquery(waiting))
        .filter(event::Column::At.is_not_in(open))
        .order_by_asc(event::Column::Id)
        .limit(most);
    let rows = list_each(source, events).await?;
    Ok(rows.into_iter().map(logged).collect())
}

/// Whether the seal of any event is due. Asked from those that wait: they are few.
pub async fn is_anything_waiting(
    source: &impl Source,
    open: [DateTime<Utc>; 2],
) -> Result<bool, AppError> {
    let mut due = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::At.is_not_in(open))
        .into_query();
    let waiting = (unsealed_event::Entity, unsealed_event::Column::EventId);
    due.and_where(Expr::col((event::Entity, event::Column::Id)).equals(waiting));
    let one = unsealed_event::Entity::find()
        .filter(Condition::all().add(Expr::exists(due)))
        .limit(1);
    Ok(one.one(source.connection()).await?.is_some())
}

/// How many events wait for a seal.
pub async fn count_waiting(source: &impl Source) -> Result<u64, AppError> {
    Ok(unsealed_event::Entity::find()
        .count(source.connection())
        .await?)
}

/// Keeps a seal with the hashes of its events in their order; they wait no longer.
pub async fn insert(
    work: &Work,
    Signed { number, line }: &Signed,
    events: &[(Uuid, Sha256)],
) -> Result<(), AppError> {
    let row = seal::ActiveModel {
        number: Set(*number),
        made_at: Set(work.now()),
        line: Set(line.clone()),
    };
    seal::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    let leaves = (0..)
        .zip(events)
        .map(|(position, (event, leaf))| sealed_event::ActiveModel {
            event_id: Set(*event),
            seal: Set(*number),
            position: Set(position),
            leaf: Set(leaf.to_string()),
        });
    sealed_event::Entity::insert_many(leaves)
        .exec_without_returning(work.connection())
        .await?;
    let ids = events.iter().map(|(event, _)| *event);
    unsealed_event::Entity::delete_many()
        .filter(unsealed_event::Column::EventId.is_in(ids))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// The events under a seal, in their places.
pub async fn list_leaves(source: &impl Source, seal: i32) -> Result<Vec<Leaf>, AppError> {
    let rows = sealed_event::Entity::find()
        .filter(sealed_event::Column::Seal.eq(seal))
        .order_by_asc(sealed_event::Column::Position)
        .all(source.connection())
        .await?;
    let leaf = |row: sealed_event::Model| Leaf {
        event: row.event_id,
        position: row.position,
        hash: digest(&row.leaf, "sealed_event", "leaf").ok(),
    };
    Ok(rows.into_iter().map(leaf).collect())
}

/// The greatest number of a seal under which an event stands.
pub async fn greatest_with_events(source: &impl Source) -> Result<Option<i32>, AppError> {
    let row = sealed_event::Entity::find()
        .order_by_desc(sealed_event::Column::Seal)
        .limit(1)
        .one(source.connection())
        .await?;
    Ok(row.map(|row| row.seal))
}

/// Of some events, those that are in the log.
pub async fn list_events(
    source: &impl Source,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Logged>, AppError> {
    let rows = event::Entity::find()
        .filter(event::Column::Id.is_in(ids))
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, logged(row))).collect())
}

/// An event that names what was recorded beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The event.
    pub event: Uuid,
    /// What it is about.
    pub subject: Uuid,
    /// The digest of what was recorded beside it.
    pub beside: String,
}

/// Events behind an id that name what was recorded beside them, by id.
pub async fn list_naming(
    source: &impl Source,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Naming>, AppError> {
    let mut select = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .column(event::Column::Subject)
        .column(event::Column::Beside)
        .filter(event::Column::Beside.is_not_null());
    if let Some(after) = after {
        select = select.filter(event::Column::Id.gt(after));
    }
    let rows: Vec<(Uuid, Uuid, String)> = select
        .order_by_asc(event::Column::Id)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    let naming = |(event, subject, beside)| Naming {
        event,
        subject,
        beside,
    };
    Ok(rows.into_iter().map(naming).collect())
}

/// Events of the log behind an id, by id; those that neither stand under a seal nor wait for one are the second part.
pub async fn list_uncovered(
    source: &impl Source,
    after: Option<Uuid>,
    most: u64,
) -> Result<(Vec<Uuid>, Vec<Uuid>), AppError> {
    let mut select = event::Entity::find()
        .select_only()
        .column(event::Column::Id);
    if let Some(after) = after {
        select = select.filter(event::Column::Id.gt(after));
    }
    let ids: Vec<Uuid> = select
        .order_by_asc(event::Column::Id)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    // In this order: an event that gets its seal meanwhile leaves the first table for the second one.
    let waiting: Vec<Uuid> = unsealed_event::Entity::find()
        .select_only()
        .column(unsealed_event::Column::EventId)
        .filter(unsealed_event::Column::EventId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(source.connection())
        .await?;
    let sealed: Vec<Uuid> = sealed_event::Entity::find()
        .select_only()
        .column(sealed_event::Column::EventId)
        .filter(sealed_event::Column::EventId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(source.connection())
        .await?;
    let covered: HashSet<Uuid> = waiting.into_iter().chain(sealed).collect();
    let uncovered = ids.iter().copied().filter(|id| !covered.contains(id));
    let uncovered = uncovered.collect();
    Ok((ids, uncovered))
}

/// Events behind an id that wait for a seal, by id; those that are not in the log are the second part.
pub async fn list_lost_waiting(
    source: &impl Source,
    after: Option<Uuid>,
    most: u64,
) -> Result<(Vec<Uuid>, Vec<Uuid>), AppError> {
    let mut select = unsealed_event::Entity::find()
        .select_only()
        .column(unsealed_event::Column::EventId);
    if let Some(after) = after {
        select = select.filter(unsealed_event::Column::EventId.gt(after));
    }
    let ids: Vec<Uuid> = select
        .order_by_asc(unsealed_event::Column::EventId)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    let there = list_events(source, ids.iter().copied()).await?;
    let lost = ids.iter().copied().filter(|id| !there.contains_key(id));
    let lost = lost.collect();
    Ok((ids, lost))
}

pub(super) fn logged(row: event::Model) -> Logged {
    let event::Model {
        id,
        at,
        actor_kind,
        actor_user,
        kind,
        subject,
        report_id,
        office,
        city,
        province,
        beside,
    } = row;
    Logged {
        id,
        at,
        row: SealedEvent {
            actor_kind,
            actor_user,
            at: SealedEvent::moment(at),
            beside,
            city,
            id,
            kind,
            office,
            province,
            report: report_id,
            subject,
        },
    }
}
