//! A measurement of any family: one document a phone sends, a file holds and a verdict keeps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::c_mark::{self, CMark};
use crate::charger::{self, EvCharger};
use crate::checklist::{self, Checklist};
use crate::fuel::{self, FuelDispenser};
use crate::gas::{self, GasDispenser};
use crate::label::{self, NetContentLabel};
use crate::legal_units::{self, LegalUnitsText};
use crate::optics::{self, OpticalInstrument, Spectacles, UncutLens};
use crate::prepackaged::{self, PrepackagedLot};
use crate::refusal::JudgeError;
use crate::retail::{self, RetailWeighing};
use crate::rules::RuleSet;
use crate::scale::{self, ScaleTest};
use crate::standard::Standard;
use crate::verdict::Verdict;
use crate::verification::{self, VerificationMark};

/// A measurement. In JSON `family` names the variant and the fields of its input stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "family", rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Measurement {
    /// Goods sold by weight.
    RetailWeighing(RetailWeighing),
    /// A lot of prepackaged goods.
    PrepackagedLot(PrepackagedLot),
    /// The net content mark of a prepackaged product.
    NetContentLabel(NetContentLabel),
    /// The test of a weighing instrument.
    ScaleTest(ScaleTest),
    /// The test of a fuel dispenser.
    FuelDispenser(FuelDispenser),
    /// The test of a gas dispenser.
    GasDispenser(GasDispenser),
    /// The test of a charger of electric vehicles.
    EvCharger(EvCharger),
    /// A finished pair of spectacles.
    Spectacles(Box<Spectacles>),
    /// An uncut lens.
    UncutLens(UncutLens),
    /// An instrument of the optician.
    OpticalInstrument(OpticalInstrument),
    /// The verification of an instrument: mark, seals, period.
    VerificationMark(VerificationMark),
    /// The units in a text.
    LegalUnits(LegalUnitsText),
    /// The C mark on a product.
    CMark(CMark),
    /// The answered checklist of a venue.
    Checklist(Checklist),
}

impl Measurement {
    /// The names of the families, as `family` spells them.
    pub const FAMILIES: &'static [&'static str] = &[
        "RETAIL_WEIGHING",
        "PREPACKAGED_LOT",
        "NET_CONTENT_LABEL",
        "SCALE_TEST",
        "FUEL_DISPENSER",
        "GAS_DISPENSER",
        "EV_CHARGER",
        "SPECTACLES",
        "UNCUT_LENS",
        "OPTICAL_INSTRUMENT",
        "VERIFICATION_MARK",
        "LEGAL_UNITS",
        "C_MARK",
        "CHECKLIST",
    ];

    /// Judges by the rules of the day that the measurement names.
    ///
    /// Pure and exact: the same rules and measurement give the same verdict on every machine.
    pub fn judge(&self, rules: &RuleSet) -> Result<Verdict, JudgeError> {
        match self {
            Self::RetailWeighing(input) => retail::judge(rules, input),
            Self::PrepackagedLot(input) => prepackaged::judge(rules, input),
            Self::NetContentLabel(input) => label::judge(rules, input),
            Self::ScaleTest(input) => scale::judge(rules, input),
            Self::FuelDispenser(input) => fuel::judge(rules, input),
            Self::GasDispenser(input) => gas::judge(rules, input),
            Self::EvCharger(input) => charger::judge(rules, input),
            Self::Spectacles(input) => optics::judge_spectacles(rules, input),
            Self::UncutLens(input) => optics::judge_uncut_lens(rules, input),
            Self::OpticalInstrument(input) => optics::judge_instrument(rules, input),
            Self::VerificationMark(input) => verification::judge(rules, input),
            Self::LegalUnits(input) => legal_units::judge(rules, input),
            Self::CMark(input) => c_mark::judge(rules, input),
            Self::Checklist(input) => checklist::judge(rules, input),
        }
    }

    /// The day it was made, which nobody may set in the future.
    pub fn day(&self) -> NaiveDate {
        match self {
            Self::RetailWeighing(input) => input.weighed_on,
            Self::PrepackagedLot(input) => input.inspected_on,
            Self::NetContentLabel(input) => input.produced_on,
            Self::ScaleTest(input) => input.tested_on,
            Self::FuelDispenser(input) => input.tested_on,
            Self::GasDispenser(input) => input.tested_on,
            Self::EvCharger(input) => input.tested_on,
            Self::Spectacles(input) => input.inspected_on,
            Self::UncutLens(input) => input.inspected_on,
            Self::OpticalInstrument(input) => input.inspected_on,
            Self::VerificationMark(input) => input.inspected_on,
            Self::LegalUnits(input) => input.seen_on,
            Self::CMark(input) => input.inspected_on,
            Self::Checklist(input) => input.inspected_on,
        }
    }

    /// The standards that the measurement names.
    pub fn standards(&self) -> Vec<&Standard> {
        match self {
            Self::RetailWeighing(input) => {
                input.standard.iter().map(|used| &used.standard).collect()
            }
            Self::PrepackagedLot(input) => input
                .standard
                .iter()
                .map(|balance| &balance.standard)
                .collect(),
            Self::ScaleTest(input) => vec![&input.weights.standard],
            Self::FuelDispenser(input) => input.standards(),
            Self::GasDispenser(input) => vec![&input.standard],
            Self::EvCharger(input) => vec![&input.standard],
            Self::Spectacles(input) => vec![&input.standard],
            Self::UncutLens(input) => vec![&input.standard],
            Self::OpticalInstrument(input) => vec![&input.standard],
            Self::NetContentLabel(_)
            | Self::VerificationMark(_)
            | Self::LegalUnits(_)
            | Self::CMark(_)
            | Self::Checklist(_) => Vec::new(),
        }
    }
}
