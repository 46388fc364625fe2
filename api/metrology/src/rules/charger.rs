//! The form of the rules for chargers of electric vehicles. Alternating and direct current have an
//! instrument of law each, hence a family each; the rows are the same.

use serde::Deserialize;

use super::file::Document;
use super::series::check_limit;
use super::{
    BandProblem, ErrorReading, Family, LimitRow, PickedBy, Provenance, RuleError, RuleText,
    ViolationsByCost,
};
use crate::charger::{ChargerClass, ClockStage};
use crate::quantity::{KilowattHour, Second};

/// The rows for one current.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargerRows {
    /// What a failure suggests.
    pub violations: ViolationsByCost,
    /// The greatest error of energy by accuracy class.
    pub error: ErrorByClass,
    /// Which error the limit binds.
    pub error_reading: ErrorReading,
    /// The coarsest step in which energy may be shown.
    pub energy_step: EnergyStepRow,
    /// The greatest error of the clock.
    pub clock: ClockByStage,
}

/// The greatest error of energy by accuracy class.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorByClass {
    /// Class 1.
    pub class_1: LimitRow,
    /// Class 2.
    pub class_2: LimitRow,
}

impl ErrorByClass {
    /// The row of a class.
    pub fn of(&self, class: ChargerClass) -> &LimitRow {
        match class {
            ChargerClass::Class1 => &self.class_1,
            ChargerClass::Class2 => &self.class_2,
        }
    }
}

/// The coarsest step in which energy may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnergyStepRow {
    /// The step.
    pub limit: KilowattHour,
    /// The clause.
    pub article: RuleText,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The greatest error of the clock by kind of verification.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockByStage {
    /// On initial verification.
    pub initial: ClockRow,
    /// On any later verification and in use.
    pub later: ClockRow,
}

impl ClockByStage {
    /// The row of a stage.
    pub fn of(&self, stage: ClockStage) -> &ClockRow {
        match stage {
            ClockStage::Initial => &self.initial,
            ClockStage::Later => &self.later,
        }
    }
}

/// The greatest error of the clock.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRow {
    /// How far it may be off, on either side.
    pub limit: Second,
    /// The clause.
    pub article: RuleText,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

impl ChargerRows {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        check_limit(file, "error.class_1", &self.error.class_1)?;
        check_limit(file, "error.class_2", &self.error.class_2)?;
        for (row, is_zero) in [
            ("energy_step", self.energy_step.limit.is_zero()),
            ("clock.initial", self.clock.initial.limit.is_zero()),
            ("clock.later", self.clock.later.limit.is_zero()),
        ] {
            if is_zero {
                return Err(RuleError::row(file, row, BandProblem::NoLimit));
            }
        }
        Ok(())
    }
}

/// One edition of the rules for alternating current (交流充电桩, JJG 1148).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct AcChargerRules(
    /// The rows.
    pub ChargerRows,
);

/// One edition of the rules for direct current (非车载充电机, JJG 1149).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DcChargerRules(
    /// The rows.
    pub ChargerRows,
);

impl Family for AcChargerRules {
    const NAME: &'static str = "ac_charger";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.ac_charger.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}

impl Family for DcChargerRules {
    const NAME: &'static str = "dc_charger";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.dc_charger.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}
