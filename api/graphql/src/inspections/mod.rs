//! Visits on the wire.

mod dispatch;
pub(super) mod document;
mod frequency;
pub(super) mod input;
pub(super) mod mutation;
pub(super) mod occurred;
mod opinions;
mod passport;
pub(super) mod query;
pub(super) mod record;
mod recorded;
pub(super) mod types;
pub(super) mod verdict;
pub(super) mod weighing;
