//! A reporter withdraws.

use crate::{app::App, error::AppError, store, usecase::step, work::Begun};
use liangxin_domain::{
    actor::Actor,
    id::{CommandId, ReportId},
    reports::{command::Command, record::RecordKind, report::Report},
    text::Narrative,
};

/// Notes that the reporter withdrew; whoever says it again has said it already. Verification goes on:
/// it is no longer the reporter's affair but the bureau's (procedures, section 1.7; how well that is
/// known: from memory).
pub async fn withdraw(
    app: &App,
    reporter: &Actor,
    write: CommandId,
    (report, words): (ReportId, Option<Narrative>),
) -> Result<(), AppError> {
    let command = Command::WithdrawReport { words };
    let named = app.named(write, report.uuid(), &command)?;
    let Begun::Fresh(work) = app.begin(reporter, &named).await? else {
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
