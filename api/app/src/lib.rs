//! What the server does, without a wire: cases of use, rows, jobs.
//!
//! Imports run one way: [`jobs`] call [`usecase`], which calls [`store`], which knows the rows. All of
//! them know the domain. Time, randomness, keys, mail and objects come in through [`ports`] alone.

pub mod app;
pub mod budget;
pub mod caller;
mod digest;
pub mod error;
pub mod health;
pub mod jobs;
pub mod listeners;
pub mod naming;
pub mod ports;
pub mod receivings;
pub mod reference;
pub mod register;
mod sheet;
pub mod shelf;
mod soon;
pub mod spool;
pub mod store;
pub mod tries;
pub mod turns;
pub mod unaccepted;
pub mod usecase;
#[cfg(feature = "wire")]
pub mod wire;
pub mod work;
