//! Every operation that is a step, with the action that it asks the policy about. The gate is
//! computed from it.

use crate::{complaints, policy::Action, rewards, step::Command};

/// Steps that no client sends: the program takes them, or another step brings them along.
const INTERNAL: [&str; 2] = ["ReferToFinance", "CloseReward"];

/// The operations, as the contract names them.
pub fn all() -> impl Iterator<Item = (&'static str, Action)> {
    [
        complaints::command::Command::OPERATIONS,
        rewards::command::RewardCommand::OPERATIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .filter(|(name, _)| !INTERNAL.contains(name))
}
