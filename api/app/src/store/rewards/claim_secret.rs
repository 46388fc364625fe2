//! The claim password of a report, hashed. It is never read together with a case.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use liangxin_domain::id::ReportId;
use liangxin_entity::claim_secret;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

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
