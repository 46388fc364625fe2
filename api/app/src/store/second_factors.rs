//! Secrets of second factors, sealed, and the hashes of recovery codes.

use super::row::digest;
use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{evidence::digest::Sha256, id::UserId};
use liangxin_entity::{recovery_code, second_factor, user};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

/// What is kept of a second factor, confirmed or not.
#[derive(Clone)]
pub struct HeldFactor {
    /// The sealed secret.
    pub sealed: Vec<u8>,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// The step of the last code that was accepted.
    pub last_step: Option<i64>,
}

/// Keeps a secret that is to be confirmed; it takes the place of an earlier one.
pub async fn begin(work: &Work, user: UserId, sealed: Vec<u8>) -> Result<(), AppError> {
    let row = second_factor::ActiveModel {
        user_id: Set(user.uuid()),
        secret_sealed: Set(sealed),
        begun_at: Set(work.now()),
        last_step: Set(None),
    };
    let newest = OnConflict::column(second_factor::Column::UserId)
        .update_columns([
            second_factor::Column::SecretSealed,
            second_factor::Column::BegunAt,
            second_factor::Column::LastStep,
        ])
        .to_owned();
    second_factor::Entity::insert(row)
        .on_conflict(newest)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// What is kept of the second factor of a person.
pub async fn find(source: &impl Source, user: UserId) -> Result<Option<HeldFactor>, AppError> {
    let row = second_factor::Entity::find_by_id(user.uuid())
        .one(source.connection())
        .await?;
    Ok(row.map(read))
}

/// Reads a row. Whether the secret can be opened, the key alone knows.
pub(super) fn read(row: second_factor::Model) -> HeldFactor {
    HeldFactor {
        sealed: row.secret_sealed,
        begun_at: row.begun_at,
        last_step: row.last_step,
    }
}

/// Reads a row of a recovery code.
pub(super) fn read_recovery_code(row: &recovery_code::Model) -> Result<Sha256, AppError> {
    digest(&row.code_hash, "recovery_code", "code_hash")
}

/// Uses up the code of a step with all before it; of several that show it, one succeeds.
pub async fn spend_step(work: &Work, user: UserId, step: i64) -> Result<bool, AppError> {
    let later = Condition::any()
        .add(second_factor::Column::LastStep.is_null())
        .add(second_factor::Column::LastStep.lt(step));
    let spent = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::UserId.eq(user.uuid()))
        .filter(later)
        .exec(work.connection())
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Notes since when codes are asked for; nothing if they are not.
pub async fn mark(
    work: &Work,
    whose: UserId,
    since: Option<DateTime<Utc>>,
) -> Result<(), AppError> {
    user::Entity::update_many()
        .col_expr(user::Column::SecondFactorAt, Expr::value(since))
        .filter(user::Column::Id.eq(whose.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Forgets the second factor of a person with its recovery codes.
pub async fn forget(work: &Work, user: UserId) -> Result<(), AppError> {
    second_factor::Entity::delete_by_id(user.uuid())
        .exec(work.connection())
        .await?;
    forget_recovery_codes(work, user).await
}

async fn forget_recovery_codes(work: &Work, user: UserId) -> Result<(), AppError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Keeps recovery codes; earlier ones no longer work.
pub async fn keep_recovery_codes(
    work: &Work,
    user: UserId,
    hashes: &[Sha256],
) -> Result<(), AppError> {
    forget_recovery_codes(work, user).await?;
    let rows = hashes.iter().map(|hash| recovery_code::ActiveModel {
        user_id: Set(user.uuid()),
        code_hash: Set(hash.to_string()),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Whether a recovery code is one of the person's, used or not, and if it is, whether it still works.
pub async fn find_recovery_code(
    source: &impl Source,
    user: UserId,
    hash: Sha256,
) -> Result<Option<Works>, AppError> {
    let row = recovery_code::Entity::find_by_id((user.uuid(), hash.to_string()))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| match row.used_at {
        None => Works::Yes,
        Some(_) => Works::Used,
    }))
}

/// Whether a code still works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Works {
    /// It does.
    Yes,
    /// It was used.
    Used,
}

/// Uses up a recovery code; of several that show it, one succeeds.
pub async fn spend_recovery_code(
    work: &Work,
    user: UserId,
    hash: Sha256,
) -> Result<bool, AppError> {
    let spent = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(work.now()))
        .filter(recovery_code::Column::UserId.eq(user.uuid()))
        .filter(recovery_code::Column::CodeHash.eq(hash.to_string()))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(spent.rows_affected == 1)
}
