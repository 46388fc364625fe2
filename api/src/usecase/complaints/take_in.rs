//! Signing for a dispatched complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The competent unit has the complaint on its own desk.
pub async fn take_in(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "TakeInComplaint", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::TakeInComplaint, ComplaintChange::TakenIn),
        |complaint, permit, _| complaint.take_in(permit),
    )
    .await
}
