//! Words that people send, bounded and readable. Read once at the edge, never checked again.
//!
//! A text is what its reader sees. Signs that nobody sees and that only break a reading, such as a
//! zero-width space copied from a web page, are dropped when a text comes in. Joiners inside a word
//! or an emoji belong to its spelling and stay. What would show a text in another order than it is
//! kept, or show differently on every screen (bidirectional overrides and isolates, unassigned and
//! private code points), is refused with its name and place.
//!
//! What is kept is not looked at again in this way: it stays readable when the rule or Unicode grows.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// Text of 1 to `MOST` characters without surrounding blanks. It appears in explanations and decides
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<const MOST: usize, L = OneLine>(String, PhantomData<L>);

/// The name of the goods as the stall or the label calls them.
pub type GoodsName = Text<200>;

/// Why an officer departed from a default, in the officer's words.
pub type OverrideReason = Text<500>;

/// Whether a text may run over several lines.
pub trait Layout {
    /// Whether a control character belongs to the layout.
    fn has(control: char) -> bool;
}

/// One line: no control characters at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OneLine {}

/// Lines and columns: breaks and tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lines {}

impl Layout for OneLine {
    fn has(_: char) -> bool {
        false
    }
}

impl Layout for Lines {
    fn has(control: char) -> bool {
        matches!(control, '\n' | '\r' | '\t')
    }
}

impl<const MOST: usize, L: Layout> Text<MOST, L> {
    /// Takes a text as somebody sent it.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let clean = readable(text)?;
        Self::bounded(&clean)
    }

    /// Takes back a text that was parsed before it was stored, by whatever version of the rule.
    pub fn stored(text: String) -> Self {
        Self(text, PhantomData)
    }

    fn bounded(text: &str) -> Result<Self, TextError> {
        let kept = text.trim();
        if kept.is_empty() {
            return Err(TextError::Empty);
        }
        if kept.chars().nth(MOST).is_some() {
            return Err(TextError::TooLong { most: MOST });
        }
        let is_foreign = |sign: char| sign.is_control() && !L::has(sign);
        match find(text, kept, is_foreign) {
            Some(sign) => Err(TextError::HasControls(sign)),
            None => Ok(Self::stored(kept.to_owned())),
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize, L> fmt::Display for Text<MOST, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MOST: usize, L> Serialize for Text<MOST, L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, const MOST: usize, L: Layout> Deserialize<'de> for Text<MOST, L> {
    /// Takes back what was kept; whatever comes in from outside goes through [`readable`] first.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::bounded(&text)
            .map_err(|error| D::Error::custom(format_args!("{}: {error}", error.code())))
    }
}

/// A text that came in from outside without what only breaks a reading; refused for a sign that
/// would make it read otherwise than it is kept.
pub fn readable(text: &str) -> Result<Cow<'_, str>, TextError> {
    let is_blank = |sign: char| sign.is_whitespace() || breaks_reading(sign);
    // A joiner with nothing on one side joins nothing.
    let body = text.trim_matches(|sign| is_blank(sign) || matches!(sign, '\u{200C}' | '\u{200D}'));
    if let Some(sign) = find(text, body, is_refused) {
        return Err(TextError::HasControls(sign));
    }
    let is_changed = |sign: char| breaks_reading(sign) || breaks_line(sign);
    if text.contains(is_changed) || text.trim() != body {
        let body = body.replace(breaks_reading, "");
        return Ok(Cow::Owned(body.replace(breaks_line, "\n")));
    }
    Ok(Cow::Borrowed(text))
}

/// Zero-width spaces, marks of direction, the vertical tab, soft hyphens, fillers without a shape, tags:
/// nobody sees them and no spelling needs them.
fn breaks_reading(sign: char) -> bool {
    matches!(
        sign,
        '\u{200B}'
            | '\u{FEFF}'
            | '\u{2060}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{061C}'
            | '\u{000B}'
            | '\u{00AD}'
            | '\u{180E}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// The line breaks that are no control characters: line and paragraph separator.
fn breaks_line(sign: char) -> bool {
    matches!(sign, '\u{2028}' | '\u{2029}')
}

/// What orders the signs around it anew, calculates invisibly, hides others behind them, or has no shape
/// that all share.
fn is_refused(sign: char) -> bool {
    let has_no_shape = || {
        matches!(
            sign.general_category(),
            GeneralCategory::Unassigned | GeneralCategory::PrivateUse
        )
    };
    matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || (!sign.is_ascii() && has_no_shape())
}

/// The first sign of `part` that is refused, with its place in the whole text.
fn find(text: &str, part: &str, is_refused: impl Fn(char) -> bool) -> Option<Sign> {
    let (before, sign) = part
        .chars()
        .enumerate()
        .find(|(_, sign)| is_refused(*sign))?;
    let start = text.split(part).next().unwrap_or_default();
    Some(Sign {
        sign,
        place: start.chars().count() + before + 1,
    })
}

/// A sign that no text may hold, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// The sign.
    pub sign: char,
    /// Its place, counted in characters from 1.
    pub place: usize,
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sign, place } = self;
        let name = name(*sign);
        write!(f, "U+{:04X} {name} at character {place}", u32::from(*sign))
    }
}

fn name(sign: char) -> &'static str {
    match sign {
        '\u{202A}' => "LEFT-TO-RIGHT EMBEDDING",
        '\u{202B}' => "RIGHT-TO-LEFT EMBEDDING",
        '\u{202C}' => "POP DIRECTIONAL FORMATTING",
        '\u{202D}' => "LEFT-TO-RIGHT OVERRIDE",
        '\u{202E}' => "RIGHT-TO-LEFT OVERRIDE",
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE",
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE",
        '\u{2068}' => "FIRST STRONG ISOLATE",
        '\u{2069}' => "POP DIRECTIONAL ISOLATE",
        _ if sign.is_control() => "(control character)",
        _ => match sign.general_category() {
            GeneralCategory::Unassigned => "(unassigned)",
            GeneralCategory::PrivateUse => "(private use)",
            _ => "(invisible)",
        },
    }
}

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Empty or blank.
    #[error("the text is empty")]
    Empty,
    /// Too long.
    #[error("the text is longer than {most} characters")]
    TooLong {
        /// The most characters allowed.
        most: usize,
    },
    /// It holds a control character, such as a line break where there are no lines, or a sign that
    /// would make it read otherwise than it is kept.
    #[error("the text holds {0}")]
    HasControls(Sign),
}

impl TextError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "TEXT_EMPTY",
            Self::TooLong { .. } => "TEXT_TOO_LONG",
            Self::HasControls(_) => "TEXT_HAS_CONTROLS",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, TextError> {
        Text::<20, Lines>::parse(text).map(|text| text.as_str().to_owned())
    }

    #[test]
    fn what_only_breaks_a_reading_is_dropped() {
        for sign in [
            '\u{200B}',
            '\u{FEFF}',
            '\u{2060}',
            '\u{200E}',
            '\u{200F}',
            '\u{061C}',
            '\u{000B}',
            '\u{00AD}',
            '\u{180E}',
            '\u{2800}',
            '\u{3164}',
            '\u{FFA0}',
            '\u{E0001}',
            '\u{E0041}',
        ] {
            let text = format!("{sign} 吴{sign}记{sign}");
            assert_eq!(read(&text).unwrap(), "吴记", "{sign:?}");
            assert_eq!(read(&sign.to_string()), Err(TextError::Empty), "{sign:?}");
        }
    }

    #[test]
    fn a_dropped_sign_does_not_count() {
        let text = "肉\u{200B}".repeat(20);
        assert_eq!(read(&text).unwrap(), "肉".repeat(20));
        assert_eq!(
            read(&format!("{text}肉")),
            Err(TextError::TooLong { most: 20 })
        );
    }

    #[test]
    fn a_joiner_inside_a_word_or_an_emoji_stays_and_one_at_the_end_goes() {
        for text in [
            "می\u{200C}خواهم",
            "👩\u{200D}🌾",
            "क\u{94D}\u{200D}ष",
            "❤\u{FE0F}",
        ] {
            assert_eq!(read(text).unwrap(), text);
        }
        assert_eq!(read("\u{200D}肉\u{200C} ").unwrap(), "肉");
    }

    #[test]
    fn what_shows_a_text_otherwise_than_it_is_kept_is_refused_by_name_and_place() {
        for (text, told) in [
            (
                "猪肉\u{202E}格合",
                "U+202E RIGHT-TO-LEFT OVERRIDE at character 3",
            ),
            (" a\u{2066}b", "U+2066 LEFT-TO-RIGHT ISOLATE at character 3"),
            ("\u{202A}", "U+202A LEFT-TO-RIGHT EMBEDDING at character 1"),
            ("a\u{0378}", "U+0378 (unassigned) at character 2"),
            ("\u{E000}", "U+E000 (private use) at character 1"),
            ("a\u{2063}b", "U+2063 (invisible) at character 2"),
            ("a\u{7}b", "U+0007 (control character) at character 2"),
            ("a\u{FFF9}b", "U+FFF9 (invisible) at character 2"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.code(), "TEXT_HAS_CONTROLS");
            assert_eq!(error.to_string(), format!("the text holds {told}"));
        }
    }

    #[test]
    fn breaks_are_for_texts_of_several_lines() {
        assert_eq!(read("a\n\tb").unwrap(), "a\n\tb");
        assert!(Text::<20>::parse("a\nb").is_err());
        assert!(Text::<20>::parse("a\n").is_ok());
    }

    #[test]
    fn a_separator_of_lines_is_a_line_break() {
        for separator in ['\u{2028}', '\u{2029}'] {
            let text = format!("猪肉{separator}合格{separator}");
            assert_eq!(read(&text).unwrap(), "猪肉\n合格");
            let error = Text::<20>::parse(&text).unwrap_err();
            assert_eq!(
                error.to_string(),
                "the text holds U+000A (control character) at character 3"
            );
        }
    }

    #[test]
    fn a_text_that_was_kept_before_the_rule_is_still_read() {
        let kept = "\"猪肉\u{202E}格合\"";
        let text: Text<20> = serde_json::from_str(kept).unwrap();
        assert_eq!(serde_json::to_string(&text).unwrap(), kept);
        assert!(serde_json::from_str::<Text<20>>("\"a\\u0007\"").is_err());
    }
}
