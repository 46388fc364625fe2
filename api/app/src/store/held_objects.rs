//! Which bytes the database says are held: those of photos, and those of their copies.

use crate::{
    error::AppError,
    store::{
        copies,
        evidence::{Photo, read},
        page::behind,
        row::digest,
    },
    work::Source,
};
use liangxin_domain::{
    evidence::{
        digest::Sha256,
        object::{Area, Name},
    },
    id::CopyId,
};
use liangxin_entity::{photo, photo_copy};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

/// Bytes that are said to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldObject {
    /// Their name.
    pub name: Name,
    /// Their length, as far as it is noted.
    pub size_bytes: Option<u64>,
}

/// All bytes of an area that are said to be held, in pages by name, for verification of the whole store.
pub async fn list(
    source: &impl Source,
    area: Area,
    after: Option<Name>,
    most: usize,
) -> Result<Vec<HeldObject>, AppError> {
    let rows = u64::try_from(most).unwrap_or(u64::MAX);
    match area {
        Area::Originals => originals(source, after, rows).await,
        Area::Copies => copies(source, after, most).await,
    }
}

async fn originals(
    source: &impl Source,
    after: Option<Name>,
    rows: u64,
) -> Result<Vec<HeldObject>, AppError> {
    let after = after.map(|after| after.digest().to_string());
    let photos: Vec<(String, i64)> = photo::Entity::find()
        .select_only()
        .columns([photo::Column::Sha256, photo::Column::SizeBytes])
        .distinct()
        .filter(photo::Column::StoredAt.is_not_null())
        .filter(photo::Column::Sha256.gt(after.unwrap_or_default()))
        .order_by_asc(photo::Column::Sha256)
        .limit(rows)
        .into_tuple()
        .all(source.connection())
        .await?;
    let held = photos.into_iter().map(|(sha256, size)| {
        Ok(HeldObject {
            name: Name::Original(digest(&sha256, "photo", "sha256")?),
            size_bytes: u64::try_from(size).ok(),
        })
    });
    held.collect()
}

async fn copies(
    source: &impl Source,
    after: Option<Name>,
    most: usize,
) -> Result<Vec<HeldObject>, AppError> {
    let mut all = Vec::new();
    for column in [
        photo_copy::Column::LargeSha256,
        photo_copy::Column::SmallSha256,
    ] {
        all.extend(copies_behind(source, column, after, most).await?);
    }
    // Each list begins with the least, and so does what both have.
    all.sort();
    // The two copies of a small photo are one.
    all.dedup();
    all.truncate(most);
    let held = all.into_iter().map(|name| HeldObject {
        name,
        size_bytes: None,
    });
    Ok(held.collect())
}

async fn copies_behind(
    source: &impl Source,
    column: photo_copy::Column,
    after: Option<Name>,
    most: usize,
) -> Result<Vec<Name>, AppError> {
    let mut held = photo_copy::Entity::find()
        .select_only()
        .columns([column, photo_copy::Column::Id])
        .filter(photo_copy::Column::State.eq(copies::HELD));
    if let Some(Name::Copy(after, id)) = after {
        let columns = [column.into_expr(), photo_copy::Column::Id.into_expr()];
        let last = [Expr::value(after.to_string()), Expr::value(id.uuid())];
        held = held.filter(behind(columns, last));
    }
    let found: Vec<(String, Uuid)> = held
        .order_by_asc(column)
        .order_by_asc(photo_copy::Column::Id)
        .limit(u64::try_from(most).unwrap_or(u64::MAX))
        .into_tuple()
        .all(source.connection())
        .await?;
    let names = found.into_iter().map(|(sha256, id)| {
        let digest = digest(&sha256, "photo_copy", "sha256")?;
        Ok(Name::Copy(digest, CopyId::new(id)))
    });
    names.collect()
}

/// Whether the database knows of bytes of that name: of an original that it is held, of a copy also that it is on its way or
/// about to go.
pub async fn is_known(source: &impl Source, name: Name) -> Result<bool, AppError> {
    match name {
        Name::Original(digest) => {
            let photos = photo::Entity::find()
                .filter(photo::Column::Sha256.eq(digest.to_string()))
                .filter(photo::Column::StoredAt.is_not_null());
            Ok(photos.limit(1).one(source.connection()).await?.is_some())
        }
        Name::Copy(_, copy) => {
            let row = photo_copy::Entity::find_by_id(copy.uuid());
            Ok(row.one(source.connection()).await?.is_some())
        }
    }
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
