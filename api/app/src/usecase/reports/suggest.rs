//! What the system suggests to an officer about other reports.

use crate::{app::App, caller::Caller, error::AppError, store, usecase::supervision};
use liangxin_domain::{
    id::ReportId,
    reports::{report::Report, resemblance::Suggestion, signal::SHORT_TIME},
};

/// Reports that the actor may see and that look like doubles, supplements or the same matter. The
/// officer decides.
pub async fn suggest(
    app: &App,
    caller: &Caller,
    report: ReportId,
) -> Result<Vec<(Report, Suggestion)>, AppError> {
    let since = app.now() - SHORT_TIME;
    let found = store::reports::list_resembling(&app.db, &caller.actor, (report, since)).await?;
    supervision::opened_report(app, caller, report).await?;
    Ok(found
        .into_iter()
        .filter_map(|(other, resemblance)| Some((other, resemblance.suggests()?)))
        .collect())
}
