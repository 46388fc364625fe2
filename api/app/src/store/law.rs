//! Statutory periods, whatever they run on, and the ends that they had before.

mod charge;
mod row;

pub use charge::{Charge, find_charge, numbers_of};

pub(super) use self::row::{read, read_former};
use crate::{
    error::AppError,
    store::{
        page::behind,
        row::{insert_new, list_each, raw_rows, read_each},
    },
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    desk::MatterKind,
    id::{CaseId, ClockId, ComplaintId, DisputeId, ReportId, RewardId},
    law::clock::{Clock, Warned},
    refusal::{Code, Refusal},
};
use liangxin_entity::{clock, clock_history};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, IdenStatic as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, sea_query::Expr,
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// How many ids one query names at most.
const CHUNK: usize = 500;

/// The rows of the ends that periods had before, by period.
type FormerEnds = HashMap<Uuid, Vec<clock_history::Model>>;

/// What a period runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunsOn {
    /// A report.
    Report(ReportId),
    /// A case.
    Case(CaseId),
    /// A complaint.
    Complaint(ComplaintId),
    /// A reward.
    Reward(RewardId),
    /// A dispute about competence.
    Dispute(DisputeId),
}

impl RunsOn {
    /// The matter of a desk that periods run on.
    #[must_use]
    pub const fn of(kind: MatterKind, id: Uuid) -> Self {
        match kind {
            MatterKind::Report => Self::Report(ReportId::new(id)),
            MatterKind::Complaint => Self::Complaint(ComplaintId::new(id)),
            MatterKind::Case => Self::Case(CaseId::new(id)),
            MatterKind::Reward => Self::Reward(RewardId::new(id)),
        }
    }

    /// The column that names it, and its id.
    pub(super) const fn column(self) -> (clock::Column, Uuid) {
        match self {
            Self::Report(report) => (clock::Column::ReportId, report.uuid()),
            Self::Case(case) => (clock::Column::CaseId, case.uuid()),
            Self::Complaint(complaint) => (clock::Column::ComplaintId, complaint.uuid()),
            Self::Reward(reward) => (clock::Column::RewardId, reward.uuid()),
            Self::Dispute(dispute) => (clock::Column::DisputeId, dispute.uuid()),
        }
    }
}

/// A clock with what the database knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldClock {
    /// Its id.
    pub id: ClockId,
    /// What it runs on.
    pub on: RunsOn,
    /// The clock.
    pub clock: Clock,
    /// How far the office has been warned of its present end.
    pub warned: Warned,
    /// The first day on which there is more to warn of.
    pub check_on: Option<NaiveDate>,
    /// Counts the changes.
    pub version: i32,
}

/// Starts a period.
pub async fn insert_clock(work: &Work, held: &HeldClock) -> Result<(), AppError> {
    let mut row = row::write(held)?;
    row.version = Set(1);
    insert_new(work, row).await?;
    keep_former(work, held, 0).await
}

/// Saves a changed clock; somebody else's change in the meantime is `STALE`. `kept` of its former
/// ends are in the database already.
pub async fn save_clock(work: &Work, held: &HeldClock, kept: usize) -> Result<(), AppError> {
    let mut row = row::write(held)?;
    row.version = Set(held.version + 1);
    let saved = clock::Entity::update_many()
        .set(row)
        .filter(clock::Column::Id.eq(held.id.uuid()))
        .filter(clock::Column::Version.eq(held.version))
        .exec(work.connection())
        .await?;
    if saved.rows_affected != 1 {
        return Err(Refusal::of(Code::Stale).into());
    }
    keep_former(work, held, kept).await
}

async fn keep_former(work: &Work, held: &HeldClock, kept: usize) -> Result<(), AppError> {
    let ends = held.clock.former.iter().enumerate().skip(kept);
    let rows: Vec<_> = ends
        .map(|(number, end)| row::write_former(held.id, number, end))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    clock_history::Entity::insert_many(rows)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The clock of that rule on that subject: the running one, else the last that ran.
pub async fn find_clock(
    source: &impl Source,
    on: RunsOn,
    rule_id: &str,
) -> Result<Option<HeldClock>, AppError> {
    let (column, id) = on.column();
    let which = Condition::all()
        .add(column.eq(id))
        .add(clock::Column::RuleId.eq(rule_id));
    let mut held = list(source, which).await?;
    let running = held.iter().rposition(|held| held.clock.is_open());
    Ok(match running {
        Some(index) => Some(held.swap_remove(index)),
        None => held.pop(),
    })
}

/// The periods of one thing, all of them or an error: for what is decided by them.
pub async fn list_on(source: &impl Source, on: RunsOn) -> Result<Vec<Clock>, AppError> {
    let (column, id) = on.column();
    let held = list(source, column.eq(id).into()).await?;
    Ok(held.into_iter().map(|held| held.clock).collect())
}

/// A clock by its id.
pub async fn get_clock(source: &impl Source, id: ClockId) -> Result<Option<HeldClock>, AppError> {
    let which = clock::Column::Id.eq(id.uuid());
    Ok(list(source, which.into()).await?.pop())
}

/// Some clocks by their ids, as far as they can be read.
pub(super) async fn clocks_by_id(
    source: &impl Source,
    ids: Vec<ClockId>,
) -> Result<HashMap<Uuid, Clock>, AppError> {
    let ids = ids.into_iter().map(ClockId::uuid);
    let which = clock::Entity::find().filter(clock::Column::Id.is_in(ids));
    let held = list_readable(source, which).await?.into_iter();
    Ok(held.map(|held| (held.id.uuid(), held.clock)).collect())
}

/// Clocks that somebody has to look at by that day, the most urgent first; at most `most`.
pub async fn list_to_check(
    source: &impl Source,
    day: NaiveDate,
    (after, most): (Option<(NaiveDate, ClockId)>, u64),
) -> Result<Vec<(NaiveDate, ClockId)>, AppError> {
    let mut due = clock::Entity::find()
        .select_only()
        .column(clock::Column::CheckOn)
        .column(clock::Column::Id)
        .filter(clock::Column::CheckOn.lte(day))
        .order_by_asc(clock::Column::CheckOn)
        .order_by_asc(clock::Column::Id)
        .limit(most);
    if let Some((on, after)) = after {
        let columns = [
            clock::Column::CheckOn.into_expr(),
            clock::Column::Id.into_expr(),
        ];
        let last = [Expr::value(on), Expr::value(after.uuid())];
        due = due.filter(behind(columns, last));
    }
    // A day that is none must not hide those behind it.
    read_each(raw_rows(source, due).await?, |row| {
        let on = row.try_get("", clock::Column::CheckOn.as_str())?;
        let id = row.try_get("", clock::Column::Id.as_str())?;
        Ok((on, ClockId::new(id)))
    })
}

/// Open clocks in the order of their ids, after the given one; at most `most`.
pub async fn list_open(
    source: &impl Source,
    after: Option<ClockId>,
    most: u64,
) -> Result<Vec<HeldClock>, AppError> {
    let mut open = clock::Entity::find()
        .filter(clock::Column::SatisfiedOn.is_null())
        .filter(clock::Column::LapsedOn.is_null())
        .order_by_asc(clock::Column::Id)
        .limit(most);
    if let Some(after) = after {
        open = open.filter(clock::Column::Id.gt(after.uuid()));
    }
    list_readable(source, open).await
}

/// Which open periods a year of the calendar can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// Those that wait for it.
    Waiting(i32),
    /// Those that end in it, or in a month beside it whose days its notice may swap.
    Ending(i32),
}

/// Open periods that a year of the calendar can move, in the order of their ids, after the given one; a thousand at most.
pub async fn list_touched(
    source: &impl Source,
    touched: Touched,
    after: Option<ClockId>,
) -> Result<Vec<HeldClock>, AppError> {
    let which = match touched {
        Touched::Waiting(year) => clock::Column::MissingYear.eq(year),
        Touched::Ending(year) => {
            let from = NaiveDate::from_ymd_opt(year - 1, 12, 1).unwrap_or(NaiveDate::MIN);
            clock::Column::DueMoved.gte(from)
        }
    };
    let mut open = clock::Entity::find()
        .filter(which)
        .filter(clock::Column::SatisfiedOn.is_null())
        .filter(clock::Column::LapsedOn.is_null())
        .order_by_asc(clock::Column::Id)
        .limit(1000);
    if let Some(after) = after {
        open = open.filter(clock::Column::Id.gt(after.uuid()));
    }
    list_readable(source, open).await
}

/// The periods of matters that the caller may see already, by what they run on.
pub async fn clocks_on(
    source: &impl Source,
    matters: &[RunsOn],
) -> Result<HashMap<RunsOn, Vec<Clock>>, AppError> {
    // Each column has an index of its own: one question for each that is named.
    let mut asked: BTreeMap<&str, (clock::Column, Vec<Uuid>)> = BTreeMap::new();
    for (column, id) in matters.iter().map(|on| on.column()) {
        let (_, ids) = asked.entry(column.as_str()).or_insert((column, Vec::new()));
        ids.push(id);
    }
    let mut clocks: HashMap<RunsOn, Vec<Clock>> = HashMap::new();
    for (column, ids) in asked.into_values() {
        let which = clock::Entity::find()
            .filter(column.is_in(ids))
            .order_by_asc(clock::Column::Id);
        for held in list_readable(source, which).await? {
            clocks.entry(held.on).or_default().push(held.clock);
        }
    }
    Ok(clocks)
}

async fn list(source: &impl Source, which: Condition) -> Result<Vec<HeldClock>, AppError> {
    let rows = clock::Entity::find()
        .filter(which)
        .order_by_asc(clock::Column::Id)
        .all(source.connection())
        .await?;
    let mut former = former_ends(source, &rows).await?;
    rows.into_iter()
        .map(|row| read_with(row, &mut former))
        .collect()
}

/// As [`list`], without those that cannot be read: for what goes through many, one by one.
async fn list_readable(
    source: &impl Source,
    which: Select<clock::Entity>,
) -> Result<Vec<HeldClock>, AppError> {
    let rows = list_each(source, which).await?;
    let mut former = former_ends(source, &rows).await?;
    read_each(rows, |row| read_with(row, &mut former))
}

/// A row together with the ends that it had before.
fn read_with(row: clock::Model, former: &mut FormerEnds) -> Result<HeldClock, AppError> {
    let ends = former.remove(&row.id).unwrap_or_default();
    let ends = ends.into_iter().map(row::read_former);
    let ends = ends.collect::<Result<_, _>>()?;
    row::read(row, ends)
}

/// The ends that periods had before, by period, oldest first.
async fn former_ends(source: &impl Source, rows: &[clock::Model]) -> Result<FormerEnds, AppError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut former = FormerEnds::new();
    for ids in ids.chunks(CHUNK) {
        let ends = clock_history::Entity::find()
            .filter(clock_history::Column::ClockId.is_in(ids.iter().copied()))
            .order_by_asc(clock_history::Column::ClockId)
            .order_by_asc(clock_history::Column::Number)
            .all(source.connection())
            .await?;
        for end in ends {
            former.entry(end.clock_id).or_default().push(end);
        }
    }
    Ok(former)
}
