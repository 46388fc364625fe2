//! Withdrawing a complaint.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::consent::RepresentedConsent,
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Narrative,
};

/// The complainant takes the complaint back before acceptance.
pub async fn withdraw(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (words, represented): (Option<Narrative>, Option<RepresentedConsent>),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "WithdrawComplaint", complaint)
        .with(|content| super::represented(content.optional("words", words.as_ref()), represented));
    step::run(
        app,
        actor,
        asked,
        (Action::WithdrawComplaint, ComplaintChange::Withdrawn),
        |complaint, permit, setting| complaint.withdraw(permit, words, represented, setting.now),
    )
    .await
}
