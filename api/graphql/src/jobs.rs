//! Jobs that wait for a person.

use super::{
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use liangxin_app::{error::AppError, store::jobs::Waiting, usecase::jobs};
use liangxin_domain::id::{CommandId, JobId};
use uuid::Uuid;

/// Work after a commit that failed and is not tried again before somebody says so.
#[derive(SimpleObject)]
struct WaitingJob {
    /// Its id.
    id: Uuid,
    /// Its kind, as a stable word, such as `mail_reporter`.
    kind: String,
    /// What it is about: the id of a report, a complaint, a merchant or a period.
    subject_id: Uuid,
    /// How often it was tried.
    attempts: i32,
    /// Why the last try failed, without names or addresses.
    last_error: String,
}

impl From<Waiting> for WaitingJob {
    fn from(job: Waiting) -> Self {
        Self {
            id: job.id.uuid(),
            kind: job.kind,
            subject_id: job.subject,
            attempts: job.attempts,
            last_error: job.last_error,
        }
    }
}

/// Let a job be tried again.
#[derive(InputObject)]
struct RetryJobInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The job.
    job_id: Uuid,
}

/// What became of it.
#[derive(SimpleObject)]
struct RetryJobPayload {
    /// Whether the job is tried again, now or since the same write was sent before.
    is_retried: bool,
    /// Why not.
    problems: Vec<Problem>,
}

/// The reads of this noun.
#[derive(Default)]
pub struct JobQuery;

#[Object(name = "JobsQuery")]
impl JobQuery {
    /// Jobs that wait for a person, those that wait longest first; at most 1,000. For administrators of the
    /// highest bureau.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn waiting_jobs(&self, ctx: &Context<'_>) -> Result<Vec<WaitingJob>, AppError> {
        let found = jobs::list(ctx.app()?, ctx.caller()?).await?;
        Ok(found.into_iter().map(WaitingJob::from).collect())
    }
}

/// The writes of this noun.
#[derive(Default)]
pub struct JobMutation;

#[Object(name = "JobsMutation")]
impl JobMutation {
    /// Lets a job that waits for a person be tried again, once what it failed by is mended. For administrators
    /// of the highest bureau.
    async fn retry_job(
        &self,
        ctx: &Context<'_>,
        input: RetryJobInput,
    ) -> Result<RetryJobPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            jobs::retry(ctx.app()?, ctx.caller()?, id, JobId::new(input.job_id)).await
        };
        let (done, problems) = settle(outcome.await, ctx.lang())?;
        Ok(RetryJobPayload {
            is_retried: done.is_some(),
            problems,
        })
    }
}
