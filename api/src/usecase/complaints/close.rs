//! Closing a complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// Closes the file.
pub async fn close(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "CloseComplaint", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::Closed),
        |complaint, permit, setting| complaint.close(permit, setting.now),
    )
    .await
}
