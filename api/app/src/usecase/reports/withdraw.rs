//! A reporter withdraws.

use crate::{app::App, caller::Caller, error::AppError, store, usecase::step, work::Begun};
use liangxin_domain::{
    id::{CommandId, ReportId},
    reports::{command::Command, record::RecordKind, report::Report},
    text::Narrative,
};

/// Notes that the reporter withdrew; whoever says it again has said it already. Verification goes on:
/// it is no longer the reporter's affair but the bureau's (procedures, section 1.7; how well that is
/// known: from memory).
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    write: CommandId,
    (report, words): (ReportId, Option<Narrative>),
) -> Result<(), AppError> {
    let command = Command::WithdrawReport { words };
    let named = app.named(write, report.uuid(), &command)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(());
    };
    let before = store::reports::list_records(&work, report).await?;
    if before
        .iter()
        .any(|record| record.kind == RecordKind::Withdrawal)
    {
        return Ok(());
    }
    step::within::<Report>(app, &work, report, command).await?;
    work.commit().await
}
