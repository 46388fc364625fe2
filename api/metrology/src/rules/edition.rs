//! One edition of a rule: its head, its days in force, and how well its rows are known.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::RuleError;

/// How well a number or a reading of the law is known, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Seen in a source of the text itself.
    Verified,
    /// Seen only in a derivative source, or in an older edition believed unchanged.
    Secondary,
    /// From general knowledge, or our reading where the text is silent or open.
    Unverified,
    /// Not law: a proposal of this project.
    Proposal,
}

impl Provenance {
    /// Whether a verdict that rests on this may change once somebody checks the primary text.
    pub fn is_provisional(self) -> bool {
        self >= Self::Unverified
    }
}

/// Text in a rule file that must say something: titles, articles, sources.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct RuleText(String);

impl RuleText {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RuleText {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() {
            Err("the text is blank")
        } else {
            Ok(Self(text))
        }
    }
}

impl fmt::Display for RuleText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which date picks an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PickedBy {
    /// The day of the inspection.
    InspectionDate,
}

/// The head of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionHead {
    /// The identity of the rule file, recorded in every verdict made by it.
    pub id: RuleText,
    /// The edition, such as the year of the last amendment.
    pub edition: RuleText,
    /// The instrument's title in Chinese.
    pub title_zh: RuleText,
    /// The instrument's title in English.
    pub title_en: RuleText,
    /// The issuing numbers and dates.
    pub number: RuleText,
    /// The first day in force.
    pub valid_from: NaiveDate,
    /// The last day in force; absent while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Which date picks the edition.
    pub picked_by: PickedBy,
    /// How well title, number and days in force are known.
    pub provenance: Provenance,
    /// Where they are from.
    pub source: RuleText,
}

/// An edition of one family.
#[derive(Debug, Clone)]
pub struct Edition<F> {
    /// Title, number and days in force.
    pub head: EditionHead,
    /// The rules themselves.
    pub rules: F,
    file: String,
}

impl<F> Edition<F> {
    pub(super) fn identity(&self) -> (&str, &str) {
        (self.head.id.as_str(), &self.file)
    }
}

/// No edition of a family is loaded for a day. Never a guess: the nearest edition is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no edition of {family} is loaded for {on}")]
pub struct NoEdition {
    /// The family, as its section in a rule file is called.
    pub family: &'static str,
    /// The day.
    pub on: NaiveDate,
}

/// The editions of one family, oldest first once their dates were checked.
#[derive(Debug, Clone)]
pub struct Editions<F>(Vec<Edition<F>>);

impl<F> Default for Editions<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F> Editions<F> {
    pub(super) fn add(&mut self, file: &str, head: EditionHead, rules: F) {
        self.0.push(Edition {
            head,
            rules,
            file: file.to_owned(),
        });
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Edition<F>> {
        self.0.iter()
    }

    pub(super) fn on(&self, date: NaiveDate) -> Option<&Edition<F>> {
        self.0.iter().find(|edition| {
            edition.head.valid_from <= date && edition.head.valid_to.is_none_or(|last| date <= last)
        })
    }

    /// Sorts by first day and refuses editions that share a day.
    pub(super) fn check_dates(&mut self) -> Result<(), RuleError> {
        self.0.sort_by_key(|edition| edition.head.valid_from);
        for (earlier, later) in self.0.iter().zip(self.0.iter().skip(1)) {
            if earlier
                .head
                .valid_to
                .is_none_or(|last| last >= later.head.valid_from)
            {
                return Err(RuleError::Overlap {
                    file: later.file.clone(),
                    other: earlier.file.clone(),
                });
            }
        }
        Ok(())
    }
}
