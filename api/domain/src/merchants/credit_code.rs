//! The unified social credit code (统一社会信用代码): eighteen characters of which the last checks the others
//! (GB 32100-2015; the weights and the alphabet are from general knowledge and agree with published codes).

use crate::refusal::{Code, Refusal};
use serde::Serialize;
use std::fmt;

/// Digits and capitals without I, O, S, V and Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A unified social credit code whose check character is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads a code; small letters are taken for capitals.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        let text = text.trim().to_ascii_uppercase();
        if text.is_empty() {
            return Err(Refusal::on(Code::FieldRequired, field));
        }
        let places: Option<Vec<usize>> = text
            .bytes()
            .map(|sign| ALPHABET.iter().position(|known| *known == sign))
            .collect();
        let places = places.filter(|places| places.len() == 18);
        let places = places.ok_or(Refusal::on(Code::FieldFormat, field))?;
        let (own, rest) = places
            .split_last()
            .ok_or(Refusal::on(Code::FieldFormat, field))?;
        if *own == check(rest) {
            Ok(Self(text))
        } else {
            Err(Refusal::on(Code::CreditCodeCheck, field))
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The place of the check character: the weights are the powers of three modulo 31.
fn check(places: &[usize]) -> usize {
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = places
        .iter()
        .zip(weights)
        .map(|(place, weight)| place * weight)
        .sum();
    (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_or_two_swapped_characters_are_found() {
        let code = CreditCode::parse(" 91350100m000100y43 ", "code").unwrap();
        assert_eq!(code.as_str(), "91350100M000100Y43");
        for (bad, refused) in [
            ("91350100M000100Y44", Code::CreditCodeCheck),
            ("91350010M000100Y43", Code::CreditCodeCheck),
            ("91350100M000100Y4", Code::FieldFormat),
            ("91350100M000100Y4O", Code::FieldFormat),
            ("９1350100M000100Y43", Code::FieldFormat),
            ("", Code::FieldRequired),
        ] {
            assert_eq!(
                CreditCode::parse(bad, "code").unwrap_err().code,
                refused,
                "{bad}"
            );
        }
    }
}
