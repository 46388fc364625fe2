//! Every "no" of the system: a stable code, its class, and a sentence in both languages.
//!
//! Codes are API. They may be added, never renamed or reused; `mobile-contract/error-codes.json`
//! is printed from this table.

mod code;

pub use code::{Channel, Class, Code};

use std::fmt;
use strum::IntoEnumIterator;

impl Code {
    /// The code as it stands in the contract, such as `PHOTO_TRUNCATED`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// All codes in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }
}

/// A refusal: which rule said no, about which field, with one detail for the sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", code.as_str())]
pub struct Refusal {
    /// The rule that said no.
    pub code: Code,
    /// The input field, in the contract's spelling.
    pub field: Option<&'static str>,
    /// What the sentence names: a limit, a date, a state. Never a stranger's words.
    pub detail: Option<String>,
    /// What was refused within the field, where that is a document of its own.
    pub within: Option<Box<Within>>,
}

/// What was refused within a document, such as a measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// The code of the library that reads the document.
    pub code: String,
    /// The path of the field, such as `category.class_by.group`.
    pub path: Option<String>,
}

impl Refusal {
    /// A refusal of the whole command.
    #[must_use]
    pub const fn of(code: Code) -> Self {
        Self {
            code,
            field: None,
            detail: None,
            within: None,
        }
    }

    /// A refusal of one field.
    #[must_use]
    pub const fn on(code: Code, field: &'static str) -> Self {
        Self {
            code,
            field: Some(field),
            detail: None,
            within: None,
        }
    }

    /// A refusal of something within a document; its sentence names code and path.
    #[must_use]
    pub fn within(mut self, code: impl Into<String>, path: Option<&str>) -> Self {
        let code = code.into();
        self.detail = Some(match path {
            Some(path) => format!("{code} ({path})"),
            None => code.clone(),
        });
        let path = path.map(str::to_owned);
        self.within = Some(Box::new(Within { code, path }));
        self
    }

    /// Adds the detail that the sentence names.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The sentence for people.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let sentence = match lang {
            Lang::Zh => self.code.zh(),
            Lang::En => self.code.en(),
        };
        sentence.replace("{}", self.detail.as_deref().unwrap_or("—"))
    }
}

/// The two languages that the system speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Picks one of two texts.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_speaks_both_languages_with_the_same_detail() {
        for code in Code::all() {
            assert!(!code.zh().is_empty() && !code.en().is_empty());
            assert_eq!(code.zh().contains("{}"), code.en().contains("{}"), "{code}");
        }
    }

    #[test]
    fn a_refusal_names_its_detail() {
        let refusal = Refusal::on(Code::FieldTooLong, "goods").with("120");
        assert_eq!(refusal.message(Lang::En), "Too long; at most 120.");
        assert_eq!(refusal.code.as_str(), "FIELD_TOO_LONG");
    }
}
