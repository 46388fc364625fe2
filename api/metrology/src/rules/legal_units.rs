//! The form of the list of units that are not legal, and of the exceptions to it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::file::Rows;
use super::{BandProblem, Parts, RuleError, RuleText, ViolationCode};
use crate::exact::Ratio;
use crate::legal_units::TextUse;

rows! {
    /// One edition of the order on legal units.
    pub struct LegalUnitRules {
        /// The article that commands legal units.
        pub article: RuleText,
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
        /// The first day on which the older units were no longer tolerated.
        pub binding_from: NaiveDate,
        /// The units that are not legal.
        pub units: Vec<UnitRow>,
        /// Where they may be written all the same.
        pub exceptions: UnitExceptions,
        /// Words in which the same characters are no unit.
        pub prose: Prose,
        /// The parts without which nothing is found to conform; none, as a text is looked at whole.
        pub parts: Parts,
    }

    /// One unit that is not legal.
    pub struct UnitRow {
        /// What it is called in English.
        pub name: RuleText,
        /// The ways it is written; Latin ones in any case of letters.
        pub written: Vec<RuleText>,
        /// What follows from it.
        pub treatment: UnitTreatment,
        /// What to write instead, in Chinese.
        pub write_zh: RuleText,
        /// What to write instead, in English.
        pub write_en: RuleText,
        /// How many of the legal unit one of it is, exactly; absent where that is not known or not
        /// one number.
        pub worth: Option<Worth>,
        /// The legal unit of `worth`.
        pub legal_unit: Option<LegalUnit>,
        /// Whether it is a unit after "/" and 每 too; a few characters mean something else there.
        #[serde(default = "yes")]
        pub after_per: bool,
        /// Legal units beside which it may stand: `1克拉(0.2g)`.
        #[serde(default)]
        pub beside: Vec<RuleText>,
        /// The uses in which it is allowed by an exception of its own.
        #[serde(default)]
        pub excepted_in: Vec<TextUse>,
    } with source
}

fn yes() -> bool {
    true
}

/// What follows from writing a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitTreatment {
    /// It is not legal: a failure.
    NotLegal,
    /// A colloquial name, or a character of two meanings: a note.
    Note,
}

units! {
    /// A legal unit that another is expressed in.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
    pub enum LegalUnit {
        Kilogram = "kg",
        Gram = "g",
        Metre = "m",
        Millimetre = "mm",
        Litre = "L",
        SquareMetre = "m²",
        KilowattHour = "kW·h",
    }
}

/// An exact factor, written as a decimal, `"0.5"`, or as a fraction, `"1/3"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Worth {
    numerator: Decimal,
    denominator: u32,
    written: String,
}

impl Worth {
    /// The factor as it is written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    pub(crate) fn of(&self, number: Decimal) -> Ratio {
        Ratio::from(number) * Ratio::from(self.numerator) / i128::from(self.denominator)
    }
}

impl TryFrom<String> for Worth {
    type Error = &'static str;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        let (above, below) = written.split_once('/').unwrap_or((&written, "1"));
        let numerator = Decimal::from_str_exact(above).ok();
        let denominator = below.parse().ok();
        match (numerator, denominator) {
            (Some(numerator), Some(denominator))
                if numerator > Decimal::ZERO && denominator > 0 =>
            {
                Ok(Self {
                    numerator,
                    denominator,
                    written,
                })
            }
            _ => Err("a factor is a decimal or a fraction of whole numbers, more than zero"),
        }
    }
}

rows! {
    /// Where units that are not legal may be written.
    pub struct UnitExceptions {
        /// Goods for export, as their contract says.
        pub export_contract: UnitException,
        /// Medicine.
        pub medical: UnitException,
        /// Old texts and literature.
        pub literature: UnitException,
        /// The trade in gems.
        pub gems: UnitException,
    }
}

impl UnitExceptions {
    /// The exception for a use, if it has one.
    pub fn of(&self, text_use: TextUse) -> Option<&UnitException> {
        match text_use {
            TextUse::ExportContract => Some(&self.export_contract),
            TextUse::Medical => Some(&self.medical),
            TextUse::Literature => Some(&self.literature),
            TextUse::Gems => Some(&self.gems),
            TextUse::PriceTag | TextUse::Label | TextUse::Receipt | TextUse::Advertisement => None,
        }
    }
}

rows! {
    /// One exception.
    pub struct UnitException {
        /// Whether it covers every unit, or only those that name it (`excepted_in`).
        pub all_units: bool,
    } with text

    /// Words that look as if they held a unit.
    pub struct Prose {
        /// The words.
        pub words: Vec<RuleText>,
    } with source
}

impl Rows for LegalUnitRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.units.is_empty() {
            return Err(RuleError::row(file, "units", BandProblem::Empty));
        }
        match self.units.iter().find(|row| row.written.is_empty()) {
            None => self.parts.check(file),
            Some(row) => {
                let row = format!("units, {}", row.name);
                Err(RuleError::row(file, row, BandProblem::Empty))
            }
        }
    }
}
