//! Words that strangers send, bounded and clean. Parsed once at the edge, never checked again.

mod private;
mod typed;

pub use typed::phone_number;
pub(crate) use typed::{plain, typed};

use crate::{
    limits::{EMAIL_CHARS, LINE_CHARS, NARRATIVE_CHARS, REASON_CHARS},
    refusal::{Code, Refusal},
    secret::Secret,
};
use liangxin_metrology::text::{self as bounded, Lines, Sign, TextError};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// Text of 1 to `MAX` characters, trimmed, in lines; read by the one rule of
/// [`liangxin_metrology::text`] and refused in the words of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(bounded::Text<MAX, Lines>);

/// A name, a label or a line of an address: at most 120 characters.
pub type Line = Text<LINE_CHARS>;
/// What happened, in somebody's own words: at most 4,000 characters.
pub type Narrative = Text<NARRATIVE_CHARS>;

/// Why somebody decided so: a narrative that says something. One character is no reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reason(Narrative);

impl Reason {
    /// Reads a required reason; fewer than [`REASON_CHARS`] characters are refused.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        Narrative::parse_telling(text, field).map(Self)
    }

    /// Reads an optional reason; blank counts as absent.
    pub fn parse_optional(
        text: Option<&str>,
        field: &'static str,
    ) -> Result<Option<Self>, Refusal> {
        let words = Narrative::parse_telling_optional(text, field)?;
        Ok(words.map(Self))
    }

    /// Takes back a reason that was parsed before it was stored.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(Narrative::stored(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Narrative {
    /// Reads required words that have to say something: an order, a record, a proof. One character is none;
    /// fewer than [`REASON_CHARS`] are refused.
    pub fn parse_telling(text: &str, field: &'static str) -> Result<Self, Refusal> {
        let words = Self::parse(text, field)?;
        if words.as_str().chars().count() < REASON_CHARS {
            return Err(Refusal::on(Code::FieldTooShort, field).with(REASON_CHARS.to_string()));
        }
        Ok(words)
    }

    /// Reads optional ones of that kind; blank counts as absent.
    pub fn parse_telling_optional(
        text: Option<&str>,
        field: &'static str,
    ) -> Result<Option<Self>, Refusal> {
        match text {
            Some(text) if !text.trim().is_empty() => Self::parse_telling(text, field).map(Some),
            _ => Ok(None),
        }
    }
}

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
        let text: String = text
            .unwrap_or_default()
            .chars()
            .map(private::known)
            .collect();
        match bounded::Text::parse(&text) {
            Ok(text) => Ok(Some(Self(text))),
            Err(TextError::Empty) => Ok(None),
            Err(TextError::TooLong { most }) => {
                Err(Refusal::on(Code::FieldTooLong, field).with(most.to_string()))
            }
            Err(TextError::HasControls(Sign { sign, place })) => {
                let told = format!("{place} (U+{:04X})", u32::from(sign));
                Err(Refusal::on(Code::TextCharacter, field).with(told))
            }
        }
    }

    /// Takes back a text that was parsed before it was stored.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(bounded::Text::stored(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A name the way it is compared: lower case, full-width letters and digits as plain ones, without
/// spaces and punctuation. For finding look-alikes, never for showing.
#[must_use]
pub fn fold_name(name: &str) -> String {
    name.chars()
        .map(plain)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// An e-mail address in the one shape that can be delivered and compared: `local@domain`, folded
/// to lower case, at most 254 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address, in full width and with a label or a full stop around it as well; what is then
    /// not printable ASCII around a single `@` is refused.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        let bad = || Refusal::on(Code::FieldFormat, field);
        let text = typed::address(text).ok_or_else(bad)?.to_ascii_lowercase();
        if text.len() > EMAIL_CHARS {
            return Err(Refusal::on(Code::FieldTooLong, field).with(EMAIL_CHARS.to_string()));
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

impl Secret for Email {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
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
    use crate::refusal::Lang;

    #[test]
    fn a_folded_name_ignores_width_case_and_punctuation() {
        assert_eq!(
            fold_name("Ａ１７ 号·吴记（鲜肉）"),
            fold_name("a17号吴记鲜肉")
        );
        assert_ne!(fold_name("17号"), fold_name("18号"));
    }

    #[test]
    fn a_text_is_trimmed_bounded_and_free_of_invisible_signs() {
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
        assert_eq!(
            Line::parse("五\u{200B}花肉\u{FEFF}", "goods")
                .unwrap()
                .as_str(),
            "五花肉"
        );
        for bad in ["a\u{0}b", "a\u{202E}b", "a\u{E000}b", "a\u{7}b"] {
            assert_eq!(
                Line::parse(bad, "goods").unwrap_err().code,
                Code::TextCharacter,
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_refused_character_is_told_with_its_place_and_what_to_do() {
        let refusal = Line::parse("五花\u{202E}肉", "goods").unwrap_err();
        assert_eq!(
            refusal.message(Lang::En),
            "Character 3 (U+202E) cannot be used; delete it or write it another way."
        );
        let refusal = Line::parse("某\u{F8FF}", "name").unwrap_err();
        assert_eq!(
            refusal.message(Lang::Zh),
            "第 2 (U+F8FF) 个字符不能使用，请删除它，或者改用其他写法。"
        );
    }

    #[test]
    fn names_are_counted_in_characters_and_kept_as_they_are_written() {
        for name in [
            "刘",
            "𠮷",
            "艾山江·买买提",
            "阿卜杜热西提·阿卜杜克热木·伊布拉音·买买提",
            "㛃",
            "𰻝",
            "ئەسەت",
        ] {
            assert_eq!(Text::<60>::parse(name, "name").unwrap().as_str(), name);
        }
        assert!(Text::<3>::parse("𠮷𰻝㛃", "name").is_ok());
        assert!(Line::parse(&"𰻝".repeat(120), "name").is_ok());
        let old = Line::parse("某\u{E863}", "name").unwrap();
        assert_eq!(old.as_str(), "某\u{4DAE}", "as old systems write it");
    }

    #[test]
    fn invisible_signs_go_and_the_joiners_of_an_emoji_stay() {
        for (sent, kept) in [
            (
                "买了两公斤\u{200B}，公平秤只有1.86公斤",
                "买了两公斤，公平秤只有1.86公斤",
            ),
            (
                "秤不准🤷\u{200D}♀\u{FE0F}，老板不认",
                "秤不准🤷\u{200D}♀\u{FE0F}，老板不认",
            ),
            ("17号摊\u{200B}", "17号摊"),
        ] {
            assert_eq!(Narrative::parse(sent, "narrative").unwrap().as_str(), kept);
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
            "a@b.c\r\nBcc: x",
            "邮箱：",
            "张三@县.example",
            "a@b.c和x@y.z",
        ] {
            assert!(Email::parse(bad, "email").is_err(), "{bad:?}");
        }
        let long = format!("{}@{}.example", "a".repeat(60), "b.".repeat(120));
        assert_eq!(
            Email::parse(&long, "email").unwrap_err().code,
            Code::FieldTooLong
        );
    }

    #[test]
    fn an_address_is_read_as_a_chinese_keyboard_writes_it() {
        for typed in [
            "ｚｈｏｕ＠ｃｏｕｎｔｙ．ｅｘａｍｐｌｅ",
            "zhou＠county。example。",
            "zhou @ county.example",
            "邮箱：zhou@county.example，谢谢",
            "邮箱——zhou@county.example",
            "email: zhou@county.example.",
            "周 <zhou@county.example>",
            "\u{200B}zhou@county\u{AD}.example\u{FEFF}",
        ] {
            let read = Email::parse(typed, "email").unwrap();
            assert_eq!(read.as_str(), "zhou@county.example", "{typed}");
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
