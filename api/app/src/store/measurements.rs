//! What was recorded on a visit: marks and seals that were looked at, measurements with their verdicts.

use crate::{
    error::AppError,
    store::{inspections, row::word},
    work::{Source, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::{InstrumentId, MeasurementId, UserId, VisitId},
    inspections::visit::{InstrumentCheck, Measurement, Seal, VisitStateKind},
    law::calendar::shanghai_date,
    metrology::{verification, wire},
    ratings::capped::SeenMark,
    refusal::{Code, Refusal},
    text::Line,
};
use liangxin_entity::{instrument_check, measurement, visit};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Writes what an inspector saw on an instrument.
pub async fn insert_check(
    work: &Work,
    id: Uuid,
    visit: VisitId,
    check: &InstrumentCheck,
) -> Result<(), AppError> {
    let row = instrument_check::ActiveModel {
        id: Set(id),
        visit_id: Set(visit.uuid()),
        instrument_id: Set(check.instrument.uuid()),
        mark_valid_until: Set(check.mark_valid_until),
        seal: Set(check.seal.to_string()),
        note: Set(check.note.as_ref().map(ToString::to_string)),
        fails: Set(check.fails()),
        recorded_at: Set(work.now()),
        recorded_by: Set(check.by.uuid()),
    };
    instrument_check::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Writes a measurement with its verdict.
pub async fn insert_measurement(work: &Work, new: &Measurement) -> Result<(), AppError> {
    let verdict = wire::write_verdict(&new.judgement);
    let row = measurement::ActiveModel {
        id: Set(new.id.uuid()),
        visit_id: Set(new.visit.uuid()),
        instrument_id: Set(new.instrument.map(|instrument| instrument.uuid())),
        verdict: Set(verdict),
        outcome: Set(if new.fails() { "fails" } else { "other" }.to_owned()),
        recorded_at: Set(work.now()),
        recorded_by: Set(new.by.uuid()),
    };
    measurement::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The instrument checks of a visit that the caller may see already.
pub async fn checks_of(
    source: &impl Source,
    visit: VisitId,
) -> Result<Vec<InstrumentCheck>, AppError> {
    instrument_check::Entity::find()
        .filter(instrument_check::Column::VisitId.eq(visit.uuid()))
        .order_by_asc(instrument_check::Column::RecordedAt)
        .order_by_asc(instrument_check::Column::Id)
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| {
            let seal: Seal = word(&row.seal, "instrument_check", "seal")?;
            let seen_on = shanghai_date(row.recorded_at);
            Ok(InstrumentCheck {
                instrument: InstrumentId::new(row.instrument_id),
                mark_valid_until: row.mark_valid_until,
                seal,
                note: row.note.map(Line::stored),
                status: verification::status(row.mark_valid_until, seen_on),
                by: UserId::new(row.recorded_by),
            })
        })
        .collect()
}

/// The newest mark that was seen on instruments at a visit that was submitted, by instrument.
pub async fn marks_of(
    source: &impl Source,
    instruments: &[InstrumentId],
) -> Result<HashMap<InstrumentId, SeenMark>, AppError> {
    let submitted = visit::Entity::find()
        .select_only()
        .column(visit::Column::Id)
        .filter(visit::Column::State.eq(VisitStateKind::Submitted.to_string()))
        .into_query();
    let rows = instrument_check::Entity::find()
        .filter(
            instrument_check::Column::InstrumentId
                .is_in(instruments.iter().map(|instrument| instrument.uuid())),
        )
        .filter(instrument_check::Column::VisitId.in_subquery(submitted))
        .order_by_asc(instrument_check::Column::RecordedAt)
        .order_by_asc(instrument_check::Column::Id)
        .all(source.connection())
        .await?;
    // Of several the last one stays.
    let seen = rows.into_iter().map(|row| {
        let mark = SeenMark {
            on: shanghai_date(row.recorded_at),
            valid_until: row.mark_valid_until,
        };
        (InstrumentId::new(row.instrument_id), mark)
    });
    Ok(seen.collect())
}

/// The weighings of a visit that the caller may see already.
pub async fn measurements_of(
    source: &impl Source,
    visit: VisitId,
) -> Result<Vec<Measurement>, AppError> {
    measurement::Entity::find()
        .filter(measurement::Column::VisitId.eq(visit.uuid()))
        .order_by_asc(measurement::Column::RecordedAt)
        .order_by_asc(measurement::Column::Id)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read_measurement)
        .collect()
}

/// A weighing of a visit that the actor may see, or `NOT_FOUND`.
pub async fn get_measurement(
    source: &impl Source,
    actor: &Actor,
    id: MeasurementId,
) -> Result<Measurement, AppError> {
    let not_found = || AppError::from(Refusal::on(Code::NotFound, "measurementId"));
    let row = measurement::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .ok_or_else(not_found)?;
    inspections::get(source, actor, VisitId::new(row.visit_id))
        .await
        .map_err(|_| not_found())?;
    read_measurement(row)
}

/// All measurements, in pages by id, for recomputing the verdicts.
pub async fn list_measurements(
    source: &impl Source,
    after: Option<MeasurementId>,
    most: u64,
) -> Result<Vec<Measurement>, AppError> {
    let mut select = measurement::Entity::find();
    if let Some(after) = after {
        select = select.filter(measurement::Column::Id.gt(after.uuid()));
    }
    select
        .order_by_asc(measurement::Column::Id)
        .limit(most)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read_measurement)
        .collect()
}

pub(super) fn read_measurement(row: measurement::Model) -> Result<Measurement, AppError> {
    let judgement = wire::read_verdict(&row.verdict)
        .map_err(|_| AppError::damaged("measurement", "verdict"))?;
    Ok(Measurement {
        id: MeasurementId::new(row.id),
        visit: VisitId::new(row.visit_id),
        instrument: row.instrument_id.map(InstrumentId::new),
        judgement,
        recorded_at: row.recorded_at,
        by: UserId::new(row.recorded_by),
    })
}
