//! The papers of a complaint.

use crate::{app::App, error::AppError, work::Work};
use liangxin_domain::{complaints::complaint::Complaint, notices::paper::Paper};

/// Issues the paper of a step.
#[expect(clippy::unused_async, reason = "it will write")]
pub(super) async fn issue(
    _app: &App,
    _work: &Work,
    _complaint: &Complaint,
    _paper: Paper,
) -> Result<(), AppError> {
    Ok(())
}
