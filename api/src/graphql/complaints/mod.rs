//! Complaints on the wire.

pub(super) mod input;
pub(super) mod mediation;
mod mediation_input;
pub(super) mod mutation;
mod mutation_input;
mod parties;
pub(super) mod query;
mod steps;
pub(super) mod types;
mod words;
