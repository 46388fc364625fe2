//! Declared photos whose bytes came and were refused for good: the right file, and no whole picture.

use crate::{
    error::AppError,
    store::row::{list_each, read_each},
    work::{Source, Work},
};
use liangxin_domain::{
    id::PhotoId,
    refusal::{Code, Refusal},
};
use liangxin_entity::photo_refusal;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::OnConflict,
};
use std::collections::HashMap;

/// Notes why the bytes of photos are not taken; what was noted before is forgotten.
pub async fn note(
    work: &Work,
    photos: impl IntoIterator<Item = PhotoId>,
    refusal: &Refusal,
) -> Result<(), AppError> {
    for photo in photos {
        let row = photo_refusal::ActiveModel {
            photo_id: Set(photo.uuid()),
            code: Set(refusal.code.as_str().to_owned()),
            detail: Set(refusal.detail.clone()),
            refused_at: Set(work.now()),
        };
        let again = OnConflict::column(photo_refusal::Column::PhotoId)
            .update_columns([
                photo_refusal::Column::Code,
                photo_refusal::Column::Detail,
                photo_refusal::Column::RefusedAt,
            ])
            .to_owned();
        photo_refusal::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(work.connection())
            .await?;
    }
    Ok(())
}

/// Forgets what was noted of a photo: it is taken after all.
pub async fn forget(work: &Work, photo: PhotoId) -> Result<(), AppError> {
    photo_refusal::Entity::delete_by_id(photo.uuid())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Why the bytes of photos are not taken, of those whose bytes came. What cannot be read is left out: the photo is missing.
pub async fn list(
    source: &impl Source,
    photos: impl IntoIterator<Item = PhotoId>,
) -> Result<HashMap<PhotoId, Refusal>, AppError> {
    let ids: Vec<_> = photos.into_iter().map(PhotoId::uuid).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let noted = photo_refusal::Entity::find().filter(photo_refusal::Column::PhotoId.is_in(ids));
    let rows = list_each(source, noted).await?;
    let noted = read_each(rows, |row| Ok((PhotoId::new(row.photo_id), read(row)?)))?;
    Ok(noted.into_iter().collect())
}

pub(super) fn read(row: photo_refusal::Model) -> Result<Refusal, AppError> {
    let code = Code::all().find(|code| code.as_str() == row.code);
    let code = code.ok_or_else(|| AppError::damaged("photo_refusal", "code"))?;
    let refusal = Refusal::on(code, "photoId");
    Ok(match row.detail {
        Some(detail) => refusal.with(detail),
        None => refusal,
    })
}
