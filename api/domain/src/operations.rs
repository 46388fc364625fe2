//! Every operation that is a step, with the action that it asks the policy about. The gate is
//! computed from it.

use crate::{
    complaints, inspections,
    law::calendar,
    notices::notice,
    policy::Action,
    privacy::{conversation, opening},
    step::Command,
};

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
    ]
    .into_iter()
    .flatten()
    .copied()
}
