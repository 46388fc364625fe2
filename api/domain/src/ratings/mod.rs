//! The public integrity rating (诚信计量等级): indicators, an exact score, a grade and its reasons.
//!
//! Everything that weighs is data in `law/rating*.toml` under a formula version, and all of it is
//! a proposal: no published table could be read. Formula 2026-1 ([`score`]) holds for its days, formula
//! 2027-1 ([`capped`]) since. Only decided facts belong here; a complaint
//! accepted, a report received or a case merely filed must not reach these functions.

pub mod badge;
pub mod capped;
pub mod evidence;
mod formula;
pub mod grade;
pub mod indicator;
pub mod open;
pub mod ratio;
pub mod score;
pub mod shown;

pub use formula::RatingFormula;

use capped::CappedFormula;
use chrono::NaiveDate;
use shown::ShownGrades;

use crate::law::{edition::LawError, provenance::Provenance};

/// The formulas, each for its days, and which of their grades are public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formulas {
    weighted: RatingFormula,
    capped: CappedFormula,
    shown: ShownGrades,
}

/// The formula of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula<'a> {
    /// 2026-1: a mean of what was looked at.
    Weighted(&'a RatingFormula),
    /// 2027-1: points with caps.
    Capped(&'a CappedFormula),
}

impl Formulas {
    /// The formulas this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Ok(Self {
            weighted: RatingFormula::embedded()?,
            capped: CappedFormula::embedded()?,
            shown: ShownGrades::embedded()?,
        })
    }

    /// Which grades everybody may see.
    #[must_use]
    pub const fn shown(&self) -> &ShownGrades {
        &self.shown
    }

    /// The newest one, which is published with the open data.
    #[must_use]
    pub const fn capped(&self) -> &CappedFormula {
        &self.capped
    }

    /// The one that holds on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Formula<'_> {
        if day < self.capped.valid_from() {
            Formula::Weighted(&self.weighted)
        } else {
            Formula::Capped(&self.capped)
        }
    }
}

impl Formula<'_> {
    /// The version that every grade names.
    #[must_use]
    pub fn version(&self) -> &str {
        match self {
            Self::Weighted(weighted) => weighted.version(),
            Self::Capped(capped) => capped.version(),
        }
    }

    /// How well its numbers are known.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        match self {
            Self::Weighted(weighted) => weighted.provenance(),
            Self::Capped(capped) => capped.provenance(),
        }
    }
}
