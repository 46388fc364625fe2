//! Penalty cases on the wire.

pub(super) mod input;
pub(super) mod mutation;
pub(super) mod query;
pub(super) mod types;
