//! Papers (文书): what a procedure writes, hands over and keeps.

pub mod paper;
