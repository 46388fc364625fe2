//! The input: one test of a charger against a reference meter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::input::{Checked, contradiction, count, positive};
use crate::quantity::{KilowattHour, Second};
use crate::stage::TestStage;
use crate::standard::Standard;
use crate::text::Text;

/// The most runs taken.
const MOST_RUNS: usize = 20;

/// One test of a charger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EvCharger {
    /// The day of the test; picks the edition of the rules.
    pub tested_on: NaiveDate,
    /// At which stage of its life it is tested, which that of the clock must fit; an inspection in use where
    /// nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<TestStage>,
    /// Who runs the charger; for the explanation only.
    pub operator: Text<200>,
    /// The charger, such as its number; for the explanation only.
    pub charger: Text<200>,
    /// What it delivers; picks the instrument of law.
    pub current: Current,
    /// The accuracy class on the plate.
    pub class: ChargerClass,
    /// The reference meter.
    pub standard: Standard,
    /// The runs, 1 to 20.
    pub runs: Vec<EnergyRun>,
    /// The comparison of the clock, where it was made.
    pub clock: Option<ClockCheck>,
    /// The step in which energy is shown, where it was seen, in kWh; more than zero.
    pub energy_step: Option<KilowattHour>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What a charger delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Current {
    /// Alternating current (交流).
    Ac,
    /// Direct current (直流).
    Dc,
}

/// The accuracy classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ChargerClass {
    /// Class 1 (1级).
    #[serde(rename = "1")]
    Class1,
    /// Class 2 (2级).
    #[serde(rename = "2")]
    Class2,
}

/// One charging.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EnergyRun {
    /// The energy that the charger shows; more than zero.
    pub indicated: KilowattHour,
    /// The energy by the reference meter; more than zero.
    pub reference: KilowattHour,
}

/// A comparison of the clock with the time of day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClockCheck {
    /// How far it is off, on whichever side, in seconds.
    pub off_by: Second,
    /// The kind of verification.
    pub stage: ClockStage,
}

/// The kind of verification, which picks the limit of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClockStage {
    /// The initial verification (首次检定).
    Initial,
    /// Any later verification and inspection in use (后续检定、使用中检查).
    Later,
}

impl From<TestStage> for ClockStage {
    fn from(stage: TestStage) -> Self {
        match stage {
            TestStage::Initial => Self::Initial,
            TestStage::Subsequent | TestStage::InService | TestStage::QuickLook => Self::Later,
        }
    }
}

impl EvCharger {
    /// Refuses what no test can have given.
    pub(super) fn check(&self) -> Checked {
        let stages = self.stage.zip(self.clock.as_ref());
        let is_another = stages.is_some_and(|(stage, clock)| clock.stage != stage.into());
        let why = "the clock was compared at another stage than that of the test";
        contradiction("clock.stage", is_another, why)?;
        count("runs", self.runs.len(), (1, MOST_RUNS))?;
        let has_no_step = self.energy_step.is_some_and(KilowattHour::is_zero);
        positive("energy_step", has_no_step)?;
        for (index, run) in self.runs.iter().enumerate() {
            for (field, energy) in [("indicated", run.indicated), ("reference", run.reference)] {
                positive(format!("runs[{index}].{field}"), energy.is_zero())?;
            }
        }
        Ok(())
    }
}
