//! What filing a report takes.

mod capture;

use crate::moment::Moment;
use crate::privacy::input::IdentityInput;
use async_graphql::InputObject;
use capture::CaptureInput;
use liangxin_domain::{
    evidence::{
        digest::Sha256,
        photo::{DeclaredPhoto, PhotoKind},
    },
    id::{MerchantId, PhotoId, ReportId},
    limits::PHOTOS_PER_OWNER,
    metrology::{
        quantity::{Gram, QuantityError, YuanPerKg},
        retail::goods_mass,
    },
    place::Position,
    refusal::{Code, Refusal},
    reports::{
        receipt::ReceiptCode,
        report::{NewReport, SenderSecret},
    },
    rewards::payout::ClaimPassword,
    text::{Email, Line, Narrative},
};
use uuid::Uuid;

/// A position as a phone measured it.
#[derive(InputObject)]
pub(crate) struct PositionInput {
    /// Degrees north, WGS-84.
    latitude: f64,
    /// Degrees east, WGS-84.
    longitude: f64,
    /// Radius of 68 % confidence, in metres.
    accuracy_m: Option<f64>,
}

impl PositionInput {
    pub(crate) fn parse(&self, field: &'static str) -> Result<Position, Refusal> {
        Position::parse(self.latitude, self.longitude, self.accuracy_m, field)
    }
}

/// A photo that the phone holds and will send to `/uploads`.
#[derive(InputObject)]
pub(crate) struct PhotoInput {
    /// Made by the phone.
    id: Uuid,
    /// SHA-256 of the original bytes, 64 hexadecimal digits.
    sha256: String,
    /// Length of the original bytes.
    size_bytes: u64,
    /// Whether those who see a citizen's photo are told where it was taken; inspectors' photos tell it anyway.
    #[graphql(default = false)]
    tells_place: bool,
    /// What the app knows about the taking, beside what stands in the file. All of it is optional.
    capture: Option<CaptureInput>,
}

impl PhotoInput {
    pub(crate) fn parse(&self, kind: PhotoKind) -> Result<DeclaredPhoto, Refusal> {
        let tells_place = self.tells_place || kind != PhotoKind::Report;
        let capture = self.capture.as_ref().map(CaptureInput::parse).transpose()?;
        Ok(DeclaredPhoto {
            id: PhotoId::parse(self.id, "photos")?,
            kind,
            sha256: Sha256::parse(&self.sha256, "photos")?,
            size_bytes: self.size_bytes,
            tells_place,
            capture: capture.unwrap_or_default().kept(kind, tells_place),
        })
    }
}

/// A citizen's report. Nothing in it has to name the citizen.
#[derive(InputObject)]
pub(super) struct FileReportInput {
    /// Made by the phone (UUID version 7); names this write; the receipt names the report. Sending the same
    /// report again with the same id and secret is a success with the same receipt code.
    id: Uuid,
    /// 16 to 64 random characters that only this phone knows.
    #[graphql(secret)]
    secret: String,
    /// The code on the merchant's wall, if it was scanned.
    merchant_code: Option<String>,
    /// Who is reported: stall number, name. At most 120 characters.
    party: String,
    /// Where it happened (GB/T 2260). With a merchant code the merchant's place counts.
    division: String,
    /// The place in words. At most 120 characters.
    place: String,
    /// The place as the phone measured it.
    position: Option<PositionInput>,
    /// When it happened.
    occurred_at: Moment,
    /// The goods. At most 120 characters.
    goods: String,
    /// Unit price in yuan per kilogram, exact decimal.
    unit_price_yuan_per_kg: String,
    /// What was paid for, in grams, exact decimal.
    settled_grams: String,
    /// What the fair-check scale showed, in grams, exact decimal.
    checked_grams: String,
    /// What happened. At most 4,000 characters.
    narrative: String,
    /// Where news may be sent. Only with `consentToMail`.
    #[graphql(secret)]
    contact_email: Option<String>,
    /// Whether news may be sent to `contactEmail`.
    #[graphql(default = false)]
    consent_to_mail: bool,
    /// Photos that will follow. At most 24.
    #[graphql(default)]
    photos: Vec<PhotoInput>,
    /// A password of at least 8 characters, to claim a reward with later without giving a name.
    /// It is kept as a hash; nobody can tell it again.
    #[graphql(secret)]
    claim_password: Option<String>,
    /// Who reports, for a real-name report; left out, the report is anonymous.
    identity: Option<IdentityInput>,
    /// The receipt code of an earlier report that this one adds to. It is the only way in which an
    /// anonymous reporter can be known to be the same one.
    #[graphql(secret)]
    earlier_receipt_code: Option<String>,
}

impl FileReportInput {
    /// The merchant's code, for the resolver to look up.
    pub(super) fn merchant_code(&self) -> Option<&str> {
        self.merchant_code.as_deref()
    }

    pub(super) fn parse(self, merchant: Option<MerchantId>) -> Result<NewReport, Refusal> {
        if self.photos.len() > PHOTOS_PER_OWNER {
            return Err(Refusal::on(Code::PhotoLimit, "photos").with(PHOTOS_PER_OWNER.to_string()));
        }
        let contact = self.contact_email.filter(|_| self.consent_to_mail);
        Ok(NewReport {
            id: ReportId::parse(self.id, "id")?,
            secret: SenderSecret::parse(&self.secret)?,
            merchant,
            party: Line::parse(&self.party, "party")?,
            division: self
                .division
                .parse()
                .map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?,
            place: Line::parse(&self.place, "place")?,
            position: self
                .position
                .map(|position| position.parse("position"))
                .transpose()?,
            occurred_at: self.occurred_at.0,
            goods: Line::parse(&self.goods, "goods")?,
            unit_price: YuanPerKg::parse(&self.unit_price_yuan_per_kg)
                .map_err(|e| quantity(&e, "unitPriceYuanPerKg"))?,
            settled: goods(&self.settled_grams, "settledGrams")?,
            checked: goods(&self.checked_grams, "checkedGrams")?,
            narrative: Narrative::parse(&self.narrative, "narrative")?,
            contact: contact
                .map(|email| Email::parse(&email, "contactEmail"))
                .transpose()?,
            photos: self
                .photos
                .iter()
                .map(|photo| photo.parse(PhotoKind::Report))
                .collect::<Result<_, _>>()?,
            claim_password: self
                .claim_password
                .map(|text| ClaimPassword::parse(&text, "claimPassword"))
                .transpose()?,
            identity: self
                .identity
                .as_ref()
                .map(IdentityInput::parse)
                .transpose()?,
            follows: self
                .earlier_receipt_code
                .as_deref()
                .map(ReceiptCode::parse)
                .transpose()
                .map_err(|refusal| Refusal::on(refusal.code, "earlierReceiptCode"))?,
        })
    }
}

/// A mass of goods, in grams.
pub(crate) fn goods(grams: &str, field: &'static str) -> Result<Gram, Refusal> {
    let mass = Gram::parse(grams).and_then(goods_mass);
    mass.map_err(|error| quantity(&error, field))
}

/// A quantity that was refused, under the name of its field.
pub(crate) fn quantity(error: &QuantityError, field: &'static str) -> Refusal {
    let code = match error {
        QuantityError::NotDecimal => Code::FieldFormat,
        _ => Code::OutOfRange,
    };
    Refusal::on(code, field)
}
