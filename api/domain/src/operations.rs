//! Every operation that is a step, with the action that it asks the policy about. The gate is
//! computed from it.

use crate::{complaints, policy::Action, step::Command};

/// The operations, as the contract names them.
pub fn all() -> impl Iterator<Item = (&'static str, Action)> {
    [complaints::command::Command::OPERATIONS]
        .into_iter()
        .flatten()
        .copied()
}
