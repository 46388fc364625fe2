//! How what was recorded on visits stands, counted.

use crate::{
    error::AppError,
    store::{inspections, row::word},
    work::Source,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{actor::Actor, id::VisitId, inspections::visit::VisitStateKind};
use liangxin_entity::{instrument_check, measurement, photo, visit};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was recorded on a visit, and how much of it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub visit: VisitId,
    /// How far it has come.
    pub state: VisitStateKind,
    /// Measurements, void ones too.
    pub measurements: u64,
    /// Marks and seals that were looked at, void ones too.
    pub checks: u64,
    /// Photos that were declared, and are held or still to come.
    pub photos_declared: u64,
    /// Those of them that are held.
    pub photos_held: u64,
    /// Those of them that are still to come.
    pub photos_missing: u64,
    /// Photos that were declared and will not come.
    pub photos_withdrawn: u64,
    /// Photos that came and that nobody declared.
    pub photos_parked: u64,
}

/// How what was recorded on those of some visits stands that the actor may see.
pub async fn stand(
    source: &impl Source,
    actor: &Actor,
    visits: &[VisitId],
) -> Result<Vec<Standing>, AppError> {
    let seen = inspections::seen_among(source, actor, visits).await?;
    let ids: Vec<Uuid> = seen.iter().map(|visit| visit.uuid()).collect();
    let states: Vec<(Uuid, String)> = visit::Entity::find()
        .select_only()
        .column(visit::Column::Id)
        .column(visit::Column::State)
        .filter(visit::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(visit::Column::Id)
        .into_tuple()
        .all(source.connection())
        .await?;
    let measurements = count_measurements(source, &ids).await?;
    let checks = count_checks(source, &ids).await?;
    let photos = count_photos(source, &ids).await?;
    let stand = |(id, state): (Uuid, String)| -> Result<Standing, AppError> {
        let photos = photos.get(&id).copied().unwrap_or_default();
        let count = |of: &BTreeMap<Uuid, u64>| of.get(&id).copied().unwrap_or_default();
        Ok(Standing {
            visit: VisitId::new(id),
            state: word(&state, "visit", "state")?,
            measurements: count(&measurements),
            checks: count(&checks),
            photos_declared: photos.held + photos.missing,
            photos_held: photos.held,
            photos_missing: photos.missing,
            photos_withdrawn: photos.withdrawn,
            photos_parked: photos.parked,
        })
    };
    states.into_iter().map(stand).collect()
}

async fn count_measurements(
    source: &impl Source,
    visits: &[Uuid],
) -> Result<BTreeMap<Uuid, u64>, AppError> {
    let counted: Vec<(Uuid, i64)> = measurement::Entity::find()
        .select_only()
        .column(measurement::Column::VisitId)
        .column_as(measurement::Column::Id.count(), "entries")
        .filter(measurement::Column::VisitId.is_in(visits.iter().copied()))
        .group_by(measurement::Column::VisitId)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(counted.into_iter().map(counts).collect())
}

async fn count_checks(
    source: &impl Source,
    visits: &[Uuid],
) -> Result<BTreeMap<Uuid, u64>, AppError> {
    let counted: Vec<(Uuid, i64)> = instrument_check::Entity::find()
        .select_only()
        .column(instrument_check::Column::VisitId)
        .column_as(instrument_check::Column::Id.count(), "entries")
        .filter(instrument_check::Column::VisitId.is_in(visits.iter().copied()))
        .group_by(instrument_check::Column::VisitId)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(counted.into_iter().map(counts).collect())
}

fn counts((visit, entries): (Uuid, i64)) -> (Uuid, u64) {
    (visit, u64::try_from(entries).unwrap_or_default())
}

/// The photos of a visit by how they stand.
#[derive(Debug, Clone, Copy, Default)]
struct Photos {
    held: u64,
    missing: u64,
    withdrawn: u64,
    parked: u64,
}

/// When something happened to a photo, if it did.
type At = Option<DateTime<Utc>>;

async fn count_photos(
    source: &impl Source,
    visits: &[Uuid],
) -> Result<BTreeMap<Uuid, Photos>, AppError> {
    let photos: Vec<(Uuid, Option<String>, At, At)> = photo::Entity::find()
        .select_only()
        .column(photo::Column::VisitId)
        .column(photo::Column::ParkedBecause)
        .column(photo::Column::StoredAt)
        .column(photo::Column::WithdrawnAt)
        .filter(photo::Column::VisitId.is_in(visits.iter().copied()))
        .into_tuple()
        .all(source.connection())
        .await?;
    let mut counted: BTreeMap<Uuid, Photos> = BTreeMap::new();
    for (visit, parked_because, stored_at, withdrawn_at) in photos {
        let of = counted.entry(visit).or_default();
        match (parked_because, stored_at, withdrawn_at) {
            (Some(_), Some(_), _) => of.parked += 1,
            // It was announced and never came.
            (Some(_), None, _) => {}
            (None, Some(_), _) => of.held += 1,
            (None, None, Some(_)) => of.withdrawn += 1,
            (None, None, None) => of.missing += 1,
        }
    }
    Ok(counted)
}
