//! The code on a merchant's wall: opaque, short enough to type, carrying no meaning.

use crate::refusal::{Code, Refusal};
use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A public merchant code: ten characters of Crockford's base 32, such as `7QK2M4XW9T`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MerchantCode(String);

impl MerchantCode {
    /// Makes a code from random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 10]) -> Self {
        Self(
            bytes
                .iter()
                .map(|b| char::from(ALPHABET[usize::from(b % 32)]))
                .collect(),
        )
    }

    /// Reads a typed code; letter case, `O` for `0` and `I`, `L` for `1` are forgiven.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.len() != 10 {
            return Err(Refusal::on(Code::NotFound, "code"));
        }
        text.chars()
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .map(|c| {
                u8::try_from(c)
                    .ok()
                    .filter(|b| ALPHABET.contains(b))
                    .map(char::from)
            })
            .collect::<Option<String>>()
            .map(Self)
            .ok_or(Refusal::on(Code::NotFound, "code"))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MerchantCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_being_typed_by_hand() {
        let code = MerchantCode::from_random([0, 1, 2, 33, 64, 95, 9, 10, 11, 31]);
        assert_eq!(
            MerchantCode::parse(&code.as_str().to_lowercase()).unwrap(),
            code
        );
        assert_eq!(
            MerchantCode::parse("O123456789").unwrap().as_str(),
            "0123456789"
        );
        for bad in [
            "",
            "../../etc",
            "012345678",
            "01234567U!",
            "０１２３４５６７８９",
        ] {
            assert!(MerchantCode::parse(bad).is_err(), "{bad}");
        }
    }
}
