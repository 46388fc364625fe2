//! The brake on guessed passwords: what is remembered of wrong tries, under hashes of account names and network addresses,
//! keyed twice: with the server's key, and with the key of the day, which is thrown away with it. So nobody who comes later
//! learns from where a password was guessed, whatever keys they have. With the day the counts begin anew.

use super::{day_keys, leftovers, row::digest};
use crate::{
    error::AppError,
    work::{Db, Source, Work},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
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

/// What is remembered today of wrong tries under a key, if anything is.
pub async fn find(
    source: &impl Source,
    today: NaiveDate,
    key: Sha256,
) -> Result<Option<Throttle>, AppError> {
    match day_keys::find(source, today).await? {
        Some(day) => find_row(source, &keyed(day, key)).await,
        None => Ok(None),
    }
}

async fn find_row(source: &impl Source, key: &str) -> Result<Option<Throttle>, AppError> {
    let row = throttle::Entity::find_by_id(key)
        .one(source.connection())
        .await?;
    let read = row.map(|row| read(&row)).transpose()?;
    Ok(read.map(|(_, throttle)| throttle))
}

/// A key as a row has it on a day.
fn keyed(day: [u8; 32], key: Sha256) -> String {
    day_keys::keyed(day, key).to_string()
}

/// A row of today that is held until the work ends.
#[derive(Debug)]
pub struct Locked {
    row: String,
    /// What is remembered.
    pub before: Throttle,
}

/// What is remembered today of wrong tries under a key; `fresh` becomes the key of the day if there is none. The row is held
/// until the work ends, so that tries that come at once are counted one after the other.
pub async fn lock(work: &Work, key: Sha256, fresh: [u8; 32]) -> Result<Locked, AppError> {
    let row = keyed(day_keys::get(work, fresh).await?, key);
    let fresh = throttle::ActiveModel {
        key: Set(row.clone()),
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
    let before = find_row(work, &row).await?;
    let before = before.ok_or_else(|| AppError::damaged("throttle", "key"))?;
    Ok(Locked { row, before })
}

/// Remembers wrong tries in a locked row.
pub async fn save(work: &Work, locked: &Locked, throttle: Throttle) -> Result<(), AppError> {
    throttle::Entity::update_many()
        .col_expr(throttle::Column::Failures, Expr::value(throttle.failures))
        .col_expr(
            throttle::Column::LastFailedAt,
            Expr::value(throttle.last_failed_at),
        )
        .filter(throttle::Column::Key.eq(&locked.row))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Forgets wrong tries after a right one.
pub async fn clear(work: &Work, key: Sha256) -> Result<(), AppError> {
    if let Some(day) = day_keys::find(work, work.today()).await? {
        throttle::Entity::delete_by_id(keyed(day, key))
            .exec(work.connection())
            .await?;
    }
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
