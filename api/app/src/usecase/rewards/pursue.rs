//! What a reporter does about the own reward with nothing but the receipt code: apply, object to the sum or to the payee.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{reports::reporter_of, step},
    work::{Begun, Work},
};
use liangxin_domain::{
    id::{CommandId, ReportId},
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
    rewards::{command::RewardCommand, reward::Reward},
    step::Command as _,
    text::Narrative,
};

/// Takes a reporter's step on the own reward, for the caller to commit; nothing if the same write
/// was taken before. A reporter names no reward: the report is known, and has at most one that stands.
///
/// The code, which nobody can guess and nothing here keeps, is a part of the content: a claim tells its payee to nobody
/// who tries names and accounts on the digest of the write, not even with the key of the server.
pub(super) async fn pursue(
    app: &App,
    (report, reporter): (ReportId, &Caller),
    write: CommandId,
    (code, command): (&str, RewardCommand),
) -> Result<Option<Work>, AppError> {
    let reporter = &reporter.actor;
    let code = ReceiptCode::parse(code)?.plain();
    let named = app.write(write, command.operation(), report.uuid(), &(code, &command))?;
    let Begun::Fresh(work) = app.begin(reporter, &named).await? else {
        return Ok(None);
    };
    let own = store::rewards::find(&work, reporter, report).await?;
    let own = own.ok_or_else(|| AppError::from(Refusal::of(Code::NotFound)))?;
    step::within::<Reward>(app, &work, own.id, command).await?;
    Ok(Some(work))
}

/// The reporter applies for the reward.
pub async fn apply(
    app: &App,
    caller: &Caller,
    write: CommandId,
    code: &str,
) -> Result<ReportId, AppError> {
    say(app, caller, write, (code, RewardCommand::ApplyForReward)).await
}

/// The reporter objects to the sum.
pub async fn object(
    app: &App,
    caller: &Caller,
    write: CommandId,
    (code, words): (&str, Narrative),
) -> Result<ReportId, AppError> {
    let objection = RewardCommand::ObjectToReward { words };
    say(app, caller, write, (code, objection)).await
}

/// The reporter says that the payee is somebody else. The code alone is enough: whoever claims by another's
/// name may know the password, and to stop money is no way to get it.
pub async fn object_to_payee(
    app: &App,
    caller: &Caller,
    write: CommandId,
    (code, words): (&str, Narrative),
) -> Result<ReportId, AppError> {
    let objection = RewardCommand::ObjectToPayee { words };
    say(app, caller, write, (code, objection)).await
}

async fn say(
    app: &App,
    caller: &Caller,
    write: CommandId,
    said: (&str, RewardCommand),
) -> Result<ReportId, AppError> {
    let (report, reporter) = reporter_of(app, caller, said.0).await?;
    if let Some(work) = pursue(app, (report, &reporter), write, said).await? {
        work.commit().await?;
    }
    Ok(report)
}
