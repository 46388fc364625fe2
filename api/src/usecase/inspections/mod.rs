//! Visits: sending, arriving, recording, closing.

mod check_in;
mod check_instrument;
mod dispatch;
mod judge;
mod measure;
mod sign;
mod submit;

pub use check_in::{Arrival, check_in};
pub use check_instrument::{Check, check_instrument};
pub use dispatch::{Dispatch, dispatch};
pub use judge::judge;
pub use measure::{Measured, measure};
pub use sign::sign;
pub use submit::submit;

use crate::{error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    id::UserId,
    inspections::visit::{Team, Visit},
    policy::Stake,
    refusal::{Code, Refusal},
};

/// What an actor has to do with a visit.
pub(crate) fn stake(actor: &Actor, visit: &Visit) -> Stake {
    match actor.user() {
        Some(user) if visit.team.has(user) => Stake::Assigned,
        _ => Stake::None,
    }
}

/// A team of the named inspectors, who must belong to the actor's division or below; `field` names
/// the input in a refusal.
pub(crate) async fn certified_team(
    work: &Work,
    actor: &Actor,
    wanted: &[UserId],
    field: &'static str,
) -> Result<Team, AppError> {
    let division = *actor.division().ok_or_else(|| Refusal::of(Code::Denied))?;
    let known = store::accounts::inspectors_among(work, wanted, division).await?;
    let is_known = |user| known.iter().any(|officer| officer.user == user);
    if !wanted.iter().copied().all(is_known) {
        return Err(Refusal::on(Code::InspectorUnknown, field).into());
    }
    Ok(Team::of(&known, field)?)
}
