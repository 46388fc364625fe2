//! Who reported and who may know, on the wire.

pub(super) mod input;
pub(super) mod mutation;
mod opening;
pub(super) mod query;
pub(super) mod types;
