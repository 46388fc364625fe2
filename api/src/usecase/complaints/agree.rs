//! An agreement.

use super::step::{self, Asked};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    complaints::change::ComplaintChange,
    complaints::{consent::RepresentedConsent, mediate::AgreementForm},
    id::{CommandId, ComplaintId},
    policy::Action,
    text::Narrative,
};

/// Writes down what the sides agreed on.
pub async fn agree(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (form, terms, represented): (AgreementForm, Narrative, Option<RepresentedConsent>),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "RecordAgreement", complaint).with(|content| {
        super::represented(
            content.field("form", form).field("terms", &terms),
            represented,
        )
    });
    step::run(
        app,
        actor,
        asked,
        (Action::HandleComplaint, ComplaintChange::Agreed),
        |complaint, permit, setting| {
            complaint.agree(permit, (form, terms), represented, setting.now)
        },
    )
    .await
}
