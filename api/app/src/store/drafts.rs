//! Photos of forms that are not filed yet. Their bytes are one part each among the objects, so that any replica finds them
//! and what is given up goes from there too.

use super::uploads::{HELD, Part, begin_part, drop_parts, hold_part};
use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Db, Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{PartId, UploadId},
};
use liangxin_entity::{draft_photo, upload_part};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::ExprTrait as _,
};
use uuid::Uuid;

/// How many are looked at in one go.
const AT_ONCE: u64 = 500;

/// A photo of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    /// Follows from the form and the bytes.
    pub id: UploadId,
    /// Digest of the bytes.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub size_bytes: u64,
}

impl Draft {
    fn part(&self, id: PartId) -> Part {
        Part {
            id,
            offset_bytes: 0,
            size_bytes: self.size_bytes,
        }
    }
}

/// Remembers that a photo is about to be put among the objects.
pub async fn begin(work: &Work, draft: &Draft, part: PartId) -> Result<(), AppError> {
    begin_part(work, draft.id, &draft.part(part)).await
}

/// Keeps a photo that was put there; false, and nothing to be committed, if it was given up meanwhile or is kept already.
pub async fn insert_if_free(
    work: &Work,
    form: Sha256,
    draft: &Draft,
    part: PartId,
) -> Result<bool, AppError> {
    let row = draft_photo::ActiveModel {
        id: Set(draft.id.uuid()),
        form: Set(form.to_string()),
        sha256: Set(draft.sha256.to_string()),
        size_bytes: Set(i64::try_from(draft.size_bytes).unwrap_or(i64::MAX)),
        made_at: Set(work.now()),
    };
    let is_new = insert_unless_there(work, row, [draft_photo::Column::Id]).await?;
    Ok(is_new && hold_part(work, part).await?)
}

/// Which photos of a form were kept since a moment, and where, in the order of their coming.
pub async fn list(
    source: &impl Source,
    form: Sha256,
    since: DateTime<Utc>,
) -> Result<Vec<(Draft, PartId)>, AppError> {
    let rows = draft_photo::Entity::find()
        .filter(draft_photo::Column::Form.eq(form.to_string()))
        .filter(draft_photo::Column::MadeAt.gte(since))
        .order_by_asc(draft_photo::Column::MadeAt)
        .order_by_asc(draft_photo::Column::Id)
        .all(source.connection())
        .await?;
    let ids = rows.iter().map(|row| row.id);
    let parts = upload_part::Entity::find()
        .filter(upload_part::Column::UploadId.is_in(ids))
        // One that was begun and never put has no bytes.
        .filter(upload_part::Column::State.eq(HELD))
        .all(source.connection())
        .await?;
    let found = rows.iter().filter_map(|row| {
        let part = parts.iter().find(|part| part.upload_id == row.id)?;
        let draft = Draft {
            id: UploadId::new(row.id),
            sha256: Sha256::parse(&row.sha256, "sha256").ok()?,
            size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
        };
        Some((draft, PartId::new(part.id)))
    });
    Ok(found.collect())
}

/// How many photos there are, and their bytes.
pub async fn total(source: &impl Source) -> Result<(u64, u64), AppError> {
    let photos = draft_photo::Entity::find()
        .count(source.connection())
        .await?;
    let bytes: Option<Option<i64>> = draft_photo::Entity::find()
        .select_only()
        .column_as(
            draft_photo::Column::SizeBytes.sum().cast_as("bigint"),
            "bytes",
        )
        .into_tuple()
        .one(source.connection())
        .await?;
    let bytes = bytes.flatten().unwrap_or_default();
    Ok((photos, u64::try_from(bytes).unwrap_or_default()))
}

/// The photo that waits longest, and its bytes.
pub async fn oldest(source: &impl Source) -> Result<Option<(UploadId, u64)>, AppError> {
    let row = draft_photo::Entity::find()
        .order_by_asc(draft_photo::Column::MadeAt)
        .one(source.connection())
        .await?;
    Ok(row.map(|row| {
        let bytes = u64::try_from(row.size_bytes).unwrap_or_default();
        (UploadId::new(row.id), bytes)
    }))
}

/// The photos of a form.
pub async fn of_form(source: &impl Source, form: Sha256) -> Result<Vec<UploadId>, AppError> {
    let ids: Vec<Uuid> = draft_photo::Entity::find()
        .select_only()
        .column(draft_photo::Column::Id)
        .filter(draft_photo::Column::Form.eq(form.to_string()))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(ids.into_iter().map(UploadId::new).collect())
}

/// Photos that were kept before a moment.
pub async fn list_old(db: &Db, before: DateTime<Utc>) -> Result<Vec<UploadId>, AppError> {
    let ids: Vec<Uuid> = draft_photo::Entity::find()
        .select_only()
        .column(draft_photo::Column::Id)
        .filter(draft_photo::Column::MadeAt.lt(before))
        .limit(AT_ONCE)
        .into_tuple()
        .all(db.connection())
        .await?;
    Ok(ids.into_iter().map(UploadId::new).collect())
}

/// Removes a photo; nobody needs its bytes.
pub async fn delete(work: &Work, id: UploadId) -> Result<(), AppError> {
    drop_parts(work, id).await?;
    draft_photo::Entity::delete_by_id(id.uuid())
        .exec(work.connection())
        .await?;
    Ok(())
}
