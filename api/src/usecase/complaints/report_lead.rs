//! A lead found while mediating.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Narrative,
};

/// Notes a lead; it is verified within its own period.
pub async fn report_lead(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    words: Narrative,
) -> Result<(), AppError> {
    let asked =
        Asked::of(id, "ReportLead", complaint).with(|content| content.field("words", &words));
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::LeadFound),
        |complaint, permit, setting| complaint.report_lead(permit, words, setting.now),
    )
    .await
}
