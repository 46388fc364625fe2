//! The law at work: what transitions do to statutory periods.

mod apply;

pub(crate) use apply::{apply, would_end};
