//! What is looked at for a rating, at which kinds of venue, and what was found.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use liangxin_metrology::law::venue::Venue;

use super::ratio::{Ratio, RatioError};

words! {
    /// A third of the rating.
    pub enum Pillar {
        /// Self-commitment and management.
        A,
        /// Official findings.
        B,
        /// Society: complaints, reports, customers.
        C,
    }
}

/// The text is not the letter of a pillar and one digit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the id of an indicator")]
pub struct IndicatorIdError(String);

/// The id of an indicator, such as `B2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IndicatorId(String);

impl FromStr for IndicatorId {
    type Err = IndicatorIdError;

    fn from_str(text: &str) -> Result<Self, IndicatorIdError> {
        match text.as_bytes() {
            [b'A'..=b'C', b'1'..=b'9'] => Ok(Self(text.to_owned())),
            _ => Err(IndicatorIdError(text.to_owned())),
        }
    }
}

impl TryFrom<String> for IndicatorId {
    type Error = IndicatorIdError;

    fn try_from(text: String) -> Result<Self, IndicatorIdError> {
        text.parse()
    }
}

impl IndicatorId {
    /// The id, such as `B1`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<IndicatorId> for String {
    fn from(id: IndicatorId) -> Self {
        id.0
    }
}

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One indicator of a formula.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// The pillar it belongs to.
    pub pillar: Pillar,
    /// 1 to 3, by the legal consequence.
    pub tier: u32,
    /// What is looked at, in Chinese.
    pub name_zh: String,
    /// What is looked at, in English.
    pub name_en: String,
    /// Why it has that tier.
    pub tier_reason: String,
    /// Where it applies.
    pub venues: Vec<Venue>,
    /// How its share is counted, in Chinese, where that is laid down.
    pub measure_zh: Option<String>,
    /// How its share is counted, in English, where that is laid down.
    pub measure_en: Option<String>,
    /// With fewer things counted it is not assessed.
    pub least_count: Option<u32>,
}

impl Indicator {
    /// Whether it applies at that kind of venue.
    #[must_use]
    pub fn applies_to(&self, venue: Venue) -> bool {
        self.venues.contains(&venue)
    }

    /// The value for `good` of `counted` things. Nothing counted, or fewer than the formula asks
    /// for, is not assessed.
    pub fn assess(&self, good: u32, counted: u32) -> Result<IndicatorValue, RatioError> {
        if counted < self.least_count.unwrap_or(1) {
            return Ok(IndicatorValue::NotAssessed {
                reason: NotAssessedReason::TooFewFindings,
            });
        }
        Ratio::of(good, counted).map(IndicatorValue::Assessed)
    }
}

words! {
    /// Why an indicator that applies was not assessed.
    pub enum NotAssessedReason {
        /// Nobody has looked yet.
        NotYetChecked,
        /// Looked at, but too rarely to judge.
        TooFewFindings,
        /// The venue has no such thing and need not have it.
        NotProvided,
    }
}

impl NotAssessedReason {
    pub(super) fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::NotYetChecked => ("尚未检查", "not yet checked"),
            Self::TooFewFindings => ("检查次数不足", "too few findings"),
            Self::NotProvided => (
                "该场所未设置且无须设置",
                "not provided and not required here",
            ),
        }
    }
}

/// What was found for an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorValue {
    /// The share that is good.
    Assessed(Ratio),
    /// Nothing that counts: the indicator drops out and the others are scaled up.
    NotAssessed {
        /// Why.
        reason: NotAssessedReason,
    },
}

/// An indicator and what was found for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorFact {
    /// The indicator.
    pub id: IndicatorId,
    /// What was found.
    pub value: IndicatorValue,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ratings::RatingFormula;

    fn indicator(id: &str) -> Indicator {
        let id = id.parse().unwrap();
        RatingFormula::embedded()
            .unwrap()
            .find_indicator(&id)
            .unwrap()
            .clone()
    }

    const TOO_FEW: IndicatorValue = IndicatorValue::NotAssessed {
        reason: NotAssessedReason::TooFewFindings,
    };

    #[test]
    fn quantity_is_not_assessed_below_three_tests() {
        assert_eq!(indicator("B1").assess(2, 2), Ok(TOO_FEW));
        assert_eq!(
            indicator("B1").assess(3, 3),
            Ok(IndicatorValue::Assessed(Ratio::ONE))
        );
    }

    #[test]
    fn a_venue_without_instruments_is_not_assessed_on_their_verification() {
        assert_eq!(indicator("B2").assess(0, 0), Ok(TOO_FEW));
        assert_eq!(
            indicator("B2").assess(0, 1),
            Ok(IndicatorValue::Assessed(Ratio::ZERO))
        );
    }

    #[test]
    fn only_a_pillar_and_a_digit_are_the_id_of_an_indicator() {
        for wrong in ["", "A", "A0", "D1", "a1", "A11"] {
            assert!(wrong.parse::<IndicatorId>().is_err(), "{wrong}");
        }
    }
}
