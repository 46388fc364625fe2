//! Giving a complaint back.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The unit without competence gives it back to the unit that it came from.
pub async fn give_back(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ReturnComplaint", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::ReturnComplaint, ComplaintChange::Returned),
        |complaint, permit, _| complaint.give_back(permit),
    )
    .await
}
