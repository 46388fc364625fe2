//! Parties, demand and story of a complaint, as far as the viewer may see them.

use async_graphql::SimpleObject;
use chrono::NaiveDate;
use liangxin_app::usecase::complaints::Shown;
use liangxin_domain::complaints::filing::DemandKind;
use liangxin_domain::{
    complaints::filing::{Agent, Particulars, Person},
    law::calendar::shanghai_date,
    money::Fen,
};

/// A person behind a complaint.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintPerson")]
pub(crate) struct PersonOfComplaint {
    /// The real name.
    name: String,
    /// The telephone number.
    phone: String,
    /// The postal address; not for the other side.
    address: Option<String>,
    /// What kind of identity paper; neither for the other side nor for auditors.
    id_kind: Option<String>,
    /// Its number; neither for the other side nor for auditors.
    id_number: Option<String>,
}

/// Who acts for the complainants by a power of attorney.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintAgent")]
pub(crate) struct AgentView {
    /// The agent.
    person: PersonOfComplaint,
    /// What the power of attorney is about.
    matter: String,
    /// What the agent may do.
    powers: String,
    /// The last day of its term.
    until: NaiveDate,
    /// The day of the signature.
    signed_on: NaiveDate,
}

/// What a complaint demands and tells, with its parties.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintParticulars")]
pub(crate) struct ParticularsView {
    /// The complainants, the representatives first. The other side sees whoever speaks, and only
    /// once both agreed to mediation; until then nobody.
    complainants: Vec<PersonOfComplaint>,
    /// How many complainants there are.
    complainant_count: usize,
    /// How many of them represent the others.
    representatives: usize,
    /// Who acts for them.
    agent: Option<AgentView>,
    /// The operator's name, in the complainant's words.
    respondent_name: String,
    /// The operator's address, in the complainant's words.
    respondent_address: String,
    /// What is demanded.
    demand: DemandKind,
    /// The sum that is demanded, in yuan with two decimals.
    demand_yuan: Option<String>,
    /// The demand in words.
    demand_words: Option<String>,
    /// The day in China on which it happened.
    occurred_on: NaiveDate,
    /// The day on which the harm was known.
    harm_known_on: NaiveDate,
    /// Where it happened.
    place: String,
    /// What happened.
    content: String,
    /// What was paid, in yuan with two decimals.
    paid_yuan: String,
    /// What proves it, in words.
    evidence: String,
}

impl ParticularsView {
    pub(super) fn of(particulars: Particulars, shown: Shown) -> Self {
        let Particulars {
            complainants,
            representatives,
            agent,
            respondent,
            demand,
            basis,
        } = particulars;
        let complainant_count = complainants.len();
        let speaking = match (shown, representatives) {
            (Shown::All | Shown::ToAudit, _) | (Shown::ToMediate, 0) => complainant_count,
            (Shown::ToMediate, some) => some,
            (Shown::DisputeOnly, _) => 0,
        };
        let agent = agent.filter(|_| shown != Shown::DisputeOnly);
        Self {
            complainants: complainants
                .into_iter()
                .take(speaking)
                .map(|person| PersonOfComplaint::of(person, shown))
                .collect(),
            complainant_count,
            representatives,
            agent: agent.map(|agent| AgentView::of(agent, shown)),
            respondent_name: respondent.name.to_string(),
            respondent_address: respondent.address.to_string(),
            demand: demand.kind,
            demand_yuan: demand.amount.as_ref().map(Fen::to_string),
            demand_words: demand.words.as_ref().map(ToString::to_string),
            occurred_on: shanghai_date(basis.occurred_at),
            harm_known_on: basis.harm_known_on,
            place: basis.place.to_string(),
            content: basis.content.to_string(),
            paid_yuan: basis.amount.to_string(),
            evidence: basis.evidence.to_string(),
        }
    }
}

impl PersonOfComplaint {
    fn of(person: Person, shown: Shown) -> Self {
        let Person {
            name,
            phone,
            address,
            id_document,
        } = person;
        let id_document = id_document.filter(|_| shown == Shown::All);
        Self {
            name: name.to_string(),
            phone: phone.to_string(),
            address: matches!(shown, Shown::All | Shown::ToAudit).then(|| address.to_string()),
            id_kind: id_document.as_ref().map(|id| id.kind.to_string()),
            id_number: id_document.as_ref().map(|id| id.number.to_string()),
        }
    }
}

impl AgentView {
    fn of(agent: Agent, shown: Shown) -> Self {
        let Agent {
            person,
            matter,
            powers,
            until,
            signed_on,
        } = agent;
        Self {
            person: PersonOfComplaint::of(person, shown),
            matter: matter.to_string(),
            powers: powers.to_string(),
            until,
            signed_on,
        }
    }
}
