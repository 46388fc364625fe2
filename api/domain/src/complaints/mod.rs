//! Consumer disputes (投诉): filed with a real identity, accepted or refused, mediated with the
//! consent of both sides, agreed or terminated.
//!
//! Source: SAMR Order 121 (in force 2026-04-15), articles 9 to 27, and before it Order 20. The
//! states and arrows are those of procedures.md, section 1.6; every step answers with what it does
//! to the clocks and with the paper that makes it. Factors of article 17 (bulk, repetition, no proof
//! of purchase) are not known here at all: they are hints to an officer, and nothing in this module
//! refuses a complaint by itself.

pub mod command;
pub mod complaint;
pub mod consent;
mod decide;
pub mod desk;
pub mod ending;
pub mod filing;
pub mod ground;
mod intake;
mod mediate;
pub mod mediation;
pub mod side;
pub mod state;
mod terminate;
#[cfg(test)]
mod tests;
