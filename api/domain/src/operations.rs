//! Every operation that is a step, with the action that it asks the policy about. The gate is
//! computed from it.

use crate::{cases, complaints, places::dispute, policy::Action, reports, step::Command};

/// Steps that another one brings along: no client sends them.
const BROUGHT_ALONG: [&str; 4] = ["CloseCase", "ClosePenalty", "OpenCase", "TransferCase"];

/// The operations, as the contract names them.
pub fn all() -> impl Iterator<Item = (&'static str, Action)> {
    [
        cases::command::Command::OPERATIONS,
        complaints::command::Command::OPERATIONS,
        dispute::Command::OPERATIONS,
        reports::command::Command::OPERATIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .filter(|(name, _)| !BROUGHT_ALONG.contains(name))
}
