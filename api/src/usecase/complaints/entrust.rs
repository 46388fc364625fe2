//! Entrusting a mediation.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::mediation::BodyKind,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Line,
};

/// A lawful body mediates in the bureau's name, with both consents.
pub async fn entrust(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (kind, body): (BodyKind, Line),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "EntrustMediation", complaint)
        .with(|content| content.field("kind", kind).field("body", &body));
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::Entrusted),
        |complaint, permit, setting| complaint.entrust(permit, (kind, body), setting.now),
    )
    .await
}
