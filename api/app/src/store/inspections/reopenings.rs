//! Visits that were opened again.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use liangxin_domain::inspections::visit::Visit;
use liangxin_entity::visit_inspector;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

/// Puts a visit back among those that its inspectors have before them, from the moment at which it was opened again.
pub async fn come_back(work: &Work, visit: &Visit) -> Result<(), AppError> {
    visit_inspector::Entity::update_many()
        .col_expr(visit_inspector::Column::QueueAt, Expr::value(work.now()))
        .filter(visit_inspector::Column::VisitId.eq(visit.id.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}
