//! The form of the catalogue of instruments with their verification intervals, and of the rule of
//! the three codes.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use serde::Deserialize;

use super::file::Document;
use super::{BandProblem, Family, PickedBy, Provenance, RuleError, RuleText, ViolationCode};
use crate::law::instrument::InstrumentKind;
use crate::quantity::Gram;
use crate::verification::Purpose;

/// One edition of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
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
}

/// The duty to be verified and within the period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerificationDuty {
    /// The articles.
    pub article: RuleText,
    /// What an instrument under compulsory verification suggests that is unverified or overdue.
    pub violation: ViolationCode,
    /// What it suggests when it failed and is still in use.
    pub violation_failed: ViolationCode,
    /// What an instrument suggests whose verification is not compulsory.
    pub violation_not_compulsory: ViolationCode,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

/// The mark of verification.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerificationMarkRow {
    /// The articles.
    pub article: RuleText,
    /// What a forged mark suggests.
    pub violation_forged: ViolationCode,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

/// What a broken or missing seal is, by kind of instrument.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealRows {
    /// Any other instrument.
    pub general: SealRow,
    /// Scales and weights in trade.
    pub scale: SealRow,
    /// Fuel dispensers.
    pub fuel_dispenser: SealRow,
}

/// A broken or missing seal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealRow {
    /// The articles.
    pub article: RuleText,
    /// What it suggests, where one violation fits.
    pub violation: Option<ViolationCode>,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

/// Instruments that cheat.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheatingRow {
    /// The articles.
    pub article: RuleText,
    /// What signs of it suggest.
    pub violation: ViolationCode,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

/// From when on a period is said to end soon.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueSoon {
    /// Full days left, this number included.
    pub days: u32,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

/// One instrument of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentRow {
    /// Its name in Chinese.
    pub name_zh: RuleText,
    /// Its name in English.
    pub name_en: RuleText,
    /// The purpose it is listed for; absent for standards.
    pub area: Option<Purpose>,
    /// Whether its verification is compulsory where it serves one of the four purposes.
    pub mandatory: bool,
    /// The verification regulation that fixes the interval, where it is known.
    pub regulation: Option<RuleText>,
    /// Form and interval of verification.
    pub period: Period,
    /// Which row speaks of its seals.
    #[serde(default)]
    pub seals: SealsOf,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
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
}

impl VerificationRules {
    /// The row of a kind of instrument; nothing where no interval is known.
    pub fn find(&self, kind: InstrumentKind) -> Option<&InstrumentRow> {
        self.instruments.get(&kind.listed_as())
    }

    /// The row on the seals of an instrument.
    pub fn seals_of(&self, kind: InstrumentKind) -> &SealRow {
        let which = self.find(kind).map(|row| row.seals);
        match which.unwrap_or_default() {
            SealsOf::General => &self.seals.general,
            SealsOf::Scale => &self.seals.scale,
            SealsOf::FuelDispenser => &self.seals.fuel_dispenser,
        }
    }
}

impl Family for VerificationRules {
    const NAME: &'static str = "verification_intervals";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.verification_intervals.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.instruments.is_empty() {
            return Err(RuleError::row(file, "instruments", BandProblem::Empty));
        }
        let is_turned = |row: &InstrumentRow| match row.period {
            Period::Periodic {
                months,
                months_at_most,
            } => months_at_most.is_some_and(|most| most <= months),
            Period::FirstOnly | Period::FirstOnlyWithUseLife { .. } => false,
        };
        match self.instruments.values().find(|row| is_turned(row)) {
            Some(row) => {
                let name = format!("instruments, {}", row.name_en);
                Err(RuleError::row(file, name, BandProblem::Unsorted))
            }
            None => Ok(()),
        }
    }
}

/// The rule of the three codes and one seal of price-computing scales (JJF 2184). It binds scales
/// made while it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThreeCodeRules {
    /// The clause.
    pub article: RuleText,
    /// The greatest Max the rule covers, this capacity included.
    pub max_up_to: Gram,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

impl Family for ThreeCodeRules {
    const NAME: &'static str = "three_codes";
    const PICKED_BY: PickedBy = PickedBy::ProductionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.three_codes.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.max_up_to.is_zero() {
            return Err(RuleError::row(file, "three_codes", BandProblem::NoLimit));
        }
        Ok(())
    }
}
