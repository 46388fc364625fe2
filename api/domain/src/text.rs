//! Words that strangers send, bounded and clean. Parsed once at the edge, never checked again.

use crate::refusal::{Code, Refusal};
use std::fmt;

/// Text of 1 to `MAX` characters, trimmed, without control characters other than line breaks.
/// Bidirectional overrides and zero-width characters are refused, because they let a name look
/// like another one on an officer's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<const MAX: usize>(String);

/// A name, a label or a line of an address: at most 120 characters.
pub type Line = Text<120>;
/// What happened, in somebody's own words: at most 4,000 characters.
pub type Narrative = Text<4000>;

impl<const MAX: usize> Text<MAX> {
    /// Reads a required text; `field` is the input field to name in a refusal.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        Self::parse_optional(Some(text), field)?.ok_or(Refusal::on(Code::FieldRequired, field))
    }

    /// Reads an optional text; blank counts as absent.
    pub fn parse_optional(
        text: Option<&str>,
        field: &'static str,
    ) -> Result<Option<Self>, Refusal> {
        let text = text.map(str::trim).unwrap_or_default();
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().nth(MAX).is_some() {
            return Err(Refusal::on(Code::FieldTooLong, field).with(MAX.to_string()));
        }
        if text.chars().any(is_forbidden) {
            return Err(Refusal::on(Code::FieldFormat, field));
        }
        Ok(Some(Self(text.to_owned())))
    }

    /// Takes back a text that was parsed before it was stored.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> serde::Serialize for Text<MAX> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de, const MAX: usize> serde::Deserialize<'de> for Text<MAX> {
    /// As strict as at the edge: a row that nobody could have sent is a damaged row.
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        Self::parse(&text, "text").map_err(serde::de::Error::custom)
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\r' && c != '\t')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// A name the way it is compared: lower case, full-width letters and digits as plain ones, without
/// spaces and punctuation. For finding look-alikes, never for showing.
#[must_use]
pub fn fold_name(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// An e-mail address in the one shape that can be delivered and compared: `local@domain`, folded
/// to lower case, at most 254 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address; anything but printable ASCII around a single `@` is refused.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        let text = text.trim().to_ascii_lowercase();
        let bad = || Refusal::on(Code::FieldFormat, field);
        if text.len() > 254 {
            return Err(Refusal::on(Code::FieldTooLong, field).with("254"));
        }
        let (local, domain) = text.split_once('@').ok_or_else(bad)?;
        let local_ok = (1..=64).contains(&local.len())
            && local
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        if local_ok && domain_ok {
            Ok(Self(text))
        } else {
            Err(bad())
        }
    }

    /// The address, lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    /// An address in a log is a leak.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_name_ignores_width_case_and_punctuation() {
        assert_eq!(
            fold_name("Ａ１７ 号·吴记（鲜肉）"),
            fold_name("a17号吴记鲜肉")
        );
        assert_ne!(fold_name("17号"), fold_name("18号"));
    }

    #[test]
    fn a_text_is_trimmed_bounded_and_free_of_invisible_characters() {
        assert_eq!(
            Line::parse("  五花肉 ", "goods").unwrap().as_str(),
            "五花肉"
        );
        assert_eq!(
            Line::parse("   ", "goods").unwrap_err().code,
            Code::FieldRequired
        );
        assert_eq!(
            Line::parse(&"肉".repeat(121), "goods").unwrap_err().code,
            Code::FieldTooLong
        );
        assert!(Line::parse(&"肉".repeat(120), "goods").is_ok());
        for bad in ["a\u{0}b", "a\u{202E}b", "a\u{200B}b", "a\u{7}b"] {
            assert_eq!(
                Line::parse(bad, "goods").unwrap_err().code,
                Code::FieldFormat,
                "{bad:?}"
            );
        }
    }

    #[test]
    fn an_address_is_folded_and_nothing_else_gets_through() {
        assert_eq!(
            Email::parse(" Zhou@County.Example ", "email")
                .unwrap()
                .as_str(),
            "zhou@county.example"
        );
        for bad in [
            "",
            "a",
            "a@b",
            "a b@c.d",
            "a@b..c",
            ".a@b.c",
            "a@-b.c",
            "a@b.c\r\nBcc: x@y.z",
            "<a@b.c>",
        ] {
            assert!(Email::parse(bad, "email").is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_address_does_not_show_in_debug_output() {
        assert_eq!(
            format!("{:?}", Email::parse("a@b.example", "e").unwrap()),
            "Email(…)"
        );
    }
}
