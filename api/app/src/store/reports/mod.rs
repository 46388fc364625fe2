//! Reports. Who sent one is not in any value that leaves this module.

mod links;
mod records;
mod resemblance;
mod row;
mod sent;
mod signals;
mod similar;
mod uploads;

pub use links::{insert_link, list_links};
pub(super) use records::read_record;
pub use records::{insert_record, list_records};
pub use resemblance::{Pair, find_pair, list_resembling};
pub(super) use sent::{delete_sent, insert_sent};
pub(super) use signals::read_signal;
pub use signals::{insert_signals, intake_facts, list_signals};
pub use similar::list_taken_in_around;
pub use uploads::{revoke_uploads, upload_series};

pub(super) use self::row::read;
use crate::{
    error::AppError,
    store::{
        page::{Page, Rows, Turn},
        queue::seats,
        row::{insert_new, list_each, meet, read_each},
        visibility::{self, Location, Sight},
    },
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    evidence::digest::Sha256,
    id::{ReportId, VisitId},
    refusal::Code,
    reports::report::{NewReport, Report, ReportStateKind},
};
use liangxin_entity::{report, report_inspector};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, RelationDef, Select, sea_query::SelectStatement,
};
use std::collections::{HashMap, HashSet};

/// The roles that may read the reports of their division.
const READERS: [Role; 6] = [
    Role::Supervisor,
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
];

/// Where a row lies.
const LOCATION: Location<report::Column> = Location {
    unit: report::Column::Unit,
    city: report::Column::City,
    province: report::Column::Province,
};

/// What is stored beside the report itself.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Its number on paper.
    pub number: String,
    /// By what reports in the same words are found: a digest, because words can be long.
    pub words_key: Sha256,
    /// The keyed hash of the receipt code.
    pub receipt_key: Sha256,
    /// The earlier report whose receipt code was shown with this one.
    pub follows: Option<ReportId>,
}

/// Writes a new report.
pub async fn insert(work: &Work, new: &NewReport, intake: Intake) -> Result<(), AppError> {
    let row = row::fresh(new, intake, work.now())?;
    insert_new(work, row).await
}

/// Writes a lead that an officer found. Nobody has a code that gives this key.
pub async fn insert_found(work: &Work, lead: &Report, receipt_key: Sha256) -> Result<(), AppError> {
    let row = row::found(lead, receipt_key)?;
    insert_new(work, row).await
}

/// The lead that a visit brought up, if it did, whoever sees it.
pub async fn find_found_on(
    source: &impl Source,
    visit: VisitId,
) -> Result<Option<Report>, AppError> {
    let row = report::Entity::find()
        .filter(report::Column::FoundOnVisit.eq(visit.uuid()))
        .one(source.connection())
        .await?;
    row.map(read).transpose()
}

/// Saves a changed report; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Report) -> Result<(), AppError> {
    let (city, province) = seats(changed.custody.unit);
    let mut row = report::ActiveModel {
        state: Set(changed.state.kind().to_string()),
        progress: Set(row::progress(&changed.state)?),
        unit: Set(changed.custody.unit.to_string()),
        city: Set(city),
        province: Set(province),
        dispatched_from: Set(changed.custody.from.map(|unit| unit.to_string())),
        merchant_id: Set(changed.merchant.map(|merchant| merchant.uuid())),
        case_id: Set(changed.state.case().map(|case| case.uuid())),
        version: Set(changed.version + 1),
        ..report::ActiveModel::default()
    };
    if let Some(accepted) = row::accepted(&changed.state) {
        row.accepted_by = Set(Some(accepted.by.uuid()));
        row.accepted_at = Set(Some(accepted.at));
    }
    let update = report::Entity::update_many()
        .set(row)
        .filter(report::Column::Id.eq(changed.id.uuid()))
        .filter(report::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

/// What an actor may see: officers what is in the hands of their division, inspectors what they were sent for, reporters
/// their own.
fn sight(actor: &Actor) -> Sight {
    let user = match actor {
        Actor::System => return Sight::everything(),
        Actor::Reporter(own) => return Sight::by(report::Column::Id.eq(own.uuid())),
        Actor::Anonymous | Actor::Complainant(_) => return Sight::nothing(),
        Actor::User(user) => user,
    };
    let was_sent = user.roles.has(Role::Inspector).then(|| {
        let reports = report_inspector::Entity::find()
            .select_only()
            .column(report_inspector::Column::ReportId)
            .filter(report_inspector::Column::UserId.eq(user.user.uuid()))
            .into_query();
        Condition::all().add(report::Column::Id.in_subquery(reports))
    });
    Sight::default()
        .and_by(LOCATION.of(actor, &READERS))
        .and_by(was_sent)
}

/// The ways of [`sight`], each in its turn. What an inspector was sent for is a range of an index of its own.
fn turns(
    select: &Select<report::Entity>,
    actor: &Actor,
    key: (report::Column, report::Column),
) -> Vec<Turn<report::Entity>> {
    let Actor::User(user) = actor else {
        return Turn::each(select, sight(actor), key);
    };
    let office = Sight::default().and_by(LOCATION.of(actor, &READERS));
    let mut turns = Turn::each(select, office, key);
    if user.roles.has(Role::Inspector) {
        let sent: RelationDef = report::Entity::belongs_to(report_inspector::Entity)
            .from(report::Column::Id)
            .to(report_inspector::Column::ReportId)
            .into();
        turns.push(Turn {
            select: select
                .clone()
                .join(JoinType::InnerJoin, sent)
                .filter(report_inspector::Column::UserId.eq(user.user.uuid())),
            at: report_inspector::Column::QueueAt.into_expr(),
            id: report_inspector::Column::ReportId.into_expr(),
        });
    }
    turns
}

/// Who finds them on the desk of their office.
pub(super) fn desk_readers() -> Vec<Role> {
    READERS.to_vec()
}

/// What lies with the office of an officer, and with those below, for the desk.
pub(super) fn of_the_office(actor: &Actor) -> Option<Condition> {
    LOCATION.of(actor, &desk_readers())
}

fn visible_to(actor: &Actor) -> Select<report::Entity> {
    report::Entity::find().filter(sight(actor).any())
}

/// The ids of what an actor may see, for what hangs on it.
pub(super) fn ids_visible_to(actor: &Actor) -> SelectStatement {
    visibility::ids(visible_to(actor), report::Column::Id)
}

/// Those of some reports that an actor may see.
pub async fn seen_among(
    source: &impl Source,
    actor: &Actor,
    ids: &[ReportId],
) -> Result<HashSet<ReportId>, AppError> {
    visibility::among(source, visible_to(actor), report::Column::Id, ids).await
}

/// A report that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: ReportId) -> Result<Report, AppError> {
    let wanted = (report::Column::Id, id.uuid());
    read(visibility::get(source, visible_to(actor), wanted, "reportId").await?)
}

/// Those of some reports that the actor may see, by id.
pub async fn list_by_ids(
    source: &impl Source,
    actor: &Actor,
    ids: &[ReportId],
) -> Result<HashMap<ReportId, Report>, AppError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = visible_to(actor).filter(report::Column::Id.is_in(ids));
    let found = read_each(list_each(source, rows).await?, read)?;
    Ok(found
        .into_iter()
        .map(|report| (report.id, report))
        .collect())
}

/// The queue: reports that the actor may see, by the day on which the office has to have done something; then
/// those without a day, then those that are over, each in the order in which they came.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    state: Option<ReportStateKind>,
    page: Page,
) -> Result<Rows<Report>, AppError> {
    let mut select = report::Entity::find();
    if let Some(state) = state {
        select = select.filter(report::Column::State.eq(state.to_string()));
    }
    let key = (report::Column::QueueAt, report::Column::Id);
    let turns = turns(&select, actor, key);
    page.merged(source, turns, key).await?.read(read)
}

/// The report behind a receipt code's keyed hash.
pub async fn find_by_receipt(
    source: &impl Source,
    key: Sha256,
) -> Result<Option<ReportId>, AppError> {
    Ok(report::Entity::find()
        .filter(report::Column::ReceiptKey.eq(key.to_string()))
        .one(source.connection())
        .await?
        .map(|row| ReportId::new(row.id)))
}

/// When the report arrived, if it is there.
pub async fn received_at(
    source: &impl Source,
    id: ReportId,
) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(report::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(|row| row.received_at))
}
