//! Referring to the police.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::{Line, Narrative},
};

/// A head hands conduct of article 42 to the police.
pub async fn refer_to_police(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (police, conduct): (Line, Narrative),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ReferToPolice", complaint)
        .with(|content| content.field("police", &police).field("conduct", &conduct));
    step::run(
        app,
        actor,
        asked,
        (Action::ReferToPolice, ComplaintChange::PoliceReferred),
        |complaint, permit, setting| {
            complaint.refer_to_police(permit, (police, conduct), setting.now)
        },
    )
    .await
}
