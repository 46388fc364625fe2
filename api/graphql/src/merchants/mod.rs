//! The public register on the wire.

pub(super) mod mutation;
pub(super) mod query;
pub(super) mod types;
