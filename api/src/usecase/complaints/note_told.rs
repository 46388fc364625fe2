//! Telling a side of a termination.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::consent::{Side, Way},
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// Notes that a side was told.
pub async fn note_told(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (side, way): (Side, Way),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "NoteSideTold", complaint)
        .with(|content| content.field("side", side).field("way", way));
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::SideTold),
        |complaint, permit, setting| complaint.note_told(permit, (side, way), setting.now),
    )
    .await
}
