//! The name of bytes.

use crate::refusal::{Code, Refusal};
use std::fmt;

macro_rules! digests {
    ($($(#[$doc:meta])* $name:ident shown as $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// Wraps a digest that was computed.
            #[must_use]
            pub const fn new(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// Reads 64 hexadecimal digits.
            pub fn parse(hex: &str, field: &'static str) -> Result<Self, Refusal> {
                let bytes = read(hex).ok_or(Refusal::on(Code::FieldFormat, field))?;
                Ok(Self(bytes))
            }

            /// The 32 bytes.
            #[must_use]
            pub const fn bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let hex = <String as serde::Deserialize>::deserialize(from)?;
                let wrong = || serde::de::Error::custom("not 64 hexadecimal digits");
                read(&hex).map(Self).ok_or_else(wrong)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, ":{}"), self)
            }
        }
    )+};
}

digests! {
    /// A SHA-256 digest. Shown as 64 lower-case hexadecimal digits.
    Sha256 shown as "sha256";
    /// An SM3 digest (GB/T 32905-2016). Shown as 64 lower-case hexadecimal digits.
    Sm3 shown as "sm3";
}

/// The bytes that 64 hexadecimal digits stand for.
fn read(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let digit = |c: u8| {
        char::from(c)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_reads_back_what_it_shows_and_refuses_all_else() {
        let digest = Sha256::new([0xab; 32]);
        assert_eq!(Sha256::parse(&digest.to_string(), "d").unwrap(), digest);
        for bad in ["", "ab", &"g".repeat(64), &"é".repeat(32), &"a".repeat(65)] {
            assert!(Sha256::parse(bad, "d").is_err());
        }
    }
}
