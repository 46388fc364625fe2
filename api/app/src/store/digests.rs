//! Other digests of bytes that are held: the SM3 of an original, by its SHA-256. It follows from the bytes, and is never
//! changed.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Source, Work},
};
use liangxin_domain::evidence::digest::{Sha256, Sm3};
use liangxin_entity::original_digest;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

/// The SM3 of bytes, once it was noted.
pub async fn find(source: &impl Source, sha256: Sha256) -> Result<Option<Sm3>, AppError> {
    let row = original_digest::Entity::find_by_id(sha256.to_string())
        .one(source.connection())
        .await?;
    let read = |row: original_digest::Model| {
        Sm3::parse(&row.sm3, "sm3").map_err(|_| AppError::damaged("original_digest", "sm3"))
    };
    row.map(read).transpose()
}

/// Notes the SM3 of bytes. Noted twice it is the same.
pub async fn insert_if_free(work: &Work, sha256: Sha256, sm3: Sm3) -> Result<(), AppError> {
    let row = original_digest::ActiveModel {
        sha256: Set(sha256.to_string()),
        sm3: Set(sm3.to_string()),
    };
    insert_unless_there(work, row, [original_digest::Column::Sha256]).await?;
    Ok(())
}
