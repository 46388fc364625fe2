//! The form of the retail weighing rules: classes, tables, check methods, exceptions, readings.
//!
//! Whatever must be there exactly once is a named key, so that the reader itself refuses a table
//! with a class missing or given twice.

use std::num::NonZeroU8;

use super::file::Rows;
use super::{BandProblem, Bands, Parts, RuleError, RuleText, ViolationCode};
use crate::quantity::{Gram, Percent, YuanPerKg};
use crate::retail::{CheckMethod, ExcludedKind, GoodsClass, GoodsGroup, PreciousMetal};

rows! {
    /// One edition of the retail weighing rules.
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
        /// How near the weights of the same-instrument method lie to the mass of the goods; nobody
        /// asks where the row is left out.
        pub weights_near: Option<WeightsNear>,
        /// Goods outside the rule.
        pub excluded: ExcludedGoods,
        /// The duty to weigh on a scale fine enough for the goods.
        pub suitability: Suitability,
        /// The choices taken where the text leaves one.
        pub readings: Readings,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// The class of each named group of goods.
    #[expect(
        missing_docs,
        reason = "one key for each variant of GoodsGroup, which says what it is"
    )]
    pub struct ClassByName by GoodsGroup => GoodsClass {
        Grain => grain,
        Vegetables => vegetables,
        Fruit => fruit,
        Meat => meat,
        Eggs => eggs,
        Poultry => poultry,
        AquaticProducts => aquatic_products,
        Pastry => pastry,
        Sweets => sweets,
        Condiments => condiments,
        DriedVegetables => dried_vegetables,
        MountainAndSeaDelicacies => mountain_and_sea_delicacies,
    } with source

    /// The highest unit price of each class; whatever costs more than the third is class 4.
    pub struct ClassByPrice {
        /// The highest price of class 1.
        pub class_1_up_to: YuanPerKg,
        /// The highest price of class 2.
        pub class_2_up_to: YuanPerKg,
        /// The highest price of class 3.
        pub class_3_up_to: YuanPerKg,
    } with source
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
        let problem = BandProblem::Unsorted;
        Err(RuleError::row(file, "class_by_price", problem))
    }
}

rows! {
    /// Table 1: permitted shortage of food, in grams.
    #[expect(
        missing_docs,
        reason = "one key for each variant of GoodsClass, which says what it is"
    )]
    pub struct Table1 by GoodsClass => Bands<Gram> {
        One => class_1,
        Two => class_2,
        Three => class_3,
        Four => class_4,
    }

    /// Table 2: permitted shortage of a piece of precious metal, in grams.
    pub struct PieceTable by PreciousMetal => Bands<Gram> {
        /// A piece of gold.
        Gold => gold,
        /// A piece of silver.
        Silver => silver,
    }

    /// The ways to check-weigh.
    pub struct Methods by CheckMethod => MethodRow {
        /// On the scale of the sale.
        SameInstrument => same_instrument,
        /// On a better scale.
        HigherAccuracy => higher_accuracy,
        /// On a scale of the same accuracy.
        EqualAccuracy => equal_accuracy,
    }

    /// One way to check-weigh.
    pub struct MethodRow {
        /// How many times the limit is allowed.
        pub factor: NonZeroU8,
        /// The error of what the check is made with (the weights of the same-instrument method, the
        /// other scale otherwise) may be at most the limit divided by this.
        pub error_divisor: NonZeroU8,
        /// What the method demands besides, in Chinese.
        pub condition_zh: RuleText,
        /// What the method demands besides, in English.
        pub condition_en: RuleText,
    } with article

    /// How near the weights of the same-instrument method lie to the mass of the goods.
    pub struct WeightsNear {
        /// The greatest difference, as a share of the mass of the goods.
        pub within: Percent,
    } with article

    /// Goods outside the rule.
    pub struct ExcludedGoods by ExcludedKind => ExcludedRow {
        /// Live poultry.
        LivePoultry => live_poultry,
        /// Live fish.
        LiveFish => live_fish,
        /// Goods soaked in water.
        WaterSoaked => water_soaked,
    }

    /// One kind of goods outside the rule.
    pub struct ExcludedRow {
        /// What the goods are called in Chinese.
        pub name_zh: RuleText,
        /// What the goods are called in English.
        pub name_en: RuleText,
        /// Words in the name of goods that make them these, in lower case.
        #[serde(default)]
        pub names: Vec<RuleText>,
    } with source

    /// The duty to weigh on a scale whose permissible error is no more than the permitted shortage.
    pub struct Suitability {} with article

    /// The choices taken where the text leaves one.
    pub struct Readings {
        /// The settled mass picks the band.
        pub band_by_settled_mass: Reading,
        /// Name and price are both readings where they give different classes.
        pub class_by_name: Reading,
        /// Above the highest price of class 3 the price decides.
        pub class_by_price_above_100: Reading,
        /// Above the table the scale in use gives the limit.
        pub scale_limit_above_table: Reading,
        /// The scale in use gives the limit of goods that the tables do not cover; they have no verdict
        /// where the row is left out.
        pub scale_limit_of_goods_left_out: Option<Reading>,
        /// Packing that was settled as goods is a part of the shortage; not looked at where the row is
        /// left out.
        pub tare_is_no_goods: Option<Reading>,
        /// One weight shows how wrong the scale may be that the goods were weighed on again; it shows
        /// nothing where the row is left out.
        pub error_by_one_weight: Option<Reading>,
    }

    /// One choice.
    pub struct Reading {} with text
}

impl Rows for RetailRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.class_by_price.check(file)?;
        for (class, bands) in self.table_1.each() {
            bands.check_with_limits(file, &format!("table_1.{class}"))?;
        }
        for (metal, bands) in self.table_2.each() {
            bands.check_with_limits(file, &format!("table_2.{metal}"))?;
        }
        self.parts.check(file)
    }
}
