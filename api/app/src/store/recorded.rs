//! What was recorded on visits, of many at once: a list of visits would ask for each of them alone. What cannot be read spoils
//! its own visit, and no other.

use super::{
    evidence::{self, Photo},
    measurements,
    row::{raw_rows, take_apart},
    visit_entries,
};
use crate::{error::AppError, work::Source};
use liangxin_domain::{
    id::VisitId,
    inspections::visit::{InstrumentCheck, Measurement},
};
use liangxin_entity::{instrument_check, measurement, photo};
use sea_orm::{ColumnTrait as _, EntityTrait, IdenStatic as _, QueryFilter as _, Select};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The entries of the record of a visit, with those that are void, in the order in which the server recorded them.
#[derive(Debug, Default)]
pub struct Entries {
    /// Marks and seals that were looked at.
    pub checks: Vec<InstrumentCheck>,
    /// Measurements with their verdicts.
    pub measurements: Vec<Measurement>,
}

/// What was recorded on a visit, or why it cannot be read, for all who ask.
pub type Shared<T> = Arc<Result<T, AppError>>;

/// By visit what was recorded.
type Found<T> = HashMap<VisitId, Result<T, AppError>>;

/// The entries of visits that the caller may see already.
pub async fn entries(
    source: &impl Source,
    visits: &[VisitId],
) -> Result<HashMap<VisitId, Shared<Entries>>, AppError> {
    let on = visits.iter().map(|visit| visit.uuid());
    let checks = instrument_check::Column::VisitId.is_in(on.clone());
    let checks = instrument_check::Entity::find().filter(checks);
    let checks = rows(source, checks, instrument_check::Column::VisitId).await?;
    let measured = measurement::Column::VisitId.is_in(on);
    let measured = measurement::Entity::find().filter(measured);
    let measured = rows(source, measured, measurement::Column::VisitId).await?;
    let checked = checks.iter().flat_map(|(_, row)| row).map(|row| row.id);
    let weighed = measured.iter().flat_map(|(_, row)| row).map(|row| row.id);
    let ids: Vec<Uuid> = checked.chain(weighed).collect();
    let mut made = visit_entries::made_each(source, &ids).await?;
    let mut found: Found<Entries> = nothing_on(visits);
    for (visit, row) in checks {
        let read = row.and_then(|row| {
            let occurred = made.remove(&row.id).transpose()?;
            measurements::read_check(row, occurred)
        });
        add(&mut found, (visit, read), |on, check| on.checks.push(check));
    }
    for (visit, row) in measured {
        let read = row.and_then(|row| {
            let occurred = made.remove(&row.id).transpose()?;
            measurements::read_measurement(row, occurred)
        });
        add(&mut found, (visit, read), |on, it| on.measurements.push(it));
    }
    for on in found.values_mut().flatten() {
        on.checks.sort_by_key(|check| (check.recorded_at, check.id));
        on.measurements.sort_by_key(|it| (it.recorded_at, it.id));
    }
    Ok(shared(found))
}

/// The photos of visits that the caller may see already: of each those that [`evidence::list`] has.
pub async fn photos(
    source: &impl Source,
    visits: &[VisitId],
) -> Result<HashMap<VisitId, Shared<Vec<Photo>>>, AppError> {
    let on = visits.iter().map(|visit| visit.uuid());
    let select = photo::Entity::find()
        .filter(photo::Column::VisitId.is_in(on))
        .filter(evidence::known());
    let mut found: Found<Vec<Photo>> = nothing_on(visits);
    for (visit, row) in rows(source, select, photo::Column::VisitId).await? {
        let read = row.and_then(evidence::read);
        add(&mut found, (visit, read), Vec::push);
    }
    for on in found.values_mut().flatten() {
        on.sort_by_key(|photo| (photo.declared_at, photo.declared.id));
    }
    Ok(shared(found))
}

/// The rows of a select, each with its visit.
async fn rows<E: EntityTrait>(
    source: &impl Source,
    select: Select<E>,
    visit: E::Column,
) -> Result<Vec<(VisitId, Result<E::Model, AppError>)>, AppError> {
    let rows = raw_rows(source, select).await?;
    rows.iter()
        .map(|row| {
            let on: Uuid = row.try_get("", visit.as_str())?;
            Ok((VisitId::new(on), take_apart::<E>(row)))
        })
        .collect()
}

fn nothing_on<T: Default>(visits: &[VisitId]) -> Found<T> {
    let nothing = visits.iter().map(|visit| (*visit, Ok(T::default())));
    nothing.collect()
}

fn add<T, E>(
    found: &mut Found<T>,
    (visit, read): (VisitId, Result<E, AppError>),
    put: impl FnOnce(&mut T, E),
) {
    let Some(on) = found.get_mut(&visit) else {
        return;
    };
    match (on, read) {
        (Ok(on), Ok(read)) => put(on, read),
        (on @ Ok(_), Err(error)) => *on = Err(error),
        (Err(_), _) => {}
    }
}

fn shared<T>(found: Found<T>) -> HashMap<VisitId, Shared<T>> {
    let found = found.into_iter();
    found.map(|(visit, on)| (visit, Arc::new(on))).collect()
}
