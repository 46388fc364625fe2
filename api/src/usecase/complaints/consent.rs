//! Consenting to mediation, and taking the consent to publication back.

use super::step::{self, Asked, Opened};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    complaints::{
        change::ComplaintChange,
        consent::{Consent, MediationConsent, Side, Way},
    },
    event::Event,
    id::{CommandId, ComplaintId},
    policy::Action,
    refusal::{Code, Refusal},
};

/// A side consents to mediation by the bureau or by a body. With the second consent to mediation by
/// the bureau, it begins. A side that acts by its own hand can speak for itself alone.
pub async fn consent(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
    (side, to, way): (Side, MediationConsent, Way),
) -> Result<(), AppError> {
    let asked = Asked::of(id, "ConsentToMediation", complaint).with(|content| {
        content
            .field("side", side)
            .field("to", to)
            .field("way", way)
    });
    let opened = step::begin(app, actor, &asked, Action::ConsentToMediation).await?;
    let Some(Opened {
        work,
        complaint,
        permit,
    }) = opened
    else {
        return Ok(());
    };
    check_own_side(actor, side)?;
    let consent = Consent {
        way,
        at: work.now(),
        noted_by: permit.by().filter(|_| actor.merchant().is_none()),
    };
    let step = complaint.consent(&permit, (side, to), consent)?;
    let row = app.ids.uuid(work.now());
    let about = (side, to.into());
    store::complaints::insert_consent(&work, row, asked.complaint, about, consent).await?;
    let change = ComplaintChange::of_consent(step.complaint.kind());
    step::save(app, &work, step, change).await?;
    work.commit().await
}

/// The complainant no longer wants complaint information to be published.
pub async fn withdraw_publication(
    app: &App,
    actor: &Actor,
    id: CommandId,
    complaint: ComplaintId,
) -> Result<(), AppError> {
    let asked = Asked::of(id, "WithdrawPublicationConsent", complaint);
    let opened = step::begin(app, actor, &asked, Action::ConsentToMediation).await?;
    let Some(Opened { work, .. }) = opened else {
        return Ok(());
    };
    check_own_side(actor, Side::Complainant)?;
    store::complaints::withdraw_publication(&work, complaint).await?;
    app.record(&work, Event::ComplaintConsentWithdrawn { complaint });
    work.commit().await
}

/// A complainant speaks for the complainant, an operator for the operator, an officer writes down
/// what either said.
pub(super) fn check_own_side(actor: &Actor, side: Side) -> Result<(), Refusal> {
    let own = match actor {
        Actor::Complainant(_) => Some(Side::Complainant),
        _ => actor.merchant().map(|_| Side::Respondent),
    };
    match own {
        Some(own) if own != side => Err(Refusal::of(Code::Denied)),
        _ => Ok(()),
    }
}
