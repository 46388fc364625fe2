//! Penalty cases.

mod row;

pub(super) use self::row::read;
use self::row::written;
use crate::{
    error::AppError,
    store::{
        page::{Page, Rows, Turn},
        queue::{seats, undated},
        row::{insert_unless, list_each, meet, read_each},
        visibility::{self, Location, Sight},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    cases::{basis::Basis, case::Case, file::CaseStateKind},
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    refusal::{Code, Refusal},
};
use liangxin_entity::{case_file, case_investigator};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, RelationDef, Select,
    sea_query::{Expr, ExprTrait as _, OnConflict, SelectStatement},
};
use std::collections::HashMap;
use uuid::Uuid;

const READERS: [Role; 5] = [
    Role::Supervisor,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
];

/// Where a row lies.
const LOCATION: Location<case_file::Column> = Location {
    unit: case_file::Column::Division,
    city: case_file::Column::City,
    province: case_file::Column::Province,
};

/// Most penalties that one merchant is shown with.
const MOST_TOLD: u64 = 50;

/// Writes a new case; a second one on the same visit is `STALE`, as long as the decision of the first one was not annulled.
pub async fn insert(work: &Work, new: &Case) -> Result<(), AppError> {
    let (city, province) = seats(new.division);
    let Basis {
        kind,
        visit,
        report,
        told,
    } = &new.basis;
    let row = case_file::ActiveModel {
        id: Set(new.id.uuid()),
        number: Set(new.number.clone()),
        basis: Set(kind.to_string()),
        visit_id: Set(visit.map(VisitId::uuid)),
        report_id: Set(report.map(ReportId::uuid)),
        merchant_id: Set(new.merchant.uuid()),
        division: Set(new.division.to_string()),
        state: Set(new.state_kind().to_string()),
        filed_at: Set(new.filed_at),
        filed_by: Set(new.filed_by.uuid()),
        told: Set(written(told)?),
        file: Set(written(&new.file)?),
        told_at: Set(new.file.told_at()),
        decided_at: Set(new.file.decision.as_ref().map(|decision| decision.made.at)),
        version: Set(1),
        city: Set(city),
        province: Set(province),
        queue_at: Set(undated(new.filed_at)),
        is_annulled: Set(new.file.is_annulled()),
    };
    let taken = OnConflict::column(case_file::Column::VisitId)
        .target_and_where(Expr::col(case_file::Column::IsAnnulled).not())
        .to_owned();
    if !insert_unless(work, row, taken).await? {
        return Err(Refusal::of(Code::Stale).into());
    }
    insert_team(work, new).await
}

/// Saves a changed case; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Case) -> Result<(), AppError> {
    let file = &changed.file;
    let decided = file.decision.as_ref().map(|decision| decision.made.at);
    let ended = file.ending.as_ref().map(|ending| ending.made.at);
    let row = case_file::ActiveModel {
        state: Set(changed.state_kind().to_string()),
        file: Set(written(file)?),
        told_at: Set(file.told_at()),
        decided_at: Set(decided.or(ended)),
        is_annulled: Set(file.is_annulled()),
        version: Set(changed.version + 1),
        ..case_file::ActiveModel::default()
    };
    let update = case_file::Entity::update_many()
        .set(row)
        .filter(case_file::Column::Id.eq(changed.id.uuid()))
        .filter(case_file::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await?;
    if file.teams.is_empty() {
        return Ok(());
    }
    replace_team(work, changed).await
}

/// Notes that what a case rests on is another than it was: a step that was taken on it as it was is `STALE`.
pub async fn touch(work: &Work, case: &Case) -> Result<(), AppError> {
    let update = case_file::Entity::update_many()
        .col_expr(case_file::Column::Version, Expr::value(case.version + 1))
        .filter(case_file::Column::Id.eq(case.id.uuid()))
        .filter(case_file::Column::Version.eq(case.version));
    meet(work, update, Code::Stale).await
}

/// Others than those who were named first investigate; the place of the case in their lists follows with its next one.
async fn replace_team(work: &Work, changed: &Case) -> Result<(), AppError> {
    case_investigator::Entity::delete_many()
        .filter(case_investigator::Column::CaseId.eq(changed.id.uuid()))
        .exec(work.connection())
        .await?;
    insert_team(work, changed).await
}

async fn insert_team(work: &Work, case: &Case) -> Result<(), AppError> {
    let team = case
        .investigators
        .iter()
        .map(|user| case_investigator::ActiveModel {
            case_id: Set(case.id.uuid()),
            user_id: Set(user.uuid()),
            queue_at: Set(undated(case.filed_at)),
        });
    case_investigator::Entity::insert_many(team)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// What an actor may see: officers their division, investigators what they work on, merchants
/// their own cases from the notice on.
fn sight(actor: &Actor) -> Sight {
    let user = match actor {
        Actor::System => return Sight::everything(),
        Actor::Anonymous | Actor::Reporter(_) | Actor::Complainant(_) => return Sight::nothing(),
        Actor::User(user) => user,
    };
    let mine = case_investigator::Entity::find()
        .select_only()
        .column(case_investigator::Column::CaseId)
        .filter(case_investigator::Column::UserId.eq(user.user.uuid()))
        .into_query();
    from_above_or_outside(actor).and_by(Some(
        Condition::all().add(case_file::Column::Id.in_subquery(mine)),
    ))
}

/// What an actor sees without working on it.
fn from_above_or_outside(actor: &Actor) -> Sight {
    let own = actor.merchant().map(|merchant| {
        Condition::all()
            .add(case_file::Column::MerchantId.eq(merchant.uuid()))
            .add(case_file::Column::ToldAt.is_not_null())
    });
    Sight::default()
        .and_by(LOCATION.of(actor, &READERS))
        .and_by(own)
}

/// The ways of [`sight`], each in its turn. What an investigator works on is a range of an index of its own.
fn turns(
    actor: &Actor,
    key: (case_file::Column, case_file::Column),
) -> Vec<Turn<case_file::Entity>> {
    let all = case_file::Entity::find();
    let Actor::User(user) = actor else {
        return Turn::each(&all, sight(actor), key);
    };
    let mut turns = Turn::each(&all, from_above_or_outside(actor), key);
    let worked_on: RelationDef = case_file::Entity::belongs_to(case_investigator::Entity)
        .from(case_file::Column::Id)
        .to(case_investigator::Column::CaseId)
        .into();
    turns.push(Turn {
        select: all
            .join(JoinType::InnerJoin, worked_on)
            .filter(case_investigator::Column::UserId.eq(user.user.uuid())),
        at: case_investigator::Column::QueueAt.into_expr(),
        id: case_investigator::Column::CaseId.into_expr(),
    });
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

fn visible_to(actor: &Actor) -> Select<case_file::Entity> {
    case_file::Entity::find().filter(sight(actor).any())
}

/// The ids of what an actor may see, for what hangs on it.
pub(super) fn ids_visible_to(actor: &Actor) -> SelectStatement {
    visibility::ids(visible_to(actor), case_file::Column::Id)
}

/// A case that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: CaseId) -> Result<Case, AppError> {
    let wanted = (case_file::Column::Id, id.uuid());
    let row = visibility::get(source, visible_to(actor), wanted, "caseId").await?;
    let team = teams(source, &[row.id])
        .await?
        .remove(&row.id)
        .unwrap_or_default();
    read(row, team)
}

/// The cases that were filed on a visit, without their teams, whoever sees them. One that cannot be read is an error: it may
/// say who keeps away.
pub async fn list_on_visit(source: &impl Source, visit: VisitId) -> Result<Vec<Case>, AppError> {
    let rows = case_file::Entity::find()
        .filter(case_file::Column::VisitId.eq(visit.uuid()))
        .all(source.connection())
        .await?;
    rows.into_iter().map(|row| read(row, Vec::new())).collect()
}

/// The cases that were filed on a report, without their teams, whoever sees them.
pub async fn list_on_report(source: &impl Source, report: ReportId) -> Result<Vec<Case>, AppError> {
    let rows = case_file::Entity::find()
        .filter(case_file::Column::ReportId.eq(report.uuid()))
        .all(source.connection())
        .await?;
    rows.into_iter().map(|row| read(row, Vec::new())).collect()
}

/// All cases against a merchant, without their teams, whoever sees them. One that cannot be read is an error: what may be
/// decided rests on them.
pub async fn list_against(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Vec<Case>, AppError> {
    let rows = case_file::Entity::find()
        .filter(case_file::Column::MerchantId.eq(merchant.uuid()))
        .all(source.connection())
        .await?;
    rows.into_iter().map(|row| read(row, Vec::new())).collect()
}

/// The cases that the actor may see, by the day on which the office has to have done something; then those without
/// a day, then those that are over, each in the order in which they were filed.
pub async fn list(source: &impl Source, actor: &Actor, page: Page) -> Result<Rows<Case>, AppError> {
    let key = (case_file::Column::QueueAt, case_file::Column::Id);
    let found = page.merged(source, turns(actor, key), key).await?;
    let ids: Vec<_> = found.rows.iter().map(|(_, row)| row.id).collect();
    let mut teams = teams(source, &ids).await?;
    found.read(|row| {
        let team = teams.remove(&row.id).unwrap_or_default();
        read(row, team)
    })
}

/// Penalties against a merchant that it knows of and that stand, newest first: public, as far as a penalty is.
pub async fn list_told(source: &impl Source, merchant: MerchantId) -> Result<Vec<Case>, AppError> {
    let decided = told()
        .filter(case_file::Column::MerchantId.eq(merchant.uuid()))
        .limit(MOST_TOLD);
    let decided = list_each(source, decided).await?;
    let cases = read_each(decided, |row| read(row, Vec::new()))?;
    Ok(cases
        .into_iter()
        .filter(|case| case.standing().is_some())
        .collect())
}

/// The same of several merchants, by merchant, without a limit. A grade rests on all of them, so that one that cannot be
/// read is an error here: without it the grade would be better.
pub async fn list_told_of(
    source: &impl Source,
    merchants: &[MerchantId],
) -> Result<HashMap<MerchantId, Vec<Case>>, AppError> {
    let rows = told()
        .filter(
            case_file::Column::MerchantId.is_in(merchants.iter().map(|merchant| merchant.uuid())),
        )
        .all(source.connection())
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let case = read(row, Vec::new())?;
        if case.standing().is_some() {
            found.entry(case.merchant).or_default().push(case);
        }
    }
    Ok(found)
}

fn told() -> Select<case_file::Entity> {
    let states = CaseStateKind::TOLD.map(|state| state.to_string());
    case_file::Entity::find()
        .filter(case_file::Column::State.is_in(states))
        .order_by_desc(case_file::Column::DecidedAt)
}

async fn teams(
    source: &impl Source,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, Vec<UserId>>, AppError> {
    let rows = case_investigator::Entity::find()
        .filter(case_investigator::Column::CaseId.is_in(cases.iter().copied()))
        .all(source.connection())
        .await?;
    let mut teams: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        teams
            .entry(row.case_id)
            .or_default()
            .push(UserId::new(row.user_id));
    }
    Ok(teams)
}
