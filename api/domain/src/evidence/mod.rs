//! Evidence: bytes that must never be lost. A record declares the photos that it owes, with their
//! digests; it stays incomplete until each of them is durably held.

pub mod bundle;
pub mod capture;
pub mod check;
pub mod digest;
pub mod holding;
pub mod look_alike;
pub mod object;
pub mod original;
pub mod photo;
pub mod redaction;
pub mod weight;
pub mod withdrawal;
