//! Lists of work: where a thing lies and when it is its turn, written into its row so that a page is one range
//! of an index. Dated things come by their day, then those without a day and then those that are over, each by the
//! day on which they came: the moment would tell what came in one letter, also from the cursor of a page.

use crate::{
    error::AppError,
    store::law::RunsOn,
    work::{Source as _, Work},
};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use liangxin_domain::{
    law::calendar::{shanghai_date, shanghai_start_of},
    places::division::{DivisionCode, Level},
};
use liangxin_entity::{
    case_file, case_investigator, clock, complaint, report, report_inspector, reward,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, Func, SimpleExpr},
};
use uuid::Uuid;

/// Years after its arrival at which a thing without a day stands: after every day that a law could name.
const UNDATED_YEARS: i32 = 3000;
/// Years after its arrival at which a thing stands that is over. Four digits: SQLite compares texts.
const OVER_YEARS: i32 = 7000;

/// The year from which on what has no day stands: no day that a law could name lies behind it.
pub(super) const UNDATED_FROM: i32 = 4000;
/// The year from which on what is over stands.
pub(super) const OVER_FROM: i32 = 8000;

/// Whether somebody has to move a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueState {
    /// Somebody has.
    Open,
    /// Nobody has.
    Over,
}

impl QueueState {
    /// What a state says of itself.
    #[must_use]
    pub const fn of(is_over: bool) -> Self {
        if is_over { Self::Over } else { Self::Open }
    }
}

/// The place of a day.
pub(super) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The place of the first day of a year.
pub(super) fn beginning(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).map_or(DateTime::<Utc>::MAX_UTC, midnight)
}

/// The columns beside a county's by which a row is found from above: its city and its province.
pub(super) fn seats(unit: DivisionCode) -> (Option<String>, Option<String>) {
    let at = |level| unit.at(level).map(|code| code.to_string());
    (at(Level::City), at(Level::Province))
}

/// The place of what has no day.
pub(super) fn undated(arrived: DateTime<Utc>) -> DateTime<Utc> {
    later(arrived, UNDATED_YEARS)
}

/// The place of what is over.
pub(super) fn over(arrived: DateTime<Utc>) -> DateTime<Utc> {
    later(arrived, OVER_YEARS)
}

/// A leap day has none in most other years; the day after it serves as well.
fn later(arrived: DateTime<Utc>, years: i32) -> DateTime<Utc> {
    let arrived = shanghai_start_of(shanghai_date(arrived));
    let year = arrived.year() + years;
    arrived
        .with_year(year)
        .or_else(|| arrived.with_day(28)?.with_year(year))
        .unwrap_or(arrived)
}

/// The earlier readings of the ends of the periods that run on a thing, each with its rule and its first day.
pub async fn ends(
    work: &Work,
    on: RunsOn,
) -> Result<Vec<(String, NaiveDate, NaiveDate)>, AppError> {
    let (column, id) = on.column();
    Ok(clock::Entity::find()
        .select_only()
        .column(clock::Column::RuleId)
        .column(clock::Column::StartedOn)
        .column_as(first_end(), "first_end")
        .filter(column.eq(id))
        .filter(clock::Column::SatisfiedOn.is_null())
        .filter(clock::Column::LapsedOn.is_null())
        .filter(first_end().is_not_null())
        .into_tuple()
        .all(work.connection())
        .await?)
}

/// The periods that run on a thing: each with its first day and, if that is known, its end as [`ends`] tells it.
pub(super) async fn open_clocks(
    work: &Work,
    on: RunsOn,
) -> Result<Vec<(Uuid, NaiveDate, Option<NaiveDate>)>, AppError> {
    let (column, id) = on.column();
    Ok(clock::Entity::find()
        .select_only()
        .column(clock::Column::Id)
        .column(clock::Column::StartedOn)
        .column_as(first_end(), "first_end")
        .filter(column.eq(id))
        .filter(clock::Column::SatisfiedOn.is_null())
        .filter(clock::Column::LapsedOn.is_null())
        .into_tuple()
        .all(work.connection())
        .await?)
}

/// The earlier reading of an end, or the first day on which it can be while a calendar is missing.
fn first_end() -> SimpleExpr {
    Func::coalesce([
        clock::Column::DueLiteral.into_expr(),
        clock::Column::DueNotBefore.into_expr(),
    ])
    .into()
}

/// Puts a thing to its place; nothing for what no list of work shows. Without a standing it keeps the one that it
/// has: only its day has changed.
pub async fn place(
    work: &Work,
    on: RunsOn,
    standing: Option<QueueState>,
    day: Option<NaiveDate>,
) -> Result<(), AppError> {
    /// One noun: its entity, when it came, its id.
    macro_rules! placed {
        ($noun:ident, $arrived:ident, $id:expr) => {{
            let at = match day {
                Some(day) => midnight(day),
                None => {
                    let found: Option<(DateTime<Utc>, DateTime<Utc>)> =
                        $noun::Entity::find_by_id($id)
                            .select_only()
                            .column($noun::Column::$arrived)
                            .column($noun::Column::QueueAt)
                            .into_tuple()
                            .one(work.connection())
                            .await?;
                    let Some((arrived, now)) = found else {
                        return Ok(());
                    };
                    // Rows of an earlier version hold the moment instead of the day.
                    let stands = standing.unwrap_or(QueueState::of(now >= over(arrived)));
                    match stands {
                        QueueState::Open => undated(arrived),
                        QueueState::Over => over(arrived),
                    }
                }
            };
            $noun::Entity::update_many()
                .col_expr($noun::Column::QueueAt, Expr::value(at))
                .filter($noun::Column::Id.eq($id))
                .exec(work.connection())
                .await?;
            at
        }};
    }
    let at = match on {
        RunsOn::Report(id) => placed!(report, ReceivedAt, id.uuid()),
        RunsOn::Case(id) => placed!(case_file, FiledAt, id.uuid()),
        RunsOn::Complaint(id) => placed!(complaint, ReceivedAt, id.uuid()),
        RunsOn::Reward(id) => placed!(reward, ScreenedAt, id.uuid()),
        RunsOn::Dispute(_) => return Ok(()),
    };
    follow(work, on, at).await
}

/// Those who were sent for a thing, or work on it, find it at the same place as their office.
async fn follow(work: &Work, on: RunsOn, at: DateTime<Utc>) -> Result<(), AppError> {
    match on {
        RunsOn::Report(id) => {
            report_inspector::Entity::update_many()
                .col_expr(report_inspector::Column::QueueAt, Expr::value(at))
                .filter(report_inspector::Column::ReportId.eq(id.uuid()))
                .exec(work.connection())
                .await?;
        }
        RunsOn::Case(id) => {
            case_investigator::Entity::update_many()
                .col_expr(case_investigator::Column::QueueAt, Expr::value(at))
                .filter(case_investigator::Column::CaseId.eq(id.uuid()))
                .exec(work.connection())
                .await?;
        }
        RunsOn::Complaint(_) | RunsOn::Reward(_) | RunsOn::Dispute(_) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_day_comes_before_what_has_none_and_that_before_what_is_over() {
        let leap_day: DateTime<Utc> = "2028-02-29T12:00:00Z".parse().unwrap();
        let next: DateTime<Utc> = "2028-03-01T12:00:00Z".parse().unwrap();
        let dated = NaiveDate::from_ymd_opt(2099, 1, 1).unwrap();
        let dated = dated.and_time(NaiveTime::MIN).and_utc();
        let order = [
            dated,
            undated(leap_day),
            undated(next),
            over(leap_day),
            over(next),
        ];
        assert!(order.is_sorted());
        assert_eq!(over(next).year(), 9028);
    }

    #[test]
    fn a_row_is_found_from_its_city_and_its_province() {
        let seats_of = |code: &str| seats(code.parse().unwrap());
        let some = |code: &str| Some(code.to_owned());
        assert_eq!(seats_of("430321"), (some("430300"), some("430000")));
        assert_eq!(seats_of("430300"), (some("430300"), some("430000")));
        assert_eq!(seats_of("430000"), (None, some("430000")));
    }
}
