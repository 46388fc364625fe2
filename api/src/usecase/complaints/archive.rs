//! Archiving a complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
};

/// The closed file goes to the archive.
pub async fn archive(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ArchiveComplaint", complaint);
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::Archived),
        |complaint, permit, setting| complaint.archive(permit, setting.now),
    )
    .await
}
