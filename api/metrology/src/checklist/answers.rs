//! The input: an answered checklist.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The most answers that are taken; no template has more rows.
pub(super) const MOST_ANSWERS: usize = 100;

/// An answered checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The day of the inspection; with the venue it picks the template.
    pub inspected_on: NaiveDate,
    /// The kind of venue.
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

/// The kinds of venue that have a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Venue {
    /// The organiser of a market (集市主办者).
    MarketOrganiser,
    /// A stall in a market (集市经营者).
    Stall,
    /// A shop (商店).
    Shop,
    /// A restaurant (餐饮店).
    Restaurant,
    /// A gas station (加油站).
    GasStation,
    /// An optician (眼镜制配者).
    Optician,
    /// A packer of prepackaged goods (定量包装商品生产者).
    Packer,
}

impl Venue {
    /// Its name, as the input spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::MarketOrganiser => "MARKET_ORGANISER",
            Self::Stall => "STALL",
            Self::Shop => "SHOP",
            Self::Restaurant => "RESTAURANT",
            Self::GasStation => "GAS_STATION",
            Self::Optician => "OPTICIAN",
            Self::Packer => "PACKER",
        }
    }
}
