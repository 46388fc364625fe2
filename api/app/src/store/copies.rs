//! What is shown of reporters' photos, and who opened an original.

use crate::{
    error::AppError,
    store::{redactions, row::digest},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{PhotoId, UserId},
    text::Line,
};
use liangxin_entity::{original_opening, photo_copy};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    TryInsertResult, sea_query::OnConflict,
};
use uuid::Uuid;

/// The digests of the copies of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copies {
    /// Of the one to look at.
    pub large: Sha256,
    /// Of the one for lists; none was made of photos that were copied before there were two.
    pub small: Option<Sha256>,
}

/// The copies of a photo, once they were made and as long as nothing was covered or uncovered since: what shows more than it may is
/// as if it were not.
pub async fn find(source: &impl Source, photo: PhotoId) -> Result<Option<Copies>, AppError> {
    let covered = redactions::covered(source, photo).await?;
    let row = photo_copy::Entity::find_by_id(photo.uuid())
        .filter(photo_copy::Column::Acts.eq(covered.acts))
        .one(source.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let small = row.small_sha256.as_deref();
    let small = small.map(|small| digest(small, "photo_copy", "small_sha256"));
    Ok(Some(Copies {
        large: digest(&row.sha256, "photo_copy", "sha256")?,
        small: small.transpose()?,
    }))
}

/// Forgets the copies of a photo; false if there are none.
pub async fn delete(work: &Work, photo: PhotoId) -> Result<bool, AppError> {
    let done = photo_copy::Entity::delete_by_id(photo.uuid())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Notes the copies of a photo that were made after so many acts about what is covered of it, in place of older ones; false if
/// some of that number or a later one are noted. Those that are made twice at once are the same bytes.
pub async fn insert_if_newer(
    work: &Work,
    (photo, acts): (PhotoId, i32),
    copies: Copies,
) -> Result<bool, AppError> {
    photo_copy::Entity::delete_many()
        .filter(photo_copy::Column::PhotoId.eq(photo.uuid()))
        .filter(photo_copy::Column::Acts.lt(acts))
        .exec(work.connection())
        .await?;
    let Copies { large, small } = copies;
    let row = photo_copy::ActiveModel {
        photo_id: Set(photo.uuid()),
        sha256: Set(large.to_string()),
        made_at: Set(work.now()),
        small_sha256: Set(small.map(|small| small.to_string())),
        acts: Set(acts),
    };
    let inserted = photo_copy::Entity::insert(row)
        .on_conflict(
            OnConflict::column(photo_copy::Column::PhotoId)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

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
    original_opening::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
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
