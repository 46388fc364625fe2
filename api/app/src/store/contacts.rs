//! The addresses to which news of a report or a complaint may go: sealed, for the system alone, and deleted with
//! the name.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Db, Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    law::calendar::{shanghai_date, shanghai_start_of},
    privacy::correspondence::Correspondence,
};
use liangxin_entity::{contact, mail_question};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

/// Where news of a matter may go, and whether somebody there wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The address, sealed.
    pub sealed: Vec<u8>,
    /// The day on which the address was asked whether it wants them, as earlier versions noted it.
    pub asked_at: Option<DateTime<Utc>>,
    /// The day on which somebody there said so.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// Keeps the address that was left with a matter.
pub async fn insert(work: &Work, about: Correspondence, sealed: Vec<u8>) -> Result<(), AppError> {
    let row = contact::ActiveModel {
        subject_id: Set(about.id()),
        kind: Set(about.kind().to_string()),
        sealed: Set(sealed),
        asked_at: Set(None),
        confirmed_at: Set(None),
        until: Set(None),
    };
    contact::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The address of a matter, if one is kept.
pub async fn find(
    source: &impl Source,
    about: Correspondence,
) -> Result<Option<Contact>, AppError> {
    let row = contact::Entity::find_by_id(about.id())
        .filter(contact::Column::Kind.eq(about.kind().to_string()))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| Contact {
        sealed: row.sealed,
        asked_at: row.asked_at,
        confirmed_at: row.confirmed_at,
    }))
}

/// Keeps the address of a matter sealed anew, with what is noted of it.
pub async fn seal_anew(db: &Db, about: Correspondence, sealed: Vec<u8>) -> Result<(), AppError> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Sealed, Expr::value(sealed))
        .filter(contact::Column::SubjectId.eq(about.id()))
        .exec(db.writer())
        .await?;
    Ok(())
}

fn day_of(now: DateTime<Utc>) -> DateTime<Utc> {
    shanghai_start_of(shanghai_date(now))
}

/// Notes that somebody at the address wants the mails; false if that is known, or no address is kept.
pub async fn confirm(work: &Work, about: Correspondence) -> Result<bool, AppError> {
    let done = contact::Entity::update_many()
        .col_expr(
            contact::Column::ConfirmedAt,
            Expr::value(day_of(work.now())),
        )
        .filter(contact::Column::SubjectId.eq(about.id()))
        .filter(contact::Column::ConfirmedAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Deletes the address of a matter; false if there is none.
pub async fn forget(work: &Work, about: Correspondence) -> Result<bool, AppError> {
    let done = contact::Entity::delete_by_id(about.id())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says until when the address of a matter is kept.
pub async fn keep_until(
    work: &Work,
    about: Correspondence,
    until: DateTime<Utc>,
) -> Result<(), AppError> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Until, Expr::value(until))
        .filter(contact::Column::SubjectId.eq(about.id()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Whether the time of any address is over.
pub async fn has_over(source: &impl Source, now: DateTime<Utc>) -> Result<bool, AppError> {
    let over = contact::Entity::find()
        .filter(contact::Column::Until.lte(now))
        .select_only()
        .column(contact::Column::SubjectId)
        .into_tuple::<Uuid>()
        .one(source.connection())
        .await?;
    Ok(over.is_some())
}

/// Deletes the addresses whose time is over.
pub async fn forget_over(work: &Work) -> Result<(), AppError> {
    contact::Entity::delete_many()
        .filter(contact::Column::Until.lte(work.now()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Lets one job ask an address today; false if another one did. `key` is the address under the keys of server and day,
/// `asking` names the job.
pub async fn begin_question(work: &Work, key: Sha256, asking: Uuid) -> Result<bool, AppError> {
    let row = mail_question::ActiveModel {
        key: Set(key.to_string()),
        day: Set(work.today()),
        job_id: Set(asking),
    };
    insert_unless_there(work, row, [mail_question::Column::Key]).await?;
    let begun = mail_question::Entity::find_by_id(key.to_string())
        .one(work.connection())
        .await?;
    // The same job, tried again after a lost answer, goes on.
    Ok(begun.is_some_and(|row| row.job_id == asking))
}
