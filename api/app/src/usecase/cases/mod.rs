//! Cases: filing. Every other step is a command to the machine of the domain; `kept` says how cases
//! are loaded and saved for it.

mod file;
mod former;
mod kept;
mod limits;
mod on_the_spot;
mod orders;
mod papers;
mod periods;
mod sums;
mod unserved;

pub use file::{Filing, file};
pub use on_the_spot::{Imposition, punish};
pub(super) use papers::against;
pub(crate) use papers::note_served;
pub use periods::paying;
pub use sums::{conduct, display};

use liangxin_domain::{actor::Actor, cases::case::Case, policy::Stake};

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
