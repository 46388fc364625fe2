//! Penalty cases on the wire.

pub(super) mod bundle;
mod execution_types;
pub(super) mod input;
pub(super) mod mutation;
mod penalty_input;
mod penalty_types;
pub(super) mod query;
pub(super) mod recusal;
mod round_types;
mod side_input;
pub(super) mod side_mutation;
mod side_types;
pub(super) mod types;
pub(super) mod violation_types;
mod void_types;
