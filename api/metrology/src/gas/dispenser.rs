//! The input: one test of a gas dispenser against a reference mass.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::input::{Checked, count, positive};
use crate::law::instrument::InstrumentKind;
use crate::quantity::Gram;
use crate::stage::TestStage;
use crate::standard::Standard;
use crate::text::Text;

/// The most runs: the divisors of the repeatability end there.
const MOST_RUNS: usize = 5;

/// One test of a gas dispenser.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GasDispenser {
    /// The day of the test; picks the edition of the rules.
    pub tested_on: NaiveDate,
    /// At which stage of its life it is tested; an inspection in use where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<TestStage>,
    /// The filling station; for the explanation only.
    pub station: Text<200>,
    /// The dispenser, such as its number; for the explanation only.
    pub dispenser: Text<200>,
    /// What it dispenses.
    pub gas: Gas,
    /// The unit the customer is shown.
    pub unit: UnitShown,
    /// The scale or master meter that gave the reference mass.
    pub standard: Standard,
    /// The runs, 1 to 5; none where the dispenser shows no mass.
    pub runs: Vec<GasRun>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What a gas dispenser dispenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Gas {
    /// Compressed natural gas (压缩天然气).
    Cng,
    /// Liquefied natural gas (液化天然气).
    Lng,
    /// Hydrogen (氢气).
    Hydrogen,
}

impl Gas {
    /// The kind of its dispenser; the table of verification intervals has no row for hydrogen.
    pub(crate) fn dispenser(self) -> InstrumentKind {
        match self {
            Self::Cng => InstrumentKind::CngDispenser,
            Self::Lng => InstrumentKind::LngDispenser,
            Self::Hydrogen => InstrumentKind::Other,
        }
    }
}

/// The unit a customer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitShown {
    /// Kilograms.
    Kilogram,
    /// Cubic metres.
    CubicMetre,
    /// Nobody looked.
    NotSeen,
}

/// One filling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GasRun {
    /// The mass that the dispenser shows; more than zero.
    pub indicated: Gram,
    /// The mass by the standard; more than zero.
    pub reference: Gram,
}

impl GasDispenser {
    /// Refuses what no test can have given.
    pub(super) fn check(&self) -> Checked {
        let least = usize::from(self.unit != UnitShown::CubicMetre);
        count("runs", self.runs.len(), (least, MOST_RUNS))?;
        for (index, run) in self.runs.iter().enumerate() {
            for (field, mass) in [("indicated", run.indicated), ("reference", run.reference)] {
                positive(format!("runs[{index}].{field}"), mass.is_zero())?;
            }
        }
        Ok(())
    }
}
