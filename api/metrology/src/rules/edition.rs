//! One edition of a rule: its head, its days in force, and how well its rows are known.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::provenance::Provenance;
use crate::verdict::AppliedRule;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PickedBy {
    /// The day of the inspection.
    InspectionDate,
    /// The day the goods were made or imported.
    ProductionDate,
    /// The day the instrument was verified.
    VerificationDate,
}

/// The body of rules that an edition belongs to. Only [`Scheme::Cn`] is law in China; the others are
/// there to cross-check it and are taken only where a measurement names them.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Scheme {
    /// The law of China.
    #[default]
    Cn,
    /// The international recommendations of OIML, edition by edition of its date.
    Oiml,
    /// The directives of the European Union.
    Eu,
}

impl Scheme {
    /// Whether it is the law of China; for a field that is then not written.
    pub(crate) fn is_cn(&self) -> bool {
        *self == Self::Cn
    }
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
    /// The body of rules it belongs to; the law of China where the file says nothing.
    #[serde(default)]
    pub scheme: Scheme,
    /// How well title, number and days in force are known.
    pub provenance: Provenance,
    /// Where they are from.
    pub source: RuleText,
}

impl EditionHead {
    /// Whether the edition is in force on a day, its first and its last day included.
    pub fn is_in_force_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// The part of an edition that one family of rules is, with the head of the edition.
#[derive(Debug)]
pub struct Edition<'a, F> {
    /// Title, number and days in force.
    pub head: &'a EditionHead,
    /// The edition as verdicts name it.
    pub named: &'a Arc<AppliedRule>,
    /// The rules themselves.
    pub rules: &'a F,
}

impl<F> Clone for Edition<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Edition<'_, F> {}

/// No edition of a family is loaded for a day. Never a guess: the nearest edition is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no edition of {family} is loaded for {on}")]
pub struct NoEdition {
    /// The family, as its section in a rule file is called.
    pub family: &'static str,
    /// The day.
    pub on: NaiveDate,
}
