//! Closing the record towards the merchant.

use super::stake;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    evidence::photo::{PhotoKind, PhotoOwner},
    id::{CommandId, VisitId},
    inspections::visit::Signature,
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
};

/// Takes the merchant's signature, or the reason why there is none.
pub async fn sign(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (visit, signature): (VisitId, Signature),
) -> Result<(), AppError> {
    let content = Canonical::of("SignRecord").field("visit", visit);
    let content = match &signature {
        Signature::Signed { name, photo } => content.field("name", name).field("photo", photo),
        Signature::Refused { reason } => content.field("reason", reason),
    };
    let command = app::command(id, "SignRecord", visit.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::inspections::get(&work, actor, visit).await?;
    let permit = permit(
        actor,
        Action::RecordFinding,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    if let Signature::Signed { photo, .. } = &signature {
        let declared = store::evidence::find(&work, *photo).await?;
        let is_there = declared.is_some_and(|photo| {
            photo.owner == PhotoOwner::Visit(visit) && photo.declared.kind == PhotoKind::Signature
        });
        if !is_there {
            return Err(Refusal::on(Code::PhotoUnknown, "signaturePhotoId").into());
        }
    }
    let changed = found.sign(&permit, signature)?;
    store::inspections::save(&work, &changed).await?;
    app.record(&work, Event::RecordSigned { visit });
    work.commit().await
}
