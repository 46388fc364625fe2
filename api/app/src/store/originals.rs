//! Who opened the original of a reporter's photo, and for what.

use crate::{
    error::AppError,
    store::row::insert_new,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::{PhotoId, UserId},
    text::Line,
};
use liangxin_entity::original_opening;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
};
use uuid::Uuid;

/// Notes that somebody opened an original.
pub async fn insert_opening(
    work: &Work,
    id: Uuid,
    (photo, by): (PhotoId, UserId),
    purpose: &Line,
) -> Result<(), AppError> {
    let row = original_opening::ActiveModel {
        id: Set(id),
        photo_id: Set(photo.uuid()),
        user_id: Set(by.uuid()),
        purpose: Set(purpose.to_string()),
        at: Set(work.now()),
    };
    insert_new(work, row).await
}

/// Whether somebody opened an original since a moment.
pub async fn is_open(
    source: &impl Source,
    (photo, by): (PhotoId, UserId),
    since: DateTime<Utc>,
) -> Result<bool, AppError> {
    let openings = original_opening::Entity::find()
        .filter(original_opening::Column::PhotoId.eq(photo.uuid()))
        .filter(original_opening::Column::UserId.eq(by.uuid()))
        .filter(original_opening::Column::At.gt(since))
        .count(source.connection())
        .await?;
    Ok(openings > 0)
}
