//! What is written into a field: words, a day, a moment.

use crate::text::Text;
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt;

/// What is written into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Words.
    Words(String),
    /// A day in China.
    Day(NaiveDate),
    /// A moment.
    Moment(DateTime<Utc>),
}

/// The form of what is written into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidKind {
    /// Words.
    Words,
    /// A day in China.
    Day,
    /// A moment.
    Moment,
}

impl Said {
    /// Its form.
    #[must_use]
    pub const fn kind(&self) -> SaidKind {
        match self {
            Self::Words(_) => SaidKind::Words,
            Self::Day(_) => SaidKind::Day,
            Self::Moment(_) => SaidKind::Moment,
        }
    }

    /// Reads back what [`fmt::Display`] wrote.
    #[must_use]
    pub fn stored(kind: SaidKind, text: String) -> Option<Self> {
        match kind {
            SaidKind::Words => Some(Self::Words(text)),
            SaidKind::Day => text.parse().ok().map(Self::Day),
            SaidKind::Moment => text.parse().ok().map(Self::Moment),
        }
    }
}

/// A day as it is written out on paper.
#[must_use]
pub fn written_out(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Day(day) => day.fmt(f),
            Self::Moment(at) => f.write_str(&at.to_rfc3339()),
        }
    }
}

impl From<&str> for Said {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Said {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl<const MAX: usize> From<&Text<MAX>> for Said {
    fn from(words: &Text<MAX>) -> Self {
        Self::Words(words.to_string())
    }
}

impl From<NaiveDate> for Said {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Said {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Moment(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_reads_back_from_its_text() {
        for said in [
            Said::from("甲"),
            Said::from(NaiveDate::default()),
            Said::from(DateTime::UNIX_EPOCH),
        ] {
            assert_eq!(Said::stored(said.kind(), said.to_string()), Some(said));
        }
    }
}
