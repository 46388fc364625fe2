//! Complaints. Who the parties are and what they tell leaves this module sealed.

mod consents;
mod rows;

pub use consents::{consents_of, insert_consent, withdraw_publication};

use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        row::meet,
        visibility::{in_division_of, nothing},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    complaints::{complaint::Complaint, state::ComplaintStateKind},
    evidence::digest::Sha256,
    id::ComplaintId,
    refusal::{Code, Refusal},
};
use liangxin_entity::complaint;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Select, sea_query::Expr,
};

/// The roles that may read the complaints of their division.
const READERS: [Role; 3] = [Role::IntakeOfficer, Role::LegalAuditor, Role::Head];

/// What is stored beside the complaint itself.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Parties, demand and basis, sealed.
    pub particulars_sealed: Vec<u8>,
    /// The contact, sealed.
    pub contact_sealed: Option<Vec<u8>>,
    /// The slow keyed hash of the receipt code.
    pub receipt_key: Sha256,
}

/// Writes a new complaint.
pub async fn insert(work: &Work, new: &Complaint, intake: Intake) -> Result<(), AppError> {
    complaint::Entity::insert(rows::written(new, intake)?)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Saves a changed complaint; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Complaint) -> Result<(), AppError> {
    let merchant = changed.merchant.map(|merchant| merchant.uuid());
    let handler = changed.handler.map(|handler| handler.uuid());
    let mut update = complaint::Entity::update_many()
        .col_expr(
            complaint::Column::State,
            Expr::value(changed.kind().to_string()),
        )
        .col_expr(
            complaint::Column::StateJson,
            Expr::value(rows::state_json(changed)?),
        )
        .col_expr(
            complaint::Column::SideJson,
            Expr::value(rows::side_json(changed)?),
        )
        .col_expr(
            complaint::Column::Division,
            Expr::value(changed.division.to_string()),
        )
        .col_expr(complaint::Column::MerchantId, Expr::value(merchant))
        .col_expr(complaint::Column::HandlerId, Expr::value(handler))
        .col_expr(complaint::Column::Version, Expr::value(changed.version + 1));
    // Written once, when the operator may begin to see the dispute.
    if changed.kind() == ComplaintStateKind::Accepted {
        update = update.col_expr(complaint::Column::AcceptedAt, Expr::value(work.now()));
    }
    let update = update
        .filter(complaint::Column::Id.eq(changed.id.uuid()))
        .filter(complaint::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

/// What an actor may see: intake officers, auditors and heads their division, intake officers also
/// what they sent on, handlers what is theirs, operators their own disputes from the acceptance on,
/// complainants their own.
fn visible_to(actor: &Actor) -> Select<complaint::Entity> {
    let seen = match actor {
        Actor::System => Condition::all(),
        Actor::Complainant(own) => Condition::all().add(complaint::Column::Id.eq(own.uuid())),
        Actor::Anonymous | Actor::Reporter(_) => nothing(),
        Actor::User(user) => {
            let mut seen = Condition::any()
                .add(in_division_of(
                    actor,
                    &READERS,
                    (complaint::Entity, complaint::Column::Division),
                ))
                .add(in_division_of(
                    actor,
                    &[Role::IntakeOfficer],
                    (complaint::Entity, complaint::Column::TakenInBy),
                ));
            if user.roles.has(Role::CaseOfficer) {
                seen = seen.add(complaint::Column::HandlerId.eq(user.user.uuid()));
            }
            if let Some(merchant) = actor.merchant() {
                seen = seen.add(
                    Condition::all()
                        .add(complaint::Column::MerchantId.eq(merchant.uuid()))
                        .add(complaint::Column::AcceptedAt.is_not_null()),
                );
            }
            seen
        }
    };
    complaint::Entity::find().filter(seen)
}

/// A complaint that the actor may see, or `NOT_FOUND`.
pub async fn get(
    source: &impl Source,
    actor: &Actor,
    id: ComplaintId,
) -> Result<Complaint, AppError> {
    visible_to(actor)
        .filter(complaint::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?
        .map(rows::read)
        .transpose()?
        .ok_or_else(|| Refusal::on(Code::NotFound, "complaintId").into())
}

/// The complaints that the actor may see, oldest first, so that the nearest deadline is on top.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    state: Option<ComplaintStateKind>,
    page: Page,
) -> Result<Rows<Complaint>, AppError> {
    let mut select = visible_to(actor);
    if let Some(state) = state {
        select = select.filter(complaint::Column::State.eq(state.to_string()));
    }
    let key = (complaint::Column::ReceivedAt, complaint::Column::Id);
    page.oldest_first(source, select, key)
        .await?
        .read(rows::read)
}

/// The sealed particulars of a complaint that the caller was shown already.
pub async fn sealed_particulars(
    source: &impl Source,
    id: ComplaintId,
) -> Result<Vec<u8>, AppError> {
    complaint::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(|row| row.particulars_sealed)
        .ok_or_else(|| Refusal::on(Code::NotFound, "complaintId").into())
}

/// The sealed contact of a complaint, for the system alone.
pub async fn sealed_contact(
    source: &impl Source,
    id: ComplaintId,
) -> Result<Option<Vec<u8>>, AppError> {
    Ok(complaint::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .and_then(|row| row.contact_sealed))
}

/// Notes that a complainant came back for the first time; true if it is so.
pub async fn mark_shown_again(work: &Work, id: ComplaintId) -> Result<bool, AppError> {
    let done = complaint::Entity::update_many()
        .col_expr(
            complaint::Column::ReceiptShownAgainAt,
            Expr::value(work.now()),
        )
        .filter(complaint::Column::Id.eq(id.uuid()))
        .filter(complaint::Column::ReceiptShownAgainAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// The complaint behind the hash of a receipt code.
pub async fn find_by_receipt(
    source: &impl Source,
    key: Sha256,
) -> Result<Option<ComplaintId>, AppError> {
    Ok(complaint::Entity::find()
        .filter(complaint::Column::ReceiptKey.eq(key.to_string()))
        .one(source.connection())
        .await?
        .map(|row| ComplaintId::new(row.id)))
}
