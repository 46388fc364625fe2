//! Receipt codes of every kind: made out of what the sender's device alone knows, kept as a slow
//! keyed hash, opened behind a brake. Reports and complaints use the same functions and never open
//! each other.

mod challenge;
mod code;
mod open;

pub use challenge::{Challenge, challenge};
pub(crate) use code::{derive, hash};
pub use open::Tried;
pub(crate) use open::open;
