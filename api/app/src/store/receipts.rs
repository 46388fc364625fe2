//! What is remembered of receipt codes besides their hash: whether a code was shown again.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use liangxin_domain::id::ReportId;
use liangxin_entity::report;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

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
