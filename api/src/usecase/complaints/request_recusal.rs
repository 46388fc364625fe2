//! Asking that a mediator steps back.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::{consent::Side, mediation::RecusalRequest},
    id::{CommandId, ComplaintId},
    policy::Action,
    text::{Line, Narrative},
};

/// A side asks that a mediator steps back; mediation waits.
pub async fn request_recusal(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (side, mediator, words): (Side, Line, Narrative),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "RequestRecusal", complaint).with(|content| {
        content
            .field("side", side)
            .field("mediator", &mediator)
            .field("words", &words)
    });
    step::run(
        app,
        actor,
        asked,
        (Action::RequestRecusal, ComplaintChange::RecusalAsked),
        |complaint, permit, setting| {
            super::consent::check_own_side(actor, side)?;
            let request = RecusalRequest {
                side,
                mediator,
                words,
                at: setting.now,
            };
            complaint.request_recusal(permit, request)
        },
    )
    .await
}
