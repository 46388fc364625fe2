//! The form of the rules for chargers of electric vehicles. Alternating and direct current have an
//! instrument of law each, hence a family each; the rows are the same.

use serde::Deserialize;

use super::file::Rows;
use super::{ErrorReading, LimitRow, Parts, RuleError, RunsRow, StageReading, ViolationsByCost};
use crate::charger::{ChargerClass, ClockStage};
use crate::quantity::{KilowattHour, Second};

rows! {
    /// The rows for one current.
    pub struct ChargerRows {
        /// What a failure suggests.
        pub violations: ViolationsByCost,
        /// The greatest error of energy by accuracy class.
        pub error: ErrorByClass,
        /// Which error the limit binds.
        pub error_reading: ErrorReading,
        /// The coarsest step in which energy may be shown.
        pub energy_step: LimitRow<KilowattHour>,
        /// The greatest error of the clock.
        pub clock: ClockByStage,
        /// How many runs the mean needs.
        pub runs: RunsRow,
        /// How a verification is judged, of which the sources say nothing of its own.
        pub stages: StageReading,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// The greatest error of energy by accuracy class.
    pub struct ErrorByClass by ChargerClass => LimitRow {
        /// Class 1.
        Class1 => class_1,
        /// Class 2.
        Class2 => class_2,
    }

    /// The greatest error of the clock by kind of verification.
    pub struct ClockByStage by ClockStage => LimitRow<Second> {
        /// On initial verification.
        Initial => initial,
        /// On any later verification and in use.
        Later => later,
    }
}

impl ChargerRows {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        for (class, row) in self.error.each() {
            row.check(file, &format!("error.{class}"))?;
        }
        self.energy_step.check(file, "energy_step")?;
        for (stage, row) in self.clock.each() {
            row.check(file, &format!("clock.{stage}"))?;
        }
        self.parts.check(file)
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

impl Rows for AcChargerRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}

impl Rows for DcChargerRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}
