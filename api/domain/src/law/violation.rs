//! Conduct against metrology law, by code: what it is, by which article, and what may follow.
//!
//! The table is `law/violations.toml`. A fine is checked against the table, never chosen by it:
//! discretion tiers are not published, and what follows from gains needs the gains of the case.

mod table;

pub use liangxin_metrology::law::violation::{ViolationCode, ViolationCodeError};

use chrono::NaiveDate;
use liangxin_metrology::law::venue::Venue;
use serde::Deserialize;

use super::edition::{self, Dated, LawError};
use super::provenance::Provenance;
use crate::money::Fen;

/// Where a sentence of law stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its edition: order number, year, amendments.
    pub edition: String,
    /// The article.
    pub article: String,
}

words! {
    /// Whether the article orders the conduct to be corrected. With a penalty correction is always
    /// ordered (Administrative Penalty Law, article 28), so this speaks of the article alone.
    #[derive(Default)]
    pub enum Correction {
        /// The article orders no correction.
        #[default]
        NotOrdered,
        /// At once (责令改正).
        Ordered,
        /// By a date (限期改正).
        ByDate,
    }

    /// Whether an instrument may not be used any more.
    #[derive(Default)]
    pub enum StopUse {
        /// It may.
        #[default]
        NotOrdered,
        /// Its use is stopped (责令停止使用).
        Ordered,
    }

    /// Whether the article orders a loss to be made good.
    #[derive(Default)]
    pub enum Compensation {
        /// It does not.
        #[default]
        NotOrdered,
        /// It does (赔偿损失).
        Ordered,
    }

    /// What is taken away.
    #[derive(Default)]
    pub enum Confiscation {
        /// Nothing.
        #[default]
        None,
        /// The illegal gains.
        Gains,
        /// The instrument or the forged marks.
        Items,
        /// Both.
        ItemsAndGains,
    }

    /// When the article allows its fine.
    #[derive(Default)]
    pub enum FineCondition {
        /// At once.
        #[default]
        Direct,
        /// Only if correction was refused or not made by its date.
        OnRefusalOnly,
        /// If correction was refused, or the case is grave.
        OnRefusalOrGrave,
    }
}

/// A second, heavier range of the same article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraveTier {
    /// The least fine; open below if nothing.
    pub fine_min: Option<Fen>,
    /// The highest fine.
    pub fine_max: Fen,
    /// What makes the case grave, in Chinese.
    pub when_zh: String,
    /// What makes the case grave, in English.
    pub when_en: String,
}

/// A fine that is a multiple of the illegal gains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GainsMultiple {
    /// The least multiple; open below if nothing.
    pub least: Option<u32>,
    /// The highest multiple.
    pub most: u32,
    /// The highest fine, in yuan, where there are no gains; nothing if the article names none.
    pub without_gains_max_yuan: Option<u32>,
}

/// One edition of one row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Stable code.
    pub code: ViolationCode,
    /// The conduct, in Chinese.
    pub conduct_zh: String,
    /// The conduct, in English.
    pub conduct_en: String,
    /// The kinds of venue at which it can be found; every kind if empty.
    pub venues: Vec<Venue>,
    /// The instrument whose range is recorded here, by its Chinese title.
    pub basis_instrument: String,
    /// Its edition.
    pub basis_edition: String,
    /// Its articles: the duty and, where it is another one, the penalty.
    pub basis_article: String,
    /// Other instruments on the same conduct.
    pub further_basis: Vec<Citation>,
    /// What may follow, in Chinese; complete, also where no range can say it.
    pub consequence_zh: String,
    /// What may follow, in English.
    pub consequence_en: String,
    /// The least fine; open below if nothing.
    pub fine_min: Option<Fen>,
    /// The highest fine outside grave cases; nothing if the article names no sum.
    pub fine_max: Option<Fen>,
    /// The heavier range, where the article has two.
    pub grave: Option<GraveTier>,
    /// Set where the fine follows from the gains.
    pub gains_multiple: Option<GainsMultiple>,
    /// Whether the article leaves no choice between a fine and none (并处, not 可并处).
    pub fine_mandatory: bool,
    /// When the article allows its fine.
    pub fine_condition: FineCondition,
    /// Whether correction is ordered.
    pub correction: Correction,
    /// Whether use is stopped.
    pub stop_use: StopUse,
    /// Whether a loss is to be made good.
    pub compensation: Compensation,
    /// What is taken away.
    pub confiscation: Confiscation,
    /// Rows under which the conduct is punished, where its own article only points there.
    pub punished_as: Vec<ViolationCode>,
    /// How well the row is known.
    pub provenance: Provenance,
    /// The first day of conduct to which the row may be applied.
    pub valid_from: NaiveDate,
    /// The last day; open while in force.
    pub valid_to: Option<NaiveDate>,
}

/// What a fine is measured by beside the row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FineCase {
    /// The illegal gains; nothing if nobody stated them, which is not the same as no gains.
    pub gains: Option<Fen>,
    /// Whether the case is of the heavier range of the row.
    pub is_grave: bool,
    /// Whether the fine is mitigated (Penalty Law, article 32): then no minimum is asked for.
    pub is_mitigated: bool,
}

/// Why the table does not allow a fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FineRefusal {
    /// Below the range. A mitigated fine may be (Penalty Law, article 32), with its own reason.
    #[error("the fine is below {min} yuan")]
    BelowRange {
        /// The least fine.
        min: Fen,
    },
    /// Above the range that the case has on this row.
    #[error("the fine is above {max} yuan")]
    AboveRange {
        /// The highest fine.
        max: Fen,
    },
    /// The row allows no fine, or names no sum to check against.
    #[error("the article names no fine")]
    NoFineInRange,
    /// The fine follows from the illegal gains, and nobody stated them.
    #[error("the fine follows from the illegal gains, which are not stated")]
    GainsUnknown,
}

impl Violation {
    /// Whether the conduct can be found at that kind of venue.
    #[must_use]
    pub fn applies_to(&self, venue: Venue) -> bool {
        self.venues.is_empty() || self.venues.contains(&venue)
    }

    /// Whether a fine, of zero if there is none, lies in the range that the case has on this row.
    /// Whether its condition is met is not asked here.
    pub fn check_fine(&self, fine: Fen, of: FineCase) -> Result<(), FineRefusal> {
        let Some(max) = self.highest_fine(of)? else {
            return match fine {
                Fen::ZERO => Ok(()),
                _ => Err(FineRefusal::NoFineInRange),
            };
        };
        if fine > max {
            return Err(FineRefusal::AboveRange { max });
        }
        match self.least_fine(fine, of) {
            Some(least) if fine < least.min(max) && !of.is_mitigated => {
                let min = least.min(max);
                Err(FineRefusal::BelowRange { min })
            }
            _ => Ok(()),
        }
    }

    /// Where the range begins below which a fine is mitigated. That a fine is mandatory, of whatever sum, is no range.
    pub(crate) fn least_in_range(&self, fine: Fen, of: FineCase) -> Option<Fen> {
        let least = self.least_fine(fine, of);
        least.filter(|least| *least > Fen::SMALLEST)
    }

    /// The highest fine in that case; nothing if the row names none.
    fn highest_fine(&self, of: FineCase) -> Result<Option<Fen>, FineRefusal> {
        let grave = self.grave.as_ref().filter(|_| of.is_grave);
        let ceiling = grave.map_or(self.fine_max, |grave| Some(grave.fine_max));
        let Some(multiple) = self.gains_multiple else {
            return Ok(ceiling);
        };
        let by_gains = match (of.gains, multiple.without_gains_max_yuan) {
            (None, _) => return Err(FineRefusal::GainsUnknown),
            (Some(Fen::ZERO), Some(yuan)) => Fen::from_yuan(i64::from(yuan)).unwrap_or(Fen::MAX),
            (Some(gains), _) => times(gains, multiple.most),
        };
        Ok(Some(ceiling.map_or(by_gains, |most| most.min(by_gains))))
    }

    /// The least fine in that case, if there is one; a range of grave cases is one of possible fines
    /// (可并处), so that its minimum is not asked of whoever is not fined.
    fn least_fine(&self, fine: Fen, of: FineCase) -> Option<Fen> {
        let is_fined = fine > Fen::ZERO || self.fine_mandatory;
        let grave = self.grave.as_ref().filter(|_| of.is_grave && is_fined);
        let named = grave.and_then(|grave| grave.fine_min).or(self.fine_min);
        let by_gains = self.gains_multiple.and_then(|multiple| {
            let least = multiple.least?;
            of.gains.map(|gains| times(gains, least))
        });
        let any = self.fine_mandatory.then_some(Fen::SMALLEST);
        named.max(by_gains).max(any)
    }
}

fn times(gains: Fen, times: u32) -> Fen {
    gains.checked_mul(times).unwrap_or(Fen::MAX)
}

impl Dated for Violation {
    fn id(&self) -> &str {
        self.code.as_str()
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }
}

/// All editions of all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The table this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/violations.toml"))
    }

    /// Every row, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }

    /// The row for conduct on that day: old conduct is judged by the old row.
    pub fn get_on(&self, code: &ViolationCode, date: NaiveDate) -> Result<&Violation, LawError> {
        edition::get_on(&self.0, code.as_str(), date)
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        table::parse(text).map(Self)
    }
}

#[cfg(test)]
mod tests;
