//! Codes by which people choose a new password: one an account, of which only the keyed hash is known.

use super::{leftovers, row::digest};
use crate::{
    error::AppError,
    work::{Db, Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{evidence::digest::Sha256, id::UserId};
use liangxin_entity::password_code;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};
use uuid::Uuid;

/// Keeps a code; an earlier one of the account no longer works.
pub async fn keep(
    work: &Work,
    user: UserId,
    hash: Sha256,
    expires_at: DateTime<Utc>,
) -> Result<(), AppError> {
    let row = password_code::ActiveModel {
        user_id: Set(user.uuid()),
        code_hash: Set(hash.to_string()),
        expires_at: Set(expires_at),
    };
    let newest = OnConflict::column(password_code::Column::UserId)
        .update_columns([
            password_code::Column::CodeHash,
            password_code::Column::ExpiresAt,
        ])
        .to_owned();
    password_code::Entity::insert(row)
        .on_conflict(newest)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Until when the code of an account works; nothing if it is another one, or was used.
pub async fn find(
    source: &impl Source,
    user: UserId,
    hash: Sha256,
) -> Result<Option<DateTime<Utc>>, AppError> {
    let row = password_code::Entity::find_by_id(user.uuid())
        .filter(password_code::Column::CodeHash.eq(hash.to_string()))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| row.expires_at))
}

/// Uses up the code of an account; of several that try, one succeeds.
pub async fn spend(work: &Work, user: UserId, hash: Sha256) -> Result<bool, AppError> {
    let spent = password_code::Entity::delete_many()
        .filter(password_code::Column::UserId.eq(user.uuid()))
        .filter(password_code::Column::CodeHash.eq(hash.to_string()))
        .exec(work.connection())
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Forgets the code of an account.
pub async fn forget(work: &Work, user: UserId) -> Result<(), AppError> {
    password_code::Entity::delete_by_id(user.uuid())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Deletes codes that no longer work.
pub async fn delete_expired(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let expired = Condition::all().add(password_code::Column::ExpiresAt.lte(now));
    leftovers::clear::<password_code::Entity, Uuid>(db, password_code::Column::UserId, expired)
        .await
}

/// Reads a row.
pub(super) fn read(row: &password_code::Model) -> Result<Sha256, AppError> {
    digest(&row.code_hash, "password_code", "code_hash")
}
