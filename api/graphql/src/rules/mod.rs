//! The measurement rules in force, for phones that judge on their own.

pub(super) mod query;
