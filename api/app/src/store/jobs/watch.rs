//! How the jobs stand: what is due, what waits for a person, and how it is tried again.

use crate::{
    error::AppError,
    store::row::list_each,
    work::{Db, Source as _, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{event::Lane, id::JobId};
use liangxin_entity::job;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, UpdateMany, sea_query::Expr,
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

/// A job that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The job.
    pub id: JobId,
    /// Its kind, as a stable word.
    pub kind: String,
    /// What it is about: the id of a report, a complaint, a merchant or a period.
    pub subject: Uuid,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last try failed, without names or addresses.
    pub last_error: String,
}

/// What a worker could take now.
pub(super) fn due(now: DateTime<Utc>) -> Condition {
    let ready = Condition::all()
        .add(job::Column::State.eq("ready"))
        .add(job::Column::RunAt.lte(now));
    let left = Condition::all()
        .add(job::Column::State.eq("running"))
        .add(job::Column::LeaseUntil.lt(now));
    Condition::any().add(ready).add(left)
}

/// Since when the oldest job that is due waits in each lane; `None` where nothing is due.
pub async fn list_oldest(
    db: &Db,
    now: DateTime<Utc>,
) -> Result<Vec<(Lane, Option<DateTime<Utc>>)>, AppError> {
    let mut lanes = Vec::new();
    for lane in Lane::iter() {
        let oldest: Option<Option<DateTime<Utc>>> = job::Entity::find()
            .select_only()
            .column_as(job::Column::RunAt.min(), "oldest")
            .filter(job::Column::Lane.eq(lane.to_string()))
            .filter(due(now))
            .into_tuple()
            .one(db.connection())
            .await?;
        lanes.push((lane, oldest.flatten()));
    }
    Ok(lanes)
}

/// The jobs that wait for a person, oldest first; at most 1,000.
pub async fn list_waiting(db: &Db) -> Result<Vec<Waiting>, AppError> {
    let failed = job::Entity::find()
        .filter(job::Column::State.eq("failed"))
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(1000);
    let rows = list_each(db, failed).await?.into_iter().map(|row| Waiting {
        id: JobId::new(row.id),
        kind: row.kind,
        subject: row.subject,
        attempts: row.attempt,
        last_error: row.last_error.unwrap_or_default(),
    });
    Ok(rows.collect())
}

/// Lets jobs that wait for a person be tried again as if they were new: one, or all. Answers how many.
pub async fn retry(db: &Db, one: Option<JobId>, now: DateTime<Utc>) -> Result<u64, AppError> {
    let retried = as_new(one, now).exec(db.writer()).await?;
    Ok(retried.rows_affected)
}

/// As [`retry`], within a work; false if the job does not wait for a person.
pub async fn retry_one(work: &Work, job: JobId) -> Result<bool, AppError> {
    let retried = as_new(Some(job), work.now())
        .exec(work.connection())
        .await?;
    Ok(retried.rows_affected == 1)
}

fn as_new(one: Option<JobId>, now: DateTime<Utc>) -> UpdateMany<job::Entity> {
    let update = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("ready"))
        .col_expr(job::Column::Attempt, Expr::value(0))
        .col_expr(job::Column::RunAt, Expr::value(now))
        .filter(job::Column::State.eq("failed"));
    match one {
        Some(one) => update.filter(job::Column::Id.eq(one.uuid())),
        None => update,
    }
}

/// How many jobs are not done yet.
pub async fn count_open(db: &Db) -> Result<u64, AppError> {
    Ok(job::Entity::find()
        .filter(job::Column::State.is_in(["ready", "running"]))
        .count(db.connection())
        .await?)
}

/// How many jobs wait for a person.
pub async fn count_failed(db: &Db) -> Result<u64, AppError> {
    Ok(job::Entity::find()
        .filter(job::Column::State.eq("failed"))
        .count(db.connection())
        .await?)
}
