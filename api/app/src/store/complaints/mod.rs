//! Complaints. Who the parties are and what they tell leaves this module sealed.

mod consents;
mod rows;

pub(super) use consents::read_consent;
pub use consents::{consents_of, insert_consent, withdraw_publication};

pub(super) use self::rows::read;
use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        queue::seats,
        row::{insert_new, meet},
        visibility::{self, Location, Sight, in_division_of},
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
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Select,
    sea_query::{Expr, SelectStatement},
};

/// The roles that may read the complaints of their division.
const READERS: [Role; 3] = [Role::IntakeOfficer, Role::LegalAuditor, Role::Head];

/// Where a row lies.
const LOCATION: Location<complaint::Column> = Location {
    unit: complaint::Column::Division,
    city: complaint::Column::City,
    province: complaint::Column::Province,
};

/// What is stored beside the complaint itself.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Parties, demand and basis, sealed.
    pub particulars_sealed: Vec<u8>,
    /// The keyed hash of the receipt code.
    pub receipt_key: Sha256,
}

/// Writes a new complaint.
pub async fn insert(work: &Work, new: &Complaint, intake: Intake) -> Result<(), AppError> {
    insert_new(work, rows::written(new, intake)?).await
}

/// Saves a changed complaint; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Complaint) -> Result<(), AppError> {
    let merchant = changed.merchant.map(|merchant| merchant.uuid());
    let (city, province) = seats(changed.division);
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
        .col_expr(
            complaint::Column::SentOnBy,
            Expr::value(rows::sent_on_by(changed)),
        )
        .col_expr(complaint::Column::City, Expr::value(city))
        .col_expr(complaint::Column::Province, Expr::value(province))
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
fn sight(actor: &Actor) -> Sight {
    let user = match actor {
        Actor::System => return Sight::everything(),
        Actor::Complainant(own) => return Sight::by(complaint::Column::Id.eq(own.uuid())),
        Actor::Anonymous | Actor::Reporter(_) => return Sight::nothing(),
        Actor::User(user) => user,
    };
    let sent_on = in_division_of(actor, &[Role::IntakeOfficer], complaint::Column::SentOnBy);
    let handled = user
        .roles
        .has(Role::CaseOfficer)
        .then(|| Condition::all().add(complaint::Column::HandlerId.eq(user.user.uuid())));
    let own = actor.merchant().map(|merchant| {
        Condition::all()
            .add(complaint::Column::MerchantId.eq(merchant.uuid()))
            .add(complaint::Column::AcceptedAt.is_not_null())
    });
    Sight::default()
        .and_by(LOCATION.of(actor, &READERS))
        .and_by(sent_on)
        .and_by(handled)
        .and_by(own)
}

/// Who finds them on the desk of their office.
pub(super) fn desk_readers() -> Vec<Role> {
    // A desk says nothing of a complaint's parties: whoever supervises sees that it is there, and when it is due.
    READERS.into_iter().chain([Role::Supervisor]).collect()
}

/// What lies with the office of an officer, and with those below, for the desk.
pub(super) fn of_the_office(actor: &Actor) -> Option<Condition> {
    LOCATION.of(actor, &desk_readers())
}

fn visible_to(actor: &Actor) -> Select<complaint::Entity> {
    complaint::Entity::find().filter(sight(actor).any())
}

/// The ids of what an actor may see, for what hangs on it.
pub(super) fn ids_visible_to(actor: &Actor) -> SelectStatement {
    visibility::ids(visible_to(actor), complaint::Column::Id)
}

/// A complaint that the actor may see, or `NOT_FOUND`.
pub async fn get(
    source: &impl Source,
    actor: &Actor,
    id: ComplaintId,
) -> Result<Complaint, AppError> {
    let wanted = (complaint::Column::Id, id.uuid());
    rows::read(visibility::get(source, visible_to(actor), wanted, "complaintId").await?)
}

/// The complaints that the actor may see, by the day on which the office has to have done something; then those
/// without a day, then those that are over, each in the order in which they came.
pub async fn list(
    source: &impl Source,
    actor: &Actor,
    state: Option<ComplaintStateKind>,
    page: Page,
) -> Result<Rows<Complaint>, AppError> {
    let mut select = complaint::Entity::find();
    if let Some(state) = state {
        select = select.filter(complaint::Column::State.eq(state.to_string()));
    }
    let key = (complaint::Column::QueueAt, complaint::Column::Id);
    let found = page.in_turn(source, (select, sight(actor)), key).await?;
    found.read(rows::read)
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
