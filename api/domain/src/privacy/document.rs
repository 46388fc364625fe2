//! Numbers of identity documents. A resident identity number shows by itself whether it was copied
//! rightly; of passports and permits only the shape is known.

use crate::{
    refusal::{Code, Refusal},
    text::{Line, fold_name, typed},
};
use chrono::NaiveDate;

/// What people call the resident identity card, the way names are compared.
const RESIDENT_CARD: [&str; 12] = [
    "residentid",
    "residentidcard",
    "residentidentitycard",
    "idcard",
    "identitycard",
    "身份证",
    "居民身份证",
    "二代身份证",
    "第二代居民身份证",
    "中国居民身份证",
    "中华人民共和国居民身份证",
    "临时居民身份证",
];

/// The number of a document of the kind. That of a resident identity card is written one way and has to
/// be right; others are taken as they are.
pub fn number_of(kind: &Line, number: &str, field: &'static str) -> Result<Line, Refusal> {
    let kind = fold_name(kind.as_str());
    if !RESIDENT_CARD.contains(&kind.as_str()) {
        return Line::parse(number, field);
    }
    let number = bare(number);
    if number.is_empty() {
        Err(Refusal::on(Code::FieldRequired, field))
    } else if is_resident_id(&number) {
        Ok(Line::stored(number))
    } else {
        Err(Refusal::on(Code::IdNumberCheck, field))
    }
}

/// The number of a document whose kind nobody said: 18 characters are a resident identity number and
/// have to be right; anything else is a passport or permit.
pub(super) fn number(typed: &str, field: &'static str) -> Result<String, Refusal> {
    let number = bare(typed);
    let is_plain =
        (5..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_plain {
        Err(Refusal::on(Code::FieldFormat, field))
    } else if number.len() == 18 && !is_resident_id(&number) {
        Err(Refusal::on(Code::IdNumberCheck, field))
    } else {
        Ok(number)
    }
}

/// The number without blanks, dashes and the words around it, in upper case.
fn bare(number: &str) -> String {
    let plain = typed(number);
    let inner = plain.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    inner.replace([' ', '-'], "").to_ascii_uppercase()
}

/// Whether the text is a resident identity number: 17 digits with a birth date of the calendar, and the
/// check character of ISO 7064 MOD 11-2 (GB 11643-1999).
#[must_use]
pub fn is_resident_id(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes.iter().take(17).all(u8::is_ascii_digit) {
        return false;
    }
    let number = |from: usize, to: usize| {
        bytes
            .get(from..to)
            .into_iter()
            .flatten()
            .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let year = number(6, 10);
    let is_date = (1850..=2099).contains(&year)
        && i32::try_from(year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, number(10, 12), number(12, 14)))
            .is_some();
    let sum: u32 = bytes
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = usize::try_from(sum % 11).ok().and_then(|at| CHECKS.get(at));
    is_date && check == bytes.last().map(u8::to_ascii_uppercase).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_resident_card_is_held_against_its_check_character_and_date() {
        let of = |kind: &str, number: &str| {
            let kind = Line::parse(kind, "idKind").unwrap();
            number_of(&kind, number, "idNumber").map(|number| number.to_string())
        };
        for typed in [
            "11010519491231002X",
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X。",
            "身份证号：110105-19491231-002X",
        ] {
            assert_eq!(of("居民身份证", typed).unwrap(), "11010519491231002X");
        }
        for kind in ["resident_id", "身份证", "ID card", "二代 身份证"] {
            for bad in [
                "110105194912310021",
                "110105194913310021",
                "11010519491231002",
                "E12345678",
            ] {
                let refusal = of(kind, bad).unwrap_err();
                assert_eq!(
                    (refusal.code, refusal.field),
                    (Code::IdNumberCheck, Some("idNumber"))
                );
                assert_eq!(refusal.detail, None, "the number is not told again");
            }
        }
        assert_eq!(of("身份证", "。").unwrap_err().code, Code::FieldRequired);
        for kind in ["护照", "港澳居民来往内地通行证", "军官证", "香港身份证"]
        {
            assert_eq!(
                of(kind, "110105194912310021").unwrap(),
                "110105194912310021"
            );
        }
    }

    #[test]
    fn a_birth_date_has_to_be_one_of_the_calendar() {
        // The check characters are right in all of them.
        assert!(is_resident_id("110105200002290021"));
        assert!(!is_resident_id("110105190002290025"));
        assert!(!is_resident_id("110105200002300023"));
    }
}
