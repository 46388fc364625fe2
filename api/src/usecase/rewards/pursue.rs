//! What a reporter does about the own reward with nothing but the receipt code: apply, object.

use super::{dated, settle};
use crate::{
    app::{self, App},
    error::AppError,
    store,
    usecase::{receipts::Tried, reports::reporter_of},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    id::{CommandId, ReportId},
    policy::{Action, Facts, Permit, Stake, permit},
    refusal::{Code, Refusal},
    rewards::reward::Reward,
    text::Narrative,
};

/// A reporter's write on the own reward.
pub(super) struct Pursued {
    pub(super) work: Work,
    pub(super) reward: Reward,
    pub(super) permit: Permit,
}

/// The report behind a receipt code.
pub(super) async fn report_of(app: &App, tried: Tried<'_>) -> Result<ReportId, AppError> {
    reporter_of(app, tried).await.map(|(report, _)| report)
}

/// Begins a reporter's write; nothing if the same one was accepted before.
pub(super) async fn begin(
    app: &App,
    report: ReportId,
    id: CommandId,
    (operation, content): (&'static str, Canonical),
) -> Result<Option<Pursued>, AppError> {
    let reporter = Actor::Reporter(report);
    let command = app::command(id, operation, report.uuid(), &content);
    let Begun::Fresh(work) = app.begin(&reporter, &command).await? else {
        return Ok(None);
    };
    let reward = store::rewards::find(&work, &reporter, report)
        .await?
        .ok_or_else(|| AppError::from(Refusal::of(Code::NotFound)))?;
    let reward = dated(app, &work, reward).await?;
    let permit = permit(
        &reporter,
        Action::PursueReward,
        Facts::placeless(Stake::Own),
    )?;
    Ok(Some(Pursued {
        work,
        reward,
        permit,
    }))
}

/// The reporter applies for the reward.
pub async fn apply(app: &App, id: CommandId, tried: Tried<'_>) -> Result<ReportId, AppError> {
    let report = report_of(app, tried).await?;
    let content = Canonical::of("ApplyForReward").field("report", report);
    if let Some(pursued) = begin(app, report, id, ("ApplyForReward", content)).await? {
        let Pursued {
            work,
            reward,
            permit,
        } = pursued;
        let moved = reward.apply(&permit, work.now())?;
        settle(app, &work, moved).await?;
        work.commit().await?;
    }
    Ok(report)
}

/// The reporter objects to the sum.
pub async fn object(
    app: &App,
    id: CommandId,
    tried: Tried<'_>,
    words: Narrative,
) -> Result<ReportId, AppError> {
    let report = report_of(app, tried).await?;
    let content = Canonical::of("ObjectToReward")
        .field("report", report)
        .field("words", &words);
    if let Some(pursued) = begin(app, report, id, ("ObjectToReward", content)).await? {
        let Pursued {
            work,
            reward,
            permit,
        } = pursued;
        let moved = reward.object(&permit, words, work.now())?;
        settle(app, &work, moved).await?;
        work.commit().await?;
    }
    Ok(report)
}
