//! What the steps of a visit take.

use crate::merchants::mutation::PlateInput;
use crate::reports::input::{PhotoInput, PositionInput, goods, quantity};
use async_graphql::{Enum, InputObject, OneofObject};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::inspections::visit::Seal;
use liangxin_domain::{
    evidence::photo::PhotoKind,
    id::{CommandId, InstrumentId, MeasurementId, PhotoId},
    inspections::{arrival::PartyMet, command::Command, visit::Signature},
    metrology::{
        measurement::Measurement,
        quantity::{Gram, YuanPerKg},
        retail::{self, CheckInstrument, ClassBy, GoodsCategory, RetailWeighing},
        standard::Standard,
        text::{GoodsName, OverrideReason, Text},
    },
    refusal::{Code, Refusal},
    text::Line,
};
use uuid::Uuid;

step_inputs! {
    visit_id "The visit.", id "Made by the phone; names this write.";

    /// Arrive on site.
    CheckInInput {
        /// When, by the phone's clock.
        at: DateTime<Utc>,
        /// Where.
        position: PositionInput,
        /// Whom the officer met. May be said later, by the same operation; no visit is closed before.
        party: Option<PartyMet>,
    }

    /// Record an instrument's mark and seal.
    CheckInstrumentInput {
        /// The instrument on the merchant's ledger.
        instrument_id: Uuid,
        /// The last day on the mark; leave it out if there is no readable mark.
        mark_valid_until: Option<NaiveDate>,
        /// The seal.
        seal: Seal,
        /// A note of at most 120 characters.
        note: Option<String>,
    }

    /// Put an instrument on the merchant's ledger that stands there and is on no ledger.
    AddSeenInstrumentInput named "Made by the phone; names the instrument and this write." {
        /// What its plate says.
        plate: PlateInput,
    }

    /// Promise photos of a visit; they follow to `/uploads`.
    DeclarePhotosInput {
        /// The photos; with those declared before at most 24.
        photos: Vec<VisitPhotoInput>,
    }

    /// Record a weighing and get its verdict.
    RecordMeasurementInput named "Made by the phone; names the measurement and this write." {
        /// The merchant's scale that the goods were sold on; its ledger entry supplies class, e and Max.
        instrument_id: Option<Uuid>,
        /// The day of the weighing; it picks the edition of the rule.
        weighed_on: NaiveDate,
        /// The goods by name. At most 200 characters.
        goods_name: String,
        /// What was weighed.
        goods: GoodsInput,
        /// Unit price in yuan per kilogram, exact decimal.
        unit_price_yuan_per_kg: String,
        /// What was paid for, in grams, exact decimal.
        settled_grams: String,
        /// What the check showed, in grams, exact decimal.
        checked_grams: String,
        /// How it was checked.
        method: CheckMethod,
        /// What it was checked with, from the bureau's register. Without it nothing conforms.
        made_with: Option<CheckedWithInput>,
        /// Send `true` again with a value that was refused as `VALUE_DOUBTFUL`, if it is so.
        confirmed: Option<bool>,
    }

    /// Close the record towards the merchant.
    SignRecordInput {
        /// Who signed; with the picture of the signature.
        signer_name: Option<String>,
        /// The declared photo of the signature.
        signature_photo_id: Option<Uuid>,
        /// Why there is no signature; instead of the two above.
        refused_reason: Option<String>,
    }

    /// Close a visit.
    SubmitVisitInput {}
}

impl CheckInInput {
    pub(super) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::CheckIn {
            at: self.at,
            position: self.position.parse("position")?,
            party: self.party,
        })
    }
}

impl AddSeenInstrumentInput {
    pub(super) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::AddSeenInstrument {
            instrument: InstrumentId::parse(self.id, "id")?,
            plate: self.plate.parse()?,
        })
    }
}

impl CheckInstrumentInput {
    pub(super) fn parse(self) -> Result<Command, Refusal> {
        Ok(Command::CheckInstrument {
            check: CommandId::parse(self.id, "id")?,
            instrument: InstrumentId::new(self.instrument_id),
            mark_valid_until: self.mark_valid_until,
            seal: self.seal,
            note: Line::parse_optional(self.note.as_deref(), "note")?,
        })
    }
}

/// What a photo of a visit shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum VisitPhotoKind {
    /// What the inspector saw.
    Scene,
    /// The instrument's mark or seal.
    Mark,
    /// The signature under the record.
    Signature,
}

/// A photo of a visit.
#[derive(InputObject)]
pub(super) struct VisitPhotoInput {
    /// What it shows.
    kind: VisitPhotoKind,
    /// The photo.
    photo: PhotoInput,
}

impl DeclarePhotosInput {
    pub(super) fn parse(self) -> Result<Command, Refusal> {
        let photos = self
            .photos
            .iter()
            .take(1 + liangxin_domain::limits::PHOTOS_PER_OWNER)
            .map(|photo| {
                photo.photo.parse(match photo.kind {
                    VisitPhotoKind::Scene => PhotoKind::Scene,
                    VisitPhotoKind::Mark => PhotoKind::Mark,
                    VisitPhotoKind::Signature => PhotoKind::Signature,
                })
            });
        Ok(Command::DeclarePhotos {
            photos: photos.collect::<Result<_, _>>()?,
        })
    }
}

/// The groups of goods that table 1 of the retail weighing rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "retail::GoodsGroup")]
pub(super) enum GoodsGroup {
    /// Class 1.
    Grain,
    /// Class 1.
    Vegetables,
    /// Class 1.
    Fruit,
    /// Class 2.
    Meat,
    /// Class 2.
    Eggs,
    /// Class 2.
    Poultry,
    /// Class 2.
    AquaticProducts,
    /// Class 2.
    Pastry,
    /// Class 2.
    Sweets,
    /// Class 2.
    Condiments,
    /// Class 3.
    DriedVegetables,
    /// Class 3.
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
    pub(super) fn parse(self) -> Result<Command, Refusal> {
        let input = RetailWeighing {
            weighed_on: self.weighed_on,
            goods_name: GoodsName::parse(&self.goods_name)
                .map_err(|_| Refusal::on(Code::FieldFormat, "goodsName"))?,
            category: self.goods.parse()?,
            unit_price: YuanPerKg::parse(&self.unit_price_yuan_per_kg)
                .map_err(|e| quantity(&e, "unitPriceYuanPerKg"))?,
            settled: goods(&self.settled_grams, "settledGrams")?,
            checked: goods(&self.checked_grams, "checkedGrams")?,
            method: self.method.into(),
            scale: None,
            standard: self.made_with.map(CheckedWithInput::parse).transpose()?,
            paid: None,
            weights: None,
            packages: Vec::new(),
            tare: Vec::new(),
            confirmed: self.confirmed.unwrap_or_default(),
        };
        Ok(Command::SubmitMeasurement {
            measurement: MeasurementId::parse(self.id, "id")?,
            instrument: self.instrument_id.map(InstrumentId::new),
            input: Box::new(Measurement::RetailWeighing(input)),
        })
    }
}

/// What a weighing was checked with.
#[derive(InputObject)]
pub(super) struct CheckedWithInput {
    /// The number on it.
    serial: String,
    /// The number of its certificate.
    certificate: String,
    /// The last day the certificate holds.
    valid_until: NaiveDate,
    /// The greatest error it may have at the mass of the goods, in grams, exact decimal.
    max_error_grams: Option<String>,
}

impl CheckedWithInput {
    fn parse(self) -> Result<CheckInstrument, Refusal> {
        let refuse = |_| Refusal::on(Code::FieldFormat, "madeWith");
        let max_error = self.max_error_grams.map(|error| Gram::parse(&error));
        Ok(CheckInstrument {
            standard: Standard {
                serial: Text::parse(&self.serial).map_err(refuse)?,
                certificate: Text::parse(&self.certificate).map_err(refuse)?,
                valid_until: self.valid_until,
            },
            max_error: max_error
                .transpose()
                .map_err(|error| quantity(&error, "madeWith"))?,
            weight_test: None,
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

impl SignRecordInput {
    pub(super) fn parse(self) -> Result<Command, Refusal> {
        let name = Line::parse_optional(self.signer_name.as_deref(), "signerName")?;
        let reason = Line::parse_optional(self.refused_reason.as_deref(), "refusedReason")?;
        let signature = match (name, self.signature_photo_id, reason) {
            (Some(name), Some(photo), None) => Signature::Signed {
                name,
                photo: PhotoId::new(photo),
            },
            (None, None, Some(reason)) => Signature::Refused { reason },
            _ => return Err(Refusal::on(Code::SignatureRequired, "signerName")),
        };
        Ok(Command::SignRecord { signature })
    }
}
