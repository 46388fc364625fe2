//! Asking to see who reported.

use super::kept::matter_of;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{matter::Matter, office, step::Written},
    work::Begun,
};
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
) -> Result<Written, AppError> {
    let named = app.named(CommandId::new(opening.uuid()), opening.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(Written::Before);
    };
    let NewOpening::RequestIdentityOpening {
        report,
        payee,
        purpose,
        ..
    } = new;
    let found = store::reports::get(&work, &caller.actor, report).await?;
    let facts = office::facts(&work, &caller.actor, &found.custody.unit, Stake::None).await?;
    let permit = permit(&caller.actor, Action::RequestIdentityOpening, facts)?;
    let absent = || Refusal::on(Code::IdentityAbsent, "reportId");
    let subject = if payee {
        let reward = store::rewards::find(&work, &caller.actor, report).await?;
        IdentitySubject::Reward(reward.ok_or_else(absent)?.id)
    } else {
        IdentitySubject::Report(report)
    };
    let matter = Matter::behind(&work, matter_of(subject)).await?;
    matter.check_own(&work, &caller.actor).await?;
    let identity = store::identities::find(&work, subject)
        .await?
        .ok_or_else(absent)?;
    let roles = &caller.actor.signed_in()?.roles;
    let by = permit.person(Action::RequestIdentityOpening)?;
    if store::openings::has_pending(&work, identity.id, (purpose, by)).await? {
        return Err(Refusal::of(Code::OpeningPending).into());
    }
    let requested = Opening::request(
        (opening, new),
        (identity.id, subject),
        &permit,
        roles,
        work.now(),
    )?;
    store::openings::insert(&work, &requested).await?;
    app.record(&work, Event::IdentityOpeningRequested { opening });
    work.commit().await?;
    Ok(Written::Now)
}
