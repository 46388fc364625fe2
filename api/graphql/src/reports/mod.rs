//! Reports on the wire.

pub(super) mod input;
mod lead;
pub(super) mod mutation;
pub(super) mod officer;
pub(super) mod query;
pub(super) mod step_input;
pub(super) mod steps;
pub(super) mod submission;
mod tracked;
pub(super) mod types;
