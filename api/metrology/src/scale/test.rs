//! The input: the test of one weighing instrument.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::{ScaleClass, TestWeights};
use crate::quantity::{Gram, QuantityError, Yuan, YuanPerKg};
use crate::rules::Scheme;
use crate::stage::TestStage;
use crate::text::Text;

/// The test of one scale. A test whose list is empty was not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScaleTest {
    /// The day of the test; picks the edition of the rules and of the table of weights.
    pub tested_on: NaiveDate,
    /// The body of rules to judge by: the law of China unless the measurement names another. Classes
    /// I and II are covered by OIML R 76-1 only.
    #[serde(default, skip_serializing_if = "Scheme::is_cn")]
    pub scheme: Scheme,
    /// At which stage of its life the scale is tested; sets the multiple of the initial error.
    pub stage: TestStage,
    /// What the scale says of itself.
    pub plate: ScalePlate,
    /// The weights the test was made with.
    pub weights: TestWeights,
    /// The reading at zero, or at 10 `e` while zero tracking runs: gives the zero error E0, which is
    /// compared with the permitted error of zero-setting and taken off every other error.
    pub zero: Option<ScaleReading>,
    /// The weighing test: one reading for each load, going up or down; 1 to 60.
    pub weighing: Vec<ScaleReading>,
    /// The eccentricity test; at most 24.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eccentricity: Vec<EccentricReading>,
    /// The repeatability test; at most 6 loads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeatability: Vec<RepeatedReading>,
    /// The discrimination test; at most 12 loads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discrimination: Vec<DiscriminationTrial>,
    /// Prices to pay that the scale showed; at most 60.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price: Vec<ShownPrice>,
    /// The tare test; at most 12 readings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tare: Vec<TareReading>,
    /// Readings after a key, the remote control or a password; at most 40. Each load is one of the
    /// weighing test.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<ModeReading>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What a scale says of itself, on its plate and by its make.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScalePlate {
    /// The accuracy class.
    pub class: ScaleClass,
    /// One row for a single-interval scale; the partial weighing ranges of a multi-interval scale,
    /// finest first, 2 to 5.
    pub ranges: Vec<WeighingRange>,
    /// The minimum capacity, Min; where the plate does not say, the least its class allows is taken
    /// as the first load of the weighing test.
    pub min: Option<Gram>,
    /// The greatest additive tare; nothing where the scale has none.
    pub additive_tare: Option<Gram>,
    /// The greatest subtractive tare; `0 g` where the plate states none. Where it states one, a test has to
    /// try it; where nobody says anything it is taken to state none, and the verdict says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtractive_tare: Option<Gram>,
    /// What the goods rest on.
    pub receptor: LoadReceptor,
    /// On how many points the load receptor is supported.
    pub supports: u8,
    /// What the scale is; it decides the regulation. Where the plate was not read for it, the rest of
    /// the test tells ([`ScaleTest::kind`]), and where that does not, nothing conforms: a price-computing
    /// scale has to show its prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ScaleKind>,
}

/// What a scale is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScaleKind {
    /// It computes the price (电子计价秤).
    PriceComputing,
    /// A platform scale (电子台秤).
    Platform,
    /// A floor scale (电子地上衡).
    Floor,
    /// A crane scale (电子吊秤).
    Crane,
    /// A truck scale (电子汽车衡).
    Truck,
    /// Any other that does not compute a price.
    Other,
}

impl ScaleTest {
    /// What the scale is: as its plate says, else a price-computing one where it showed a price, a crane
    /// scale where goods hang from it, and none of these where it has more supports than a table, or
    /// something rolls or falls on it.
    pub fn kind(&self) -> Option<ScaleKind> {
        let ScalePlate {
            kind,
            receptor,
            supports,
            ..
        } = self.plate;
        let is_table = receptor == LoadReceptor::Table && supports <= SUPPORTS_OF_A_TABLE;
        match kind {
            Some(kind) => Some(kind),
            None if !self.price.is_empty() => Some(ScaleKind::PriceComputing),
            None if receptor == LoadReceptor::Hook => Some(ScaleKind::Crane),
            None if !is_table => Some(ScaleKind::Other),
            None => None,
        }
    }
}

/// A scale that stands on a counter rests on its load cell or on four.
const SUPPORTS_OF_A_TABLE: u8 = 4;

impl ScalePlate {
    /// Whether goods hang from the scale: as its receptor says, or its kind where the form had no hook.
    pub(super) fn is_hung_from(&self) -> bool {
        self.receptor == LoadReceptor::Hook || self.kind == Some(ScaleKind::Crane)
    }

    /// Whether the plate states a tare of either form.
    pub(super) fn states_tare(&self) -> bool {
        let tares = [self.additive_tare, self.subtractive_tare];
        tares.into_iter().flatten().any(|most| !most.is_zero())
    }

    /// Whether nobody said that the plate states a tare, or that it states none.
    pub(super) fn leaves_tare_open(&self) -> bool {
        self.additive_tare.is_none() && self.subtractive_tare.is_none()
    }

    /// The maximum capacity, Max: that of the last range.
    pub fn max(&self) -> Gram {
        self.ranges.last().map_or(Gram::ZERO, |range| range.max)
    }

    /// The partial weighing range a load lies in, its end included; nothing above Max.
    pub fn range_of(&self, load: Gram) -> Option<WeighingRange> {
        self.ranges.iter().copied().find(|range| load <= range.max)
    }
}

/// A weighing range with an interval of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WeighingRange {
    /// The verification scale interval, `e`.
    pub e: Gram,
    /// The actual scale interval, `d`; at most `e`, and `e` itself where the plate does not say.
    pub d: Option<Gram>,
    /// The greatest load of the range, Max; at most 200 t. What the scale shows may be more.
    #[serde(deserialize_with = "read_max")]
    pub max: Gram,
}

/// The greatest Max of a scale, in grams: that of the heaviest truck scales.
const MOST_MAX: Decimal = Decimal::from_parts(200_000_000, 0, 0, false, 0);

fn read_max<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Gram, D::Error> {
    let max = Gram::deserialize(deserializer)?;
    if max.value() > MOST_MAX {
        let error = QuantityError::TooLarge { most: MOST_MAX };
        return Err(D::Error::custom(format_args!("{}: {error}", error.code())));
    }
    Ok(max)
}

impl WeighingRange {
    /// The actual scale interval, `d`.
    pub fn d(&self) -> Gram {
        self.d.unwrap_or(self.e)
    }
}

/// The kinds of load receptor that the eccentricity test tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LoadReceptor {
    /// A pan or platform (秤盘、承载台).
    Table,
    /// A hopper or tank (料斗、罐).
    Hopper,
    /// A platform that loads roll over, such as vehicles (滚动载荷).
    Rolling,
    /// A hook that goods hang from, as of a crane scale (吊钩); it has no eccentricity test.
    Hook,
}

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScaleReading {
    /// The load, L.
    pub load: Gram,
    /// The indication, I.
    pub indication: Gram,
    /// The small weights added until the indication changed to the next interval, ΔL; at most `e`.
    /// With them the error is free of rounding: P = I + 0.5 e − ΔL and E = P − L (闪变点法). Without
    /// them E = I − L.
    pub added_small_weights: Option<Gram>,
}

/// A reading with the load at one place of the load receptor.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EccentricReading {
    /// The place, such as "front left"; each once.
    pub position: Text<40>,
    /// The load, L.
    pub load: Gram,
    /// The indication, I.
    pub indication: Gram,
    /// The small weights added until the indication changed, ΔL.
    pub added_small_weights: Option<Gram>,
}

impl EccentricReading {
    /// The reading without its place.
    pub(super) fn reading(&self) -> ScaleReading {
        ScaleReading {
            load: self.load,
            indication: self.indication,
            added_small_weights: self.added_small_weights,
        }
    }
}

/// A load weighed again and again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RepeatedReading {
    /// The load, L.
    pub load: Gram,
    /// The indications, 2 to 20.
    pub indications: Vec<Gram>,
}

/// A small weight put gently on a loaded scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscriminationTrial {
    /// The load the scale already bore.
    pub load: Gram,
    /// The small weight added.
    pub extra: Gram,
    /// Whether the indication changed.
    pub indication: IndicationAfter,
}

/// What an indication did when a small weight was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IndicationAfter {
    /// It changed.
    Changed,
    /// It stayed as it was.
    Unchanged,
}

/// A reading beside a tare that was taken before, as the box or the bag on the scale; not a preset one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TareReading {
    /// The mass that was tared off; more than zero, at most the greatest tare of the plate.
    pub tare: Gram,
    /// The net load beside it; zero where the reading is taken right after the tare.
    pub load: Gram,
    /// The net indication.
    pub indication: Gram,
    /// The small weights added until the indication changed, ΔL.
    pub added_small_weights: Option<Gram>,
}

impl TareReading {
    /// The reading of the net load.
    pub(super) fn reading(&self) -> ScaleReading {
        ScaleReading {
            load: self.load,
            indication: self.indication,
            added_small_weights: self.added_small_weights,
        }
    }
}

/// A load after something was pressed or entered that should not change what it weighs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ModeReading {
    /// What was pressed or entered.
    pub mode: ScaleMode,
    /// The load, one of the weighing test.
    pub load: Gram,
    /// The indication.
    pub indication: Gram,
}

tagged! {
    by "by"
    /// What was pressed or entered before a reading.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum ScaleMode {
        /// A key of a stored unit price (单价键).
        UnitPriceKey {
            /// Its number, 1 to 99.
            key: u8,
        },
        /// A remote control (遥控器).
        Remote,
        /// A password (密码).
        Password {
            /// What was entered, where it is known.
            entered: Option<Text<40>>,
        },
        /// Anything else.
        Other {
            /// What.
            what: Text<40>,
        },
    }
}

impl ScaleMode {
    /// The number of the key, where one was pressed.
    pub(super) fn key(&self) -> Option<u8> {
        match self {
            Self::UnitPriceKey { key } => Some(*key),
            Self::Remote | Self::Password { .. } | Self::Other { .. } => None,
        }
    }
}

/// A price to pay as the scale showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShownPrice {
    /// The unit price keyed in.
    pub unit_price: YuanPerKg,
    /// The net mass shown.
    pub net: Gram,
    /// The price to pay shown.
    pub shown: Yuan,
}
