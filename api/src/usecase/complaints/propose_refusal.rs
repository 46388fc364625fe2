//! Proposing a refusal.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::ground::RefusalReason,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The handler proposes to refuse.
pub async fn propose_refusal(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    reason: RefusalReason,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ProposeRefusal", complaint).with(|content| {
        content
            .field("ground", reason.ground)
            .field("words", &reason.words)
            .optional("citation", reason.citation.as_ref())
    });
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::RefusalProposed),
        |complaint, permit, setting| {
            complaint.propose_refusal(permit, reason, &setting.grounds, setting.now)
        },
    )
    .await
}
