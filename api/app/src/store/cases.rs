//! Penalty cases.

mod row;

pub(super) use self::row::read;
use self::row::{write_audit, write_decision, write_notice, write_proposal};
use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        queue::{seats, undated},
        row::{meet, read_each},
        visibility::{Location, Sight},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    cases::case::{Case, CaseStateKind},
    id::{CaseId, MerchantId, UserId},
    refusal::{Code, Refusal},
};
use liangxin_entity::{case_file, case_investigator};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select, TryInsertResult,
    sea_query::{OnConflict, SelectStatement},
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

/// Writes a new case; a second one on the same visit is `STALE`.
pub async fn insert(work: &Work, new: &Case) -> Result<(), AppError> {
    let (city, province) = seats(new.division);
    let row = case_file::ActiveModel {
        id: Set(new.id.uuid()),
        number: Set(new.number.clone()),
        visit_id: Set(new.visit.uuid()),
        report_id: Set(new.report.uuid()),
        merchant_id: Set(new.merchant.uuid()),
        division: Set(new.division.to_string()),
        state: Set(CaseStateKind::Filed.to_string()),
        filed_at: Set(new.filed_at),
        filed_by: Set(new.filed_by.uuid()),
        version: Set(1),
        city: Set(city),
        province: Set(province),
        queue_at: Set(undated(new.filed_at)),
        ..case_file::ActiveModel::default()
    };
    let inserted = case_file::Entity::insert(row)
        .on_conflict(
            OnConflict::column(case_file::Column::VisitId)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Err(Refusal::of(Code::Stale).into());
    }
    let team = new
        .investigators
        .iter()
        .map(|user| case_investigator::ActiveModel {
            case_id: Set(new.id.uuid()),
            user_id: Set(user.uuid()),
        });
    case_investigator::Entity::insert_many(team)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Saves a changed case; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Case) -> Result<(), AppError> {
    let mut row = case_file::ActiveModel {
        state: Set(changed.state_kind().to_string()),
        version: Set(changed.version + 1),
        ..case_file::ActiveModel::default()
    };
    if let Some(proposal) = changed.proposal() {
        write_proposal(&mut row, proposal);
    }
    if let Some(audit) = changed.audit_passed() {
        write_audit(&mut row, audit);
    }
    if let Some((notice, answer)) = changed.notice() {
        write_notice(&mut row, notice, answer);
    }
    if let Some(decision) = changed.decision() {
        write_decision(&mut row, decision);
    }
    if let Some(ending) = changed.ending() {
        row.decided_by = Set(Some(ending.by.uuid()));
        row.decided_at = Set(Some(ending.at));
    }
    let update = case_file::Entity::update_many()
        .set(row)
        .filter(case_file::Column::Id.eq(changed.id.uuid()))
        .filter(case_file::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
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
    let own = actor.merchant().map(|merchant| {
        Condition::all()
            .add(case_file::Column::MerchantId.eq(merchant.uuid()))
            .add(case_file::Column::NoticedAt.is_not_null())
    });
    Sight::by(case_file::Column::Id.in_subquery(mine))
        .and_by(LOCATION.of(actor, &READERS))
        .and_by(own)
}

/// What lies with the office of an officer, and with those below, for the desk.
pub(super) fn of_the_office(actor: &Actor) -> Option<Condition> {
    LOCATION.of(actor, &READERS)
}

fn visible_to(actor: &Actor) -> Select<case_file::Entity> {
    case_file::Entity::find().filter(sight(actor).any())
}

/// The ids of what an actor may see, for what hangs on it.
pub(super) fn ids_visible_to(actor: &Actor) -> SelectStatement {
    visible_to(actor)
        .select_only()
        .column(case_file::Column::Id)
        .into_query()
}

/// A case that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: CaseId) -> Result<Case, AppError> {
    let row = visible_to(actor)
        .filter(case_file::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?;
    let row = row.ok_or_else(|| AppError::from(Refusal::on(Code::NotFound, "caseId")))?;
    let team = teams(source, &[row.id])
        .await?
        .remove(&row.id)
        .unwrap_or_default();
    read(row, team)
}

/// The cases that the actor may see, by the day on which the office has to have done something; then those without
/// a day, then those that are over, each in the order in which they were filed.
pub async fn list(source: &impl Source, actor: &Actor, page: Page) -> Result<Rows<Case>, AppError> {
    let key = (case_file::Column::QueueAt, case_file::Column::Id);
    let select = case_file::Entity::find();
    let found = page.in_turn(source, (select, sight(actor)), key).await?;
    let ids: Vec<_> = found.rows.iter().map(|(_, row)| row.id).collect();
    let mut teams = teams(source, &ids).await?;
    found.read(|row| {
        let team = teams.remove(&row.id).unwrap_or_default();
        read(row, team)
    })
}

/// Decided cases against a merchant, newest first: public, as far as a penalty is.
pub async fn list_decided(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Vec<Case>, AppError> {
    let decided = case_file::Entity::find()
        .filter(case_file::Column::MerchantId.eq(merchant.uuid()))
        .filter(case_file::Column::State.eq(CaseStateKind::Decided.to_string()))
        .order_by_desc(case_file::Column::DecidedAt)
        .limit(20)
        .all(source.connection())
        .await?;
    read_each(decided, |row| read(row, Vec::new()))
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
