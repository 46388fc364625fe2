//! The input: one test of a fuel dispenser.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::input::{InputError, InputProblem, absurd, count, positive};
use crate::quantity::{
    Celsius, LitrePerMinute, Millilitre, MillilitrePerMillimetre, SignedMillimetre, Yuan,
    YuanPerLitre,
};
use crate::stage::TestStage;
use crate::standard::Standard;
use crate::text::Text;

/// The most nozzles of a dispenser.
const MOST_NOZZLES: usize = 32;
/// The most runs at a point: the divisors of the repeatability end there.
const MOST_RUNS: usize = 5;
/// One for each kind of point.
const MOST_POINTS: usize = 3;

/// One test of a fuel dispenser.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FuelDispenser {
    /// The day of the test; picks the edition of the rules.
    pub tested_on: NaiveDate,
    /// At which stage of its life it is tested; an inspection in use where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<TestStage>,
    /// The filling station; for the explanation only.
    pub station: Text<200>,
    /// The dispenser, such as its number; for the explanation only.
    pub dispenser: Text<200>,
    /// What it dispenses; picks β_Y.
    pub fuel: Fuel,
    /// The maximum flow on the plate, in L/min. Without it nothing says that the rules cover the
    /// dispenser, and it conforms to nothing.
    pub max_flow: Option<LitrePerMinute>,
    /// The temperature of the air during the test, in °C.
    pub ambient: Option<Celsius>,
    /// The minimum payment step (最小付费变量), in yuan.
    pub payment_step: Option<Yuan>,
    /// The standard metal measure.
    pub measure: StandardMeasure,
    /// The nozzles tested, 1 to 32.
    pub nozzles: Vec<Nozzle>,
    /// What the inspector saw.
    pub checklist: Checklist,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What a dispenser dispenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Fuel {
    /// Petrol (汽油).
    Petrol,
    /// Kerosene (煤油).
    Kerosene,
    /// Light diesel (轻柴油).
    Diesel,
}

/// A standard metal measure with a scale on its neck.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StandardMeasure {
    /// The measure and its certificate.
    pub standard: Standard,
    /// The nominal volume at 20 °C; more than zero.
    pub nominal: Millilitre,
    /// The neck reading h0 at which it holds its nominal volume, from the certificate, in mm.
    pub zero_reading: SignedMillimetre,
    /// The neck constant k, from the certificate, in mL/mm; more than zero.
    pub constant: MillilitrePerMillimetre,
    /// What it is made of; picks β_B.
    pub material: MeasureMaterial,
}

/// What a standard measure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MeasureMaterial {
    /// Stainless steel (不锈钢).
    StainlessSteel,
    /// Carbon steel (碳钢).
    CarbonSteel,
}

/// One nozzle (加油枪).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Nozzle {
    /// What it is called; each name once.
    pub name: Text<60>,
    /// The points tested, each kind at most once.
    pub points: Vec<FlowPoint>,
}

/// The runs at one point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowPoint {
    /// Which point.
    pub point: FlowPointKind,
    /// The measure of this point, where it is another than the dispenser's: a minimum quantity of
    /// 5 L is not measured in 20 L.
    pub measure: Option<StandardMeasure>,
    /// The runs, 1 to 5.
    pub runs: Vec<FuelRun>,
}

/// The points of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FlowPointKind {
    /// The maximum flow.
    Q1,
    /// The second flow.
    Q2,
    /// The minimum measured quantity (最小被测量).
    #[serde(rename = "MINIMUM_QUANTITY")]
    MinimumQuantity,
}

/// One filling of the measure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FuelRun {
    /// The volume V_J that the dispenser shows; more than zero.
    pub indicated: Millilitre,
    /// The neck reading h of the filled measure, in mm.
    pub neck_reading: SignedMillimetre,
    /// The temperature t_J of the oil at the nozzle, in °C.
    pub oil_at_nozzle: Celsius,
    /// The temperature t_B of the oil in the measure, in °C.
    pub oil_in_measure: Celsius,
    /// The unit price, in yuan/L; needed with `paid`.
    pub unit_price: Option<YuanPerLitre>,
    /// The sum that the dispenser shows, in yuan.
    pub paid: Option<Yuan>,
}

/// What the inspector saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "DispenserChecklist")
)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The pre-coded seals between encoder and transducer and on the board.
    pub seals: SealState,
    /// The self-lock against abnormal pulses or volumes.
    pub self_lock: SelfLock,
    /// Transducer, encoder, control board and software beside the type.
    pub type_match: TypeMatch,
    /// Whether every hose has a flow transducer of its own.
    pub transducer: Transducer,
}

/// The state of the seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SealState {
    /// All are there and whole.
    Intact,
    /// One is broken.
    Broken,
    /// One is missing.
    Missing,
    /// Nobody looked.
    NotSeen,
}

/// The state of the self-lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SelfLock {
    /// It works.
    Active,
    /// It does not.
    Inactive,
    /// Nobody tried.
    NotSeen,
}

/// Parts and software beside the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TypeMatch {
    /// All are those of the type.
    Matches,
    /// One is another.
    Differs,
    /// Nobody looked.
    NotSeen,
}

/// The flow transducers of the hoses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Transducer {
    /// Each hose has its own.
    Own,
    /// Hoses share one.
    Shared,
    /// Nobody looked.
    NotSeen,
}

impl FuelDispenser {
    /// The measures used, the dispenser's first.
    pub fn measures(&self) -> impl Iterator<Item = &StandardMeasure> {
        let points = self.nozzles.iter().flat_map(|nozzle| &nozzle.points);
        std::iter::once(&self.measure).chain(points.filter_map(|point| point.measure.as_ref()))
    }

    /// The standards behind [`FuelDispenser::measures`].
    pub fn standards(&self) -> Vec<&Standard> {
        self.measures().map(|measure| &measure.standard).collect()
    }

    /// Every run, with its path in the input.
    pub(super) fn runs(&self) -> impl Iterator<Item = (RunPath, &FuelRun)> {
        self.fillings().map(|(at, run, _)| (at, run))
    }

    /// Every run with the measure that it filled.
    pub(super) fn fillings(&self) -> impl Iterator<Item = (RunPath, &FuelRun, &StandardMeasure)> {
        let nozzles = self.nozzles.iter().enumerate();
        nozzles.flat_map(move |(nozzle, one)| {
            let points = one.points.iter().enumerate();
            points.flat_map(move |(point, one)| {
                let measure = one.measure.as_ref().unwrap_or(&self.measure);
                let runs = one.runs.iter().enumerate();
                runs.map(move |(run, one)| (RunPath { nozzle, point, run }, one, measure))
            })
        })
    }

    /// Refuses what no test can have given.
    pub(super) fn check(&self) -> Result<(), InputError> {
        self.measure.check("measure")?;
        let has_no_flow = self.max_flow.is_some_and(LitrePerMinute::is_zero);
        positive("max_flow", has_no_flow)?;
        positive("payment_step", self.payment_step.is_some_and(Yuan::is_zero))?;
        count("nozzles", self.nozzles.len(), (1, MOST_NOZZLES))?;
        let mut names = BTreeSet::new();
        for (index, nozzle) in self.nozzles.iter().enumerate() {
            if !names.insert(&nozzle.name) {
                let field = format!("nozzles[{index}].name");
                return Err(InputError::at(field, InputProblem::Repeated));
            }
            self.check_nozzle(nozzle, &format!("nozzles[{index}]"))?;
        }
        Ok(())
    }

    fn check_nozzle(&self, nozzle: &Nozzle, at: &str) -> Result<(), InputError> {
        let points = nozzle.points.len();
        count(format!("{at}.points"), points, (1, MOST_POINTS))?;
        let mut kinds = BTreeSet::new();
        for (index, point) in nozzle.points.iter().enumerate() {
            let at = format!("{at}.points[{index}]");
            if !kinds.insert(point.point) {
                let field = format!("{at}.point");
                return Err(InputError::at(field, InputProblem::Repeated));
            }
            if let Some(measure) = &point.measure {
                measure.check(&format!("{at}.measure"))?;
            }
            let measure = point.measure.as_ref().unwrap_or(&self.measure);
            count(format!("{at}.runs"), point.runs.len(), (1, MOST_RUNS))?;
            for (index, run) in point.runs.iter().enumerate() {
                run.check(measure, &format!("{at}.runs[{index}]"))?;
            }
        }
        Ok(())
    }
}

/// Where a run stands in the input.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunPath {
    nozzle: usize,
    point: usize,
    run: usize,
}

impl fmt::Display for RunPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nozzle, point, run } = self;
        write!(f, "nozzles[{nozzle}].points[{point}].runs[{run}]")
    }
}

impl StandardMeasure {
    fn check(&self, at: &str) -> Result<(), InputError> {
        positive(format!("{at}.nominal"), self.nominal.is_zero())?;
        positive(format!("{at}.constant"), self.constant.is_zero())
    }
}

impl FuelRun {
    /// What the neck holds above the zero of the measure, or lacks below it.
    pub(super) fn in_neck(&self, measure: &StandardMeasure) -> Decimal {
        let height = self.neck_reading.minus(measure.zero_reading);
        (height * measure.constant.value()).abs()
    }

    fn check(&self, measure: &StandardMeasure, at: &str) -> Result<(), InputError> {
        positive(format!("{at}.indicated"), self.indicated.is_zero())?;
        let is_over = self.in_neck(measure) >= measure.nominal.value();
        let why = "the neck would hold as much as the measure";
        absurd(format!("{at}.neck_reading"), is_over, why)?;
        if self.paid.is_some() && self.unit_price.is_none() {
            let why = "a sum paid is checked against the unit price";
            let field = format!("{at}.unit_price");
            return Err(InputError::at(field, InputProblem::Required { why }));
        }
        Ok(())
    }
}
