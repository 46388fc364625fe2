//! Values, states, policy, deadlines, events and codes of metrology supervision.
//!
//! This crate is pure: no clock, no randomness, no I/O, no database, no async. Whatever it needs to
//! know (the time, the actor, the rows) is handed to it, and whatever it decides is a value.
//! One module a noun; [`policy`] says who may do what, [`refusal`] names every "no", [`event`] says
//! what follows from a change.

#[macro_use]
mod word;

pub mod accounts;
pub mod actor;
pub mod cases;
pub mod complaints;
pub mod desk;
pub mod event;
pub mod evidence;
pub mod id;
pub mod inspections;
pub mod law;
pub mod limits;
pub mod merchants;
pub mod money;
pub mod notices;
pub mod operations;
pub mod place;
pub mod places;
pub mod policy;
pub mod privacy;
pub mod pull;
pub mod push;
pub mod ratings;
pub mod receipts;
pub mod refusal;
pub mod reports;
pub mod rewards;
pub mod secret;
pub mod step;
pub mod text;

pub use liangxin_metrology as metrology;

// The samples of commands that the tests of this crate share name it as a stranger would.
#[cfg(test)]
extern crate self as liangxin_domain;
