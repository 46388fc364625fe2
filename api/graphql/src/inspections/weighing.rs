//! A weighing that a form sends field by field. It comes to the same measurement as a document of the family
//! `RETAIL_WEIGHING`, so nothing of that family is missing here; goods by volume, length or piece are another family,
//! and come as a document.

use super::occurred::{OccurredInput, claim};
use crate::reports::input::quantity;
use async_graphql::{Enum, InputObject, OneofObject};
use chrono::NaiveDate;
use liangxin_domain::{
    id::{InstrumentId, MeasurementId},
    inspections::command::Command,
    metrology::{
        measurement::Measurement,
        quantity::{Gram, Kind, Quantity, QuantityError},
        retail::{
            self, CheckInstrument, ClassBy, GoodsCategory, RetailWeighing, ShopPackage, Tare,
            WeightTest,
        },
        seen,
        standard::Standard,
        text::{GoodsName, OverrideReason, Text},
    },
    refusal::{Code, Refusal},
};
use uuid::Uuid;

step_inputs! {
    visit_id "The visit.", id "Made by the phone; names the measurement and this write.";

    /// Record a weighing and get its verdict. Goods by volume, by length or by the piece are recorded by
    /// `submitMeasurement`.
    RecordMeasurementInput {
        /// The merchant's scale that the goods were sold on; its ledger entry supplies class, e and Max.
        instrument_id: Option<Uuid>,
        /// The day of the weighing; it picks the edition of the rule.
        weighed_on: NaiveDate,
        /// The goods by name. At most 200 characters.
        goods_name: String,
        /// What was weighed.
        goods: GoodsInput,
        /// Unit price in yuan per kilogram, exact decimal; or with its unit as the market writes it: `27.8 元/斤`.
        unit_price_yuan_per_kg: String,
        /// What was paid for, in grams, exact decimal; or with its unit as the scale shows it: `7.6 斤`, `2.8kg`.
        settled_grams: String,
        /// What the check showed, in grams, exact decimal; or with its unit.
        checked_grams: String,
        /// How it was checked.
        method: CheckMethod,
        /// What it was checked with. A visit does without it only for goods that the rule does not cover.
        made_with: Option<CheckedWithInput>,
        /// Weights put on the scale of the sale; by the same-instrument method only.
        weights: Option<WeightTestInput>,
        /// What was paid, in yuan, exact decimal; for the refund only.
        paid_yuan: Option<String>,
        /// The packages of goods packed in the shop, 2 to 200; `settledGrams` and `checkedGrams` are then their sums.
        packages: Option<Vec<ShopPackageInput>>,
        /// The packing that lay on the scale with the goods, each kind once.
        tare: Option<Vec<TareInput>>,
        /// Send `true` again with a value that was refused as `VALUE_DOUBTFUL`, if it is so.
        confirmed: Option<bool>,
        /// When it was weighed. A weighing on the day of the phone's clock is judged by the day on which it was.
        occurred: Option<OccurredInput>,
    }
}

/// One package that was packed in the shop.
#[derive(InputObject)]
pub(super) struct ShopPackageInput {
    /// What its label says, in grams, exact decimal; or with its unit.
    settled_grams: String,
    /// What was in it, in grams, exact decimal; or with its unit.
    checked_grams: String,
}

/// What packing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "retail::TareKind")]
pub(super) enum TareKind {
    /// Rope or band, as on a crab.
    Rope,
    /// A bag.
    Bag,
    /// A box or basin.
    Box,
    /// A tray.
    Tray,
    /// Any other.
    Other,
}

/// Whether a point that is looked at, not measured, is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "seen::Seen")]
#[expect(
    clippy::enum_variant_names,
    reason = "the words are those of the measurement document"
)]
pub(super) enum Seen {
    /// It was looked for and is so.
    Yes,
    /// It was looked for and is not so.
    No,
    /// Nobody looked.
    NotSeen,
}

/// Packing of one kind.
#[derive(InputObject)]
pub(super) struct TareInput {
    /// What it is.
    what: TareKind,
    /// Its mass, of each package where there are several, in grams, exact decimal; or with its unit.
    grams: String,
    /// Whether it was paid for as goods.
    settled_as_goods: Seen,
}

/// Weights of about the mass of the goods on a scale.
#[derive(InputObject)]
pub(super) struct WeightTestInput {
    /// What the weights weigh together, in grams, exact decimal; or with its unit.
    load_grams: String,
    /// What the scale showed, in grams, exact decimal; or with its unit.
    indication_grams: String,
    /// The greatest error of the weights together, in grams, exact decimal; or with its unit.
    weights_error_grams: String,
}

/// The groups of goods that table 1 of the retail weighing rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "retail::GoodsGroup")]
pub(super) enum GoodsGroup {
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

/// How the goods were weighed again (Order 66, article 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "retail::CheckMethod")]
pub(super) enum CheckMethod {
    /// On the scale that they were sold on.
    SameInstrument,
    /// On a scale whose error is at most a third of the limit.
    HigherAccuracy,
    /// On a scale whose error is at most the limit: twice the limit is allowed.
    EqualAccuracy,
}

/// Goods that the rule does not cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "retail::ExcludedKind")]
pub(super) enum ExcludedGoods {
    /// Live poultry.
    LivePoultry,
    /// Live fish.
    LiveFish,
    /// Goods soaked in water.
    WaterSoaked,
}

/// Jewellery, weighed by the piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum Jewellery {
    /// Gold.
    Gold,
    /// Silver.
    Silver,
}

/// Food and how its class is found. The rule says "by name or by price" without order; the officer
/// chooses, and a choice against the name needs a reason.
#[derive(InputObject)]
pub(super) struct FoodInput {
    /// The group that the goods belong to by name.
    group: Option<GoodsGroup>,
    /// Take the class from the unit price instead of the group.
    #[graphql(default = false)]
    class_by_price: bool,
    /// Why the price decides, if it leads to another class than the name.
    reason: Option<String>,
}

/// What was weighed: exactly one of the three.
#[derive(OneofObject)]
pub(super) enum GoodsInput {
    /// Food.
    Food(FoodInput),
    /// A piece of jewellery.
    Jewellery(Jewellery),
    /// Goods that the rule does not cover.
    Excluded(ExcludedGoods),
}

impl RecordMeasurementInput {
    /// The same command as a measurement of any family, only typed.
    pub(crate) fn parse(self) -> Result<Command, Refusal> {
        let packages = self.packages.unwrap_or_default();
        let tare = self.tare.unwrap_or_default();
        let input = RetailWeighing {
            weighed_on: self.weighed_on,
            goods_name: GoodsName::parse(&self.goods_name)
                .map_err(|_| Refusal::on(Code::FieldFormat, "goodsName"))?,
            category: self.goods.parse()?,
            unit_price: read(&self.unit_price_yuan_per_kg, "unitPriceYuanPerKg")?,
            settled: goods(&self.settled_grams, "settledGrams")?,
            checked: goods(&self.checked_grams, "checkedGrams")?,
            method: self.method.into(),
            scale: None,
            standard: self.made_with.map(CheckedWithInput::parse).transpose()?,
            paid: self
                .paid_yuan
                .map(|paid| read(&paid, "paidYuan"))
                .transpose()?,
            weights: self.weights.map(|test| test.parse("weights")).transpose()?,
            packages: packages
                .into_iter()
                .map(ShopPackageInput::parse)
                .collect::<Result<_, _>>()?,
            tare: tare
                .into_iter()
                .map(TareInput::parse)
                .collect::<Result<_, _>>()?,
            confirmed: self.confirmed.unwrap_or_default(),
        };
        Ok(Command::SubmitMeasurement {
            measurement: MeasurementId::parse(self.id, "id")?,
            instrument: self.instrument_id.map(InstrumentId::new),
            input: Box::new(Measurement::RetailWeighing(input).into()),
            occurred: claim(self.occurred.as_ref())?,
        })
    }
}

/// A quantity in the unit that the name of its field tells, or with a unit of its own as the market writes it.
fn read<K: Kind>(text: &str, field: &'static str) -> Result<Quantity<K>, Refusal> {
    let read = match Quantity::read(text) {
        Err(QuantityError::UnitMissing { .. }) => Quantity::parse(text.trim()),
        read => read,
    };
    read.map_err(|error| refused(&error, field))
}

/// A mass of goods: what is sold in one weighing weighs at most ten tonnes.
fn goods(text: &str, field: &'static str) -> Result<Gram, Refusal> {
    retail::goods_mass(read(text, field)?).map_err(|error| refused(&error, field))
}

fn refused(error: &QuantityError, field: &'static str) -> Refusal {
    match error {
        QuantityError::Unclear { .. }
        | QuantityError::UnitMismatch { .. }
        | QuantityError::UnitNotLegal { .. }
        | QuantityError::UnitUnknown { .. } => {
            Refusal::on(Code::MeasurementInput, field).within(error.code(), None)
        }
        _ => quantity(error, field),
    }
}

impl ShopPackageInput {
    fn parse(self) -> Result<ShopPackage, Refusal> {
        Ok(ShopPackage {
            settled: goods(&self.settled_grams, "packages")?,
            checked: goods(&self.checked_grams, "packages")?,
        })
    }
}

impl TareInput {
    fn parse(self) -> Result<Tare, Refusal> {
        Ok(Tare {
            what: self.what.into(),
            mass: read(&self.grams, "tare")?,
            settled_as_goods: self.settled_as_goods.into(),
        })
    }
}

impl WeightTestInput {
    fn parse(self, field: &'static str) -> Result<WeightTest, Refusal> {
        Ok(WeightTest {
            load: read(&self.load_grams, field)?,
            indication: read(&self.indication_grams, field)?,
            weights_error: read(&self.weights_error_grams, field)?,
        })
    }
}

/// What a weighing was checked with: one of the bureau's register, or another with its keeper.
#[derive(InputObject)]
pub(super) struct CheckedWithInput {
    /// The number on it.
    serial: String,
    /// The number of its certificate.
    certificate: String,
    /// The last day the certificate holds.
    valid_until: NaiveDate,
    /// Who keeps it, where the bureau does not, such as the market with its fair-check scale. At most 120 characters.
    keeper: Option<String>,
    /// The greatest error it may have at the mass of the goods, in grams, exact decimal; or with its unit.
    max_error_grams: Option<String>,
    /// Weights put on it before, as on a market's fair-check scale; not by the same-instrument method.
    weight_test: Option<WeightTestInput>,
}

impl CheckedWithInput {
    fn parse(self) -> Result<CheckInstrument, Refusal> {
        const FIELD: &str = "madeWith";
        let refuse = |_| Refusal::on(Code::FieldFormat, FIELD);
        let keeper = self.keeper.map(|keeper| Text::parse(&keeper));
        Ok(CheckInstrument {
            standard: Standard {
                serial: Text::parse(&self.serial).map_err(refuse)?,
                certificate: Text::parse(&self.certificate).map_err(refuse)?,
                valid_until: self.valid_until,
                keeper: keeper.transpose().map_err(refuse)?,
            },
            max_error: self
                .max_error_grams
                .map(|error| read(&error, FIELD))
                .transpose()?,
            weight_test: self.weight_test.map(|test| test.parse(FIELD)).transpose()?,
        })
    }
}

impl GoodsInput {
    fn parse(self) -> Result<GoodsCategory, Refusal> {
        let food = match self {
            Self::Jewellery(Jewellery::Gold) => return Ok(GoodsCategory::GoldPiece),
            Self::Jewellery(Jewellery::Silver) => return Ok(GoodsCategory::SilverPiece),
            Self::Excluded(goods) => {
                return Ok(GoodsCategory::Excluded {
                    goods: goods.into(),
                });
            }
            Self::Food(food) => food,
        };
        let group = food.group.map(Into::into);
        let class_by = match (food.class_by_price, group) {
            (false, Some(group)) => ClassBy::Name { group },
            (false, None) => return Err(Refusal::on(Code::FieldRequired, "goods.food.group")),
            (true, group) => {
                let reason = food
                    .reason
                    .as_deref()
                    .map(OverrideReason::parse)
                    .transpose();
                let reason =
                    reason.map_err(|_| Refusal::on(Code::FieldFormat, "goods.food.reason"))?;
                ClassBy::Price { group, reason }
            }
        };
        Ok(GoodsCategory::Food { class_by })
    }
}
