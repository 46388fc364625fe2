//! Photos that were declared and will not come.

use super::{
    evidence::{missing, touch},
    row::meet,
};
use crate::{error::AppError, work::Work};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::photo::PhotoOwner,
    id::{PhotoId, UserId},
    refusal::Code,
    text::Reason,
};
use liangxin_entity::photo;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

/// That a photo will not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Since when that is known.
    pub at: DateTime<Utc>,
    /// Why, in the words of whoever withdrew it.
    pub reason: String,
}

/// Notes that a photo of a record will not come; refused if it came or that is known already.
pub async fn withdraw(
    work: &Work,
    (owner, id): (PhotoOwner, PhotoId),
    (by, reason): (Option<UserId>, &Reason),
) -> Result<(), AppError> {
    touch(work, owner);
    let update = photo::Entity::update_many()
        .col_expr(photo::Column::WithdrawnAt, Expr::value(work.now()))
        .col_expr(
            photo::Column::WithdrawnBy,
            Expr::value(by.map(UserId::uuid)),
        )
        .col_expr(photo::Column::WithdrawnReason, Expr::value(reason.as_str()))
        .filter(photo::Column::Id.eq(id.uuid()))
        .filter(missing());
    meet(work, update, Code::PhotoHeld).await
}
