//! The open periods of an office in one list, by the day on which each can end; then those whose time does not count or
//! whose end nobody knows, by the day on which they began. Written beside the periods, so that a page is one range of an
//! index.

use crate::{
    error::AppError,
    store::{
        cases, complaints,
        law::{RunsOn, clocks_by_id, numbers_of},
        page::{Page, Rows, Turn},
        queue::{UNDATED_FROM, beginning, midnight, open_clocks, seats, undated},
        reports, rewards,
        row::{read_each, word},
        visibility::{Location, Sight},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    desk::{MatterKind, Span, WantedClocks},
    id::{ClockId, UserId},
    law::clock::Clock,
    places::division::DivisionCode,
};
use liangxin_entity::{
    case_file, case_investigator, clock, clock_turn, competence_dispute, complaint, report, reward,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Select, sea_query::OnConflict,
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

/// Stands where an officer is named in the row of the office itself.
const OFFICE: Uuid = Uuid::nil();

/// Where a row lies.
const LOCATION: Location<clock_turn::Column> = Location {
    unit: clock_turn::Column::Unit,
    city: clock_turn::Column::City,
    province: clock_turn::Column::Province,
};

/// An open period, and what it runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// What kind of matter it runs on; a dispute about competence is its report's.
    pub kind: MatterKind,
    /// The matter.
    pub subject: Uuid,
    /// Its number on paper; a reward has none.
    pub number: Option<String>,
    /// Where it lies.
    pub division: String,
    /// The period.
    pub clock: Clock,
}

/// What a period runs on, as the list finds it.
struct Matter {
    kind: MatterKind,
    id: Uuid,
    unit: DivisionCode,
    officers: Vec<Uuid>,
}

/// The open periods that lie with the actor's office and below and are wanted. `span` holds the days of the class that is
/// wanted. A complaint's stand in no answer beside a report's, as on the desk.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    (wanted, span): (WantedClocks, Option<Span>),
    page: Page,
) -> Result<Rows<Running>, AppError> {
    let kinds = MatterKind::iter().filter(|kind| match wanted.kind {
        Some(only) => only == *kind,
        None => *kind != MatterKind::Complaint,
    });
    let key = (clock_turn::Column::QueueAt, clock_turn::Column::Id);
    let turns = kinds.filter_map(|kind| {
        let way = LOCATION.of(actor, &readers(kind))?;
        let select = narrowed(kind, (wanted, span));
        Some(Turn::each(&select, Sight::by(way), key))
    });
    let found = page.merged(source, turns.flatten().collect(), key).await?;
    with_clocks(source, found).await
}

fn readers(kind: MatterKind) -> Vec<Role> {
    match kind {
        MatterKind::Report => reports::desk_readers(),
        MatterKind::Complaint => complaints::desk_readers(),
        MatterKind::Case => cases::desk_readers(),
        MatterKind::Reward => rewards::desk_readers(),
    }
}

fn narrowed(
    kind: MatterKind,
    (wanted, span): (WantedClocks, Option<Span>),
) -> Select<clock_turn::Entity> {
    let at = clock_turn::Column::QueueAt;
    let select = clock_turn::Entity::find()
        .filter(clock_turn::Column::Kind.eq(kind.to_string()))
        .filter(clock_turn::Column::OfficerId.eq(wanted.owner.map_or(OFFICE, UserId::uuid)));
    let undated = beginning(UNDATED_FROM);
    match (wanted.due, span) {
        (None, _) => select,
        (Some(_), None) => select.filter(at.gte(undated)),
        (Some(_), Some((from, until))) => {
            let select = select.filter(at.lt(until.map_or(undated, midnight)));
            match from {
                Some(from) => select.filter(at.gte(midnight(from))),
                None => select,
            }
        }
    }
}

async fn with_clocks(
    source: &impl Source,
    found: Rows<clock_turn::Model>,
) -> Result<Rows<Running>, AppError> {
    let ids = found.rows.iter().map(|(_, row)| ClockId::new(row.clock_id));
    let mut clocks = clocks_by_id(source, ids.collect()).await?;
    let mut subjects = Vec::new();
    for (_, row) in &found.rows {
        subjects.extend(numbered(row).ok().flatten());
    }
    let numbers = numbers_of(source, &subjects).await?;
    let rows = found.rows.into_iter();
    // One whose period cannot be read was told to the log.
    let rows = rows.filter_map(|(at, row)| Some((at, clocks.remove(&row.clock_id)?, row)));
    let rows = read_each(rows, |(at, clock, row)| {
        let number = numbered(&row)?.and_then(|on| numbers.get(&on).cloned());
        let running = Running {
            kind: kind_of(&row)?,
            subject: row.subject_id,
            number,
            division: row.unit,
            clock,
        };
        Ok((at, running))
    })?;
    Ok(Rows {
        rows,
        end: found.end,
        has_more: found.has_more,
    })
}

pub(super) fn kind_of(row: &clock_turn::Model) -> Result<MatterKind, AppError> {
    word(&row.kind, "clock_turn", "kind")
}

/// What the number on paper is asked for; a reward has none.
fn numbered(row: &clock_turn::Model) -> Result<Option<RunsOn>, AppError> {
    Ok(match kind_of(row)? {
        MatterKind::Reward => None,
        kind => Some(RunsOn::of(kind, row.subject_id)),
    })
}

/// Puts the open periods of a thing to their places, after one of them, its office or its officers have changed. `key` tells
/// a period from others of its day.
pub async fn place(work: &Work, on: RunsOn, key: fn(Uuid) -> Uuid) -> Result<(), AppError> {
    let (column, id) = on.column();
    let own = clock::Entity::find()
        .select_only()
        .column(clock::Column::Id)
        .filter(column.eq(id));
    clock_turn::Entity::delete_many()
        .filter(clock_turn::Column::ClockId.in_subquery(own.into_query()))
        .exec(work.connection())
        .await?;
    let open = open_clocks(work, on).await?;
    if open.is_empty() {
        return Ok(());
    }
    let Some(matter) = matter(work, on).await? else {
        return Ok(());
    };
    let (city, province) = seats(matter.unit);
    let mut rows = Vec::new();
    for (clock, started_on, end) in open {
        let at = end.map_or_else(|| undated(midnight(started_on)), midnight);
        for officer in matter.officers.iter().chain([&OFFICE]) {
            rows.push(clock_turn::ActiveModel {
                clock_id: Set(clock),
                officer_id: Set(*officer),
                id: Set(key(clock)),
                kind: Set(matter.kind.to_string()),
                subject_id: Set(matter.id),
                unit: Set(matter.unit.to_string()),
                city: Set(city.clone()),
                province: Set(province.clone()),
                queue_at: Set(at),
            });
        }
    }
    // Somebody else may have placed them since they were taken away here.
    let placed = [clock_turn::Column::ClockId, clock_turn::Column::OfficerId];
    let anew = [
        clock_turn::Column::Unit,
        clock_turn::Column::City,
        clock_turn::Column::Province,
        clock_turn::Column::QueueAt,
    ];
    clock_turn::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(placed).update_columns(anew).to_owned())
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

async fn matter(work: &Work, on: RunsOn) -> Result<Option<Matter>, AppError> {
    match on {
        RunsOn::Report(report) => of_report(work, report.uuid(), None).await,
        RunsOn::Dispute(dispute) => {
            let found = competence_dispute::Entity::find_by_id(dispute.uuid());
            match found.one(work.connection()).await? {
                Some(found) => of_report(work, found.report_id, Some(found.raised_by)).await,
                None => Ok(None),
            }
        }
        RunsOn::Case(case) => of_case(work, case.uuid()).await,
        RunsOn::Complaint(complaint) => {
            let found: Option<(String, Option<Uuid>)> =
                complaint::Entity::find_by_id(complaint.uuid())
                    .select_only()
                    .column(complaint::Column::Division)
                    .column(complaint::Column::HandlerId)
                    .into_tuple()
                    .one(work.connection())
                    .await?;
            let named = (MatterKind::Complaint, complaint.uuid());
            found
                .map(|(unit, handler)| of(named, &unit, handler))
                .transpose()
        }
        RunsOn::Reward(reward) => {
            let found: Option<(String, Uuid)> = reward::Entity::find_by_id(reward.uuid())
                .select_only()
                .column(reward::Column::Division)
                .column(reward::Column::ScreenedBy)
                .into_tuple()
                .one(work.connection())
                .await?;
            let named = (MatterKind::Reward, reward.uuid());
            found
                .map(|(unit, by)| of(named, &unit, Some(by)))
                .transpose()
        }
    }
}

/// A report is its officer's who took it in, what is disputed about it that of whoever raised it.
async fn of_report(
    work: &Work,
    report: Uuid,
    raised_by: Option<Uuid>,
) -> Result<Option<Matter>, AppError> {
    let found: Option<(String, Option<Uuid>)> = report::Entity::find_by_id(report)
        .select_only()
        .column(report::Column::Unit)
        .column(report::Column::AcceptedBy)
        .into_tuple()
        .one(work.connection())
        .await?;
    let named = (MatterKind::Report, report);
    let found = found.map(|(unit, by)| of(named, &unit, raised_by.or(by)));
    found.transpose()
}

async fn of_case(work: &Work, case: Uuid) -> Result<Option<Matter>, AppError> {
    let unit: Option<String> = case_file::Entity::find_by_id(case)
        .select_only()
        .column(case_file::Column::Division)
        .into_tuple()
        .one(work.connection())
        .await?;
    let Some(unit) = unit else { return Ok(None) };
    let officers = case_investigator::Entity::find()
        .select_only()
        .column(case_investigator::Column::UserId)
        .filter(case_investigator::Column::CaseId.eq(case))
        .into_tuple()
        .all(work.connection())
        .await?;
    Ok(Some(Matter {
        officers,
        ..of((MatterKind::Case, case), &unit, None)?
    }))
}

fn of(
    (kind, id): (MatterKind, Uuid),
    unit: &str,
    officer: Option<Uuid>,
) -> Result<Matter, AppError> {
    Ok(Matter {
        kind,
        id,
        unit: word(unit, "clock_turn", "unit")?,
        officers: officer.into_iter().collect(),
    })
}
