//! What was recorded on a visit: marks and seals that were looked at, measurements with their verdicts.

use crate::{
    error::AppError,
    store::{
        inspections,
        row::{insert_new, last_id, meet, raw_rows, read_each, take_apart, word},
        visit_entries,
    },
    work::{Source, Touched, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::{EntryId, InstrumentId, MeasurementId, UserId, VisitId},
    inspections::{
        amend::{Amendment, EntryKind, Void},
        occurred::Occurred,
        visit::{InstrumentCheck, Measurement, Seal, Visit, VisitStateKind},
    },
    law::calendar::shanghai_date,
    metrology::{verification, wire},
    ratings::capped::SeenMark,
    refusal::{Code, Refusal},
    reports::state::Mark,
    text::{Line, Reason},
};
use liangxin_entity::{instrument_check, measurement, visit};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, prelude::DateTimeUtc,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Writes what an inspector saw on an instrument.
pub async fn insert_check(
    work: &Work,
    visit: VisitId,
    check: &InstrumentCheck,
) -> Result<(), AppError> {
    let row = instrument_check::ActiveModel {
        id: Set(check.id.uuid()),
        visit_id: Set(visit.uuid()),
        instrument_id: Set(check.instrument.uuid()),
        mark_valid_until: Set(check.mark_valid_until),
        seal: Set(check.seal.to_string()),
        note: Set(check.note.as_ref().map(ToString::to_string)),
        fails: Set(check.fails()),
        recorded_at: Set(check.recorded_at),
        recorded_by: Set(check.by.uuid()),
        voided_at: Set(None),
        voided_by: Set(None),
        void_reason: Set(None),
    };
    work.touch(Touched::Visit(visit));
    insert_new(work, row).await
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
        recorded_at: Set(new.recorded_at),
        recorded_by: Set(new.by.uuid()),
        voided_at: Set(None),
        voided_by: Set(None),
        void_reason: Set(None),
        replaced_by: Set(None),
        replaces: Set(new.replaces.map(MeasurementId::uuid)),
    };
    work.touch(Touched::Visit(new.visit));
    insert_new(work, row).await
}

/// Makes an entry of a visit void, once, and writes what stands in its place. What it said stays as it was written.
pub async fn amend(work: &Work, visit: VisitId, amendment: &Amendment) -> Result<(), AppError> {
    work.touch(Touched::Visit(visit));
    if let Some(instead) = &amendment.instead {
        insert_measurement(work, instead).await?;
    }
    let Void {
        made,
        reason,
        replaced_by,
    } = &amendment.void;
    let entry = amendment.entry.uuid();
    match amendment.kind {
        EntryKind::Measurement => {
            let row = measurement::ActiveModel {
                voided_at: Set(Some(made.at)),
                voided_by: Set(Some(made.by.uuid())),
                void_reason: Set(Some(reason.to_string())),
                replaced_by: Set(replaced_by.map(MeasurementId::uuid)),
                ..measurement::ActiveModel::default()
            };
            let update = measurement::Entity::update_many()
                .set(row)
                .filter(measurement::Column::Id.eq(entry))
                .filter(measurement::Column::VisitId.eq(visit.uuid()))
                .filter(measurement::Column::VoidedAt.is_null());
            meet(work, update, Code::Stale).await
        }
        EntryKind::InstrumentCheck => {
            let row = instrument_check::ActiveModel {
                voided_at: Set(Some(made.at)),
                voided_by: Set(Some(made.by.uuid())),
                void_reason: Set(Some(reason.to_string())),
                ..instrument_check::ActiveModel::default()
            };
            let update = instrument_check::Entity::update_many()
                .set(row)
                .filter(instrument_check::Column::Id.eq(entry))
                .filter(instrument_check::Column::VisitId.eq(visit.uuid()))
                .filter(instrument_check::Column::VoidedAt.is_null());
            meet(work, update, Code::Stale).await
        }
    }
}

/// That an entry is void, as its row has it.
fn void(
    (at, by, reason): (Option<DateTimeUtc>, Option<Uuid>, Option<String>),
    replaced_by: Option<Uuid>,
) -> Option<Void> {
    Some(Void {
        made: Mark {
            by: UserId::new(by?),
            at: at?,
        },
        reason: Reason::stored(reason?),
        replaced_by: replaced_by.map(MeasurementId::new),
    })
}

/// The instrument checks of a visit that the caller may see already, with those that are void.
pub async fn checks_of(
    source: &impl Source,
    visit: VisitId,
) -> Result<Vec<InstrumentCheck>, AppError> {
    let rows = instrument_check::Entity::find()
        .filter(instrument_check::Column::VisitId.eq(visit.uuid()))
        .order_by_asc(instrument_check::Column::RecordedAt)
        .order_by_asc(instrument_check::Column::Id)
        .all(source.connection())
        .await?;
    read_checks(source, rows).await
}

async fn read_checks(
    source: &impl Source,
    rows: Vec<instrument_check::Model>,
) -> Result<Vec<InstrumentCheck>, AppError> {
    let ids = rows.iter().map(|row| row.id).collect();
    let mut made = visit_entries::made(source, ids).await?;
    let read = |row: instrument_check::Model| {
        let occurred = made.remove(&row.id);
        read_check(row, occurred)
    };
    rows.into_iter().map(read).collect()
}

/// Takes a check apart; nothing is said of when the look was where the server's moment stands for it.
pub(super) fn read_check(
    row: instrument_check::Model,
    occurred: Option<Occurred>,
) -> Result<InstrumentCheck, AppError> {
    let seal: Seal = word(&row.seal, "instrument_check", "seal")?;
    let day = occurred.as_ref().map(Occurred::day);
    let seen_on = day.unwrap_or_else(|| shanghai_date(row.recorded_at));
    Ok(InstrumentCheck {
        id: EntryId::new(row.id),
        instrument: InstrumentId::new(row.instrument_id),
        mark_valid_until: row.mark_valid_until,
        seal,
        note: row.note.map(Line::stored),
        status: verification::status(row.mark_valid_until, seen_on),
        occurred,
        recorded_at: row.recorded_at,
        by: UserId::new(row.recorded_by),
        void: void((row.voided_at, row.voided_by, row.void_reason), None),
    })
}

/// The newest mark that was seen on instruments at a visit that was submitted and is not void, by instrument.
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
        .filter(instrument_check::Column::VoidedAt.is_null())
        .order_by_asc(instrument_check::Column::RecordedAt)
        .order_by_asc(instrument_check::Column::Id)
        .all(source.connection())
        .await?;
    let mut checks = read_checks(source, rows).await?;
    // Of several the last one stays, by when they were made and not by when they came.
    checks.sort_by_key(InstrumentCheck::made_at);
    let seen = checks.into_iter().map(|check| {
        let mark = SeenMark {
            on: shanghai_date(check.made_at()),
            valid_until: check.mark_valid_until,
        };
        (check.instrument, mark)
    });
    Ok(seen.collect())
}

/// The measurements of a visit that the caller may see already, with those that are void.
pub async fn measurements_of(
    source: &impl Source,
    visit: VisitId,
) -> Result<Vec<Measurement>, AppError> {
    let rows = measurement::Entity::find()
        .filter(measurement::Column::VisitId.eq(visit.uuid()))
        .order_by_asc(measurement::Column::RecordedAt)
        .order_by_asc(measurement::Column::Id)
        .all(source.connection())
        .await?;
    let ids = rows.iter().map(|row| row.id).collect();
    let mut made = visit_entries::made(source, ids).await?;
    let read = |row: measurement::Model| {
        let occurred = made.remove(&row.id);
        read_measurement(row, occurred)
    };
    rows.into_iter().map(read).collect()
}

/// A weighing with its visit, if the actor may see that, or `NOT_FOUND`.
pub async fn get_measurement(
    source: &impl Source,
    actor: &Actor,
    id: MeasurementId,
) -> Result<(Visit, Measurement), AppError> {
    let not_found = || AppError::from(Refusal::on(Code::NotFound, "measurementId"));
    let row = measurement::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .ok_or_else(not_found)?;
    let visit = inspections::get(source, actor, VisitId::new(row.visit_id)).await;
    let visit = visit.map_err(|error| match error {
        AppError::Refused(_) => not_found(),
        error => error,
    })?;
    let occurred = visit_entries::made(source, vec![row.id])
        .await?
        .remove(&row.id);
    Ok((visit, read_measurement(row, occurred)?))
}

/// Stored measurements, as they were judged, in the order of their ids, those after one of them, and the id behind which the
/// next ones stand; none behind the last one. One that cannot be read is left out: [`crate::store::check`] names it.
pub async fn list_measurements(
    source: &impl Source,
    after: Option<MeasurementId>,
    most: u64,
) -> Result<(Vec<Measurement>, Option<MeasurementId>), AppError> {
    let mut select = measurement::Entity::find()
        .order_by_asc(measurement::Column::Id)
        .limit(most);
    if let Some(after) = after {
        select = select.filter(measurement::Column::Id.gt(after.uuid()));
    }
    let rows = raw_rows(source, select).await?;
    let last = last_id(&rows, measurement::Column::Id);
    let read = |row| {
        let row = take_apart::<measurement::Entity>(&row)?;
        read_measurement(row, None)
    };
    Ok((read_each(rows, read)?, last.map(MeasurementId::new)))
}

/// Takes a measurement apart; nothing is said of when it was made where the server's moment stands for it.
pub(super) fn read_measurement(
    row: measurement::Model,
    occurred: Option<Occurred>,
) -> Result<Measurement, AppError> {
    let judgement = wire::read_verdict(&row.verdict)
        .map_err(|_| AppError::damaged("measurement", "verdict"))?;
    Ok(Measurement {
        id: MeasurementId::new(row.id),
        visit: VisitId::new(row.visit_id),
        instrument: row.instrument_id.map(InstrumentId::new),
        judgement,
        occurred,
        recorded_at: row.recorded_at,
        by: UserId::new(row.recorded_by),
        replaces: row.replaces.map(MeasurementId::new),
        void: void(
            (row.voided_at, row.voided_by, row.void_reason),
            row.replaced_by,
        ),
    })
}
