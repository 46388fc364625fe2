//! The brake on guessed passwords: what is remembered of wrong tries, under keyed hashes of account
//! names and network addresses.

use super::{leftovers, row::digest};
use crate::{
    error::AppError,
    work::{Db, Source, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    accounts::throttle::{FORGET_SECONDS, Throttle},
    evidence::digest::Sha256,
};
use liangxin_entity::throttle;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

/// What is remembered of wrong tries under a key, if anything is.
pub async fn find(source: &impl Source, key: Sha256) -> Result<Option<Throttle>, AppError> {
    let row = throttle::Entity::find_by_id(key.to_string())
        .one(source.connection())
        .await?;
    let read = row.map(|row| read(&row)).transpose()?;
    Ok(read.map(|(_, throttle)| throttle))
}

/// What is remembered of wrong tries under a key. The row is held until the work ends, so that
/// tries that come at once are counted one after the other.
pub async fn lock(work: &Work, key: Sha256) -> Result<Throttle, AppError> {
    let fresh = throttle::ActiveModel {
        key: Set(key.to_string()),
        failures: Set(0),
        last_failed_at: Set(work.now()),
    };
    throttle::Entity::insert(fresh)
        .on_conflict(
            // Writing the key over itself changes nothing and takes the row's lock.
            OnConflict::column(throttle::Column::Key)
                .update_column(throttle::Column::Key)
                .to_owned(),
        )
        .exec_without_returning(work.connection())
        .await?;
    let locked = find(work, key).await?;
    locked.ok_or_else(|| AppError::damaged("throttle", "key"))
}

/// Remembers wrong tries under a locked key.
pub async fn save(work: &Work, key: Sha256, throttle: Throttle) -> Result<(), AppError> {
    throttle::Entity::update_many()
        .col_expr(throttle::Column::Failures, Expr::value(throttle.failures))
        .col_expr(
            throttle::Column::LastFailedAt,
            Expr::value(throttle.last_failed_at),
        )
        .filter(throttle::Column::Key.eq(key.to_string()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Forgets wrong tries after a right one.
pub async fn clear(work: &Work, key: Sha256) -> Result<(), AppError> {
    throttle::Entity::delete_by_id(key.to_string())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Deletes what time has forgiven.
pub async fn delete_forgiven(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let forgiven = throttle::Column::LastFailedAt.lte(now - TimeDelta::seconds(FORGET_SECONDS));
    let forgiven = Condition::all().add(forgiven);
    leftovers::clear::<throttle::Entity, String>(db, throttle::Column::Key, forgiven).await
}

/// Reads a row.
pub(super) fn read(row: &throttle::Model) -> Result<(Sha256, Throttle), AppError> {
    let key = digest(&row.key, "throttle", "key")?;
    if row.failures < 0 {
        return Err(AppError::damaged("throttle", "failures"));
    }
    let throttle = Throttle {
        failures: row.failures,
        last_failed_at: row.last_failed_at,
    };
    Ok((key, throttle))
}
