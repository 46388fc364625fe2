//! Rewards on the wire.

pub(super) mod mutation;
pub(super) mod types;
