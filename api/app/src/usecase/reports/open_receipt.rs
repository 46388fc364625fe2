//! Coming back with the receipt code.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::receipts::{self, Tried},
};
use liangxin_domain::{
    actor::Actor, id::ReportId, receipts::ReceiptKind, reports::receipt::ReceiptCode,
};

/// What a reporter finds on coming back.
#[derive(Debug)]
pub struct Returned {
    /// The report.
    pub report: ReportId,
    /// The reporter, as an actor.
    pub reporter: Actor,
    /// The code in its own spelling, once more: on the first return alone, because codes get lost on
    /// the first screen.
    pub code_again: Option<ReceiptCode>,
}

/// The reporter behind a receipt code, without counting as a return.
pub async fn open_receipt(app: &App, tried: Tried<'_>) -> Result<Actor, AppError> {
    reporter_of(app, tried).await.map(|(_, reporter)| reporter)
}

/// The report behind a receipt code and its reporter; nothing is written.
pub async fn reporter_of(app: &App, tried: Tried<'_>) -> Result<(ReportId, Actor), AppError> {
    let (report, _) = find(app, tried).await?;
    Ok((report, Actor::Reporter(report)))
}

/// A reporter comes back: the first time is noted, and shows the code once more.
pub async fn come_back(app: &App, tried: Tried<'_>) -> Result<Returned, AppError> {
    let (report, code) = find(app, tried).await?;
    let reporter = Actor::Reporter(report);
    let work = app.work(&reporter).await?;
    let is_first = store::receipts::mark_shown_again(&work, report).await?;
    work.commit().await?;
    Ok(Returned {
        report,
        reporter,
        code_again: is_first.then_some(code),
    })
}

async fn find(app: &App, tried: Tried<'_>) -> Result<(ReportId, ReceiptCode), AppError> {
    receipts::open(app, ReceiptKind::Report, tried, async |key| {
        store::reports::find_by_receipt(&app.db, key).await
    })
    .await
}
