//! Visits.

use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        row::{meet, position, word},
        visibility::{in_division_of, nothing},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    id::{MerchantId, PhotoId, ReportId, UserId, VisitId},
    inspections::visit::{CheckIn, Signature, Team, Visit, VisitState, VisitStateKind},
    refusal::{Code, Refusal},
    text::Line,
};
use liangxin_entity::{visit, visit_inspector};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, sea_query::Expr,
};
use std::collections::HashMap;
use uuid::Uuid;

const READERS: [Role; 4] = [
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
];

/// Writes a new visit.
pub async fn insert(work: &Work, new: &Visit, by: UserId) -> Result<(), AppError> {
    let row = visit::ActiveModel {
        id: Set(new.id.uuid()),
        report_id: Set(new.report.uuid()),
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
        version: Set(1),
    };
    visit::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    let team = new.team.iter().map(|user| visit_inspector::ActiveModel {
        visit_id: Set(new.id.uuid()),
        user_id: Set(user.uuid()),
    });
    visit_inspector::Entity::insert_many(team)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Saves a changed visit; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Visit) -> Result<(), AppError> {
    let (check_in, submitted_at) = match changed.state {
        VisitState::Dispatched => (None, None),
        VisitState::CheckedIn(check_in) => (Some(check_in), None),
        VisitState::Submitted { check_in, at } => (Some(check_in), Some(at)),
    };
    let (signed_name, signature_photo, unsigned_reason) = match &changed.signature {
        None => (None, None, None),
        Some(Signature::Signed { name, photo }) => {
            (Some(name.to_string()), Some(photo.uuid()), None)
        }
        Some(Signature::Refused { reason }) => (None, None, Some(reason.to_string())),
    };
    let update = visit::Entity::update_many()
        .col_expr(
            visit::Column::State,
            Expr::value(changed.state_kind().to_string()),
        )
        .col_expr(
            visit::Column::CheckInAt,
            Expr::value(check_in.map(|c| c.at)),
        )
        .col_expr(
            visit::Column::CheckInReceivedAt,
            Expr::value(check_in.map(|c| c.received_at)),
        )
        .col_expr(
            visit::Column::CheckInLatitude,
            Expr::value(check_in.map(|c| c.position.latitude)),
        )
        .col_expr(
            visit::Column::CheckInLongitude,
            Expr::value(check_in.map(|c| c.position.longitude)),
        )
        .col_expr(
            visit::Column::CheckInAccuracyM,
            Expr::value(check_in.and_then(|c| c.position.accuracy_m)),
        )
        .col_expr(
            visit::Column::CheckInBy,
            Expr::value(check_in.map(|c| c.by.uuid())),
        )
        .col_expr(visit::Column::SignedName, Expr::value(signed_name))
        .col_expr(
            visit::Column::SignaturePhotoId,
            Expr::value(signature_photo),
        )
        .col_expr(visit::Column::UnsignedReason, Expr::value(unsigned_reason))
        .col_expr(visit::Column::SubmittedAt, Expr::value(submitted_at))
        .col_expr(visit::Column::Version, Expr::value(changed.version + 1))
        .filter(visit::Column::Id.eq(changed.id.uuid()))
        .filter(visit::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

/// What an actor may see: inspectors what they were sent for, officers their division.
fn visible_to(actor: &Actor) -> Select<visit::Entity> {
    let seen = match actor {
        Actor::System => Condition::all(),
        Actor::Anonymous | Actor::Reporter(_) | Actor::Complainant(_) => nothing(),
        Actor::User(user) => {
            let mut seen = Condition::any().add(in_division_of(
                actor,
                &READERS,
                (visit::Entity, visit::Column::Division),
            ));
            if user.roles.has(Role::Inspector) {
                seen = seen.add(visit::Column::Id.in_subquery(sent_to(user.user).into_query()));
            }
            seen
        }
    };
    visit::Entity::find().filter(seen)
}

fn sent_to(user: UserId) -> Select<visit_inspector::Entity> {
    visit_inspector::Entity::find()
        .select_only()
        .column(visit_inspector::Column::VisitId)
        .filter(visit_inspector::Column::UserId.eq(user.uuid()))
}

/// A visit that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: VisitId) -> Result<Visit, AppError> {
    let row = visible_to(actor)
        .filter(visit::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?;
    let row = row.ok_or_else(|| AppError::from(Refusal::on(Code::NotFound, "visitId")))?;
    let mut teams = teams(source, &[row.id]).await?;
    let team = teams.remove(&row.id).unwrap_or_default();
    read(row, team)
}

/// The visits that an inspector was sent on, oldest first.
pub async fn list_assigned(
    source: &impl Source,
    user: UserId,
    page: Page,
) -> Result<Rows<Visit>, AppError> {
    let select =
        visit::Entity::find().filter(visit::Column::Id.in_subquery(sent_to(user).into_query()));
    let key = (visit::Column::DispatchedAt, visit::Column::Id);
    let found = page.oldest_first(source, select, key).await?;
    let ids: Vec<_> = found.rows.iter().map(|(_, row)| row.id).collect();
    let mut teams = teams(source, &ids).await?;
    found.read(|row| {
        let team = teams.remove(&row.id).unwrap_or_default();
        read(row, team)
    })
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
        .limit(50)
        .all(source.connection())
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut teams = teams(source, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let team = teams.remove(&row.id).unwrap_or_default();
            read(row, team)
        })
        .collect()
}

async fn teams(
    source: &impl Source,
    visits: &[Uuid],
) -> Result<HashMap<Uuid, Vec<UserId>>, AppError> {
    let rows = visit_inspector::Entity::find()
        .filter(visit_inspector::Column::VisitId.is_in(visits.iter().copied()))
        .all(source.connection())
        .await?;
    let mut teams: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        teams
            .entry(row.visit_id)
            .or_default()
            .push(UserId::new(row.user_id));
    }
    Ok(teams)
}

fn read(row: visit::Model, team: Vec<UserId>) -> Result<Visit, AppError> {
    let kind: VisitStateKind = word(&row.state, "visit", "state")?;
    let damaged = || AppError::damaged("visit", "check_in_at");
    let check_in = || {
        Ok::<_, AppError>(CheckIn {
            at: row.check_in_at.ok_or_else(damaged)?,
            received_at: row.check_in_received_at.ok_or_else(damaged)?,
            position: position(
                row.check_in_latitude,
                row.check_in_longitude,
                row.check_in_accuracy_m,
            )
            .ok_or_else(damaged)?,
            by: UserId::new(row.check_in_by.ok_or_else(damaged)?),
        })
    };
    let state = match kind {
        VisitStateKind::Dispatched => VisitState::Dispatched,
        VisitStateKind::CheckedIn => VisitState::CheckedIn(check_in()?),
        VisitStateKind::Submitted => VisitState::Submitted {
            check_in: check_in()?,
            at: row
                .submitted_at
                .ok_or_else(|| AppError::damaged("visit", "submitted_at"))?,
        },
    };
    let signature = match (row.signed_name, row.signature_photo_id, row.unsigned_reason) {
        (Some(name), Some(photo), _) => Some(Signature::Signed {
            name: Line::stored(name),
            photo: PhotoId::new(photo),
        }),
        (_, _, Some(reason)) => Some(Signature::Refused {
            reason: Line::stored(reason),
        }),
        _ => None,
    };
    Ok(Visit {
        id: VisitId::new(row.id),
        report: ReportId::new(row.report_id),
        merchant: MerchantId::new(row.merchant_id),
        division: word(&row.division, "visit", "division")?,
        team: Team::stored(team),
        dispatched_at: row.dispatched_at,
        state,
        signature,
        entry: None,
        version: row.version,
    })
}
