//! What is remembered of receipt codes besides their hash: proofs of work that were used, and
//! whether a code was shown again.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{evidence::digest::Sha256, id::ReportId};
use liangxin_entity::{report, spent_proof};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, TryInsertResult,
    sea_query::{Expr, OnConflict},
};

/// Whether a proof is used for the first time. Those that are over anyway are forgotten.
pub async fn spend(work: &Work, proof: Sha256, until: DateTime<Utc>) -> Result<bool, AppError> {
    spent_proof::Entity::delete_many()
        .filter(spent_proof::Column::ExpiresAt.lt(work.now()))
        .exec(work.connection())
        .await?;
    let row = spent_proof::ActiveModel {
        id: Set(proof.to_string()),
        expires_at: Set(until),
    };
    let inserted = spent_proof::Entity::insert(row)
        .on_conflict(
            OnConflict::column(spent_proof::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// Notes that a reporter came back for the first time; true if it is so.
pub async fn mark_shown_again(work: &Work, report: ReportId) -> Result<bool, AppError> {
    let done = report::Entity::update_many()
        .col_expr(report::Column::ReceiptShownAgainAt, Expr::value(work.now()))
        .filter(report::Column::Id.eq(report.uuid()))
        .filter(report::Column::ReceiptShownAgainAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}
