//! The receipt code: what an anonymous reporter keeps, and the only way back to the report.
//!
//! 90 random bits in 18 characters of Crockford's base 32 and two check characters, in groups of
//! four that can be read over the phone: `7QK2-M4XW-9T0B-3HNR-5VAP`. The check value is the number
//! modulo 1021, a prime that catches every single wrong character and every swap of neighbours.

use crate::refusal::{Code, Refusal};
use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PAYLOAD_CHARS: usize = 18;
const CHARS: usize = PAYLOAD_CHARS + 2;
const CHECK_PRIME: u32 = 1021;

/// A receipt code. It never appears in `Debug` output.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode([u8; CHARS]);

impl ReceiptCode {
    /// Makes the code out of random or keyed bytes; the lower five bits of each are used.
    #[must_use]
    pub fn from_bytes(bytes: [u8; PAYLOAD_CHARS]) -> Self {
        let mut digits = [0; CHARS];
        for (digit, byte) in digits.iter_mut().zip(bytes) {
            *digit = byte & 31;
        }
        let check = check_value(&digits[..PAYLOAD_CHARS]);
        // A value below 1021 has two base-32 digits; the masks keep each below 32.
        digits[PAYLOAD_CHARS] = u8::try_from(check >> 5 & 31).unwrap_or_default();
        digits[PAYLOAD_CHARS + 1] = u8::try_from(check & 31).unwrap_or_default();
        Self(digits)
    }

    /// Reads a typed code: case, spaces and hyphens do not matter, `O` counts as `0`, `I` and `L`
    /// as `1`. A wrong check value is [`Code::ReceiptCodeFormat`], so that a typing error is told
    /// apart from an unknown code without asking the database.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::on(Code::ReceiptCodeFormat, "receiptCode");
        if text.len() > 64 {
            return Err(bad());
        }
        let mut digits = [0; CHARS];
        let mut count = 0;
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let digit = ALPHABET
                .iter()
                .position(|a| char::from(*a) == c)
                .ok_or_else(bad)?;
            *digits.get_mut(count).ok_or_else(bad)? = u8::try_from(digit).unwrap_or_default();
            count += 1;
        }
        let check = u32::from(digits[PAYLOAD_CHARS]) << 5 | u32::from(digits[PAYLOAD_CHARS + 1]);
        if count != CHARS || check != check_value(&digits[..PAYLOAD_CHARS]) {
            return Err(bad());
        }
        Ok(Self(digits))
    }

    /// The code without hyphens: what is hashed.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|d| char::from(ALPHABET[usize::from(*d)]))
            .collect()
    }
}

fn check_value(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |value, digit| {
        (value * 32 + u32::from(*digit)) % CHECK_PRIME
    })
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, digit) in self.0.iter().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(ALPHABET[usize::from(*digit)]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> ReceiptCode {
        ReceiptCode::from_bytes([
            7, 23, 19, 2, 20, 4, 29, 28, 9, 26, 0, 11, 3, 17, 21, 24, 5, 27,
        ])
    }

    #[test]
    fn a_code_survives_being_read_over_the_phone() {
        let shown = code().to_string();
        assert_eq!(shown.len(), 24);
        assert_eq!(
            ReceiptCode::parse(&shown.to_lowercase().replace('-', " ")).unwrap(),
            code()
        );
        assert_eq!(
            ReceiptCode::parse(&shown.replace('0', "o")).unwrap(),
            code()
        );
    }

    #[test]
    fn every_single_wrong_character_and_every_swap_of_neighbours_is_noticed() {
        let plain: Vec<char> = code().plain().chars().collect();
        for at in 0..plain.len() {
            for other in ALPHABET
                .iter()
                .map(|b| char::from(*b))
                .filter(|c| *c != plain[at])
            {
                let mut wrong = plain.clone();
                wrong[at] = other;
                assert!(ReceiptCode::parse(&wrong.iter().collect::<String>()).is_err());
            }
            if at > 0 && plain[at] != plain[at - 1] {
                let mut swapped = plain.clone();
                swapped.swap(at, at - 1);
                assert!(ReceiptCode::parse(&swapped.iter().collect::<String>()).is_err());
            }
        }
    }

    #[test]
    fn rubbish_is_refused_and_nothing_shows_in_debug_output() {
        for bad in ["", "1", &"1".repeat(21), &"ü".repeat(20), &"-".repeat(65)] {
            assert!(ReceiptCode::parse(bad).is_err());
        }
        assert_eq!(format!("{:?}", code()), "ReceiptCode(…)");
    }
}
