//! On-site inspections: two certified officers, what they found, what was signed.

pub mod amend;
pub mod arrival;
pub mod command;
pub mod judging;
pub mod occurred;
pub mod opinion;
pub mod origin;
pub mod passport;
mod recording;
pub mod reopen;
mod replace;
pub mod signing;
pub mod standard;
pub mod visit;
pub mod written;
