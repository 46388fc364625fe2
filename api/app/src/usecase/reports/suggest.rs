//! What the system suggests to an officer about other reports.

use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    id::ReportId,
    reports::{report::Report, resemblance::Suggestion, signal::SHORT_TIME},
};

/// Reports that the actor may see and that look like doubles, supplements or the same matter. The
/// officer decides.
pub async fn suggest(
    app: &App,
    actor: &Actor,
    report: ReportId,
) -> Result<Vec<(Report, Suggestion)>, AppError> {
    let since = app.now() - SHORT_TIME;
    let found = store::reports::list_resembling(&app.db, actor, (report, since)).await?;
    Ok(found
        .into_iter()
        .filter_map(|(other, resemblance)| Some((other, resemblance.suggests()?)))
        .collect())
}
