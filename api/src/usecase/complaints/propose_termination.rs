//! Proposing a termination.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::ground::TerminationReason,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The handler proposes to terminate the mediation.
pub async fn propose_termination(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    reason: TerminationReason,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ProposeTermination", complaint).with(|content| {
        content
            .field("ground", reason.ground)
            .optional("words", reason.words.as_ref())
            .optional("citation", reason.citation.as_ref())
    });
    step::run(
        app,
        actor,
        asked,
        (
            Action::HandleComplaint,
            ComplaintChange::TerminationProposed,
        ),
        |complaint, permit, setting| {
            complaint.propose_termination(
                permit,
                reason,
                &setting.grounds,
                (setting.periods, setting.now),
            )
        },
    )
    .await
}
