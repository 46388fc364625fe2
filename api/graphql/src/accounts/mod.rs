//! Accounts on the wire.

pub(super) mod administration;
pub(super) mod input;
pub(super) mod interests;
pub(super) mod mutation;
pub(super) mod passwords;
pub(super) mod query;
pub(super) mod second_factor;
pub(super) mod types;
