//! The public register on the wire.

mod kind;
pub(super) mod mutation;
pub(super) mod query;
pub(super) mod types;
