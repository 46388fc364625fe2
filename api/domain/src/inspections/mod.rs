//! On-site inspections: two certified officers, what they found, what was signed.

pub mod arrival;
pub mod command;
pub mod judging;
pub mod origin;
mod recording;
mod replace;
pub mod standard;
pub mod visit;
