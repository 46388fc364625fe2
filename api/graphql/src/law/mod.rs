//! Statutory periods and calendars on the wire.

mod calendar;
pub(super) mod mutation;
pub(super) mod query;
mod types;

pub(super) use types::{ClockView, ProvenanceView};
