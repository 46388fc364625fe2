//! Work after a commit: claimed by one process at a time, leased, tried again, never lost.

use crate::{
    error::AppError,
    store::row::word,
    work::{Db, Source as _, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    event::{Job, JobKind, Lane, subject_of_year},
    id::{ClockId, ComplaintId, EventId, JobId, MerchantId, ReportId},
};
use liangxin_entity::job;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend,
    EntityTrait as _, FromQueryResult, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Statement, sea_query::Expr,
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

/// How long a claimed job may take before another process may take it over. Longer than the patience of
/// every job that has one, so that nobody takes over from the living; computing all periods anew has none,
/// and may be done by two at once.
const LEASE_SECONDS: i64 = 30;
/// After this many tries a job waits for a person: twelve in the first hours, each after twice the time,
/// then one in some seventy minutes, for more than five days. A mail server may be away for a long
/// weekend, and a statutory warning must not be given up meanwhile.
const MOST_ATTEMPTS: i32 = 120;

/// A job that this process holds.
#[derive(Debug, Clone, Copy)]
pub struct Claimed {
    /// The job.
    pub id: JobId,
    /// What caused it; names the effect, so that it happens once.
    pub cause: EventId,
    /// What to do.
    pub job: Job,
    /// Which try this is.
    pub attempt: i32,
}

/// What a failed job waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Its next try.
    Later,
    /// A person.
    Person,
}

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

#[derive(FromQueryResult)]
struct ClaimedRow {
    id: Uuid,
    event_id: Uuid,
    kind: String,
    subject: Uuid,
    note: String,
    attempt: i32,
}

/// Writes a job of an event. Its id follows from both, so that nothing is written twice.
pub async fn insert(work: &Work, event: Uuid, n: usize, job: &Job) -> Result<(), AppError> {
    let (kind, subject, note) = match job {
        Job::MailReporter { report, news } => {
            (JobKind::MailReporter, report.uuid(), news.to_string())
        }
        Job::MailComplainant { complaint, news } => {
            (JobKind::MailComplainant, complaint.uuid(), news.to_string())
        }
        Job::ComputeRating { merchant } => (JobKind::ComputeRating, merchant.uuid(), String::new()),
        Job::WarnOfDeadline { clock, warned } => {
            (JobKind::WarnOfDeadline, clock.uuid(), warned.to_string())
        }
        Job::AskForCalendar { year } => (
            JobKind::AskForCalendar,
            subject_of_year(*year),
            year.to_string(),
        ),
        Job::RecomputeClocks => (JobKind::RecomputeClocks, Uuid::nil(), String::new()),
    };
    let number = u128::try_from(n).unwrap_or_default() + 1;
    let row = job::ActiveModel {
        id: Set(Uuid::from_u128(event.as_u128() ^ number)),
        event_id: Set(event),
        kind: Set(kind.to_string()),
        subject: Set(subject),
        note: Set(note),
        state: Set("ready".to_owned()),
        run_at: Set(work.now()),
        attempt: Set(0),
        lease_until: Set(None),
        last_error: Set(None),
    };
    job::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Claims the job of a lane that waits longest. One statement: two processes never claim the same one.
/// A job that cannot be read waits for a person, and the next one is claimed.
pub async fn claim(db: &Db, lane: Lane, now: DateTime<Utc>) -> Result<Option<Claimed>, AppError> {
    while let Some(row) = claim_row(db, lane, now).await? {
        match read(&row) {
            Ok(job) => {
                return Ok(Some(Claimed {
                    id: JobId::new(row.id),
                    cause: EventId::new(row.event_id),
                    job,
                    attempt: row.attempt,
                }));
            }
            Err(error) => {
                error.log();
                let job = JobId::new(row.id);
                put_off(db, job, ("failed", now), "the job cannot be read").await?;
            }
        }
    }
    Ok(None)
}

async fn claim_row(
    db: &Db,
    lane: Lane,
    now: DateTime<Utc>,
) -> Result<Option<ClaimedRow>, AppError> {
    let (skip, backend) = if db.is_postgres() {
        ("FOR UPDATE SKIP LOCKED", DbBackend::Postgres)
    } else {
        ("", DbBackend::Sqlite)
    };
    // What is of no lane that we know is taken by the one that does not wait for others.
    let mail: Vec<_> = JobKind::iter()
        .filter(|kind| kind.lane() == Lane::Mail)
        .map(|kind| format!("'{kind}'"))
        .collect();
    let (is, mail) = match lane {
        Lane::Mail => ("IN", mail.join(", ")),
        Lane::Work => ("NOT IN", mail.join(", ")),
    };
    let sql = format!(
        "UPDATE job SET state = 'running', attempt = attempt + 1, lease_until = $2 \
         WHERE id IN (SELECT id FROM job WHERE ((state = 'ready' AND run_at <= $1) \
         OR (state = 'running' AND lease_until < $1)) AND kind {is} ({mail}) \
         ORDER BY run_at, id LIMIT 1 {skip}) \
         RETURNING id, event_id, kind, subject, note, attempt"
    );
    let lease = now + TimeDelta::seconds(LEASE_SECONDS);
    let values = [now.into(), lease.into()];
    let row = db
        .connection()
        .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(match row {
        Some(row) => Some(ClaimedRow::from_query_result(&row, "")?),
        None => None,
    })
}

fn read(row: &ClaimedRow) -> Result<Job, AppError> {
    Ok(match word(&row.kind, "job", "kind")? {
        JobKind::MailReporter => Job::MailReporter {
            report: ReportId::new(row.subject),
            news: word(&row.note, "job", "note")?,
        },
        JobKind::MailComplainant => Job::MailComplainant {
            complaint: ComplaintId::new(row.subject),
            news: word(&row.note, "job", "note")?,
        },
        JobKind::ComputeRating => Job::ComputeRating {
            merchant: MerchantId::new(row.subject),
        },
        JobKind::WarnOfDeadline => Job::WarnOfDeadline {
            clock: ClockId::new(row.subject),
            warned: word(&row.note, "job", "note")?,
        },
        JobKind::AskForCalendar => Job::AskForCalendar {
            year: word(&row.note, "job", "note")?,
        },
        JobKind::RecomputeClocks => Job::RecomputeClocks,
    })
}

/// Lets go of every claimed job. Only for whoever knows that no other process lives: the one user of
/// an embedded database, at its start.
pub async fn release_all(db: &Db) -> Result<(), AppError> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("ready"))
        .filter(job::Column::State.eq("running"))
        .exec(db.connection())
        .await?;
    Ok(())
}

/// The job's effect is there.
pub async fn finish(db: &Db, job: JobId) -> Result<(), AppError> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("done"))
        .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(job::Column::Id.eq(job.uuid()))
        .exec(db.connection())
        .await?;
    Ok(())
}

/// The job failed; it comes back later, and later still each time, or waits for a person.
pub async fn postpone(
    db: &Db,
    claimed: &Claimed,
    (error, next): (&str, Next),
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let is_over = next == Next::Person || claimed.attempt >= MOST_ATTEMPTS;
    let wait = TimeDelta::seconds(
        2_i64.saturating_pow(u32::try_from(claimed.attempt.min(12)).unwrap_or(12)),
    );
    let state = if is_over { "failed" } else { "ready" };
    put_off(db, claimed.id, (state, now + wait), error).await
}

async fn put_off(
    db: &Db,
    job: JobId,
    (state, until): (&str, DateTime<Utc>),
    error: &str,
) -> Result<(), AppError> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(state))
        .col_expr(job::Column::RunAt, Expr::value(until))
        .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::LastError, Expr::value(error))
        .filter(job::Column::Id.eq(job.uuid()))
        .exec(db.connection())
        .await?;
    Ok(())
}

/// The jobs that wait for a person, oldest first; at most 1,000.
pub async fn list_waiting(db: &Db) -> Result<Vec<Waiting>, AppError> {
    let rows = job::Entity::find()
        .filter(job::Column::State.eq("failed"))
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(1000)
        .all(db.connection())
        .await?;
    let rows = rows.into_iter().map(|row| Waiting {
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
    let mut update = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("ready"))
        .col_expr(job::Column::Attempt, Expr::value(0))
        .col_expr(job::Column::RunAt, Expr::value(now))
        .filter(job::Column::State.eq("failed"));
    if let Some(one) = one {
        update = update.filter(job::Column::Id.eq(one.uuid()));
    }
    Ok(update.exec(db.connection()).await?.rows_affected)
}

/// How many jobs are not done yet.
pub async fn count_open(db: &Db) -> Result<u64, AppError> {
    Ok(job::Entity::find()
        .filter(
            Condition::any()
                .add(job::Column::State.eq("ready"))
                .add(job::Column::State.eq("running")),
        )
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
