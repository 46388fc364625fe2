//! Trying again.

use super::of_the_highest;
use crate::{app::App, caller::Caller, error::AppError, store, work::Begun};
use liangxin_domain::{
    event::{Event, JobWrite},
    id::{CommandId, JobId},
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// Lets a job that waits for a person be tried again as if it were new.
pub async fn retry(app: &App, caller: &Caller, id: CommandId, job: JobId) -> Result<(), AppError> {
    let actor = &caller.actor;
    let named = app.named(id, job.uuid(), &JobWrite::RetryJob)?;
    let Begun::Fresh(work) = app.begin(actor, &named).await? else {
        return Ok(());
    };
    permit(actor, Action::RetryJob, Facts::placeless(Stake::None))?.person(Action::RetryJob)?;
    of_the_highest(&work, actor).await?;
    if !store::jobs::retry_one(&work, job).await? {
        return Err(Refusal::on(Code::NotFound, "jobId").into());
    }
    app.record(&work, Event::JobRetried { job });
    work.commit().await
}
