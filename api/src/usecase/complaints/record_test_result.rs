//! The answer of a testing body.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Narrative,
};

/// The testing body answered; the period for mediation counts again.
pub async fn record_test_result(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    result: Narrative,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "RecordTestResult", complaint)
        .with(|content| content.field("result", &result));
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::TestDone),
        |complaint, permit, setting| complaint.record_test_result(permit, result, setting.now),
    )
    .await
}
