//! How long a verification holds by the catalogue of instruments.

use chrono::NaiveDate;

use super::{IntervalError, valid_until};
use crate::rules::Period;

/// How long a verification holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Until a day, that day included.
    Until(NaiveDate),
    /// The interval is known as a range only: at least until the first day, at most until the second.
    Between {
        /// The last day by the shortest interval.
        earliest: NaiveDate,
        /// The last day by the longest interval.
        latest: NaiveDate,
    },
    /// Verified once and for all.
    ForGood,
}

impl Term {
    /// The last day by the longest reading, where there is an end.
    pub fn latest(self) -> Option<NaiveDate> {
        match self {
            Self::Until(last) | Self::Between { latest: last, .. } => Some(last),
            Self::ForGood => None,
        }
    }
}

/// How long a verification of that day holds by a period of the catalogue.
pub fn term(verified_on: NaiveDate, period: Period) -> Result<Term, IntervalError> {
    let last = |months: std::num::NonZeroU16| valid_until(verified_on, months.get().into(), None);
    Ok(match period {
        Period::FirstOnly => Term::ForGood,
        Period::FirstOnlyWithUseLife { months }
        | Period::Periodic {
            months,
            months_at_most: None,
        } => Term::Until(last(months)?),
        Period::Periodic {
            months,
            months_at_most: Some(most),
        } => Term::Between {
            earliest: last(months)?,
            latest: last(most)?,
        },
    })
}
