//! Conduct against metrology law, by code: what it is, by which article, and what may follow.
//!
//! The table is `law/violations.toml`. A fine is checked against the table, never chosen by it:
//! discretion tiers are not published, and what follows from gains needs the gains.

mod table;

pub use liangxin_metrology::law::violation::{ViolationCode, ViolationCodeError};

use chrono::NaiveDate;
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
    /// When the article allows its fine.
    pub fine_condition: FineCondition,
    /// Whether correction is ordered.
    pub correction: Correction,
    /// Whether use is stopped.
    pub stop_use: StopUse,
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

/// Why the table does not allow a fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FineRefusal {
    /// Below the range. A mitigated fine may be (Penalty Law, article 32), with its own reason.
    #[error("the fine is below {min} yuan")]
    BelowRange {
        /// The least fine.
        min: Fen,
    },
    /// Above every range of the row.
    #[error("the fine is above {max} yuan")]
    AboveRange {
        /// The highest fine.
        max: Fen,
    },
    /// The row allows no fine, or names no sum to check against.
    #[error("the article names no fine")]
    NoFineInRange,
}

impl Violation {
    /// Whether a fine lies in a range of the row. Whether its condition is met and the case is
    /// grave is the officer's to show. A fine by gains without a ceiling always passes: the
    /// gains are not known here.
    pub fn check_fine(&self, fine: Fen) -> Result<(), FineRefusal> {
        let grave_max = self.grave.as_ref().map(|grave| grave.fine_max);
        match (self.fine_max.max(grave_max), self.gains_multiple) {
            (Some(max), _) if fine > max => Err(FineRefusal::AboveRange { max }),
            (Some(_), _) => match self.fine_min {
                Some(min) if fine < min => Err(FineRefusal::BelowRange { min }),
                _ => Ok(()),
            },
            (None, Some(_)) => Ok(()),
            (None, None) => Err(FineRefusal::NoFineInRange),
        }
    }
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
