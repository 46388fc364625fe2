//! Rewards on the wire. `Reward` is what a reporter may know, `RewardFile` what officers work with.

mod file;
mod input;
pub(super) mod mutation;
mod payload;
pub(super) mod query;
pub(super) mod reporter;
mod screen_input;
pub(super) mod types;
