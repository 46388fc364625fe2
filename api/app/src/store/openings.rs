//! Openings of sealed identities, and the looks that were taken.

use crate::{
    error::AppError,
    store::{
        identities::subject_of,
        row::{insert_new, list_each, meet, read_each, word},
        visibility::{Sight, seat_of, within},
    },
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    id::{IdentityId, OpeningId, ReportId, UserId},
    privacy::{
        identity::{IdentityField, IdentitySubject},
        opening::{Opening, OpeningPurpose, OpeningState},
    },
    refusal::{Code, Refusal},
};
use liangxin_entity::{identity_look, identity_opening, report, reward, sealed_identity};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, SimpleExpr},
};
use uuid::Uuid;

/// Most openings that one list shows.
const MOST: u64 = 100;

/// One look into an identity, as its owner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When the identity was looked into.
    pub at: DateTime<Utc>,
    /// What for.
    pub purpose: OpeningPurpose,
    /// What was seen.
    pub fields: Vec<IdentityField>,
    /// In which role the officer looked; who it was is not told.
    pub role: Role,
}

/// Writes a new opening.
pub async fn insert(work: &Work, new: &Opening) -> Result<(), AppError> {
    let fields: Vec<&str> = new.fields.iter().map(|field| (*field).into()).collect();
    let row = identity_opening::ActiveModel {
        id: Set(new.id.uuid()),
        identity_id: Set(new.identity.uuid()),
        purpose: Set(new.purpose.to_string()),
        reason: Set(new.reason.clone()),
        fields: Set(fields.join(" ")),
        requested_by: Set(new.requested_by.uuid()),
        role: Set(new.role.to_string()),
        requested_at: Set(new.requested_at),
        approved_by: Set(None),
        approved_at: Set(None),
        until: Set(None),
        version: Set(1),
    };
    insert_new(work, row).await
}

/// Saves an approved opening; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Opening) -> Result<(), AppError> {
    let (by, at, until) = match changed.state {
        OpeningState::Requested => (None, None, None),
        OpeningState::Approved { by, at, until } => (Some(by.uuid()), Some(at), Some(until)),
    };
    let update = identity_opening::Entity::update_many()
        .col_expr(identity_opening::Column::ApprovedBy, Expr::value(by))
        .col_expr(identity_opening::Column::ApprovedAt, Expr::value(at))
        .col_expr(identity_opening::Column::Until, Expr::value(until))
        .col_expr(
            identity_opening::Column::Version,
            Expr::value(changed.version + 1),
        )
        .filter(identity_opening::Column::Id.eq(changed.id.uuid()))
        .filter(identity_opening::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
}

/// Notes a look.
pub async fn insert_look(work: &Work, id: Uuid, opening: OpeningId) -> Result<(), AppError> {
    let row = identity_look::ActiveModel {
        id: Set(id),
        opening_id: Set(opening.uuid()),
        at: Set(work.now()),
    };
    insert_new(work, row).await
}

/// What an actor may see: everybody what they asked for, heads what concerns reports in
/// the hands of their division.
fn visible_to(actor: &Actor) -> Select<identity_opening::Entity> {
    let asked = actor
        .user()
        .map(|user| Condition::all().add(identity_opening::Column::RequestedBy.eq(user.uuid())));
    let headed = seat_of(actor, &[Role::Head]).map(|division| {
        // The place of each opening is looked up by its ids: what could be read first for all of them is every report of
        // a province.
        let unit = sealed_identity::Entity::find()
            .select_only()
            .column(report::Column::Unit)
            .join(
                JoinType::InnerJoin,
                sealed_identity::Entity::belongs_to(report::Entity)
                    .from(sealed_identity::Column::SubjectId)
                    .to(report::Column::Id)
                    .into(),
            )
            .filter(sealed_identity::Column::SubjectKind.eq("report"))
            .filter(is_of_opening())
            .into_query();
        // Payees lie with the reward.
        let of_reward = sealed_identity::Entity::find()
            .select_only()
            .column(reward::Column::Division)
            .join(
                JoinType::InnerJoin,
                sealed_identity::Entity::belongs_to(reward::Entity)
                    .from(sealed_identity::Column::SubjectId)
                    .to(reward::Column::Id)
                    .into(),
            )
            .filter(sealed_identity::Column::SubjectKind.eq("reward"))
            .filter(is_of_opening())
            .into_query();
        Condition::any()
            .add(within(division, Expr::from(unit)))
            .add(within(division, Expr::from(of_reward)))
    });
    let sight = Sight::default().and_by(asked).and_by(headed);
    identity_opening::Entity::find().filter(sight.any())
}

fn is_of_opening() -> SimpleExpr {
    Expr::col((sealed_identity::Entity, sealed_identity::Column::Id)).equals((
        identity_opening::Entity,
        identity_opening::Column::IdentityId,
    ))
}

/// When somebody last saw the name in the identity of a subject, by an opening for that purpose that is not over.
pub async fn last_look(
    work: &Work,
    subject: IdentitySubject,
    (purpose, by): (OpeningPurpose, UserId),
) -> Result<Option<DateTime<Utc>>, AppError> {
    let open = of_subject(subject)
        .filter(identity_opening::Column::Purpose.eq(purpose.to_string()))
        .filter(identity_opening::Column::RequestedBy.eq(by.uuid()))
        .filter(identity_opening::Column::Until.gt(work.now()))
        .filter(identity_opening::Column::Fields.contains(<&str>::from(IdentityField::Name)))
        .select_only()
        .column(identity_opening::Column::Id)
        .into_query();
    let last = identity_look::Entity::find()
        .filter(identity_look::Column::OpeningId.in_subquery(open))
        .order_by_desc(identity_look::Column::At)
        .one(work.connection())
        .await?;
    Ok(last.map(|look| look.at))
}

/// An opening that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: OpeningId) -> Result<Opening, AppError> {
    let missing = || AppError::from(Refusal::on(Code::NotFound, "openingId"));
    let row = visible_to(actor)
        .filter(identity_opening::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?
        .ok_or_else(missing)?;
    let identity = sealed_identity::Entity::find_by_id(row.identity_id)
        .one(source.connection())
        .await?
        .ok_or_else(missing)?;
    let subject = subject_of(&identity)?;
    let mut opening = read(row, subject)?;
    if let IdentitySubject::Reward(reward) = subject {
        let found = reward::Entity::find_by_id(reward.uuid());
        let found = found.one(source.connection()).await?;
        opening.report = found.map(|row| ReportId::new(row.report_id));
    }
    Ok(opening)
}

/// Whether somebody's request to see an identity for a purpose is waiting for a decision.
pub async fn has_pending(
    work: &Work,
    identity: IdentityId,
    (purpose, by): (OpeningPurpose, UserId),
) -> Result<bool, AppError> {
    let pending = identity_opening::Entity::find()
        .filter(identity_opening::Column::IdentityId.eq(identity.uuid()))
        .filter(identity_opening::Column::RequestedBy.eq(by.uuid()))
        .filter(identity_opening::Column::Purpose.eq(purpose.to_string()))
        .filter(identity_opening::Column::ApprovedAt.is_null())
        .one(work.connection())
        .await?;
    Ok(pending.is_some())
}

/// The newest openings that the actor may see.
pub async fn list(source: &impl Source, actor: &Actor) -> Result<Vec<Opening>, AppError> {
    with_subjects(
        source,
        visible_to(actor)
            .order_by_desc(identity_opening::Column::RequestedAt)
            .order_by_desc(identity_opening::Column::Id)
            .limit(MOST),
    )
    .await
}

/// The approved openings of a subject for one purpose. Whoever asks has shown a right to the subject.
pub async fn granted(
    source: &impl Source,
    subject: IdentitySubject,
    purpose: OpeningPurpose,
) -> Result<Vec<Opening>, AppError> {
    let select = of_subject(subject)
        .filter(identity_opening::Column::Purpose.eq(purpose.to_string()))
        .filter(identity_opening::Column::ApprovedAt.is_not_null())
        .order_by_asc(identity_opening::Column::ApprovedAt)
        .limit(MOST);
    with_subjects(source, select).await
}

/// Every look into the identity of a subject, oldest first, of a reporter with those at the payee; at most 500.
pub async fn looks(source: &impl Source, subject: IdentitySubject) -> Result<Vec<Look>, AppError> {
    let select = match subject {
        IdentitySubject::Report(report) => of_reporter(report),
        IdentitySubject::Complaint(_) | IdentitySubject::Reward(_) => of_subject(subject),
    };
    let openings = list_each(source, select).await?;
    let ids = openings.iter().map(|opening| opening.id);
    let looks = identity_look::Entity::find()
        .filter(identity_look::Column::OpeningId.is_in(ids))
        .order_by_asc(identity_look::Column::At)
        .order_by_asc(identity_look::Column::Id)
        .limit(500);
    read_each(list_each(source, looks).await?, |look| {
        let opening = openings
            .iter()
            .find(|opening| opening.id == look.opening_id)
            .ok_or_else(|| AppError::damaged("identity_look", "opening_id"))?;
        Ok(Look {
            at: look.at,
            purpose: word(&opening.purpose, "identity_opening", "purpose")?,
            fields: fields(&opening.fields)?,
            role: word(&opening.role, "identity_opening", "role")?,
        })
    })
}

fn of_subject(subject: IdentitySubject) -> Select<identity_opening::Entity> {
    let identity = sealed_identity::Entity::find()
        .select_only()
        .column(sealed_identity::Column::Id)
        .filter(sealed_identity::Column::SubjectKind.eq(subject.kind()))
        .filter(sealed_identity::Column::SubjectId.eq(subject.uuid()))
        .into_query();
    identity_opening::Entity::find()
        .filter(identity_opening::Column::IdentityId.in_subquery(identity))
}

/// What was asked about a reporter, and about the payee of the reward of the report.
fn of_reporter(report: ReportId) -> Select<identity_opening::Entity> {
    let rewards = reward::Entity::find()
        .select_only()
        .column(reward::Column::Id)
        .filter(reward::Column::ReportId.eq(report.uuid()))
        .into_query();
    let of = |kind: &str| sealed_identity::Column::SubjectKind.eq(kind);
    let own = of("report").and(sealed_identity::Column::SubjectId.eq(report.uuid()));
    let payee = of("reward").and(sealed_identity::Column::SubjectId.in_subquery(rewards));
    let identities = sealed_identity::Entity::find()
        .select_only()
        .column(sealed_identity::Column::Id)
        .filter(own.or(payee))
        .into_query();
    identity_opening::Entity::find()
        .filter(identity_opening::Column::IdentityId.in_subquery(identities))
}

async fn with_subjects(
    source: &impl Source,
    select: Select<identity_opening::Entity>,
) -> Result<Vec<Opening>, AppError> {
    let rows = list_each(source, select).await?;
    let identities = sealed_identity::Entity::find()
        .filter(sealed_identity::Column::Id.is_in(rows.iter().map(|row| row.identity_id)));
    let identities = list_each(source, identities).await?;
    let of_rewards = identities.iter().map(|identity| identity.subject_id);
    let rewards = reward::Entity::find().filter(reward::Column::Id.is_in(of_rewards));
    let rewards = list_each(source, rewards).await?;
    read_each(rows, |row| {
        let identity = identities
            .iter()
            .find(|identity| identity.id == row.identity_id)
            .ok_or_else(|| AppError::damaged("identity_opening", "identity_id"))?;
        let subject = subject_of(identity)?;
        let mut opening = read(row, subject)?;
        if let IdentitySubject::Reward(reward) = subject {
            let found = rewards.iter().find(|row| row.id == reward.uuid());
            opening.report = found.map(|row| ReportId::new(row.report_id));
        }
        Ok(opening)
    })
}

fn fields(words: &str) -> Result<Vec<IdentityField>, AppError> {
    words
        .split(' ')
        .map(|field| word(field, "identity_opening", "fields"))
        .collect()
}

pub(super) fn read(
    row: identity_opening::Model,
    subject: IdentitySubject,
) -> Result<Opening, AppError> {
    let state = match (row.approved_by, row.approved_at, row.until) {
        (None, None, None) => OpeningState::Requested,
        (Some(by), Some(at), Some(until)) => OpeningState::Approved {
            by: UserId::new(by),
            at,
            until,
        },
        _ => return Err(AppError::damaged("identity_opening", "approved_by")),
    };
    Ok(Opening {
        id: OpeningId::new(row.id),
        identity: IdentityId::new(row.identity_id),
        subject,
        report: match subject {
            IdentitySubject::Report(report) => Some(report),
            IdentitySubject::Complaint(_) | IdentitySubject::Reward(_) => None,
        },
        purpose: word(&row.purpose, "identity_opening", "purpose")?,
        reason: row.reason,
        fields: fields(&row.fields)?,
        requested_by: UserId::new(row.requested_by),
        role: word(&row.role, "identity_opening", "role")?,
        requested_at: row.requested_at,
        state,
        look: None,
        version: row.version,
    })
}
