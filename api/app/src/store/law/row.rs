//! Clocks as rows. Pauses and extensions are few and only ever read with their clock, so that they
//! stand in its row; former ends are asked for by themselves.

use super::{HeldClock, RunsOn};
use crate::{error::AppError, store::row::word};
use chrono::NaiveDate;
use liangxin_domain::{
    id::{CaseId, ClockId, ComplaintId, DisputeId, ReportId, RewardId, UserId},
    law::clock::{Clock, Due, Extension, FormerEnd, Pause},
};
use liangxin_entity::{clock, clock_history};
use sea_orm::ActiveValue::{NotSet, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
struct ExtensionRow {
    by: Uuid,
    on: NaiveDate,
    length: u32,
}

/// The columns that a due day is kept in.
struct DueColumns {
    literal: Option<NaiveDate>,
    moved: Option<NaiveDate>,
    missing_year: Option<i32>,
    paused_since: Option<NaiveDate>,
    /// The first day on which it can end; the earlier reading itself where that is known.
    not_before: Option<NaiveDate>,
}

impl DueColumns {
    const fn of(due: Due) -> Self {
        let (literal, moved, missing_year, paused_since, not_before) = match due {
            Due::On { literal, moved } => (Some(literal), Some(moved), None, None, Some(literal)),
            Due::CalendarMissing { year, not_before } => (None, None, Some(year), None, not_before),
            Due::Paused { since } => (None, None, None, Some(since), None),
        };
        Self {
            literal,
            moved,
            missing_year,
            paused_since,
            not_before,
        }
    }

    fn read(self, table: &'static str) -> Result<Due, AppError> {
        let Self {
            literal,
            moved,
            missing_year,
            paused_since,
            not_before,
        } = self;
        match (literal, moved, missing_year, paused_since) {
            (Some(literal), Some(moved), None, None) => Ok(Due::On { literal, moved }),
            (None, None, Some(year), None) => Ok(Due::CalendarMissing { year, not_before }),
            (None, None, None, Some(since)) => Ok(Due::Paused { since }),
            _ => Err(AppError::damaged(table, "due_literal")),
        }
    }
}

pub(super) fn write(held: &HeldClock) -> Result<clock::ActiveModel, AppError> {
    let HeldClock {
        id,
        on,
        clock,
        warned,
        check_on,
        version: _,
    } = held;
    let due = DueColumns::of(clock.due);
    let extensions: Vec<_> = clock.extensions.iter().map(extension_row).collect();
    let json = |e| AppError::internal("write a clock", e);
    let mut row = clock::ActiveModel {
        id: Set(id.uuid()),
        report_id: Set(None),
        case_id: Set(None),
        complaint_id: Set(None),
        reward_id: Set(None),
        dispute_id: Set(None),
        rule_id: Set(clock.rule_id.clone()),
        instrument: Set(clock.instrument.clone()),
        edition: Set(clock.edition.clone()),
        article: Set(clock.article.clone()),
        provenance: Set(clock.provenance.to_string()),
        length: Set(i32::try_from(clock.length).unwrap_or(i32::MAX)),
        unit: Set(clock.unit.to_string()),
        started_on: Set(clock.started_on),
        set_for: Set(clock.set_for),
        extensions: Set(serde_json::to_string(&extensions).map_err(json)?),
        pauses: Set(serde_json::to_string(&clock.pauses).map_err(json)?),
        due_literal: Set(due.literal),
        due_moved: Set(due.moved),
        missing_year: Set(due.missing_year),
        paused_since: Set(due.paused_since),
        due_not_before: Set(due.not_before),
        calendar_version: Set(clock.calendar_version.clone()),
        satisfied_on: Set(clock.satisfied_on),
        lapsed_on: Set(clock.lapsed_on),
        warned: Set(warned.to_string()),
        check_on: Set(*check_on),
        version: NotSet,
    };
    match on {
        RunsOn::Report(report) => row.report_id = Set(Some(report.uuid())),
        RunsOn::Case(case) => row.case_id = Set(Some(case.uuid())),
        RunsOn::Complaint(complaint) => row.complaint_id = Set(Some(complaint.uuid())),
        RunsOn::Reward(reward) => row.reward_id = Set(Some(reward.uuid())),
        RunsOn::Dispute(dispute) => row.dispute_id = Set(Some(dispute.uuid())),
    }
    Ok(row)
}

const fn extension_row(extension: &Extension) -> ExtensionRow {
    ExtensionRow {
        by: extension.by.uuid(),
        on: extension.on,
        length: extension.length,
    }
}

pub(in crate::store) fn read(
    row: clock::Model,
    former: Vec<FormerEnd>,
) -> Result<HeldClock, AppError> {
    let on = runs_on(&row)?;
    let damaged = |column| move |_| AppError::damaged("clock", column);
    let extensions: Vec<ExtensionRow> =
        serde_json::from_str(&row.extensions).map_err(damaged("extensions"))?;
    let pauses: Vec<Pause> = serde_json::from_str(&row.pauses).map_err(damaged("pauses"))?;
    let due = DueColumns {
        literal: row.due_literal,
        moved: row.due_moved,
        missing_year: row.missing_year,
        paused_since: row.paused_since,
        not_before: row.due_not_before,
    };
    Ok(HeldClock {
        id: ClockId::new(row.id),
        on,
        warned: word(&row.warned, "clock", "warned")?,
        check_on: row.check_on,
        version: row.version,
        clock: Clock {
            provenance: word(&row.provenance, "clock", "provenance")?,
            length: u32::try_from(row.length).map_err(|_| AppError::damaged("clock", "length"))?,
            unit: word(&row.unit, "clock", "unit")?,
            rule_id: row.rule_id,
            instrument: row.instrument,
            edition: row.edition,
            article: row.article,
            started_on: row.started_on,
            set_for: row.set_for,
            extensions: extensions
                .into_iter()
                .map(|row| Extension {
                    by: UserId::new(row.by),
                    on: row.on,
                    length: row.length,
                })
                .collect(),
            pauses,
            due: due.read("clock")?,
            calendar_version: row.calendar_version,
            satisfied_on: row.satisfied_on,
            lapsed_on: row.lapsed_on,
            former,
        },
    })
}

fn runs_on(row: &clock::Model) -> Result<RunsOn, AppError> {
    let report = row.report_id.map(|id| RunsOn::Report(ReportId::new(id)));
    let case = row.case_id.map(|id| RunsOn::Case(CaseId::new(id)));
    let complaint = row
        .complaint_id
        .map(|id| RunsOn::Complaint(ComplaintId::new(id)));
    let reward = row.reward_id.map(|id| RunsOn::Reward(RewardId::new(id)));
    let dispute = row.dispute_id.map(|id| RunsOn::Dispute(DisputeId::new(id)));
    report
        .or(case)
        .or(complaint)
        .or(reward)
        .or(dispute)
        .ok_or_else(|| AppError::damaged("clock", "report_id"))
}

pub(super) fn write_former(
    clock: ClockId,
    number: usize,
    end: &FormerEnd,
) -> clock_history::ActiveModel {
    let due = DueColumns::of(end.due);
    clock_history::ActiveModel {
        clock_id: Set(clock.uuid()),
        number: Set(i32::try_from(number).unwrap_or(i32::MAX)),
        started_on: Set(end.started_on),
        due_literal: Set(due.literal),
        due_moved: Set(due.moved),
        missing_year: Set(due.missing_year),
        paused_since: Set(due.paused_since),
        calendar_version: Set(end.calendar_version.clone()),
        replaced_on: Set(end.replaced_on),
        cause: Set(end.cause.to_string()),
    }
}

pub(in crate::store) fn read_former(row: clock_history::Model) -> Result<FormerEnd, AppError> {
    let due = DueColumns {
        literal: row.due_literal,
        moved: row.due_moved,
        missing_year: row.missing_year,
        paused_since: row.paused_since,
        // What was certain of an end that is another one now is not kept.
        not_before: None,
    };
    Ok(FormerEnd {
        started_on: row.started_on,
        due: due.read("clock_history")?,
        calendar_version: row.calendar_version,
        replaced_on: row.replaced_on,
        cause: word(&row.cause, "clock_history", "cause")?,
    })
}
