//! On-site inspections: two certified officers, what they found, what was signed.

pub mod command;
pub mod judging;
mod recording;
pub mod standard;
pub mod visit;
