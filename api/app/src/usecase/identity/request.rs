//! Asking to see who reported.

use crate::{app::App, caller::Caller, error::AppError, store, usecase::office, work::Begun};
use liangxin_domain::{
    event::Event,
    id::{CommandId, OpeningId},
    policy::{Action, Stake, permit},
    privacy::{
        identity::IdentitySubject,
        opening::{NewOpening, Opening},
    },
    refusal::{Code, Refusal},
};

/// An officer asks to see fields of the reporter's identity. Nothing is shown yet. The new opening's
/// id names the write too.
pub async fn request(
    app: &App,
    caller: &Caller,
    opening: OpeningId,
    new: NewOpening,
) -> Result<(), AppError> {
    let named = app.named(CommandId::new(opening.uuid()), opening.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(());
    };
    let NewOpening::RequestIdentityOpening {
        report, purpose, ..
    } = new;
    let found = store::reports::get(&work, &caller.actor, report).await?;
    let facts = office::facts(&work, &caller.actor, &found.custody.unit, Stake::None).await?;
    let permit = permit(&caller.actor, Action::RequestIdentityOpening, facts)?;
    let identity = store::identities::find(&work, IdentitySubject::Report(report))
        .await?
        .ok_or_else(|| Refusal::on(Code::IdentityAbsent, "reportId"))?;
    let roles = &caller.actor.signed_in()?.roles;
    let by = permit.person(Action::RequestIdentityOpening)?;
    if store::openings::has_pending(&work, identity.id, (purpose, by)).await? {
        return Err(Refusal::of(Code::OpeningPending).into());
    }
    let requested = Opening::request((opening, new), identity.id, &permit, roles, work.now())?;
    store::openings::insert(&work, &requested).await?;
    app.record(&work, Event::IdentityOpeningRequested { opening });
    work.commit().await
}
