//! Visits that were opened again.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use liangxin_domain::inspections::{reopen::Reopening, visit::Visit};
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

/// How often, as it is kept; nothing where it was closed once at most.
pub(super) fn written(visit: &Visit) -> Result<Option<String>, AppError> {
    if visit.reopenings.is_empty() {
        return Ok(None);
    }
    let written = serde_json::to_string(&visit.reopenings);
    written
        .map(Some)
        .map_err(|e| AppError::internal("write that a visit was opened again", e))
}

pub(super) fn read(kept: Option<&str>) -> Result<Vec<Reopening>, AppError> {
    let Some(kept) = kept else {
        return Ok(Vec::new());
    };
    serde_json::from_str(kept).map_err(|_| AppError::damaged("visit", "reopenings"))
}
