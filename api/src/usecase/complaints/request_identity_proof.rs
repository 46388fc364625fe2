//! Asking for a proof of identity.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// Asks the complainant to prove the identity by a day, inside the period for accepting.
pub async fn request_identity_proof(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    until: NaiveDate,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "RequestIdentityProof", complaint)
        .with(|content| content.field("until", until));
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::IdentityAsked),
        |complaint, permit, setting| {
            complaint.request_identity_proof(permit, until, &setting.grounds, setting.now)
        },
    )
    .await
}
