//! The receipt code: what an anonymous reporter keeps, and the only way back to the report.
//!
//! 90 random bits in 18 characters of Crockford's base 32 and two check characters, in groups of
//! four that can be read over the phone: `7QK2-M4XW-9T0B-3HNR-5VAP`. The check value is the number
//! modulo 1021, a prime that catches every single wrong character and every swap of neighbours.

use crate::{
    refusal::{Code, Refusal},
    secret::Secret,
    text::typed,
};
use serde::Serializer;
use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PAYLOAD_CHARS: usize = 18;
const CHARS: usize = PAYLOAD_CHARS + 2;
const CHECK_PRIME: u32 = 1021;

/// Most bytes that are searched for a code: a line of a message that was pasted whole, in full width.
const TYPED_BYTES: usize = 256;

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

    /// Reads a typed code: width, case, blanks, dashes and the words around it do not matter, `O` counts
    /// as `0`, `I` and `L` as `1`. A wrong check value is [`Code::ReceiptCodeFormat`], so that a typing
    /// error is told apart from an unknown code without asking the database.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::on(Code::ReceiptCodeFormat, "receiptCode");
        if text.len() > TYPED_BYTES {
            return Err(bad());
        }
        let text = typed(text);
        let groups = text.split(|c: char| !c.is_ascii_alphanumeric());
        let groups: Vec<_> = groups.filter(|group| !group.is_empty()).collect();
        // A label in Latin letters, or a number beside the code, looks like a group of it: the groups
        // that are a code together are found by its length and its check value.
        let starts = 0..groups.len();
        let mut found = starts.filter_map(|start| Self::of_groups(groups.get(start..)?));
        let code = found.next().ok_or_else(bad)?;
        match found.all(|other| other == code) {
            true => Ok(code),
            false => Err(bad()),
        }
    }

    /// The code that begins with the first group and ends with a whole one.
    fn of_groups(groups: &[&str]) -> Option<Self> {
        let mut length = 0;
        let is_before_end = |group: &&&str| {
            let is_needed = length < CHARS;
            length += group.len();
            is_needed
        };
        let joined: String = groups.iter().take_while(is_before_end).copied().collect();
        let mut digits = [0; CHARS];
        if joined.len() != CHARS {
            return None;
        }
        for (digit, c) in digits.iter_mut().zip(joined.chars()) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let place = ALPHABET.iter().position(|a| char::from(*a) == c)?;
            *digit = u8::try_from(place).ok()?;
        }
        let check = u32::from(digits[PAYLOAD_CHARS]) << 5 | u32::from(digits[PAYLOAD_CHARS + 1]);
        (check == check_value(&digits[..PAYLOAD_CHARS])).then_some(Self(digits))
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

impl Secret for ReceiptCode {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.plain())
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
    fn a_code_is_read_in_full_width_with_any_dash_and_with_words_around_it() {
        let shown = code().to_string();
        let wide = |c: char| match c {
            '-' => '\u{FF0D}',
            c => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        };
        let full: String = shown.chars().map(wide).collect();
        for typed in [
            full.clone(),
            format!("查询码：{full}。"),
            shown.replace('-', "\u{2011}"),
            shown.replace('-', "\u{2014}"),
            shown.replace('-', " \u{2013} "),
            shown.replace('-', "\u{3000}"),
            shown.replace('-', "\u{200B}"),
            format!("查询码{}", code().plain()),
            format!("Receipt code: {shown}."),
            format!("举报编号 JB-430103-20261123-7QK2M4AB，查询码 {shown}，请保存"),
            format!("举报编号 JB-430103-2026-000123，查询码 {shown}，请保存"),
        ] {
            assert_eq!(ReceiptCode::parse(&typed).unwrap(), code(), "{typed}");
        }
    }

    #[test]
    fn two_codes_at_once_are_not_chosen_from() {
        let other = ReceiptCode::from_bytes([9; 18]);
        let both = format!("{} {other}", code());
        assert!(ReceiptCode::parse(&both).is_err());
        let twice = format!("{} ({})", code(), code().plain());
        assert_eq!(ReceiptCode::parse(&twice).unwrap(), code());
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
        for bad in [
            "",
            "1",
            &"1".repeat(21),
            &"ü".repeat(20),
            &"-".repeat(65),
            &"7".repeat(300),
        ] {
            assert!(ReceiptCode::parse(bad).is_err());
        }
        assert_eq!(format!("{:?}", code()), "ReceiptCode(…)");
    }
}
