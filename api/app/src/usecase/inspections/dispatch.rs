//! Sending inspectors.

use super::certified_team;
use crate::{app::App, caller::Caller, error::AppError, store, usecase::office, work::Begun};
use liangxin_domain::{
    event::Event,
    id::{CommandId, VisitId},
    inspections::{command::NewVisit, visit::Visit},
    policy::{Action, Stake, permit},
    refusal::{Code, Refusal},
};

/// Sends two or more certified inspectors to a merchant. The new visit's id names the write too.
pub async fn dispatch(
    app: &App,
    caller: &Caller,
    visit: VisitId,
    new: NewVisit,
) -> Result<(), AppError> {
    let named = app.named(CommandId::new(visit.uuid()), visit.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(());
    };
    let NewVisit::DispatchVisit {
        report,
        merchant,
        inspectors,
    } = new;
    let found = store::reports::get(&work, &caller.actor, report).await?;
    let by = permit(
        &caller.actor,
        Action::DispatchVisit,
        office::facts(&work, &caller.actor, &found.custody.unit, Stake::None).await?,
    )?;
    let merchant = store::merchants::get(&work, merchant).await?;
    // An office sends its people as far as its division reaches.
    let seat = caller.actor.division();
    if !seat.is_some_and(|seat| seat.contains(&merchant.division)) {
        return Err(Refusal::of(Code::Denied).into());
    }
    let officer = by.person(Action::DispatchVisit)?;
    let team = certified_team(&work, &caller.actor, &inspectors, "inspectorIds").await?;
    let changed = found.dispatch(&by, merchant.id)?;
    // The report stays as it is, so this is what tells a second dispatch from the first.
    if store::inspections::has_open(&work, report, merchant.id).await? {
        return Err(Refusal::of(Code::VisitOpen).into());
    }
    let goes_to = (merchant.id, merchant.division);
    let new = Visit::dispatched(visit, report, goes_to, team, work.now());
    store::inspections::insert(&work, &new, officer).await?;
    store::reports::save(&work, &changed).await?;
    app.record(&work, Event::VisitDispatched { visit, report });
    work.commit().await
}
