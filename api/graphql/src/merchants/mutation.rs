//! What is asked of the register.

use super::{
    kind::InstrumentKindView,
    types::{InstrumentView, MerchantView, VenueView},
};
use crate::{context::Known as _, reports::input::PositionInput, steps};
use async_graphql::{Context, InputObject, Object};
use chrono::NaiveDate;
use liangxin_app::{error::AppError, store, usecase::merchants};
use liangxin_domain::{
    actor::Actor,
    id::{InstrumentId, MerchantId},
    merchants::{
        command::{Command, NewMerchant, Premises},
        credit_code::CreditCode,
        instrument::Instrument,
        ledger::{self, Certificate, NewInstrument, Plate},
        merchant::Merchant,
    },
    refusal::{Code, Refusal},
    text::{Line, Text},
};
use uuid::Uuid;

/// Where a merchant does business.
#[derive(InputObject)]
pub(super) struct PremisesInput {
    /// The division (GB/T 2260).
    division: String,
    /// Street address. At most 200 characters.
    address: String,
    /// Where it is.
    position: Option<PositionInput>,
    /// The organiser of the market that let it in.
    market_id: Option<Uuid>,
    /// Its number inside the market. At most 32 characters.
    stall_no: Option<String>,
}

impl PremisesInput {
    fn parse(self) -> Result<Premises, Refusal> {
        let division = self.division.parse();
        let position = self.position.map(|position| position.parse("position"));
        Ok(Premises {
            division: division.map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?,
            address: Text::parse(&self.address, "address")?,
            position: position.transpose()?,
            market: self.market_id.map(MerchantId::new),
            stall_no: Text::parse_optional(self.stall_no.as_deref(), "stallNo")?,
        })
    }
}

/// Put a merchant on the register.
#[derive(InputObject)]
struct OpenMerchantInput {
    /// Made by the client; names the merchant and this write.
    id: Uuid,
    /// Name in Chinese. At most 120 characters.
    name_zh: String,
    /// Name in English. At most 120 characters.
    name_en: String,
    /// What kind of venue it is.
    venue: VenueView,
    /// Its unified social credit code, whose check character has to be right.
    credit_code: Option<String>,
    /// Where it does business.
    premises: PremisesInput,
    /// When it opened.
    opened_on: NaiveDate,
}

impl OpenMerchantInput {
    fn parse(self) -> Result<(MerchantId, NewMerchant), Refusal> {
        let code = self.credit_code.as_deref();
        let code = code.map(|code| CreditCode::parse(code, "creditCode"));
        let new = NewMerchant::OpenMerchant {
            name_zh: Line::parse(&self.name_zh, "nameZh")?,
            name_en: Line::parse(&self.name_en, "nameEn")?,
            venue: self.venue.into(),
            credit_code: code.transpose()?,
            premises: self.premises.parse()?,
            opened_on: self.opened_on,
        };
        Ok((MerchantId::parse(self.id, "id")?, new))
    }
}

/// What the plate of an instrument says.
#[derive(InputObject)]
pub(crate) struct PlateInput {
    /// What it is.
    kind: InstrumentKindView,
    /// Maker's model. At most 120 characters.
    model: String,
    /// Maker's serial number. At most 120 characters.
    serial: String,
    /// Accuracy class of a scale: `III` or `IIII`.
    accuracy_class: Option<String>,
    /// Verification scale interval e, in grams, exact decimal.
    e_grams: Option<String>,
    /// Maximum capacity, in grams, exact decimal.
    max_grams: Option<String>,
}

impl PlateInput {
    pub(crate) fn parse(self) -> Result<Plate, Refusal> {
        Ok(Plate {
            kind: self.kind.into(),
            model: Text::parse(&self.model, "model")?,
            serial: Text::parse(&self.serial, "serial")?,
            accuracy_class: Text::parse_optional(self.accuracy_class.as_deref(), "accuracyClass")?,
            e_g: Text::parse_optional(self.e_grams.as_deref(), "eGrams")?,
            max_g: Text::parse_optional(self.max_grams.as_deref(), "maxGrams")?,
        })
    }
}

/// A certificate of verification.
#[derive(InputObject)]
pub(super) struct CertificateInput {
    /// Its number. At most 64 characters.
    number: String,
    /// The day of the verification.
    verified_on: NaiveDate,
    /// The last day that is printed on it; without one the interval of the kind counts.
    valid_until: Option<NaiveDate>,
}

impl CertificateInput {
    fn parse(self) -> Result<Certificate, Refusal> {
        Ok(Certificate {
            number: Text::parse(&self.number, "number")?,
            verified_on: self.verified_on,
            valid_until: self.valid_until,
        })
    }
}

/// Put an instrument on a merchant's ledger.
#[derive(InputObject)]
struct AddInstrumentInput {
    /// Made by the client; names the instrument and this write.
    id: Uuid,
    /// Whose ledger.
    merchant_id: Uuid,
    /// What its plate says.
    plate: PlateInput,
    /// Its certificate, if it has one.
    certificate: Option<CertificateInput>,
}

impl AddInstrumentInput {
    fn parse(self) -> Result<(InstrumentId, NewInstrument), Refusal> {
        let certificate = self.certificate.map(CertificateInput::parse);
        let new = NewInstrument::AddInstrument {
            merchant: MerchantId::new(self.merchant_id),
            plate: self.plate.parse()?,
            certificate: certificate.transpose()?,
        };
        Ok((InstrumentId::parse(self.id, "id")?, new))
    }
}

step_inputs! {
    merchant_id "The merchant.", id "Made by the client; names this write.";

    /// Give a merchant another name.
    RenameMerchantInput {
        /// Name in Chinese. At most 120 characters.
        name_zh: String,
        /// Name in English. At most 120 characters.
        name_en: String,
    }

    /// Note that a merchant does business elsewhere now.
    MoveMerchantInput {
        /// Where.
        premises: PremisesInput,
    }

    /// Note that a merchant does no business any more.
    CloseMerchantInput {
        /// Since when.
        on: NaiveDate,
        /// Why, as far as it is known. At most 120 characters.
        reason: String,
    }

    /// Note that another merchant does business in its place.
    SucceedMerchantInput {
        /// Who; on the register already.
        successor_id: Uuid,
        /// Since when.
        on: NaiveDate,
    }
}

step_inputs! {
    instrument_id "The instrument.", id "Made by the client; names this write.";

    /// Note that another merchant uses an instrument now.
    MoveInstrumentInput {
        /// Who.
        to_merchant_id: Uuid,
    }

    /// Note that nobody uses an instrument any more.
    RetireInstrumentInput {
        /// Since when.
        on: NaiveDate,
        /// Why. At most 120 characters.
        reason: String,
    }

    /// Note that an instrument was verified again.
    ReverifyInstrumentInput {
        /// The new certificate.
        certificate: CertificateInput,
    }
}

payload! {
    /// What became of an operation on a merchant.
    MerchantPayload {
        /// The merchant as it stands now, unless refused.
        merchant: MerchantView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (_, merchant): (Actor, MerchantId)| {
        Some(MerchantView(store::merchants::get(&ctx.app()?.db, merchant).await?))
    }
}

payload! {
    /// What became of an operation on an instrument.
    InstrumentPayload {
        /// The instrument as it stands now, unless refused.
        instrument: InstrumentView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (_, instrument): (Actor, InstrumentId)| {
        Some(InstrumentView(store::merchants::get_instrument(&ctx.app()?.db, instrument).await?))
    }
}

/// What comes on the register.
#[derive(Default)]
pub struct RegisterMutation;

#[Object(name = "RegisterMutation")]
impl RegisterMutation {
    /// Puts a merchant on the register, with a new code for its wall.
    async fn open_merchant(
        &self,
        ctx: &Context<'_>,
        input: OpenMerchantInput,
    ) -> Result<MerchantPayload, AppError> {
        let outcome = steps::make(ctx, input.parse(), merchants::open);
        MerchantPayload::of(ctx, outcome.await).await
    }

    /// Puts an instrument on a merchant's ledger.
    async fn add_instrument(
        &self,
        ctx: &Context<'_>,
        input: AddInstrumentInput,
    ) -> Result<InstrumentPayload, AppError> {
        let outcome = steps::make(ctx, input.parse(), merchants::add_instrument);
        InstrumentPayload::of(ctx, outcome.await).await
    }
}

steps! {
    /// The steps on a merchant.
    MerchantMutation("MerchantMutation") moves Merchant, answers MerchantPayload;

    /// Gives a merchant another name.
    rename_merchant(input: RenameMerchantInput) => Command::RenameMerchant {
        name_zh: Line::parse(&input.name_zh, "nameZh")?,
        name_en: Line::parse(&input.name_en, "nameEn")?,
    };
    /// Notes that a merchant does business elsewhere now.
    move_merchant(input: MoveMerchantInput) => Command::MoveMerchant {
        premises: input.premises.parse()?,
    };
    /// Notes that a merchant does no business any more. The page behind its code says so and shows no grade.
    close_merchant(input: CloseMerchantInput) => Command::CloseMerchant {
        on: input.on,
        reason: Line::parse(&input.reason, "reason")?,
    };
    /// Notes that another merchant does business in its place. The code on its wall leads to neither's grade.
    succeed_merchant(input: SucceedMerchantInput) => Command::SucceedMerchant {
        successor: MerchantId::new(input.successor_id),
        on: input.on,
    };
}

steps! {
    /// The steps on an instrument.
    InstrumentMutation("InstrumentMutation") moves Instrument, answers InstrumentPayload;

    /// Notes that another merchant uses an instrument now.
    move_instrument(input: MoveInstrumentInput) => ledger::Command::MoveInstrument {
        to: MerchantId::new(input.to_merchant_id),
    };
    /// Notes that nobody uses an instrument any more.
    retire_instrument(input: RetireInstrumentInput) => ledger::Command::RetireInstrument {
        on: input.on,
        reason: Line::parse(&input.reason, "reason")?,
    };
    /// Notes that an instrument was verified again.
    reverify_instrument(input: ReverifyInstrumentInput) => ledger::Command::ReverifyInstrument {
        certificate: input.certificate.parse()?,
    };
}
