//! Penalty cases: filed by a head, investigated by two, audited by another, announced to the
//! merchant, decided, served, carried out, closed.

pub mod announce;
pub mod archive;
pub mod basis;
pub mod case;
pub mod charge;
pub mod command;
pub mod decide;
pub mod display;
pub mod ending;
pub mod evidence;
pub mod execution;
pub mod file;
pub mod hearing;
pub mod limit;
mod machine;
pub mod on_the_spot;
pub mod order;
pub mod recusal;
pub mod referral;
pub mod same_act;
pub mod service;
mod setting;
pub mod weight;

#[cfg(test)]
mod tests;
