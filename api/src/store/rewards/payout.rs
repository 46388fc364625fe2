//! The claim secret, hashed, and the payout, sealed. Neither is ever read together with a case.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::id::{ReportId, RewardId};
use liangxin_entity::{claim_secret, payout};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

/// Sealed bank data of one reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    /// The reward.
    pub reward: RewardId,
    /// The payees, sealed.
    pub sealed: Vec<u8>,
}

/// Keeps the hash of a claim password.
pub async fn insert_claim_secret(
    work: &Work,
    report: ReportId,
    password_hash: String,
) -> Result<(), AppError> {
    let row = claim_secret::ActiveModel {
        report_id: Set(report.uuid()),
        password_hash: Set(password_hash),
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

/// Keeps the sealed payees of a reward.
pub async fn insert_payout(work: &Work, new: Payout) -> Result<(), AppError> {
    let row = payout::ActiveModel {
        reward_id: Set(new.reward.uuid()),
        sealed: Set(new.sealed),
        given_at: Set(work.now()),
        purge_after: Set(None),
    };
    payout::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The sealed payees of a reward, for the export alone.
pub async fn sealed_payout(
    source: &impl Source,
    reward: RewardId,
) -> Result<Option<Payout>, AppError> {
    Ok(payout::Entity::find_by_id(reward.uuid())
        .one(source.connection())
        .await?
        .map(|row| Payout {
            reward: RewardId::new(row.reward_id),
            sealed: row.sealed,
        }))
}

/// Says until when the audit needs the payees of a paid reward.
pub async fn keep_payout(work: &Work, reward: RewardId, until: NaiveDate) -> Result<(), AppError> {
    payout::Entity::update_many()
        .col_expr(payout::Column::PurgeAfter, Expr::value(until))
        .filter(payout::Column::RewardId.eq(reward.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Forgets the payees of a reward; answers whether there were any.
pub async fn delete_payout(work: &Work, reward: RewardId) -> Result<bool, AppError> {
    let done = payout::Entity::delete_many()
        .filter(payout::Column::RewardId.eq(reward.uuid()))
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Rewards whose payees the audit needed until before a day.
pub async fn list_over(source: &impl Source, day: NaiveDate) -> Result<Vec<RewardId>, AppError> {
    Ok(payout::Entity::find()
        .filter(payout::Column::PurgeAfter.lt(day))
        .order_by_asc(payout::Column::PurgeAfter)
        .limit(100)
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| RewardId::new(row.reward_id))
        .collect())
}
