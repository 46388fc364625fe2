//! The form of the retail weighing rules: classes, tables, check methods, exceptions, readings.
//!
//! Whatever must be there exactly once is a named key, so that the reader itself refuses a table
//! with a class missing or given twice.

use std::num::NonZeroU8;

use serde::Deserialize;

use super::file::Document;
use super::{BandProblem, Bands, Family, PickedBy, Provenance, RuleError, RuleText, ViolationCode};
use crate::quantity::{Gram, YuanPerKg};
use crate::retail::{CheckMethod, ExcludedKind, GoodsClass, GoodsGroup, PreciousMetal};

/// One edition of the retail weighing rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetailRules {
    /// The article that binds the seller to the tables.
    pub limit_article: RuleText,
    /// The code of the violation that a failure suggests.
    pub violation: ViolationCode,
    /// The class that the name of the goods gives.
    pub class_by_name: ClassByName,
    /// The class that the unit price gives.
    pub class_by_price: ClassByPrice,
    /// Food.
    pub table_1: Table1,
    /// Pieces of precious metal.
    pub table_2: PieceTable,
    /// The ways to check-weigh.
    pub methods: Methods,
    /// Goods outside the rule.
    pub excluded: ExcludedGoods,
    /// The duty to weigh on a scale fine enough for the goods.
    pub suitability: Suitability,
    /// The choices taken where the text leaves one.
    pub readings: Readings,
}

/// The class of each named group of goods.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "one key for each variant of GoodsGroup, which says what it is"
)]
pub struct ClassByName {
    pub grain: GoodsClass,
    pub vegetables: GoodsClass,
    pub fruit: GoodsClass,
    pub meat: GoodsClass,
    pub eggs: GoodsClass,
    pub poultry: GoodsClass,
    pub aquatic_products: GoodsClass,
    pub pastry: GoodsClass,
    pub sweets: GoodsClass,
    pub condiments: GoodsClass,
    pub dried_vegetables: GoodsClass,
    pub mountain_and_sea_delicacies: GoodsClass,
    pub provenance: Provenance,
    pub source: RuleText,
}

impl ClassByName {
    /// The class of a group.
    pub fn of(&self, group: GoodsGroup) -> GoodsClass {
        match group {
            GoodsGroup::Grain => self.grain,
            GoodsGroup::Vegetables => self.vegetables,
            GoodsGroup::Fruit => self.fruit,
            GoodsGroup::Meat => self.meat,
            GoodsGroup::Eggs => self.eggs,
            GoodsGroup::Poultry => self.poultry,
            GoodsGroup::AquaticProducts => self.aquatic_products,
            GoodsGroup::Pastry => self.pastry,
            GoodsGroup::Sweets => self.sweets,
            GoodsGroup::Condiments => self.condiments,
            GoodsGroup::DriedVegetables => self.dried_vegetables,
            GoodsGroup::MountainAndSeaDelicacies => self.mountain_and_sea_delicacies,
        }
    }
}

/// The highest unit price of each class; whatever costs more than the third is class 4.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassByPrice {
    /// The highest price of class 1.
    pub class_1_up_to: YuanPerKg,
    /// The highest price of class 2.
    pub class_2_up_to: YuanPerKg,
    /// The highest price of class 3.
    pub class_3_up_to: YuanPerKg,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

impl ClassByPrice {
    /// The class of a unit price; a price equal to a bound is in the lower class.
    pub fn of(&self, price: YuanPerKg) -> GoodsClass {
        if price <= self.class_1_up_to {
            GoodsClass::One
        } else if price <= self.class_2_up_to {
            GoodsClass::Two
        } else if price <= self.class_3_up_to {
            GoodsClass::Three
        } else {
            GoodsClass::Four
        }
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.class_1_up_to < self.class_2_up_to && self.class_2_up_to < self.class_3_up_to {
            return Ok(());
        }
        Err(RuleError::row(
            file,
            "class_by_price",
            BandProblem::Unsorted,
        ))
    }
}

/// Table 1: permitted shortage of food, in grams.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "one key for each variant of GoodsClass, which says what it is"
)]
pub struct Table1 {
    pub class_1: Bands<Gram>,
    pub class_2: Bands<Gram>,
    pub class_3: Bands<Gram>,
    pub class_4: Bands<Gram>,
}

impl Table1 {
    /// The bands of a class.
    pub fn of(&self, class: GoodsClass) -> &Bands<Gram> {
        match class {
            GoodsClass::One => &self.class_1,
            GoodsClass::Two => &self.class_2,
            GoodsClass::Three => &self.class_3,
            GoodsClass::Four => &self.class_4,
        }
    }
}

/// Table 2: permitted shortage of a piece of precious metal, in grams.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PieceTable {
    /// A piece of gold.
    pub gold: Bands<Gram>,
    /// A piece of silver.
    pub silver: Bands<Gram>,
}

impl PieceTable {
    /// The bands of a metal.
    pub fn of(&self, metal: PreciousMetal) -> &Bands<Gram> {
        match metal {
            PreciousMetal::Gold => &self.gold,
            PreciousMetal::Silver => &self.silver,
        }
    }
}

/// The ways to check-weigh.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Methods {
    /// On the scale of the sale.
    pub same_instrument: MethodRow,
    /// On a better scale.
    pub higher_accuracy: MethodRow,
    /// On a scale of the same accuracy.
    pub equal_accuracy: MethodRow,
}

impl Methods {
    /// The row of a method.
    pub fn of(&self, method: CheckMethod) -> &MethodRow {
        match method {
            CheckMethod::SameInstrument => &self.same_instrument,
            CheckMethod::HigherAccuracy => &self.higher_accuracy,
            CheckMethod::EqualAccuracy => &self.equal_accuracy,
        }
    }
}

/// One way to check-weigh.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodRow {
    /// The article that describes the method.
    pub article: RuleText,
    /// How many times the limit is allowed.
    pub factor: NonZeroU8,
    /// The error of what the check is made with (the weights of the same-instrument method, the other
    /// scale otherwise) may be at most the limit divided by this.
    pub error_divisor: NonZeroU8,
    /// What the method demands besides, in Chinese.
    pub condition_zh: RuleText,
    /// What the method demands besides, in English.
    pub condition_en: RuleText,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// Goods outside the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcludedGoods {
    /// Live poultry.
    pub live_poultry: ExcludedRow,
    /// Live fish.
    pub live_fish: ExcludedRow,
    /// Goods soaked in water.
    pub water_soaked: ExcludedRow,
}

impl ExcludedGoods {
    /// The row of a kind.
    pub fn of(&self, kind: ExcludedKind) -> &ExcludedRow {
        match kind {
            ExcludedKind::LivePoultry => &self.live_poultry,
            ExcludedKind::LiveFish => &self.live_fish,
            ExcludedKind::WaterSoaked => &self.water_soaked,
        }
    }
}

/// One kind of goods outside the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcludedRow {
    /// What the goods are called in Chinese.
    pub name_zh: RuleText,
    /// What the goods are called in English.
    pub name_en: RuleText,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

/// The duty to weigh on a scale whose permissible error is no more than the permitted shortage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suitability {
    /// The article.
    pub article: RuleText,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

/// The choices taken where the text leaves one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    /// The settled mass picks the band.
    pub band_by_settled_mass: Reading,
    /// The name gives the class before the price does.
    pub class_by_name: Reading,
    /// Above the table the scale in use gives the limit.
    pub scale_limit_above_table: Reading,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The choice in Chinese.
    pub text_zh: RuleText,
    /// The choice in English.
    pub text_en: RuleText,
    /// How well it is founded.
    pub provenance: Provenance,
    /// What it reads.
    pub source: RuleText,
}

impl Family for RetailRules {
    const NAME: &'static str = "retail_weighing";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.retail_weighing.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.class_by_price.check(file)?;
        let Table1 {
            class_1,
            class_2,
            class_3,
            class_4,
        } = &self.table_1;
        class_1.check_with_limits(file, "table_1.class_1")?;
        class_2.check_with_limits(file, "table_1.class_2")?;
        class_3.check_with_limits(file, "table_1.class_3")?;
        class_4.check_with_limits(file, "table_1.class_4")?;
        self.table_2.gold.check_with_limits(file, "table_2.gold")?;
        self.table_2
            .silver
            .check_with_limits(file, "table_2.silver")
    }
}
