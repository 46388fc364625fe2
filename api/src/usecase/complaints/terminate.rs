//! Terminating a mediation.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::consent::RepresentedConsent,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// A head approves the termination that the handler proposed.
pub async fn terminate(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    represented: Option<RepresentedConsent>,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "TerminateMediation", complaint)
        .with(|content| super::represented(content, represented));
    step::run(
        app,
        actor,
        asked,
        (Action::DecideComplaint, ComplaintChange::Terminated),
        |complaint, permit, setting| complaint.terminate(permit, represented, setting.now),
    )
    .await
}
