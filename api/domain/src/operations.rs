//! Every operation that is a step, with the action that it asks the policy about. The gate is
//! computed from it.

use crate::{
    cases, complaints, inspections,
    law::calendar,
    notices::notice,
    places::dispute,
    policy::Action,
    privacy::{conversation, opening},
    reports,
    step::Command,
};

/// Steps that another one brings along: no client sends them.
const BROUGHT_ALONG: [&str; 4] = ["CloseCase", "ClosePenalty", "OpenCase", "TransferCase"];

/// The operations, as the contract names them.
pub fn all() -> impl Iterator<Item = (&'static str, Action)> {
    [
        complaints::command::Command::OPERATIONS,
        inspections::command::NewVisit::OPERATIONS,
        inspections::command::Command::OPERATIONS,
        opening::NewOpening::OPERATIONS,
        opening::Command::OPERATIONS,
        conversation::Command::OPERATIONS,
        notice::Command::OPERATIONS,
        calendar::NewYear::OPERATIONS,
        cases::command::Command::OPERATIONS,
        dispute::Command::OPERATIONS,
        reports::command::Command::OPERATIONS,
    ]
    .into_iter()
    .flatten()
    .copied()
    .filter(|(name, _)| !BROUGHT_ALONG.contains(name))
}
