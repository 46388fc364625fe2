//! Which tokens for the photos of a report still work.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use liangxin_domain::id::ReportId;
use liangxin_entity::upload_series;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

/// The number of the present series of tokens.
pub async fn upload_series(source: &impl Source, report: ReportId) -> Result<i32, AppError> {
    let row = upload_series::Entity::find_by_id(report.uuid())
        .one(source.connection())
        .await?;
    Ok(row.map_or(0, |row| row.number))
}

/// Begins the next series: no token of an earlier one works from now on.
pub async fn revoke_uploads(work: &Work, report: ReportId) -> Result<(), AppError> {
    let number = (upload_series::Entity, upload_series::Column::Number);
    let row = upload_series::ActiveModel {
        report_id: Set(report.uuid()),
        number: Set(1),
    };
    upload_series::Entity::insert(row)
        .on_conflict(
            OnConflict::column(upload_series::Column::ReportId)
                .value(upload_series::Column::Number, Expr::col(number).add(1))
                .to_owned(),
        )
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}
