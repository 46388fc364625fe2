//! What a complaint must say (Order 121, articles 10 to 12; form 1), checked with the field named.

use crate::{
    id::{ComplaintId, MerchantId},
    limits::{COMPLAINANTS, PHONE_CHARS, REPRESENTATIVES},
    money::Fen,
    places::division::DivisionCode,
    privacy::document,
    refusal::{Code, Refusal},
    reports::report::SenderSecret,
    secret,
    text::{Email, Line, Narrative, Text, phone_number},
};
use chrono::{DateTime, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr};

/// A telephone number: digits with separators, at most 20 characters.
pub type Phone = Text<PHONE_CHARS>;

/// A paper that shows who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdDocument {
    /// What kind of paper.
    pub kind: Line,
    /// Its number.
    pub number: Line,
}

impl IdDocument {
    /// Reads what kind of paper and which number; both or neither are given. That of a resident identity
    /// card has to have the right check character.
    pub fn parse(kind: Option<&str>, number: Option<&str>) -> Result<Option<Self>, Refusal> {
        let kind = Line::parse_optional(kind, "idKind")?;
        let number = Line::parse_optional(number, "idNumber")?;
        match (kind, number) {
            (Some(kind), Some(number)) => {
                let number = document::number_of(&kind, number.as_str(), "idNumber")?;
                Ok(Some(Self { kind, number }))
            }
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Refusal::on(Code::FieldRequired, "idKind")),
            (Some(_), None) => Err(Refusal::on(Code::FieldRequired, "idNumber")),
        }
    }
}

/// Reads a telephone number as it was typed, without the words around it.
pub fn parse_phone(typed: &str, field: &'static str) -> Result<Phone, Refusal> {
    let number = phone_number(typed);
    if number.is_empty() && !typed.trim().is_empty() {
        return Err(Refusal::on(Code::FieldFormat, field));
    }
    Phone::parse(&number, field)
}

/// A person behind a complaint: real name, telephone, postal address (article 10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The real name.
    pub name: Line,
    /// The telephone number.
    pub phone: Phone,
    /// The postal address.
    pub address: Line,
    /// The identity paper; form 1 has a field for it, nothing demands it at filing.
    pub id_document: Option<IdDocument>,
}

/// Who acts for the complainants by a power of attorney (article 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The agent, whose identity paper is required.
    pub person: Person,
    /// What the power of attorney is about.
    pub matter: Line,
    /// What the agent may do.
    pub powers: Line,
    /// The last day of its term.
    pub until: NaiveDate,
    /// The day of the signature on the original that was given.
    pub signed_on: NaiveDate,
}

/// The other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Respondent {
    /// Its name.
    pub name: Line,
    /// Its address.
    pub address: Line,
}

// Form 1, note 4.
words! {
    /// What a complaint demands.
    pub enum DemandKind as "DemandKind" {
        /// Repair.
        Repair,
        /// Do it again.
        Redo,
        /// Another one.
        Replace,
        /// Take it back.
        Return,
        /// Make up the quantity.
        MakeUpQuantity,
        /// The money back.
        Refund,
        /// Compensation.
        Compensation,
    }
}

/// A concrete demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// What kind.
    pub kind: DemandKind,
    /// The sum, if it is one.
    pub amount: Option<Fen>,
    /// In the complainant's words.
    pub words: Option<Narrative>,
}

/// The factual basis of the dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The day on which the harm was known or should have been known.
    pub harm_known_on: NaiveDate,
    /// Where.
    pub place: Line,
    /// What happened.
    pub content: Narrative,
    /// What was paid.
    pub amount: Fen,
    /// What proves it, in words.
    pub evidence: Narrative,
}

/// Everything that names a party or tells the dispute: sealed as one in the complaint's own row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particulars {
    /// The complainants; the representatives come first.
    pub complainants: Vec<Person>,
    /// How many of them represent the others.
    pub representatives: usize,
    /// Who acts for them.
    pub agent: Option<Agent>,
    /// The other side.
    pub respondent: Respondent,
    /// What is demanded.
    pub demand: Demand,
    /// What happened.
    pub basis: Basis,
}

/// Whether the complainant agrees to something on form 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Display, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Choice {
    /// Yes.
    Agreed,
    /// No.
    NotAgreed,
}

/// What a consumer sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewComplaint {
    /// Made by the consumer's phone or by the form.
    pub id: ComplaintId,
    /// Random text that only the sender's device knows.
    #[serde(serialize_with = "secret::write")]
    pub secret: SenderSecret,
    /// The operator, if its code was scanned.
    pub merchant: Option<MerchantId>,
    /// Where the operator does business (article 13).
    pub division: DivisionCode,
    /// Parties, demand, basis.
    pub particulars: Particulars,
    /// Whether complaint information may be published.
    pub publication: Choice,
    /// Whether a body may mediate.
    pub entrustment: Choice,
    /// Where news may be sent, if the consumer consents.
    #[serde(serialize_with = "secret::write")]
    pub contact: Option<Email>,
}

/// Who stands behind a complaint, as far as a step has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Representation {
    /// Everybody speaks for themselves.
    InPerson,
    /// Others are represented: their consent is needed to change, waive or settle (article 12).
    Represented,
}

impl Particulars {
    /// Whether somebody stands behind those who speak.
    #[must_use]
    pub fn standing(&self) -> Representation {
        if self.complainants.len() > self.representatives.max(1) && self.representatives > 0 {
            Representation::Represented
        } else {
            Representation::InPerson
        }
    }

    pub(super) fn check(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<(), Refusal> {
        self.check_people(today)?;
        if self.basis.occurred_at > now {
            return Err(Refusal::on(Code::TimeInFuture, "occurredAt"));
        }
        if self.basis.harm_known_on > today {
            return Err(Refusal::on(Code::TimeInFuture, "harmKnownOn"));
        }
        Ok(())
    }

    fn check_people(&self, today: NaiveDate) -> Result<(), Refusal> {
        let people = self.complainants.len();
        if people == 0 {
            return Err(Refusal::on(Code::FieldRequired, "complainants"));
        }
        if people > COMPLAINANTS {
            return Err(
                Refusal::on(Code::FieldTooLong, "complainants").with(COMPLAINANTS.to_string())
            );
        }
        if self.representatives > REPRESENTATIVES || self.representatives > people {
            return Err(Refusal::on(Code::RepresentativesTooMany, "representatives")
                .with(REPRESENTATIVES.to_string()));
        }
        for person in self
            .complainants
            .iter()
            .chain(self.agent.iter().map(|a| &a.person))
        {
            let digits = person.phone.as_str().chars().filter(char::is_ascii_digit);
            let is_number = person
                .phone
                .as_str()
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')'));
            if !is_number || digits.count() < 5 {
                return Err(Refusal::on(Code::FieldFormat, "phone"));
            }
        }
        let Some(agent) = &self.agent else {
            return Ok(());
        };
        if agent.person.id_document.is_none() {
            return Err(Refusal::on(Code::FieldRequired, "idNumber"));
        }
        if agent.signed_on > today {
            return Err(Refusal::on(Code::TimeInFuture, "signedOn"));
        }
        if agent.until < today {
            return Err(
                Refusal::on(Code::PowerOfAttorneyOver, "until").with(agent.until.to_string())
            );
        }
        Ok(())
    }
}

impl NewComplaint {
    /// Checks what no single field can show. That it came late is told, never a reason to refuse:
    /// see [`is_late`].
    pub fn check(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<(), Refusal> {
        self.particulars.check(now, today)
    }
}

/// Whether a complaint comes later than the years of C-LIMIT after the harm was known (article 16,
/// item 4). The complainant is told; only an officer may refuse for it.
#[must_use]
pub fn is_late(harm_known_on: NaiveDate, years: u32, today: NaiveDate) -> bool {
    harm_known_on
        .checked_add_months(Months::new(years.saturating_mul(12)))
        .is_some_and(|last| today > last)
}
