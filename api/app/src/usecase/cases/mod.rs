//! Cases: filing. Every other step is a command to the machine of the domain; `kept` says how cases
//! are loaded and saved for it.

mod file;
mod kept;
mod on_the_spot;
mod papers;
mod periods;
mod sums;

pub use file::{Filing, file};
pub use on_the_spot::{Imposition, punish};
pub use periods::pay_until;
pub use sums::{conduct, display};

use crate::{app::App, error::AppError, store};
use liangxin_domain::{actor::Actor, cases::case::Case, id::UserId, policy::Stake};
use std::collections::BTreeSet;

/// What an actor has to do with a case. Whoever was replaced has no right by it any more; nor has who wrote its report for
/// the office alone.
pub(crate) fn stake(actor: &Actor, case: &Case) -> Stake {
    match actor.user() {
        Some(user) if case.investigators.has(user) => Stake::Investigator,
        Some(user) if case.is_investigated_by(user) => Stake::FormerInvestigator,
        _ if actor.merchant() == Some(case.merchant) => Stake::Own,
        _ => Stake::None,
    }
}

/// Who may take no act in a case: who stepped back, or is tied to the party and sits in the team.
pub async fn stepped_back(app: &App, case: &Case) -> Result<BTreeSet<UserId>, AppError> {
    let granted = case.file.recusals.iter();
    let granted = granted.filter(|recusal| recusal.is_granted());
    let mut found: BTreeSet<_> = granted.map(|recusal| recusal.of).collect();
    let tied = store::interests::tied_to(&app.db, case.merchant).await?;
    found.extend(case.investigators.iter().filter(|user| tied.contains(user)));
    Ok(found)
}
