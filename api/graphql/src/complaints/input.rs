//! What filing a complaint takes.

use crate::moment::Moment;
use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_domain::complaints::filing::DemandKind;
use liangxin_domain::{
    complaints::filing::{
        Agent, Basis, Choice, Demand, IdDocument, NewComplaint, Particulars, Person, Respondent,
        parse_phone,
    },
    id::{ComplaintId, MerchantId},
    limits::COMPLAINANTS,
    money::Fen,
    refusal::{Code, Refusal},
    reports::report::SenderSecret,
    text::{Email, Line, Narrative},
};
use uuid::Uuid;

/// A person: real name, telephone, postal address.
#[derive(InputObject)]
pub(super) struct ComplaintPersonInput {
    /// The real name. At most 120 characters.
    #[graphql(secret)]
    name: String,
    /// The telephone number. At most 20 characters.
    #[graphql(secret)]
    phone: String,
    /// The postal address. At most 120 characters.
    #[graphql(secret)]
    address: String,
    /// What kind of identity paper; with `idNumber`.
    id_kind: Option<String>,
    /// Its number.
    #[graphql(secret)]
    id_number: Option<String>,
}

/// Who acts by a power of attorney, whose original was shown.
#[derive(InputObject)]
pub(super) struct ComplaintAgentInput {
    /// The agent; an identity paper is required.
    person: ComplaintPersonInput,
    /// What the power of attorney is about.
    matter: String,
    /// What the agent may do.
    powers: String,
    /// The last day of its term.
    until: NaiveDate,
    /// The day of the signature.
    signed_on: NaiveDate,
}

/// A consumer's complaint (form 1).
#[derive(InputObject)]
pub(crate) struct FileComplaintInput {
    /// Made by the phone (UUID version 7); names this write; the receipt names the complaint. Sending the same
    /// complaint again with the same id and secret is a success with the same receipt code.
    id: Uuid,
    /// 16 to 64 random characters that only this phone knows.
    #[graphql(secret)]
    secret: String,
    /// The code on the merchant's wall, if it was scanned.
    merchant_code: Option<String>,
    /// Where the operator does business (GB/T 2260). With a merchant code the merchant's place
    /// counts.
    division: String,
    /// Who complains, the representatives first. Joint complaints name everybody; at most 50.
    complainants: Vec<ComplaintPersonInput>,
    /// How many of them represent the others; at most two.
    #[graphql(default)]
    representatives: u32,
    /// Who acts for them.
    agent: Option<ComplaintAgentInput>,
    /// The operator's name. At most 120 characters.
    respondent_name: String,
    /// The operator's address. At most 120 characters.
    respondent_address: String,
    /// What is demanded.
    demand: DemandKind,
    /// The sum that is demanded, in fen.
    demand_fen: Option<i64>,
    /// The demand in words.
    demand_words: Option<String>,
    /// When it happened.
    occurred_at: Moment,
    /// The day on which the harm was known; the day of the event if not said.
    harm_known_on: Option<NaiveDate>,
    /// Where it happened. At most 120 characters.
    place: String,
    /// What happened. At most 4,000 characters.
    content: String,
    /// What was paid, in fen.
    paid_fen: i64,
    /// What proves it, in words. At most 4,000 characters.
    evidence: String,
    /// Whether complaint information may be published. May be withdrawn.
    publish_consent: bool,
    /// Whether a lawful body may mediate in the bureau's name.
    entrust_consent: bool,
    /// Where news may be sent. Only with `consentToMail`.
    #[graphql(secret)]
    contact_email: Option<String>,
    /// Whether news may be sent to `contactEmail`.
    #[graphql(default = false)]
    consent_to_mail: bool,
}

impl ComplaintPersonInput {
    fn parse(&self) -> Result<Person, Refusal> {
        let id_document = IdDocument::parse(self.id_kind.as_deref(), self.id_number.as_deref())?;
        Ok(Person {
            name: Line::parse(&self.name, "name")?,
            phone: parse_phone(&self.phone, "phone")?,
            address: Line::parse(&self.address, "address")?,
            id_document,
        })
    }
}

impl ComplaintAgentInput {
    fn parse(&self) -> Result<Agent, Refusal> {
        Ok(Agent {
            person: self.person.parse()?,
            matter: Line::parse(&self.matter, "matter")?,
            powers: Line::parse(&self.powers, "powers")?,
            until: self.until,
            signed_on: self.signed_on,
        })
    }
}

impl FileComplaintInput {
    /// The merchant's code, for the resolver to look up.
    pub(crate) fn merchant_code(&self) -> Option<&str> {
        self.merchant_code.as_deref()
    }

    pub(crate) fn parse(self, merchant: Option<MerchantId>) -> Result<NewComplaint, Refusal> {
        let particulars = self.particulars()?;
        let contact = self.contact_email.filter(|_| self.consent_to_mail);
        Ok(NewComplaint {
            id: ComplaintId::parse(self.id, "id")?,
            secret: SenderSecret::parse(&self.secret)?,
            merchant,
            division: self
                .division
                .parse()
                .map_err(|_| Refusal::on(Code::DivisionUnknown, "division"))?,
            particulars,
            publication: choice(self.publish_consent),
            entrustment: choice(self.entrust_consent),
            contact: contact
                .map(|email| Email::parse(&email, "contactEmail"))
                .transpose()?,
        })
    }

    fn particulars(&self) -> Result<Particulars, Refusal> {
        if self.complainants.len() > COMPLAINANTS {
            return Err(
                Refusal::on(Code::FieldTooLong, "complainants").with(COMPLAINANTS.to_string())
            );
        }
        let amount = |fen, field| Fen::new(fen).map_err(|_| Refusal::on(Code::OutOfRange, field));
        let happened_on = liangxin_domain::law::calendar::shanghai_date(self.occurred_at.0);
        Ok(Particulars {
            complainants: self
                .complainants
                .iter()
                .map(ComplaintPersonInput::parse)
                .collect::<Result<_, _>>()?,
            representatives: usize::try_from(self.representatives).unwrap_or(usize::MAX),
            agent: self
                .agent
                .as_ref()
                .map(ComplaintAgentInput::parse)
                .transpose()?,
            respondent: Respondent {
                name: Line::parse(&self.respondent_name, "respondentName")?,
                address: Line::parse(&self.respondent_address, "respondentAddress")?,
            },
            demand: Demand {
                kind: self.demand,
                amount: self
                    .demand_fen
                    .map(|fen| amount(fen, "demandFen"))
                    .transpose()?,
                words: Narrative::parse_optional(self.demand_words.as_deref(), "demandWords")?,
            },
            basis: Basis {
                occurred_at: self.occurred_at.0,
                harm_known_on: self.harm_known_on.unwrap_or(happened_on),
                place: Line::parse(&self.place, "place")?,
                content: Narrative::parse(&self.content, "content")?,
                amount: amount(self.paid_fen, "paidFen")?,
                evidence: Narrative::parse(&self.evidence, "evidence")?,
            },
        })
    }
}

/// A tick on form 1.
const fn choice(ticked: bool) -> Choice {
    if ticked {
        Choice::Agreed
    } else {
        Choice::NotAgreed
    }
}
