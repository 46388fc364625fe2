//! Work after a commit: claimed by one process at a time, leased, tried again, never lost.

mod watch;

pub use watch::{Waiting, count_failed, count_open, list_oldest, list_waiting, retry, retry_one};

use crate::{
    error::AppError,
    store::row::{take_apart, word},
    work::{Db, Noted, Source as _, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    event::{Job, JobKind, Lane, subject_of_year},
    id::{ClockId, ComplaintId, EventId, InterestId, JobId, MerchantId, PhotoId, ReportId, UserId},
    law::calendar::{shanghai_date, shanghai_start_of},
};
use liangxin_entity::{job, sent_mail};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _, Statement, sea_query::Expr,
};
use uuid::Uuid;

/// How long a claimed job may take before another process may take it over. Longer than the patience of
/// every job that has one, so that nobody takes over from the living; computing all periods anew has none,
/// and may be done by two at once.
const LEASE_SECONDS: i64 = 30;
/// After this many tries a job waits for a person: twelve in the first hours, each after twice the time,
/// then one in some seventy minutes, for more than five days. A mail server may be away for a long
/// weekend, and a statutory warning must not be given up meanwhile.
const MOST_ATTEMPTS: i32 = 120;

/// How long a job that is done can be looked at by who asks what happened.
const DONE_KEPT_DAYS: i64 = 30;

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

/// Writes a job of an event. Its id follows from both, so that nothing is written twice.
pub async fn insert(work: &Work, noted: Noted, n: usize, job: &Job) -> Result<(), AppError> {
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
        Job::TellOfInterest { interest } => {
            (JobKind::TellOfInterest, interest.uuid(), String::new())
        }
        Job::TellOfAccess { user } => (JobKind::TellOfAccess, user.uuid(), String::new()),
        Job::RecomputeClocks => (JobKind::RecomputeClocks, Uuid::nil(), String::new()),
        Job::FindLookAlikes { photo } => (JobKind::FindLookAlikes, photo.uuid(), String::new()),
        Job::RemoveCopies { photo } => (JobKind::RemoveCopies, photo.uuid(), String::new()),
    };
    let number = u128::try_from(n).unwrap_or_default() + 1;
    let row = job::ActiveModel {
        id: Set(Uuid::from_u128(noted.id.as_u128() ^ number)),
        event_id: Set(noted.id),
        kind: Set(kind.to_string()),
        subject: Set(subject),
        note: Set(note),
        state: Set("ready".to_owned()),
        run_at: Set(noted.due_at),
        attempt: Set(0),
        lane: Set(kind.lane().to_string()),
        priority: Set(kind.priority()),
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
    // A look takes no lock; most find nothing.
    while is_due(db, lane, now).await? {
        let Some(row) = claim_row(db, lane, now).await? else {
            break;
        };
        let id = JobId::new(row.try_get("", "id")?);
        let why = match take_apart::<job::Entity>(&row) {
            // Whoever takes it dies of it, or is ended each time before it is done.
            Ok(row) if row.attempt > MOST_ATTEMPTS => "the job ends whoever does it",
            Ok(row) => match read(&row) {
                Ok(job) => {
                    return Ok(Some(Claimed {
                        id,
                        cause: EventId::new(row.event_id),
                        job,
                        attempt: row.attempt,
                    }));
                }
                Err(error) => {
                    error.log();
                    "the job cannot be read"
                }
            },
            Err(error) => {
                error.log();
                "the job cannot be taken apart"
            }
        };
        tracing::error!(job = %id, why, "a job is given up");
        put_off(db, id, ("failed", now), why).await?;
    }
    Ok(None)
}

async fn is_due(db: &Db, lane: Lane, now: DateTime<Utc>) -> Result<bool, AppError> {
    let due = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(job::Column::Lane.eq(lane.to_string()))
        .filter(watch::due(now))
        .limit(1)
        .into_tuple::<Uuid>()
        .one(db.connection())
        .await?;
    Ok(due.is_some())
}

async fn claim_row(
    db: &Db,
    lane: Lane,
    now: DateTime<Utc>,
) -> Result<Option<QueryResult>, AppError> {
    let (skip, backend) = if db.is_postgres() {
        ("FOR UPDATE SKIP LOCKED", DbBackend::Postgres)
    } else {
        ("", DbBackend::Sqlite)
    };
    // What a dead process held comes first: it waited longest.
    let sql = format!(
        "UPDATE job SET state = 'running', attempt = attempt + 1, lease_until = $2 WHERE id = COALESCE(\
         (SELECT id FROM job WHERE lane = $3 AND state = 'running' AND lease_until < $1 \
         ORDER BY priority, run_at, id LIMIT 1 {skip}), \
         (SELECT id FROM job WHERE lane = $3 AND state = 'ready' AND run_at <= $1 \
         ORDER BY priority, run_at, id LIMIT 1 {skip})) \
         RETURNING *"
    );
    let lease = now + TimeDelta::seconds(LEASE_SECONDS);
    let values = [now.into(), lease.into(), lane.to_string().into()];
    Ok(db
        .writer()
        .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?)
}

/// What a row asks for.
pub(super) fn read(row: &job::Model) -> Result<Job, AppError> {
    let (kind, note, subject) = (&row.kind, &row.note, row.subject);
    Ok(match word(kind, "job", "kind")? {
        JobKind::MailReporter => Job::MailReporter {
            report: ReportId::new(subject),
            news: word(note, "job", "note")?,
        },
        JobKind::MailComplainant => Job::MailComplainant {
            complaint: ComplaintId::new(subject),
            news: word(note, "job", "note")?,
        },
        JobKind::ComputeRating => Job::ComputeRating {
            merchant: MerchantId::new(subject),
        },
        JobKind::WarnOfDeadline => Job::WarnOfDeadline {
            clock: ClockId::new(subject),
            warned: word(note, "job", "note")?,
        },
        JobKind::AskForCalendar => Job::AskForCalendar {
            year: word(note, "job", "note")?,
        },
        JobKind::TellOfInterest => Job::TellOfInterest {
            interest: InterestId::new(subject),
        },
        JobKind::TellOfAccess => Job::TellOfAccess {
            user: UserId::new(subject),
        },
        JobKind::RecomputeClocks => Job::RecomputeClocks,
        JobKind::FindLookAlikes => Job::FindLookAlikes {
            photo: PhotoId::new(subject),
        },
        JobKind::RemoveCopies => Job::RemoveCopies {
            photo: PhotoId::new(subject),
        },
    })
}

/// Lets go of every claimed job. Only for whoever knows that no other process lives: the one user of
/// an embedded database, at its start.
pub async fn release_all(db: &Db) -> Result<(), AppError> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("ready"))
        .filter(job::Column::State.eq("running"))
        .exec(db.writer())
        .await?;
    Ok(())
}

/// The job's effect is there. Of when that was the row keeps the day: the row stays for a while, leads to the matter, and may be
/// of one that says no more than its day.
pub async fn finish(db: &Db, job: JobId, now: DateTime<Utc>) -> Result<(), AppError> {
    let day = shanghai_start_of(shanghai_date(now));
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value("done"))
        .col_expr(job::Column::RunAt, Expr::value(day))
        .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(job::Column::Id.eq(job.uuid()))
        .exec(db.writer())
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
        .exec(db.writer())
        .await?;
    Ok(())
}

/// Deletes jobs that were done long ago; the event of each stays. A thousand at once, so that nobody waits long.
pub async fn delete_done(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let done_before = now - TimeDelta::days(DONE_KEPT_DAYS);
    loop {
        let old: Vec<Uuid> = job::Entity::find()
            .select_only()
            .column(job::Column::Id)
            .filter(job::Column::State.eq("done"))
            .filter(job::Column::RunAt.lt(done_before))
            .order_by_asc(job::Column::RunAt)
            .limit(1000)
            .into_tuple()
            .all(db.connection())
            .await?;
        if old.is_empty() {
            return Ok(());
        }
        sent_mail::Entity::delete_many()
            .filter(sent_mail::Column::JobId.is_in(old.iter().copied()))
            .exec(db.writer())
            .await?;
        job::Entity::delete_many()
            .filter(job::Column::Id.is_in(old))
            .exec(db.writer())
            .await?;
    }
}
