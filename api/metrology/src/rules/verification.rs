//! The form of the catalogue of instruments with their verification intervals, and of the rule of
//! the three codes.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use chrono::NaiveDate;
use serde::Deserialize;

use super::file::Rows;
use super::{BandProblem, Parts, Provenance, RuleError, RuleText, ViolationCode};
use crate::law::instrument::InstrumentKind;
use crate::quantity::Gram;
use crate::verification::Purpose;

rows! {
    /// One edition of the catalogue.
    pub struct VerificationRules {
        /// The duty to be verified and within the period.
        pub duty: VerificationDuty,
        /// The mark.
        pub mark: VerificationMarkRow,
        /// The seals.
        pub seals: SealRows,
        /// Instruments that cheat.
        pub cheating: CheatingRow,
        /// From when on a period is said to end soon.
        pub due_soon: DueSoon,
        /// The instruments, by kind; a kind without a row has no known interval.
        pub instruments: BTreeMap<InstrumentKind, InstrumentRow>,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// The duty to be verified and within the period.
    pub struct VerificationDuty {
        /// What an instrument under compulsory verification suggests that is unverified or overdue.
        pub violation: ViolationCode,
        /// What it suggests when it failed and is still in use.
        pub violation_failed: ViolationCode,
        /// What an instrument suggests whose verification is not compulsory.
        pub violation_not_compulsory: ViolationCode,
    } with article

    /// The mark of verification.
    pub struct VerificationMarkRow {
        /// What a forged mark suggests.
        pub violation_forged: ViolationCode,
    } with article

    /// What a broken or missing seal is, by kind of instrument.
    pub struct SealRows by SealsOf => SealRow {
        /// Any other instrument.
        General => general,
        /// Scales in trade.
        Scale => scale,
        /// Fuel dispensers.
        FuelDispenser => fuel_dispenser,
        /// Instruments that have no place for a seal.
        None => none,
    }

    /// A broken or missing seal.
    pub struct SealRow {
        /// What it suggests, where one violation fits.
        pub violation: Option<ViolationCode>,
    } with article

    /// Instruments that cheat.
    pub struct CheatingRow {
        /// What signs of it suggest.
        pub violation: ViolationCode,
    } with article

    /// From when on a period is said to end soon.
    pub struct DueSoon {
        /// Full days left, this number included.
        pub days: u32,
    } with source

    /// One instrument of the catalogue.
    pub struct InstrumentRow {
        /// Its name in Chinese.
        pub name_zh: RuleText,
        /// Its name in English.
        pub name_en: RuleText,
        /// The purpose it is listed for; absent for standards.
        pub area: Option<Purpose>,
        /// Whether its verification is compulsory where it serves one of the four purposes.
        pub mandatory: bool,
        /// The first day on which it is, where that is later than the catalogue.
        pub compulsory_from: Option<NaiveDate>,
        /// The verification regulation that fixes the interval, where it is known.
        pub regulation: Option<RuleText>,
        /// How well it is known that the catalogue lists it so; as well as the rest where it is absent.
        pub listed: Option<Provenance>,
        /// Form and interval of verification; absent where only its certificate tells.
        pub period: Option<Period>,
        /// Which row speaks of its seals.
        #[serde(default)]
        pub seals: SealsOf,
    } with source
}

/// The form of verification (Announcement 42/2020) and how long it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(tag = "form", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Period {
    /// Again and again.
    Periodic {
        /// The interval in months; the shortest, where a range is known.
        months: NonZeroU16,
        /// The longest interval in months, where only a range is known.
        months_at_most: Option<NonZeroU16>,
    },
    /// Once; the instrument is used until it fails.
    FirstOnly,
    /// Once; the instrument is exchanged at the end of its use-life.
    FirstOnlyWithUseLife {
        /// The use-life in months.
        months: NonZeroU16,
    },
}

/// Which row speaks of the seals of an instrument.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SealsOf {
    /// [`SealRows::general`].
    #[default]
    General,
    /// [`SealRows::scale`].
    Scale,
    /// [`SealRows::fuel_dispenser`].
    FuelDispenser,
    /// [`SealRows::none`]: nobody need look for seals.
    None,
}

impl InstrumentRow {
    /// How well it is known whether the catalogue lists the instrument.
    pub fn listed(&self) -> Provenance {
        self.listed.unwrap_or(self.provenance)
    }

    /// Whether its verification is compulsory on a day where it serves one of the four purposes.
    pub fn is_compulsory(&self, on: NaiveDate) -> bool {
        self.mandatory && self.compulsory_from.is_none_or(|first| first <= on)
    }
}

impl VerificationRules {
    /// The row of a kind of instrument; nothing where no interval is known.
    pub fn find(&self, kind: InstrumentKind) -> Option<&InstrumentRow> {
        self.instruments.get(&kind.listed_as())
    }

    /// Which row speaks of the seals of an instrument.
    pub fn seals_of(&self, kind: InstrumentKind) -> SealsOf {
        self.find(kind).map(|row| row.seals).unwrap_or_default()
    }
}

impl Rows for VerificationRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.instruments.is_empty() {
            return Err(RuleError::row(file, "instruments", BandProblem::Empty));
        }
        let is_turned = |row: &InstrumentRow| match row.period {
            Some(Period::Periodic {
                months,
                months_at_most,
            }) => months_at_most.is_some_and(|most| most <= months),
            Some(Period::FirstOnly | Period::FirstOnlyWithUseLife { .. }) | None => false,
        };
        match self.instruments.values().find(|row| is_turned(row)) {
            Some(row) => {
                let name = format!("instruments, {}", row.name_en);
                Err(RuleError::row(file, name, BandProblem::Unsorted))
            }
            None => self.parts.check(file),
        }
    }
}

rows! {
    /// The rule of the three codes and one seal of price-computing scales (JJF 2184). It binds
    /// scales made while it is in force.
    pub struct ThreeCodeRules {
        /// The greatest Max the rule covers, this capacity included.
        pub max_up_to: Gram,
    } with article
}

impl Rows for ThreeCodeRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        RuleError::if_zero(&self.max_up_to, file, "three_codes")
    }
}
