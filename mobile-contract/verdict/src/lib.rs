//! The verdict on the phone, without a connection: the rules of metrology behind a binding that
//! Kotlin, Swift and Python can call.
//!
//! A thin layer over `liangxin-metrology`. It judges nothing itself and adds no number: a measurement
//! goes in as JSON, a verdict comes out as JSON, and both are byte for byte what the server reads and
//! writes. Like the library it knows no network, clock, randomness or file.
//!
//! # How a phone uses it
//!
//! 1. Make a [`Rules`] once, off the main thread, and keep it: it may be used by many threads.
//! 2. [`Rules::judge`] what was measured, show [`Rules::explain`], and keep the verdict as it came.
//! 3. Compare [`Rules::digest`] with the server's. Where they differ the server may come to another
//!    verdict, and [`Rules::editions`] tells which editions differ.
//!
//! Every refusal is a [`VerdictError`] with the code, the field and the message of [`Refusal`].

mod editions;
mod recomputed;
mod refusal;
mod rules;

pub use editions::{EditionInfo, RuleText};
pub use recomputed::{Difference, RecomputedReport};
pub use refusal::{Refusal, VerdictError};
pub use rules::{Language, Rules};

uniffi::setup_scaffolding!();
