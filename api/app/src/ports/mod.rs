//! The only doors to the outside: time, randomness, keys, mail and objects. Each is an enum of real
//! implementations, chosen once at start; the memory ones are real too, and tests use them.

pub mod clock;
pub mod evidence_keys;
pub mod identity_keys;
pub mod ids;
pub mod key_files;
pub mod keys;
pub mod mailer;
pub mod objects;
mod token;
pub mod totp;
