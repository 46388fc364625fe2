//! What a reporter does about the own reward with nothing but the receipt code: apply, object.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::{receipts::Tried, reports::reporter_of, step},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::{CommandId, ReportId},
    refusal::{Code, Refusal},
    rewards::{command::RewardCommand, reward::Reward},
    text::Narrative,
};

/// The report behind a receipt code.
pub(super) async fn report_of(app: &App, tried: Tried<'_>) -> Result<ReportId, AppError> {
    reporter_of(app, tried).await.map(|(report, _)| report)
}

/// Takes a reporter's step on the own reward, for the caller to commit; nothing if the same write
/// was taken before. A reporter names no reward: the report is known, and has at most one.
pub(super) async fn pursue(
    app: &App,
    report: ReportId,
    write: CommandId,
    command: RewardCommand,
) -> Result<Option<Work>, AppError> {
    let reporter = Actor::Reporter(report);
    let named = app.named(write, report.uuid(), &command)?;
    let Begun::Fresh(work) = app.begin(&reporter, &named).await? else {
        return Ok(None);
    };
    let own = store::rewards::find(&work, &reporter, report).await?;
    let own = own.ok_or_else(|| AppError::from(Refusal::of(Code::NotFound)))?;
    step::within::<Reward>(app, &work, own.id, command).await?;
    Ok(Some(work))
}

/// The reporter applies for the reward.
pub async fn apply(app: &App, write: CommandId, tried: Tried<'_>) -> Result<ReportId, AppError> {
    let report = report_of(app, tried).await?;
    if let Some(work) = pursue(app, report, write, RewardCommand::ApplyForReward).await? {
        work.commit().await?;
    }
    Ok(report)
}

/// The reporter objects to the sum.
pub async fn object(
    app: &App,
    write: CommandId,
    tried: Tried<'_>,
    words: Narrative,
) -> Result<ReportId, AppError> {
    let report = report_of(app, tried).await?;
    let objection = RewardCommand::ObjectToReward { words };
    if let Some(work) = pursue(app, report, write, objection).await? {
        work.commit().await?;
    }
    Ok(report)
}
