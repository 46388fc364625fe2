//! The claim password of a report, hashed. It is never read together with a case, and goes with the reporter's name.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{id::ReportId, rewards::reward::RewardStateKind};
use liangxin_entity::{claim_secret, reward};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

/// Keeps the hash of a claim password.
pub async fn insert_claim_secret(
    work: &Work,
    report: ReportId,
    password_hash: String,
) -> Result<(), AppError> {
    let row = claim_secret::ActiveModel {
        report_id: Set(report.uuid()),
        password_hash: Set(password_hash),
        until: Set(None),
    };
    claim_secret::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The hash of the claim password, if the reporter chose one.
pub async fn find_claim_secret(
    source: &impl Source,
    report: ReportId,
) -> Result<Option<String>, AppError> {
    Ok(claim_secret::Entity::find_by_id(report.uuid())
        .one(source.connection())
        .await?
        .map(|row| row.password_hash))
}

/// Says until when the claim password of a report is kept.
pub async fn keep_claim_secret_until(
    work: &Work,
    report: ReportId,
    until: DateTime<Utc>,
) -> Result<(), AppError> {
    claim_secret::Entity::update_many()
        .col_expr(claim_secret::Column::Until, Expr::value(until))
        .filter(claim_secret::Column::ReportId.eq(report.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Whether the time of any claim password is over.
pub async fn has_claim_secret_over(
    source: &impl Source,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let over = claim_secret::Entity::find()
        .filter(over(now))
        .select_only()
        .column(claim_secret::Column::ReportId)
        .into_tuple::<Uuid>()
        .one(source.connection())
        .await?;
    Ok(over.is_some())
}

/// Deletes the claim passwords whose time is over.
pub async fn forget_claim_secrets_over(work: &Work) -> Result<(), AppError> {
    claim_secret::Entity::delete_many()
        .filter(over(work.now()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// The time is over, and no reward of the report waits for anything any more.
fn over(now: DateTime<Utc>) -> Condition {
    let ended = RewardStateKind::iter().filter(|state| state.is_over());
    let waiting = reward::Entity::find()
        .select_only()
        .column(reward::Column::ReportId)
        .filter(reward::Column::State.is_not_in(ended.map(|state| state.to_string())))
        .into_query();
    Condition::all()
        .add(claim_secret::Column::Until.lte(now))
        .add(claim_secret::Column::ReportId.not_in_subquery(waiting))
}
