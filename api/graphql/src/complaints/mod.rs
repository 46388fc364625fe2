//! Complaints on the wire.

pub(super) mod input;
mod mediation_input;
pub(super) mod mutation;
mod mutation_input;
mod parties;
pub(super) mod query;
mod steps;
pub(super) mod types;
