//! Taking a mediation back.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The entrusted body gave the matter back.
pub async fn take_back(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "TakeBackMediation", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::TakenBack),
        |complaint, permit, _| complaint.take_back(permit),
    )
    .await
}
