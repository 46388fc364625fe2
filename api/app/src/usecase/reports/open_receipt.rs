//! Coming back with the receipt code.

use crate::{app::App, caller::Caller, error::AppError, store, usecase::receipts};
use liangxin_domain::{
    actor::Actor, id::ReportId, receipts::ReceiptKind, reports::receipt::ReceiptCode,
};

/// What a reporter finds on coming back.
#[derive(Debug)]
pub struct Returned {
    /// The report.
    pub report: ReportId,
    /// The caller, now known as the reporter.
    pub reporter: Caller,
    /// The code in its own spelling, once more: on the first return alone, because codes get lost on
    /// the first screen.
    pub code_again: Option<ReceiptCode>,
}

/// The reporter behind a receipt code, without counting as a return.
pub async fn open_receipt(app: &App, caller: &Caller, code: &str) -> Result<Caller, AppError> {
    reporter_of(app, caller, code)
        .await
        .map(|(_, reporter)| reporter)
}

/// The report behind a receipt code and its reporter; nothing is written.
pub async fn reporter_of(
    app: &App,
    caller: &Caller,
    code: &str,
) -> Result<(ReportId, Caller), AppError> {
    let (report, _) = find(app, caller, code).await?;
    Ok((report, caller.known_as(Actor::Reporter(report))))
}

/// A reporter comes back: the first time is noted, and shows the code once more.
pub async fn come_back(app: &App, caller: &Caller, code: &str) -> Result<Returned, AppError> {
    let (report, code) = find(app, caller, code).await?;
    let reporter = caller.known_as(Actor::Reporter(report));
    let work = app.work(&reporter.actor).await?;
    let is_first = store::receipts::mark_shown_again(&work, report).await?;
    work.commit().await?;
    Ok(Returned {
        report,
        reporter,
        code_again: is_first.then_some(code),
    })
}

async fn find(app: &App, caller: &Caller, code: &str) -> Result<(ReportId, ReceiptCode), AppError> {
    receipts::open(app, ReceiptKind::Report, (caller, code), async |key| {
        store::reports::find_by_receipt(&app.db, key).await
    })
    .await
}
