//! Settling a lead.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::side::LeadOutcome,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Narrative,
};

/// A head decides what becomes of the lead.
pub async fn settle_lead(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (outcome, words): (LeadOutcome, Narrative),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "SettleLead", complaint)
        .with(|content| content.field("outcome", outcome).field("words", &words));
    step::run(
        app,
        actor,
        asked,
        (Action::DecideComplaint, ComplaintChange::LeadSettled),
        |complaint, permit, setting| complaint.settle_lead(permit, (outcome, words), setting.now),
    )
    .await
}
