//! Deciding about a mediator.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::mediation::RecusalRuling,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The bureau decides whether the mediator steps back.
pub async fn decide_recusal(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    ruling: RecusalRuling,
) -> Result<(), AppError> {
    let asked =
        Asked::of(id, "DecideRecusal", complaint).with(|content| content.field("ruling", ruling));
    step::run(
        app,
        actor,
        asked,
        (Action::DecideComplaint, ComplaintChange::RecusalDecided),
        |complaint, permit, setting| complaint.decide_recusal(permit, ruling, setting.now),
    )
    .await
}
