//! Statutory periods that run on reports and cases.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    id::{CaseId, ClockId, ReportId},
    law::clock::{Clock, Due},
};
use liangxin_entity::clock;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};
use std::collections::HashMap;

/// What a period runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunsOn {
    /// A report.
    Report(ReportId),
    /// A case.
    Case(CaseId),
}

/// Starts a period.
pub async fn insert_clock(
    work: &Work,
    id: ClockId,
    on: RunsOn,
    clock: &Clock,
) -> Result<(), AppError> {
    let Clock {
        rule_id,
        instrument,
        edition,
        article,
        started_on,
        due,
        calendar_version,
        satisfied_on,
    } = clock;
    let (report_id, case_id) = match on {
        RunsOn::Report(report) => (Some(report.uuid()), None),
        RunsOn::Case(case) => (None, Some(case.uuid())),
    };
    let (due_literal, due_moved, missing_year) = match due {
        Due::On { literal, moved } => (Some(*literal), Some(*moved), None),
        Due::CalendarMissing { year } => (None, None, Some(*year)),
    };
    let row = clock::ActiveModel {
        id: Set(id.uuid()),
        report_id: Set(report_id),
        case_id: Set(case_id),
        rule_id: Set(rule_id.clone()),
        instrument: Set(instrument.clone()),
        edition: Set(edition.clone()),
        article: Set(article.clone()),
        started_on: Set(*started_on),
        due_literal: Set(due_literal),
        due_moved: Set(due_moved),
        missing_year: Set(missing_year),
        calendar_version: Set(calendar_version.clone()),
        satisfied_on: Set(*satisfied_on),
    };
    clock::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The duty of a rule is done; the first day counts, a later one changes nothing.
pub async fn satisfy(
    work: &Work,
    on: RunsOn,
    rule_id: &str,
    day: NaiveDate,
) -> Result<(), AppError> {
    let subject = match on {
        RunsOn::Report(report) => clock::Column::ReportId.eq(report.uuid()),
        RunsOn::Case(case) => clock::Column::CaseId.eq(case.uuid()),
    };
    clock::Entity::update_many()
        .col_expr(clock::Column::SatisfiedOn, Expr::value(day))
        .filter(subject)
        .filter(clock::Column::RuleId.eq(rule_id))
        .filter(clock::Column::SatisfiedOn.is_null())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// The periods of reports that the caller may see already.
pub async fn clocks_of_reports(
    source: &impl Source,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, Vec<Clock>>, AppError> {
    let ids = reports.iter().map(|report| report.uuid());
    let rows = clock::Entity::find()
        .filter(clock::Column::ReportId.is_in(ids))
        .order_by_asc(clock::Column::Id)
        .all(source.connection())
        .await?;
    let mut clocks: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(report) = row.report_id {
            clocks
                .entry(ReportId::new(report))
                .or_default()
                .push(read(row)?);
        }
    }
    Ok(clocks)
}

/// The periods of cases that the caller may see already.
pub async fn clocks_of_cases(
    source: &impl Source,
    cases: &[CaseId],
) -> Result<HashMap<CaseId, Vec<Clock>>, AppError> {
    let ids = cases.iter().map(|case| case.uuid());
    let rows = clock::Entity::find()
        .filter(clock::Column::CaseId.is_in(ids))
        .order_by_asc(clock::Column::Id)
        .all(source.connection())
        .await?;
    let mut clocks: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(case) = row.case_id {
            clocks
                .entry(CaseId::new(case))
                .or_default()
                .push(read(row)?);
        }
    }
    Ok(clocks)
}

fn read(row: clock::Model) -> Result<Clock, AppError> {
    let due = match (row.due_literal, row.due_moved, row.missing_year) {
        (Some(literal), Some(moved), _) => Due::On { literal, moved },
        (_, _, Some(year)) => Due::CalendarMissing { year },
        _ => return Err(AppError::damaged("clock", "due_literal")),
    };
    Ok(Clock {
        rule_id: row.rule_id,
        instrument: row.instrument,
        edition: row.edition,
        article: row.article,
        started_on: row.started_on,
        due,
        calendar_version: row.calendar_version,
        satisfied_on: row.satisfied_on,
    })
}
