//! Penalty cases: filed by a head, investigated by two, audited by another, announced to the
//! merchant, decided.

pub mod case;
pub mod command;
pub mod ending;
pub mod evidence;
