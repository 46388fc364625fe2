//! The addresses to which news of a report may go: sealed, for the system alone, and deleted with the name.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::id::ReportId;
use liangxin_entity::report;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

/// The sealed contact of a report, for the system alone.
pub async fn sealed_contact(
    source: &impl Source,
    id: ReportId,
) -> Result<Option<Vec<u8>>, AppError> {
    Ok(report::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .and_then(|row| row.contact_sealed))
}

/// Deletes the address of a report; false if there is none.
pub async fn forget_contact(work: &Work, id: ReportId) -> Result<bool, AppError> {
    let done = report::Entity::update_many()
        .col_expr(report::Column::ContactSealed, Expr::value(None::<Vec<u8>>))
        .filter(report::Column::Id.eq(id.uuid()))
        .filter(report::Column::ContactSealed.is_not_null())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says until when the address of a report is kept.
pub async fn keep_contact_until(
    work: &Work,
    id: ReportId,
    until: DateTime<Utc>,
) -> Result<(), AppError> {
    report::Entity::update_many()
        .col_expr(report::Column::ContactUntil, Expr::value(until))
        .filter(report::Column::Id.eq(id.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Deletes the addresses whose time is over.
pub async fn forget_contacts_over(work: &Work) -> Result<(), AppError> {
    report::Entity::update_many()
        .col_expr(report::Column::ContactSealed, Expr::value(None::<Vec<u8>>))
        .filter(report::Column::ContactUntil.lte(work.now()))
        .filter(report::Column::ContactSealed.is_not_null())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Whether the time of any address is over.
pub async fn has_contact_over(source: &impl Source, now: DateTime<Utc>) -> Result<bool, AppError> {
    let over = report::Entity::find()
        .filter(report::Column::ContactUntil.lte(now))
        .filter(report::Column::ContactSealed.is_not_null())
        .select_only()
        .column(report::Column::Id)
        .into_tuple::<Uuid>()
        .one(source.connection())
        .await?;
    Ok(over.is_some())
}
