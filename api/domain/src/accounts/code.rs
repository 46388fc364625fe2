//! Codes that are handed over, typed once, and then over: for new passwords, and for whoever lost a phone.

use crate::text::fold_name;
use std::fmt;

/// Small letters and digits without those that are taken for one another (l and 1, o and 0): 32 of
/// them, so that a random byte picks each with the same chance, and a character is worth five bits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// How long a code is: eighty bits.
const CODE_CHARS: usize = 16;

/// A text that is easy to type: as many characters as bytes, each worth five bits.
#[must_use]
pub fn typeable(bytes: &[u8]) -> String {
    let pick = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    bytes.iter().map(pick).collect()
}

/// A code that is good once. It does not show in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

impl OneTimeCode {
    /// The code of random bytes.
    #[must_use]
    pub fn of(random: &[u8; 32]) -> Self {
        Self(typeable(&random[..CODE_CHARS]))
    }

    /// Reads a code as it was typed: in capitals, in full width, with spaces and dashes. What cannot be one is
    /// none, and as wrong as any other.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 256 {
            return None;
        }
        let folded = fold_name(text);
        let is_code =
            folded.len() == CODE_CHARS && folded.bytes().all(|byte| ALPHABET.contains(&byte));
        is_code.then_some(Self(folded))
    }

    /// The code without its dashes, for hashing.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(…)")
    }
}

/// Four groups of four, for reading out and for typing.
impl fmt::Display for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_was_typed() {
        let code = OneTimeCode::of(&[7; 32]);
        let shown = code.to_string();
        assert_eq!(shown, "hhhh-hhhh-hhhh-hhhh");
        for typed in [&*shown, "HHHH HHHH HHHH HHHH", " ｈｈｈｈ－hhhhhhhh—hhhh "] {
            assert_eq!(OneTimeCode::parse(typed).as_ref(), Some(&code), "{typed}");
        }
        for wrong in ["", "hhhh", "hhhh-hhhh-hhhh-hhhl", &"h".repeat(300)] {
            assert_eq!(OneTimeCode::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{code:?}"), "OneTimeCode(…)");
    }
}
