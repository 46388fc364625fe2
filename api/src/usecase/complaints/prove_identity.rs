//! Proving the identity.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// Notes that the complainant proved the identity.
pub async fn prove_identity(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ProveIdentity", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::IdentityProved),
        |complaint, permit, setting| complaint.prove_identity(permit, setting.now),
    )
    .await
}
