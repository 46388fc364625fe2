//! What a real-name reporter tells about themselves (Order 121, article 10; form 2 of 2026). It lives
//! here for the length of one request and is sealed field by field, so that an opening can release
//! exactly the fields that were approved.

use super::document;
use crate::{
    id::{ComplaintId, ReportId, RewardId},
    limits::REPORTER_NAME_CHARS,
    refusal::{Code, Refusal},
    secret::Secret,
    text::{Line, Text, phone_number},
};
use serde::Serializer;
use std::fmt;
use uuid::Uuid;

words! {
    /// One field of a sealed identity.
    pub enum IdentityField as "IdentityField" {
        /// The name on the identity card.
        Name,
        /// A telephone number.
        Phone,
        /// A postal address.
        Address,
        /// The number of an identity document.
        IdNumber,
        /// The account that a reward is paid to.
        BankAccount,
    }
}

/// Whose identity it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentitySubject {
    /// Whoever sent a report.
    Report(ReportId),
    /// Whoever sent a complaint.
    Complaint(ComplaintId),
    /// Whoever claims a reward apart from the report.
    Reward(RewardId),
}

impl IdentitySubject {
    /// The word for rows.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Complaint(_) => "complaint",
            Self::Reward(_) => "reward",
        }
    }

    /// The id of what it belongs to.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Report(id) => id.uuid(),
            Self::Complaint(id) => id.uuid(),
            Self::Reward(id) => id.uuid(),
        }
    }
}

/// What stands for a person on a screen, made out of a keyed hash: `R-7QK2-M4XW`. 40 bits, enough
/// that two people of one bureau do not get the same; it leads nowhere.
#[must_use]
pub fn reporter_token(hash: [u8; 32]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digit = |byte: &u8| {
        ALPHABET
            .get(usize::from(byte & 31))
            .map_or('0', |letter| char::from(*letter))
    };
    let text: String = hash.iter().take(8).map(digit).collect();
    let (first, second) = text.split_at(4);
    format!("R-{first}-{second}")
}

/// A value that identifies a person. It never shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal(String);

impl Personal {
    /// Wraps a value that was checked.
    #[must_use]
    pub const fn new(value: String) -> Self {
        Self(value)
    }

    /// The value, for sealing and for keyed hashing alone.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(…)")
    }
}

/// The identity of a real-name reporter: name and telephone at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdentity {
    name: Personal,
    phone: Personal,
    address: Option<Personal>,
    id_number: Option<Personal>,
}

/// An identity as it is typed.
#[derive(Clone, Copy)]
pub struct TypedIdentity<'a> {
    /// The name.
    pub name: &'a str,
    /// The telephone number.
    pub phone: &'a str,
    /// The postal address.
    pub address: Option<&'a str>,
    /// The number of an identity document.
    pub id_number: Option<&'a str>,
}

impl NewIdentity {
    /// Reads an identity.
    pub fn parse(typed: TypedIdentity<'_>) -> Result<Self, Refusal> {
        let filled = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
        let id_number = match typed.id_number {
            Some(number) if filled(Some(number)) => {
                Some(Personal(document::number(number, "identity.idNumber")?))
            }
            _ => None,
        };
        Ok(Self {
            name: Personal(
                Text::<REPORTER_NAME_CHARS>::parse(typed.name, "identity.name")?.to_string(),
            ),
            phone: phone(typed.phone)?,
            address: Line::parse_optional(typed.address, "identity.address")?
                .map(|address| Personal(address.to_string())),
            id_number,
        })
    }

    /// The fields that were given.
    #[must_use]
    pub fn fields(&self) -> Vec<(IdentityField, Personal)> {
        let given = |field, value: &Personal| (field, value.clone());
        let mut fields = vec![
            given(IdentityField::Name, &self.name),
            given(IdentityField::Phone, &self.phone),
        ];
        fields.extend(
            self.address
                .iter()
                .map(|value| given(IdentityField::Address, value)),
        );
        fields.extend(
            self.id_number
                .iter()
                .map(|value| given(IdentityField::IdNumber, value)),
        );
        fields
    }
}

impl Secret for NewIdentity {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let fields = self.fields();
        to.collect_map(fields.iter().map(|(field, value)| (field, value.expose())))
    }
}

/// A telephone number: digits alone; a Chinese country code is left out.
fn phone(typed: &str) -> Result<Personal, Refusal> {
    let bad = |code| Refusal::on(code, "identity.phone");
    if typed.trim().is_empty() {
        return Err(bad(Code::FieldRequired));
    }
    let number = phone_number(typed);
    let digits: String = number
        .chars()
        .filter(|c| !" -()+".contains(*c))
        .take(32)
        .collect();
    let national = digits.strip_prefix("00").unwrap_or(&digits);
    let digits = match national.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number {
        Ok(Personal(digits))
    } else {
        Err(bad(Code::FieldFormat))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Lang;

    fn typed<'a>(phone: &'a str, id_number: Option<&'a str>) -> TypedIdentity<'a> {
        TypedIdentity {
            name: "陈婉清",
            phone,
            address: None,
            id_number,
        }
    }

    #[test]
    fn a_name_and_a_telephone_are_enough_and_are_written_one_way() {
        let one = NewIdentity::parse(typed("+86 138-0013-8000", None)).unwrap();
        for phone in [
            "13800138000",
            "手机：１３８００１３８０００。",
            "0086 138—0013—8000",
            "+86(138)0013\u{3000}8000",
        ] {
            let same = NewIdentity::parse(typed(phone, Some(" "))).unwrap();
            assert_eq!(one, same, "{phone}");
        }
        assert_eq!(one.fields().len(), 2);
    }

    #[test]
    fn a_resident_number_needs_its_check_digit() {
        let with = |number| NewIdentity::parse(typed("13800138000", Some(number)));
        assert!(with("11010519491231002x").is_ok());
        assert!(with("E12345678").is_ok(), "a passport");
        assert!(with("护照号：Ｅ１２３４５６７８。").is_ok(), "a passport");
        for (bad, code) in [
            ("110105194912310021", Code::IdNumberCheck),
            ("abc", Code::FieldFormat),
            ("12345和67890", Code::FieldFormat),
        ] {
            let refusal = with(bad).unwrap_err();
            assert_eq!(
                (refusal.code, refusal.field),
                (code, Some("identity.idNumber"))
            );
            assert!(!refusal.message(Lang::Zh).contains(bad), "never told again");
        }
    }

    #[test]
    fn a_wrong_telephone_is_named_and_nothing_shows() {
        for (phone, code) in [
            ("", Code::FieldRequired),
            ("12", Code::FieldFormat),
            ("abcdefgh", Code::FieldFormat),
        ] {
            assert_eq!(
                NewIdentity::parse(typed(phone, None)).unwrap_err().code,
                code
            );
        }
        let shown = format!(
            "{:?}",
            NewIdentity::parse(typed("13800138000", None)).unwrap()
        );
        assert!(!shown.contains("138") && !shown.contains('陈'), "{shown}");
    }
}
