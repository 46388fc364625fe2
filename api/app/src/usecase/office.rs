//! Whose a thing is: the office of its division, or the nearest above a division that has none.

use crate::{app::App, error::AppError, store, work::Source};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    places::{custody::Receiving, division::DivisionCode},
    policy::{Facts, Stake},
    refusal::{Code, Refusal},
};

/// A thing in a division, seen by an actor. Only whoever sits above the division has to ask whether an office stands
/// between.
pub(crate) async fn facts(
    source: &impl Source,
    actor: &Actor,
    division: &DivisionCode,
    stake: Stake,
) -> Result<Facts, AppError> {
    let sits_above = |own: &&DivisionCode| *own != division && own.contains(division);
    let office = match actor.division().filter(sits_above) {
        Some(_) => store::places::competent_bureau(source, *division)
            .await?
            .map_or(*division, |bureau| bureau.division),
        None => *division,
    };
    Ok(Facts::at(actor, (division, &office), stake))
}

/// Whether a unit can take a matter in: an intake officer sits in exactly that division.
pub(crate) async fn receiving(
    app: &App,
    source: &impl Source,
    unit: DivisionCode,
) -> Result<Receiving, AppError> {
    if app.law.divisions.find(unit).is_none() {
        return Ok(Receiving::Unknown);
    }
    let officers = store::accounts::list_by_role(source, Role::IntakeOfficer, unit).await?;
    Ok(if officers.is_empty() {
        Receiving::NoIntake
    } else {
        Receiving::Ready
    })
}

/// Denied unless no bureau stands above the actor's.
pub(crate) async fn of_the_highest(source: &impl Source, actor: &Actor) -> Result<(), AppError> {
    let denied = || Refusal::of(Code::Denied);
    let mut above = actor.division().ok_or_else(denied)?.parent();
    while let Some(division) = above {
        if store::places::find_bureau(source, division)
            .await?
            .is_some()
        {
            return Err(denied().into());
        }
        above = division.parent();
    }
    Ok(())
}
