//! The input: one check weighing of goods sold by weight.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::packages::ShopPackage;
use super::tare::Tare;
use crate::quantity::{Gram, QuantityError, Yuan, YuanPerKg};
use crate::scale::ScaleFacts;
use crate::standard::Standard;
use crate::text::{GoodsName, OverrideReason};

/// The greatest mass of goods in one sale, in grams: 10 t. What a truck scale weighs is no sale at a stall.
const MOST_GOODS: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);

/// A mass of goods as they are sold, paid for or weighed again; more than 10 t is refused.
pub fn goods_mass(mass: Gram) -> Result<Gram, QuantityError> {
    if mass.value() > MOST_GOODS {
        return Err(QuantityError::TooLarge { most: MOST_GOODS });
    }
    Ok(mass)
}

pub(super) fn read_goods_mass<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Gram, D::Error> {
    goods_mass(Gram::deserialize(deserializer)?)
        .map_err(|error| D::Error::custom(format_args!("{}: {error}", error.code())))
}

/// One check weighing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RetailWeighing {
    /// The day of the check weighing; picks the edition of the rules.
    pub weighed_on: NaiveDate,
    /// What the goods are called; for the explanation only.
    pub goods_name: GoodsName,
    /// What the goods are to the rule.
    pub category: GoodsCategory,
    /// The price paid.
    pub unit_price: YuanPerKg,
    /// The mass the price was settled by; more than zero, at most 10 t.
    #[serde(deserialize_with = "read_goods_mass")]
    pub settled: Gram,
    /// The mass found by the check, of the goods without packing; at most 10 t.
    #[serde(deserialize_with = "read_goods_mass")]
    pub checked: Gram,
    /// How the check was made.
    pub method: CheckMethod,
    /// The scale of the sale, where its plate was read. Needed above the tables; within them it
    /// serves the note on whether the scale suits the goods.
    pub scale: Option<ScaleFacts>,
    /// What the check was made with, where its certificate was seen.
    pub standard: Option<CheckInstrument>,
    /// The test of the scale of the sale with weights, which only the same-instrument method has.
    pub weights: Option<WeightTest>,
    /// What was paid, where it was seen; for the refund only.
    pub paid: Option<Yuan>,
    /// The packages of goods that were packed in the shop, each with a mass of its own: none, or 2 to
    /// 200. `settled` and `checked` are then their sums, and nothing was `paid`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<ShopPackage>,
    /// The packing that lay on the scale with the goods, each kind once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tare: Vec<Tare>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What the check was made with: the other scale, or the weights of the same-instrument method.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckInstrument {
    /// It and its certificate.
    pub standard: Standard,
    /// The greatest error it may have at the mass of the goods, in grams; more than zero. Article 6
    /// allows a third of the limit to weights and to a scale of higher accuracy, and the limit to a
    /// scale of equal accuracy. More lets nothing conform.
    pub max_error: Option<Gram>,
    /// One weight of about the mass of the goods put on it before, as on a market's fair-check scale
    /// (公平秤) whose certificate gives no error. Another method than that of the same instrument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_test: Option<WeightTest>,
}

/// The test of a scale with weights of about the same mass as the goods: of the scale of the sale
/// (article 6(1)), or of the one that the goods were weighed on again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WeightTest {
    /// The nominal mass of the weights, in grams; more than zero.
    pub load: Gram,
    /// What the scale showed, in grams. On the scale of the sale it may lie at most the limit of the
    /// goods from the load.
    pub indication: Gram,
    /// The greatest error of the weights together, in grams; more than zero and at most a third of
    /// the limit.
    pub weights_error: Gram,
}

tagged! {
    by "kind"
    /// What goods are to the rule.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum GoodsCategory {
        /// Food, table 1.
        Food {
            /// How its class is found.
            class_by: ClassBy,
        },
        /// One piece of gold, table 2.
        GoldPiece,
        /// One piece of silver, table 2.
        SilverPiece,
        /// Goods the rule does not cover.
        Excluded {
            /// Which.
            goods: ExcludedKind,
        },
    }
}

tagged! {
    by "by"
    /// How the class of food is found.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum ClassBy {
        /// By the group the table names. The default.
        Name {
            /// The group.
            group: GoodsGroup,
        },
        /// By the unit price: goods the table does not name, or the officer's choice.
        Price {
            /// The group the goods belong to, where the table names one.
            group: Option<GoodsGroup>,
            /// Why the price was chosen; needed when the group gives another class than the price.
            reason: Option<OverrideReason>,
        },
    }
}

/// The groups of food that table 1 names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GoodsGroup {
    /// Grain (粮食), class 1.
    Grain,
    /// Vegetables (蔬菜), class 1.
    Vegetables,
    /// Fruit (水果), class 1.
    Fruit,
    /// Meat (肉), class 2.
    Meat,
    /// Eggs (蛋), class 2.
    Eggs,
    /// Poultry, not live (禽), class 2.
    Poultry,
    /// Sea and freshwater products (海（水）产品), class 2.
    AquaticProducts,
    /// Pastry (糕点), class 2.
    Pastry,
    /// Sweets (糖果), class 2.
    Sweets,
    /// Condiments (调味品), class 2.
    Condiments,
    /// Dried vegetables (干菜), class 3.
    DriedVegetables,
    /// Delicacies of mountain and sea (山（海）珍品), class 3.
    MountainAndSeaDelicacies,
}

/// The four classes of table 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u8", into = "u8")]
pub enum GoodsClass {
    /// Class 1: grain, vegetables, fruit, or up to 6 yuan/kg.
    One,
    /// Class 2: meat, eggs, poultry, aquatic products, pastry, sweets, condiments, or up to 30 yuan/kg.
    Two,
    /// Class 3: dried vegetables, delicacies, or up to 100 yuan/kg.
    Three,
    /// Class 4: above 100 yuan/kg.
    Four,
}

impl From<GoodsClass> for u8 {
    fn from(class: GoodsClass) -> Self {
        match class {
            GoodsClass::One => 1,
            GoodsClass::Two => 2,
            GoodsClass::Three => 3,
            GoodsClass::Four => 4,
        }
    }
}

impl TryFrom<u8> for GoodsClass {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            3 => Ok(Self::Three),
            4 => Ok(Self::Four),
            _ => Err("a class of goods is 1, 2, 3 or 4"),
        }
    }
}

impl GoodsClass {
    /// Its number, as it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
        }
    }
}

impl std::fmt::Display for GoodsClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The metals of table 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PreciousMetal {
    /// Gold (金).
    Gold,
    /// Silver (银).
    Silver,
}

/// Goods the rule does not cover: their mass changes while they wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExcludedKind {
    /// Live poultry (活禽).
    LivePoultry,
    /// Live fish (活鱼).
    LiveFish,
    /// Goods soaked in water (水发物).
    WaterSoaked,
}

/// How the check weighing was made (article 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckMethod {
    /// On the scale of the sale (原计量器具核称法).
    SameInstrument,
    /// On a scale of higher accuracy (高准确度称重计量器具核称法).
    HigherAccuracy,
    /// On a scale of equal accuracy (等准确度称重计量器具核称法).
    EqualAccuracy,
}
