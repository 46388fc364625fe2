//! The token with which the photos of a report are sent: made for whoever filed it or shows its receipt code, and revoked by
//! the receipt code.

use super::reporter_of;
use crate::{app::App, caller::Caller, error::AppError, ports::keys::Holder, store};
use liangxin_domain::{id::ReportId, limits::UPLOAD_TOKEN_SECONDS};

/// A token with which the photos of a report are sent.
pub async fn upload_token(app: &App, report: ReportId) -> Result<String, AppError> {
    let holder = Holder::Photos {
        report: report.uuid(),
        series: store::reports::upload_series(&app.db, report).await?,
    };
    app.keys
        .issue(holder, (app.now(), UPLOAD_TOKEN_SECONDS))
        .map_err(|e| AppError::internal("sign a token", e))
}

/// Ends every token with which photos of the report were to be sent.
pub async fn revoke_uploads(app: &App, caller: &Caller, code: &str) -> Result<ReportId, AppError> {
    let (report, reporter) = reporter_of(app, caller, code).await?;
    let work = app.work(&reporter.actor).await?;
    store::reports::revoke_uploads(&work, report).await?;
    work.commit().await?;
    Ok(report)
}
