//! Opening what a complaint seals, for those who may see it.

use crate::{app::App, error::AppError, ports::keys::Column, store};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    complaints::{complaint::Complaint, filing::Particulars, state::ComplaintState},
};

/// How much of the parties somebody may see (procedures.md, 9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Everything: whoever works on it, and the complainant.
    All,
    /// Everything but the identity papers: whoever audits it.
    ToAudit,
    /// Names and telephone of whoever speaks: what the other side needs to talk in a mediation that
    /// both agreed to. No address, no identity paper.
    ToMediate,
    /// The dispute, without the person: the other side, as long as nobody agreed to talk.
    DisputeOnly,
}

/// How much of a complaint's parties the actor may see, who was shown the complaint already.
#[must_use]
pub fn shown(actor: &Actor, complaint: &Complaint) -> Shown {
    if actor.merchant().is_none() {
        let works_on_it = [Role::IntakeOfficer, Role::CaseOfficer, Role::Head];
        let works_on_it = works_on_it.into_iter().any(|role| actor.is(role));
        return match actor {
            Actor::User(_) if !works_on_it => Shown::ToAudit,
            _ => Shown::All,
        };
    }
    match complaint.state {
        ComplaintState::Mediating(_)
        | ComplaintState::Entrusted(_)
        | ComplaintState::SuspendedRecusal(_)
        | ComplaintState::Testing(_)
        | ComplaintState::AgreedLetter(_)
        | ComplaintState::AgreedPerformed(_) => Shown::ToMediate,
        _ => Shown::DisputeOnly,
    }
}

/// The particulars of a complaint that the caller was shown already.
pub async fn particulars(app: &App, complaint: &Complaint) -> Result<Particulars, AppError> {
    let sealed = store::complaints::sealed_particulars(&app.db, complaint.id).await?;
    open(app, complaint, &sealed)
}

pub(super) fn open(
    app: &App,
    complaint: &Complaint,
    sealed: &[u8],
) -> Result<Particulars, AppError> {
    let text = app
        .keys
        .unseal(Column::Particulars.of(complaint.id.uuid()), sealed);
    let text =
        text.ok_or_else(|| AppError::internal("open a complaint", "the key does not fit"))?;
    serde_json::from_str(&text).map_err(|_| AppError::damaged("complaint", "particulars_sealed"))
}
