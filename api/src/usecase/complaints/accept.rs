//! Accepting a complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The handler accepts; the period for the mediation opens.
pub async fn accept(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "AcceptComplaint", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::Accepted),
        |complaint, permit, setting| complaint.accept(permit, setting.now),
    )
    .await
}
