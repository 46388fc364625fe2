//! The input: an answered checklist.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::law::venue::{ChecklistWord, Venue};
use crate::text::Text;

/// The most answers that are taken; no template has more rows.
pub(super) const MOST_ANSWERS: usize = 100;

/// An answered checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The day of the inspection; with the venue it picks the template.
    pub inspected_on: NaiveDate,
    /// The kind of venue.
    #[serde(with = "ChecklistWord")]
    pub venue: Venue,
    /// The id of the template that was answered, such as `checklist-stall-2025`.
    pub template: Text<80>,
    /// The edition of the template that was answered.
    pub edition: Text<80>,
    /// The answers, in any order; at most 100.
    pub answers: Vec<Answer>,
}

/// The answer to one row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The name of the row, such as `STL-03`.
    pub row: Text<40>,
    /// The answer.
    pub answer: AnswerGiven,
    /// What the officer adds.
    pub note: Option<Text<500>>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnswerGiven {
    /// The requirement is met.
    Yes,
    /// It is not met.
    No,
    /// It does not concern this venue; only where the row allows it.
    NotApplicable,
    /// It could not be seen.
    NotSeen,
}
