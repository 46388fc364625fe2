//! A report and its life: registered, verified on site, filed as a case, closed.
//!
//! Source of the states: procedures for complaints and reports (SAMR Order 121, in force
//! 2026-04-15) and penalty procedure (SAMR Order 2 of 2018, amended by Orders 42 and 61).

use crate::{
    canonical::Canonical,
    evidence::photo::{self, DeclaredPhoto},
    id::{CaseId, MerchantId, ReportId, UserId},
    limits,
    metrology::quantity::{Gram, YuanPerKg},
    place::Position,
    places::division::DivisionCode,
    policy::{Action, Permit},
    privacy::identity::NewIdentity,
    refusal::{Code, Refusal},
    text::{Email, Line, Narrative},
};
use chrono::{DateTime, TimeDelta, Utc};
use strum::{Display, EnumString, IntoStaticStr};

/// What a citizen sends.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReport {
    /// Made by the citizen's phone or by the form.
    pub id: ReportId,
    /// Random text that only the sender's device knows: whoever repeats the same report with it
    /// sees the same receipt code again, and nobody else does.
    pub secret: SenderSecret,
    /// The merchant, if the citizen scanned the code on the wall.
    pub merchant: Option<MerchantId>,
    /// Who is reported, in the citizen's words: stall number, name.
    pub party: Line,
    /// Where it happened (GB/T 2260 county or above).
    pub division: DivisionCode,
    /// The place in words.
    pub place: Line,
    /// The place as a phone gave it.
    pub position: Option<Position>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The goods.
    pub goods: Line,
    /// Unit price, yuan per kilogram.
    pub unit_price: YuanPerKg,
    /// What was paid for, in grams.
    pub settled: Gram,
    /// What the fair-check scale showed, in grams.
    pub checked: Gram,
    /// What happened.
    pub narrative: Narrative,
    /// Where news may be sent, if the citizen consents.
    pub contact: Option<Email>,
    /// The photos that will follow.
    pub photos: Vec<DeclaredPhoto>,
    /// Who reports, for whoever gives a real name. It goes into the sealed store and nowhere else.
    pub identity: Option<NewIdentity>,
}

/// A sender's secret: 16 to 64 characters of base 64 or hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct SenderSecret(String);

impl SenderSecret {
    /// Reads a secret.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let ok = (16..=64).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b));
        if ok {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refusal::on(Code::FieldFormat, "secret"))
        }
    }

    /// The secret, for keyed hashing only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SenderSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SenderSecret(…)")
    }
}

impl NewReport {
    /// Checks what no single field can show: the time of the event and the photos as a whole.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.occurred_at > now + TimeDelta::seconds(limits::CLOCK_AHEAD_SECONDS) {
            return Err(Refusal::on(Code::TimeInFuture, "occurredAt"));
        }
        if self.occurred_at < now - TimeDelta::days(limits::REPORT_AGE_DAYS) {
            return Err(Refusal::on(Code::TimeTooOld, "occurredAt"));
        }
        photo::check_declarations(&self.photos)
    }

    /// The content for telling a repetition from another report under the same id.
    #[must_use]
    pub fn canonical(&self) -> Canonical {
        let Self {
            id,
            secret,
            merchant,
            party,
            division,
            place,
            position,
            occurred_at,
            goods,
            unit_price,
            settled,
            checked,
            narrative,
            contact,
            photos,
            identity,
        } = self;
        let content = Canonical::of("FileReport")
            .field("id", id)
            .field("secret", secret.expose())
            .optional("merchant", merchant.as_ref())
            .field("party", party)
            .field("division", division)
            .field("place", place)
            .optional("latitude", position.map(|p| p.latitude))
            .optional("longitude", position.map(|p| p.longitude))
            .optional("accuracy", position.and_then(|p| p.accuracy_m))
            .field("occurred_at", occurred_at.timestamp_millis())
            .field("goods", goods)
            .field("unit_price", unit_price)
            .field("settled", settled)
            .field("checked", checked)
            .field("narrative", narrative)
            .optional("contact", contact.as_ref().map(Email::as_str));
        let named = identity.iter().flat_map(NewIdentity::fields);
        let content = named.fold(content, |content, (field, value)| {
            content.field(field.into(), value.expose())
        });
        photos.iter().fold(content, |content, photo| {
            content
                .field("photo", photo.id)
                .field("kind", photo.kind)
                .field("sha256", photo.sha256)
                .field("size", photo.size_bytes)
        })
    }
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Received; nobody has looked at it yet.
    Registered,
    /// An officer verifies the lead.
    Verifying {
        /// Who took it in.
        by: UserId,
        /// When.
        at: DateTime<Utc>,
    },
    /// A case was filed on it.
    Filed {
        /// The case.
        case: CaseId,
    },
    /// The case was decided.
    Closed {
        /// The case.
        case: CaseId,
    },
}

/// The word for a report's state, for rows and for the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ReportStateKind {
    /// Received, waiting in the queue.
    Registered,
    /// Being verified.
    Verifying,
    /// A case was filed on it.
    Filed,
    /// The case was decided.
    Closed,
}

impl ReportState {
    /// The word for this state.
    #[must_use]
    pub const fn kind(&self) -> ReportStateKind {
        match self {
            Self::Registered => ReportStateKind::Registered,
            Self::Verifying { .. } => ReportStateKind::Verifying,
            Self::Filed { .. } => ReportStateKind::Filed,
            Self::Closed { .. } => ReportStateKind::Closed,
        }
    }
}

/// A report as officers know it. Who sent it is not in here.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// Its number on paper, such as `JB-430103-20261123-7QK2M4`.
    pub number: String,
    /// How far it has come.
    pub state: ReportState,
    /// The merchant, once known.
    pub merchant: Option<MerchantId>,
    /// Who is reported, in the citizen's words.
    pub party: String,
    /// Where it happened.
    pub division: DivisionCode,
    /// The place in words.
    pub place: String,
    /// The place as a phone gave it.
    pub position: Option<Position>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The goods.
    pub goods: String,
    /// Unit price, yuan per kilogram.
    pub unit_price: YuanPerKg,
    /// What was paid for, in grams.
    pub settled: Gram,
    /// What the fair-check scale showed, in grams.
    pub checked: Gram,
    /// What happened.
    pub narrative: String,
    /// When the system had it.
    pub received_at: DateTime<Utc>,
    /// Counts the changes; a save against an older one is refused.
    pub version: i32,
}

impl Report {
    /// An officer takes the report in and begins to verify it (Order 121, article 35; Order 2,
    /// article 18).
    pub fn accept(mut self, permit: &Permit, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let by = permit.person(Action::AcceptReport)?;
        match self.state {
            ReportState::Registered => self.state = ReportState::Verifying { by, at: now },
            _ => return Err(self.wrong_state()),
        }
        Ok(self)
    }

    /// An officer sends inspectors; who is reported is settled at the latest now.
    pub fn dispatch(mut self, permit: &Permit, merchant: MerchantId) -> Result<Self, Refusal> {
        permit.person(Action::DispatchVisit)?;
        match self.state {
            ReportState::Verifying { .. } => self.merchant = Some(merchant),
            _ => return Err(self.wrong_state()),
        }
        Ok(self)
    }

    /// A head files a case on the verified lead (Order 2, article 19).
    pub fn file(mut self, permit: &Permit, case: CaseId) -> Result<Self, Refusal> {
        permit.person(Action::FileCase)?;
        match self.state {
            ReportState::Verifying { .. } => self.state = ReportState::Filed { case },
            _ => return Err(self.wrong_state()),
        }
        Ok(self)
    }

    /// The case on it was decided.
    pub fn close(mut self, permit: &Permit) -> Result<Self, Refusal> {
        permit.person(Action::DecideCase)?;
        match self.state {
            ReportState::Filed { case } => self.state = ReportState::Closed { case },
            _ => return Err(self.wrong_state()),
        }
        Ok(self)
    }

    fn wrong_state(&self) -> Refusal {
        Refusal::of(Code::WrongState).with(self.state.kind().to_string())
    }
}
