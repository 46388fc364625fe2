//! A report: what a citizen sends, and what officers know of it. Its states are in
//! [`state`](super::state), its steps in [`machine`](super::machine).

use super::{receipt::ReceiptCode, resemblance::Traits};
use crate::{
    accounts::interest::Party,
    evidence::photo::{self, DeclaredPhoto},
    id::{ComplaintId, MerchantId, ReportId, VisitId},
    law::calendar::shanghai_date,
    limits,
    metrology::quantity::{Gram, YuanPerKg},
    place::Position,
    places::{custody::Custody, division::DivisionCode},
    policy::{Action, Permit},
    privacy::identity::NewIdentity,
    refusal::{Code, Refusal},
    rewards::payout::ClaimPassword,
    secret::{self, Secret},
    text::{Email, Line, Narrative},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Serialize, Serializer};

pub use super::state::{ReportState, ReportStateKind};

/// What a citizen sends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NewReport {
    /// Made by the citizen's phone or by the form.
    pub id: ReportId,
    /// Random text that only the sender's device knows: whoever repeats the same report with it
    /// sees the same receipt code again, and nobody else does.
    #[serde(serialize_with = "secret::write")]
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
    #[serde(serialize_with = "secret::write")]
    pub contact: Option<Email>,
    /// The photos that will follow.
    pub photos: Vec<DeclaredPhoto>,
    /// What an anonymous reporter will claim a reward with.
    #[serde(serialize_with = "secret::write")]
    pub claim_password: Option<ClaimPassword>,
    /// Who reports, for whoever gives a real name. It goes into the sealed store and nowhere else.
    #[serde(serialize_with = "secret::write")]
    pub identity: Option<NewIdentity>,
    /// The receipt code of an earlier report that this one adds to, if the reporter shows it: the
    /// only way in which an anonymous reporter can be known to be the same.
    #[serde(serialize_with = "secret::write")]
    pub follows: Option<ReceiptCode>,
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

impl Secret for SenderSecret {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.expose())
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
}

/// A report as officers know it. Who sent it is not in here.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// Its number on paper, such as `JB-430103-2026-000123`.
    pub number: String,
    /// How far it has come.
    pub state: ReportState,
    /// The merchant, once known.
    pub merchant: Option<MerchantId>,
    /// Who is reported, in the citizen's words.
    pub party: String,
    /// Where it happened.
    pub division: DivisionCode,
    /// In whose hands it is.
    pub custody: Custody,
    /// The place in words.
    pub place: String,
    /// The place as a phone gave it.
    pub position: Option<Position>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The goods, and how much of them there was; a lead that nobody reported tells none.
    pub short: Option<Short>,
    /// What happened.
    pub narrative: String,
    /// What brought it up, where nobody reported it.
    pub found_in: Option<FoundIn>,
    /// When the system had it.
    pub received_at: DateTime<Utc>,
    /// Counts the changes; a save against an older one is refused.
    pub version: i32,
}

/// What brought up a lead that nobody reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundIn {
    /// The mediation of a complaint (Order 121, article 27).
    Mediation(ComplaintId),
    /// A visit that no report was behind (Order 2, article 18).
    Visit(VisitId),
    /// The bureau itself, or whoever handed it over: the day on which it was found or received (Order 2, article 18).
    Bureau(NaiveDate),
}

/// Goods that weighed less than was paid for, as a citizen tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Short {
    /// The goods.
    pub goods: String,
    /// Unit price, yuan per kilogram.
    pub unit_price: YuanPerKg,
    /// What was paid for, in grams.
    pub settled: Gram,
    /// What the fair-check scale showed, in grams.
    pub checked: Gram,
}

impl Report {
    /// The goods, in words; nothing where none are told.
    #[must_use]
    pub fn goods(&self) -> &str {
        self.short.as_ref().map_or("", |short| &short.goods)
    }

    /// What it is about, in a word: the goods, else what was found.
    #[must_use]
    pub fn matter(&self) -> &str {
        self.short
            .as_ref()
            .map_or(&self.narrative, |short| &short.goods)
    }

    /// The day in China on which it was received.
    #[must_use]
    pub fn received_on(&self) -> NaiveDate {
        shanghai_date(self.received_at)
    }

    /// Whom it is about, once known, and since when: from the day on which it came in.
    #[must_use]
    pub fn party(&self) -> Option<Party> {
        self.merchant.map(|merchant| Party {
            merchant,
            since: self.received_on(),
        })
    }

    /// An officer sends inspectors; who is reported is settled at the latest now. A visit is part of
    /// verifying and no step of its own.
    pub fn dispatch(mut self, permit: &Permit, merchant: MerchantId) -> Result<Self, Refusal> {
        permit.person(Action::DispatchVisit)?;
        match self.state {
            ReportState::Verifying(_)
            | ReportState::VerifyingExtended(..)
            | ReportState::PausedTest(..) => self.merchant = Some(merchant),
            _ => return Err(self.wrong_state()),
        }
        Ok(self)
    }

    /// What is compared with other reports; `follows` is the report whose code was shown with it.
    #[must_use]
    pub fn traits(&self, follows: Option<ReportId>) -> Traits {
        Traits {
            report: self.id,
            follows,
            merchant: self.merchant,
            party: self.party.clone(),
            goods: self.goods().to_owned(),
            occurred_at: self.occurred_at,
        }
    }
}
