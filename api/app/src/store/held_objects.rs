//! Which bytes the database says are held: those of photos, and those of their copies.

use crate::{
    error::AppError,
    store::{
        evidence::{Photo, read},
        row::digest,
    },
    work::Source,
};
use liangxin_domain::evidence::digest::Sha256;
use liangxin_entity::{photo, photo_copy};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use std::collections::BTreeMap;

/// Bytes that are said to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldObject {
    /// Their digest.
    pub digest: Sha256,
    /// Their length, as far as it is noted.
    pub size_bytes: Option<u64>,
}

/// All bytes that are said to be held, in pages by digest, for verification of the whole store.
pub async fn list(
    source: &impl Source,
    after: Option<Sha256>,
    most: usize,
) -> Result<Vec<HeldObject>, AppError> {
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    let rows = u64::try_from(most).unwrap_or(u64::MAX);
    let photos: Vec<(String, i64)> = photo::Entity::find()
        .select_only()
        .columns([photo::Column::Sha256, photo::Column::SizeBytes])
        .distinct()
        .filter(photo::Column::StoredAt.is_not_null())
        .filter(photo::Column::Sha256.gt(after.clone()))
        .order_by_asc(photo::Column::Sha256)
        .limit(rows)
        .into_tuple()
        .all(source.connection())
        .await?;
    let photos = photos
        .into_iter()
        .map(|(digest, size)| (digest, u64::try_from(size).ok()));
    let mut all = BTreeMap::new();
    for column in [photo_copy::Column::Sha256, photo_copy::Column::SmallSha256] {
        let copies = copies_behind(source, column, (&after, rows)).await?;
        all.extend(copies.into_iter().map(|digest| (digest, None)));
    }
    // Where one is both, the length of the photo counts. Each list begins with the least, and so does what all have.
    all.extend(photos);
    all.into_iter()
        .take(most)
        .map(|(sha256, size_bytes)| {
            Ok(HeldObject {
                digest: digest(&sha256, "photo", "sha256")?,
                size_bytes,
            })
        })
        .collect()
}

async fn copies_behind(
    source: &impl Source,
    column: photo_copy::Column,
    (after, rows): (&str, u64),
) -> Result<Vec<String>, AppError> {
    let found = photo_copy::Entity::find()
        .select_only()
        .column(column)
        .distinct()
        .filter(column.gt(after))
        .order_by_asc(column)
        .limit(rows)
        .into_tuple()
        .all(source.connection());
    Ok(found.await?)
}

/// Whether bytes of that digest are said to be held.
pub async fn is_held(source: &impl Source, digest: Sha256) -> Result<bool, AppError> {
    let digest = digest.to_string();
    let photos = photo::Entity::find()
        .filter(photo::Column::Sha256.eq(digest.as_str()))
        .filter(photo::Column::StoredAt.is_not_null());
    let of_copy = Condition::any()
        .add(photo_copy::Column::Sha256.eq(digest.as_str()))
        .add(photo_copy::Column::SmallSha256.eq(digest.as_str()));
    let copies = photo_copy::Entity::find().filter(of_copy);
    let is_photo = photos.limit(1).one(source.connection()).await?.is_some();
    Ok(is_photo || copies.limit(1).one(source.connection()).await?.is_some())
}

/// The photos whose bytes have a digest, for an operator who has to know what is lost; at most twenty.
pub async fn list_photos(source: &impl Source, digest: Sha256) -> Result<Vec<Photo>, AppError> {
    let found = photo::Entity::find()
        .filter(photo::Column::Sha256.eq(digest.to_string()))
        .order_by_asc(photo::Column::Id)
        .limit(20)
        .all(source.connection());
    found.await?.into_iter().map(read).collect()
}
