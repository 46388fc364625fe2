//! Which mails of a job were taken, by the ids that name them here. The row leads to the matter: of when a mail was taken it
//! keeps the day, since the mail itself tells the moment.

use crate::{
    error::AppError,
    work::{Db, Source as _},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::JobId,
    law::calendar::{shanghai_date, shanghai_start_of},
};
use liangxin_entity::sent_mail;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::OnConflict,
};
use std::collections::HashSet;
use uuid::Uuid;

/// The mails of a job that were taken.
pub async fn list_sent(db: &Db, job: JobId) -> Result<HashSet<Uuid>, AppError> {
    let sent: Vec<Uuid> = sent_mail::Entity::find()
        .select_only()
        .column(sent_mail::Column::MailId)
        .filter(sent_mail::Column::JobId.eq(job.uuid()))
        .into_tuple()
        .all(db.connection())
        .await?;
    Ok(sent.into_iter().collect())
}

/// Notes that a mail of a job was taken.
pub async fn insert_sent(
    db: &Db,
    job: JobId,
    mail: Uuid,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let row = sent_mail::ActiveModel {
        job_id: Set(job.uuid()),
        mail_id: Set(mail),
        at: Set(shanghai_start_of(shanghai_date(now))),
    };
    let known = OnConflict::columns([sent_mail::Column::JobId, sent_mail::Column::MailId])
        .do_nothing()
        .to_owned();
    sent_mail::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(db.writer())
        .await?;
    Ok(())
}
