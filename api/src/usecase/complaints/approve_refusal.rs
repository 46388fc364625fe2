//! Refusing a complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// A head approves the refusal that the handler proposed.
pub async fn approve_refusal(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ApproveRefusal", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::DecideComplaint, ComplaintChange::Refused),
        |complaint, permit, setting| complaint.approve_refusal(permit, setting.now),
    )
    .await
}
