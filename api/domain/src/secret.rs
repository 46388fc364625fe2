//! Secrets in what a client sends. None serialises by itself, so that none gets into a row, an answer
//! or a log unasked. A write, whose every field counts, names it: `serialize_with = "secret::write"`.
//! Each secret says beside itself what it shows then.

use serde::{Serialize, Serializer};

/// What shows itself to the text that tells one write from another, and to nobody else.
pub trait Secret {
    /// Writes it in the clear.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// Writes a secret of a command; the text is hashed with a key and kept nowhere.
pub fn write<T: Secret, S: Serializer>(secret: &T, to: S) -> Result<S::Ok, S::Error> {
    secret.write(to)
}

impl<T: Secret> Secret for Option<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        struct Shown<'a, T>(&'a T);
        impl<T: Secret> Serialize for Shown<'_, T> {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.0.write(to)
            }
        }
        match self {
            Some(secret) => to.serialize_some(&Shown(secret)),
            None => to.serialize_none(),
        }
    }
}
