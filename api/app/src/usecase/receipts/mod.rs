//! Receipt codes of every kind: made out of what the sender's device alone knows, kept as a keyed hash,
//! opened by one look. Reports and complaints use the same functions and never open each other.

mod code;
mod open;

pub(crate) use code::{derive, hash};
pub(crate) use open::open;
