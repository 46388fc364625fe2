//! Visits.

mod frequency;
mod origin;
mod reopenings;
mod signings;
mod team;

use crate::{
    error::AppError,
    store::{
        arrivals,
        page::{Page, Rows},
        queue,
        row::{insert_new, list_each, meet, read_each, read_list, word, written_list},
        visibility::{self, Sight, in_division_of},
    },
    work::{Source, Touched, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    inspections::{
        arrival::Arrival,
        origin::{Origin, OriginKind},
        visit::{Team, Visit, VisitState, VisitStateKind},
    },
    refusal::Code,
};
use liangxin_entity::{visit, visit_inspector};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, sea_query::Expr,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

pub use frequency::count_sent;
use origin::{origin, origin_id};
pub use reopenings::come_back;
pub use team::replace as replace_team;

const READERS: [Role; 5] = [
    Role::Supervisor,
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
];

/// Writes a new visit.
pub async fn insert(work: &Work, new: &Visit, by: UserId) -> Result<(), AppError> {
    let row = visit::ActiveModel {
        id: Set(new.id.uuid()),
        report_id: Set(new.origin.report().map(ReportId::uuid)),
        origin: Set(new.origin.kind().to_string()),
        origin_id: Set(origin_id(&new.origin)),
        about: Set(new.origin.about().map(ToString::to_string)),
        merchant_id: Set(new.merchant.uuid()),
        division: Set(new.division.to_string()),
        state: Set(VisitStateKind::Dispatched.to_string()),
        dispatched_at: Set(new.dispatched_at),
        dispatched_by: Set(by.uuid()),
        check_in_at: Set(None),
        check_in_received_at: Set(None),
        check_in_latitude: Set(None),
        check_in_longitude: Set(None),
        check_in_accuracy_m: Set(None),
        check_in_by: Set(None),
        signed_name: Set(None),
        signature_photo_id: Set(None),
        unsigned_reason: Set(None),
        submitted_at: Set(None),
        former_teams: Set(None),
        signings: Set(None),
        reopenings: Set(None),
        version: Set(1),
    };
    insert_new(work, row).await?;
    work.touch(Touched::Visit(new.id));
    team::insert(work, new, new.team.iter().collect()).await
}

/// Saves a changed visit; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Visit) -> Result<(), AppError> {
    let submitted_at = match changed.state {
        VisitState::Dispatched | VisitState::CheckedIn => None,
        VisitState::Submitted { at } => Some(at),
    };
    // A replica of the version before finds the first arrival here.
    let check_in = changed.arrivals.first();
    let place = check_in.and_then(|c| c.place.position());
    let (signed_name, signature_photo, unsigned_reason) = signings::last(changed);
    let row = visit::ActiveModel {
        state: Set(changed.state_kind().to_string()),
        check_in_at: Set(check_in.map(|c| c.at)),
        check_in_received_at: Set(check_in.map(|c| c.received_at)),
        check_in_latitude: Set(place.map(|it| it.latitude)),
        check_in_longitude: Set(place.map(|it| it.longitude)),
        check_in_accuracy_m: Set(place.and_then(|it| it.accuracy_m)),
        check_in_by: Set(check_in.map(|c| c.by.uuid())),
        signed_name: Set(signed_name),
        signature_photo_id: Set(signature_photo),
        unsigned_reason: Set(unsigned_reason),
        submitted_at: Set(submitted_at),
        former_teams: Set(written_list(&changed.former_teams, "write a visit")?),
        signings: Set(written_list(&changed.signings, "write a visit")?),
        reopenings: Set(written_list(&changed.reopenings, "write a visit")?),
        version: Set(changed.version + 1),
        ..visit::ActiveModel::default()
    };
    let update = visit::Entity::update_many()
        .set(row)
        .filter(visit::Column::Id.eq(changed.id.uuid()))
        .filter(visit::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await?;
    work.touch(Touched::Visit(changed.id));
    if submitted_at.is_some() {
        give_way(work, changed).await?;
    }
    Ok(())
}

/// Puts a closed visit behind those that its inspectors still have before them.
async fn give_way(work: &Work, closed: &Visit) -> Result<(), AppError> {
    visit_inspector::Entity::update_many()
        .col_expr(
            visit_inspector::Column::QueueAt,
            Expr::value(queue::over(closed.dispatched_at)),
        )
        .filter(visit_inspector::Column::VisitId.eq(closed.id.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// What an actor may see: inspectors what they are sent for and where they were, officers their division.
fn visible_to(actor: &Actor) -> Select<visit::Entity> {
    let sight = match actor {
        Actor::System => Sight::everything(),
        Actor::Anonymous | Actor::Reporter(_) | Actor::Complainant(_) => Sight::nothing(),
        Actor::User(user) => {
            let was_sent = user.roles.has(Role::Inspector).then(|| {
                let sent = visit::Column::Id.in_subquery(sent_to(user.user).into_query());
                let there = visit::Column::Id.in_subquery(arrivals::at_which(user.user));
                Condition::any().add(sent).add(there)
            });
            Sight::default()
                .and_by(in_division_of(actor, &READERS, visit::Column::Division))
                .and_by(was_sent)
        }
    };
    visit::Entity::find().filter(sight.any())
}

/// Those of some visits that an actor may see.
pub async fn seen_among(
    source: &impl Source,
    actor: &Actor,
    ids: &[VisitId],
) -> Result<HashSet<VisitId>, AppError> {
    visibility::among(source, visible_to(actor), visit::Column::Id, ids).await
}

fn sent_to(user: UserId) -> Select<visit_inspector::Entity> {
    visit_inspector::Entity::find()
        .select_only()
        .column(visit_inspector::Column::VisitId)
        .filter(visit_inspector::Column::UserId.eq(user.uuid()))
}

/// A visit that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: VisitId) -> Result<Visit, AppError> {
    let wanted = (visit::Column::Id, id.uuid());
    let row = visibility::get(source, visible_to(actor), wanted, "visitId").await?;
    let mut crews = crews(source, &[row.id]).await?;
    let crew = crews.remove(&row.id).unwrap_or_default();
    read(row, crew)
}

/// The visits that an inspector was sent on: those that are not closed yet, then the others, each in the order in
/// which they were dispatched.
pub async fn list_assigned(
    source: &impl Source,
    user: UserId,
    page: Page,
) -> Result<Rows<Visit>, AppError> {
    let sent = Sight::by(visit_inspector::Column::UserId.eq(user.uuid()));
    let key = (
        visit_inspector::Column::QueueAt,
        visit_inspector::Column::VisitId,
    );
    let found = page
        .in_turn(source, (visit_inspector::Entity::find(), sent), key)
        .await?;
    let ids: Vec<_> = found.rows.iter().map(|(_, row)| row.visit_id).collect();
    let visits = visit::Entity::find().filter(visit::Column::Id.is_in(ids.iter().copied()));
    let visits = list_each(source, visits).await?;
    let mut visits: HashMap<_, _> = visits.into_iter().map(|row| (row.id, row)).collect();
    let mut crews = crews(source, &ids).await?;
    found.read(|row| {
        let visit = visits.remove(&row.visit_id);
        let visit = visit.ok_or_else(|| AppError::damaged("visit_inspector", "visit_id"))?;
        let crew = crews.remove(&row.visit_id).unwrap_or_default();
        read(visit, crew)
    })
}

/// Those of some visits that the actor may see, by id.
pub async fn list_by_ids(
    source: &impl Source,
    actor: &Actor,
    ids: &[VisitId],
) -> Result<HashMap<VisitId, Visit>, AppError> {
    let rows = visible_to(actor).filter(visit::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let rows = list_each(source, rows).await?;
    let found: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut crews = crews(source, &found).await?;
    let visits = read_each(rows, |row| {
        let crew = crews.remove(&row.id).unwrap_or_default();
        read(row, crew)
    })?;
    Ok(visits.into_iter().map(|visit| (visit.id, visit)).collect())
}

/// Whether inspectors are on their way to a merchant, or there, for the same reason.
pub async fn has_open(
    work: &Work,
    origin: &Origin,
    merchant: MerchantId,
) -> Result<bool, AppError> {
    let reason = match origin {
        Origin::Report(report) => visit::Column::ReportId.eq(report.uuid()).into(),
        other => Condition::all()
            .add(visit::Column::Origin.eq(other.kind().to_string()))
            .add(match origin_id(other) {
                Some(id) => visit::Column::OriginId.eq(id),
                None => visit::Column::About.eq(other.about().map(ToString::to_string)),
            }),
    };
    let open = visit::Entity::find()
        .filter(reason)
        .filter(visit::Column::MerchantId.eq(merchant.uuid()))
        .filter(visit::Column::State.ne(VisitStateKind::Submitted.to_string()))
        .one(work.connection())
        .await?;
    Ok(open.is_some())
}

/// The visits of a report, as far as the actor may see them.
pub async fn list_of_report(
    source: &impl Source,
    actor: &Actor,
    report: ReportId,
) -> Result<Vec<Visit>, AppError> {
    let rows = visible_to(actor)
        .filter(visit::Column::ReportId.eq(report.uuid()))
        .order_by_asc(visit::Column::DispatchedAt)
        .limit(50);
    let rows = list_each(source, rows).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut crews = crews(source, &ids).await?;
    read_each(rows, |row| {
        let crew = crews.remove(&row.id).unwrap_or_default();
        read(row, crew)
    })
}

/// The visits behind a case: the one that it was filed on, and those that looked again at what it ordered, in the order in
/// which they were dispatched. Whoever asks may see the case.
pub async fn list_of_case(
    source: &impl Source,
    case: CaseId,
    found: Option<VisitId>,
) -> Result<Vec<Visit>, AppError> {
    let again = Condition::all()
        .add(visit::Column::OriginId.eq(case.uuid()))
        .add(visit::Column::Origin.eq(OriginKind::CaseAgain.to_string()));
    let mut of_case = Condition::any().add(again);
    if let Some(found) = found {
        of_case = of_case.add(visit::Column::Id.eq(found.uuid()));
    }
    let rows = visit::Entity::find()
        .filter(of_case)
        .order_by_asc(visit::Column::DispatchedAt)
        .order_by_asc(visit::Column::Id)
        .all(source.connection())
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut crews = crews(source, &ids).await?;
    let read_with = |row: visit::Model| {
        let crew = crews.remove(&row.id).unwrap_or_default();
        read(row, crew)
    };
    rows.into_iter().map(read_with).collect()
}

/// Who was sent, and who arrived.
pub(super) struct Crew {
    team: Vec<UserId>,
    /// Without one of them a visit would be another one than it was.
    arrivals: Result<Vec<Arrival>, AppError>,
}

impl Default for Crew {
    fn default() -> Self {
        Self {
            team: Vec::new(),
            arrivals: Ok(Vec::new()),
        }
    }
}

impl Crew {
    fn add(&mut self, arrival: Result<Arrival, AppError>) {
        match (&mut self.arrivals, arrival) {
            (Ok(arrivals), Ok(arrival)) => arrivals.push(arrival),
            (arrivals @ Ok(_), Err(error)) => *arrivals = Err(error),
            (Err(_), _) => {}
        }
    }
}

async fn crews(source: &impl Source, visits: &[Uuid]) -> Result<HashMap<Uuid, Crew>, AppError> {
    let mut crews: HashMap<_, Crew> = HashMap::new();
    let sent = visit_inspector::Entity::find()
        .filter(visit_inspector::Column::VisitId.is_in(visits.iter().copied()))
        .all(source.connection())
        .await?;
    for row in sent {
        let crew = crews.entry(row.visit_id).or_default();
        crew.team.push(UserId::new(row.user_id));
    }
    for (visit, arrival) in arrivals::of(source, visits).await? {
        crews.entry(visit).or_default().add(arrival);
    }
    Ok(crews)
}

pub(super) fn read(row: visit::Model, Crew { team, arrivals }: Crew) -> Result<Visit, AppError> {
    let origin = origin(&row)?;
    let former_teams = read_list(row.former_teams.as_deref(), "visit", "former_teams")?;
    let signings = signings::read(&row)?;
    let reopenings = read_list(row.reopenings.as_deref(), "visit", "reopenings")?;
    let arrivals = arrivals?;
    let kind: VisitStateKind = word(&row.state, "visit", "state")?;
    let state = match kind {
        VisitStateKind::Dispatched => VisitState::Dispatched,
        VisitStateKind::CheckedIn => VisitState::CheckedIn,
        VisitStateKind::Submitted => VisitState::Submitted {
            at: row
                .submitted_at
                .ok_or_else(|| AppError::damaged("visit", "submitted_at"))?,
        },
    };
    Ok(Visit {
        id: VisitId::new(row.id),
        origin,
        merchant: MerchantId::new(row.merchant_id),
        division: word(&row.division, "visit", "division")?,
        team: Team::stored(team),
        dispatched_at: row.dispatched_at,
        state,
        former_teams,
        arrivals,
        reopenings,
        signings,
        entry: None,
        version: row.version,
    })
}
