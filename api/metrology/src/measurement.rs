//! A measurement of any family: one document a phone sends, a file holds and a verdict keeps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::by_measure::{self, SoldByMeasure};
use crate::c_mark::{self, CMark};
use crate::charger::{self, EvCharger};
use crate::checklist::{self, Checklist};
use crate::fuel::{self, FuelDispenser};
use crate::gas::{self, GasDispenser};
use crate::label::{self, NetContentLabel};
use crate::law::instrument::InstrumentKind;
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
use crate::wire::{self, Refused};

/// One row a family: its name in JSON, its variant and input, the day of the input, and who judges it.
macro_rules! families {
    ($($(#[$doc:meta])* $name:literal $Family:ident($Input:ty) of $day:ident by $judge:path;)*) => {
        /// A measurement. In JSON `family` names the variant and the fields of its input stand
        /// beside it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "family")]
        #[non_exhaustive]
        #[expect(
            clippy::large_enum_variant,
            reason = "the largest is the commonest, and a measurement is moved a few times in its life"
        )]
        pub enum Measurement {
            $($(#[$doc])* #[serde(rename = $name)] $Family($Input),)*
        }

        impl Measurement {
            /// The names of the families, as `family` spells them.
            pub const FAMILIES: &'static [&'static str] = &[$($name),*];

            /// The JSON Schema of each family's input, without `family`.
            #[cfg(feature = "schema")]
            pub(crate) fn schemas() -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($name, crate::schema::of::<$Input>())),*]
            }

            /// Reads the input of a family; nothing where no family has the name.
            pub(crate) fn read(family: &str, input: Value) -> Option<Result<Self, Refused>> {
                match family {
                    $($name => Some(wire::read(input).map(Self::$Family)),)*
                    _ => None,
                }
            }

            /// Judges by the rules of the day that the measurement names.
            ///
            /// Pure and exact: the same rules and measurement give the same verdict on every
            /// machine.
            pub fn judge(&self, rules: &RuleSet) -> Result<Verdict, JudgeError> {
                match self {
                    $(Self::$Family(input) => $judge(rules, input),)*
                }
            }

            /// The day it was made, which nobody may set in the future.
            pub fn day(&self) -> NaiveDate {
                match self {
                    $(Self::$Family(input) => input.$day,)*
                }
            }

            /// The same, made on another day. A net content mark has the day that the package tells, whenever somebody looks.
            #[must_use]
            pub fn made_on(mut self, day: NaiveDate) -> Self {
                if matches!(self, Self::NetContentLabel(_)) {
                    return self;
                }
                match &mut self {
                    $(Self::$Family(input) => input.$day = day,)*
                }
                self
            }
        }
    };
}

families! {
    /// Goods sold by weight.
    "RETAIL_WEIGHING" RetailWeighing(RetailWeighing) of weighed_on by retail::judge;
    /// Goods sold by volume, length or piece.
    "RETAIL_BY_MEASURE" SoldByMeasure(SoldByMeasure) of measured_on by by_measure::judge;
    /// A lot of prepackaged goods.
    "PREPACKAGED_LOT" PrepackagedLot(PrepackagedLot) of inspected_on by prepackaged::judge;
    /// The net content mark of a prepackaged product.
    "NET_CONTENT_LABEL" NetContentLabel(NetContentLabel) of produced_on by label::judge;
    /// The test of a weighing instrument.
    "SCALE_TEST" ScaleTest(ScaleTest) of tested_on by scale::judge;
    /// The test of a fuel dispenser.
    "FUEL_DISPENSER" FuelDispenser(FuelDispenser) of tested_on by fuel::judge;
    /// The test of a gas dispenser.
    "GAS_DISPENSER" GasDispenser(GasDispenser) of tested_on by gas::judge;
    /// The test of a charger of electric vehicles.
    "EV_CHARGER" EvCharger(EvCharger) of tested_on by charger::judge;
    /// A finished pair of spectacles.
    "SPECTACLES" Spectacles(Box<Spectacles>) of inspected_on by optics::judge_spectacles;
    /// An uncut lens.
    "UNCUT_LENS" UncutLens(UncutLens) of inspected_on by optics::judge_uncut_lens;
    /// An instrument of the optician.
    "OPTICAL_INSTRUMENT" OpticalInstrument(OpticalInstrument) of inspected_on by optics::judge_instrument;
    /// The verification of an instrument: mark, seals, period.
    "VERIFICATION_MARK" VerificationMark(VerificationMark) of inspected_on by verification::judge;
    /// The units in a text.
    "LEGAL_UNITS" LegalUnits(LegalUnitsText) of seen_on by legal_units::judge;
    /// The C mark on a product.
    "C_MARK" CMark(CMark) of inspected_on by c_mark::judge;
    /// The answered checklist of a venue.
    "CHECKLIST" Checklist(Checklist) of inspected_on by checklist::judge;
}

impl Measurement {
    /// The standards that the measurement names.
    pub fn standards(&self) -> Vec<&Standard> {
        match self {
            Self::RetailWeighing(input) => {
                input.standard.iter().map(|used| &used.standard).collect()
            }
            Self::SoldByMeasure(input) => input.standard.iter().collect(),
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

    /// What instrument the measurement is a test of; nothing where it is about goods, a text or a venue.
    pub fn tested(&self) -> Option<Tested> {
        Some(match self {
            Self::ScaleTest(_) => Tested::Scale,
            Self::FuelDispenser(_) => Tested::Kind(InstrumentKind::FuelDispenser),
            Self::GasDispenser(input) => Tested::Kind(input.gas.dispenser()),
            Self::EvCharger(_) => Tested::Kind(InstrumentKind::EvCharger),
            Self::OpticalInstrument(input) => Tested::Kind(input.kind),
            Self::VerificationMark(input) => Tested::Kind(input.instrument),
            Self::RetailWeighing(_)
            | Self::SoldByMeasure(_)
            | Self::PrepackagedLot(_)
            | Self::NetContentLabel(_)
            | Self::Spectacles(_)
            | Self::UncutLens(_)
            | Self::LegalUnits(_)
            | Self::CMark(_)
            | Self::Checklist(_) => return None,
        })
    }
}

/// What a test is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tested {
    /// A weighing instrument of any kind.
    Scale,
    /// An instrument of one kind, as the table of verification intervals tells kinds apart.
    Kind(InstrumentKind),
}

impl Tested {
    /// Whether an instrument of a kind, as a ledger tells kinds apart, can be what was tested.
    pub fn may_be(self, kind: InstrumentKind) -> bool {
        match self {
            Self::Scale => matches!(
                kind,
                InstrumentKind::PriceComputingScale
                    | InstrumentKind::FairScale
                    | InstrumentKind::PlatformScale
                    | InstrumentKind::TruckScale
                    | InstrumentKind::MechanicalScale
                    | InstrumentKind::Steelyard
                    | InstrumentKind::Other
            ),
            // A platform scale of a ledger is digital or mechanical; the table has a row for each.
            Self::Kind(InstrumentKind::MechanicalScale) => matches!(
                kind,
                InstrumentKind::MechanicalScale | InstrumentKind::PlatformScale
            ),
            Self::Kind(tested) => kind.listed_as() == tested,
        }
    }
}
