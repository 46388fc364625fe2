//! The grounds on which a complaint is refused (Order 121, article 16) or its mediation is
//! terminated (article 23). Which of them exist on a day is data and is handed in.

use super::state::kind::ComplaintStateKind;
use crate::{
    law::code_set::{CodeRow, CodeSet, CodeSets, Needs},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// Why a complaint is refused (Order 121, article 16).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    Display,
    IntoStaticStr,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "RefusalGround")
)]
pub enum RefusalGround {
    /// Not the bureau's function, or this bureau lacks the power.
    #[serde(rename = "REF_1_NO_COMPETENCE")]
    #[strum(serialize = "REF_1_NO_COMPETENCE")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_1_NO_COMPETENCE"))]
    NoCompetence,
    /// A court, an arbitrator, an agency or the consumers' association has it already.
    #[serde(rename = "REF_2_ALREADY_HANDLED")]
    #[strum(serialize = "REF_2_ALREADY_HANDLED")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_2_ALREADY_HANDLED"))]
    AlreadyHandled,
    /// Not for daily consumption, or no proof of a dispute with this operator.
    #[serde(rename = "REF_3_NOT_CONSUMPTION")]
    #[strum(serialize = "REF_3_NOT_CONSUMPTION")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_3_NOT_CONSUMPTION"))]
    NotConsumption,
    /// The time bar.
    #[serde(rename = "REF_4_OVER_3_YEARS")]
    #[strum(serialize = "REF_4_OVER_3_YEARS")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_4_OVER_3_YEARS"))]
    OverThreeYears,
    /// Required material is missing or false.
    #[serde(rename = "REF_5_MATERIAL")]
    #[strum(serialize = "REF_5_MATERIAL")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_5_MATERIAL"))]
    Material,
    /// Impersonation, or the identity check is refused.
    #[serde(rename = "REF_6_IDENTITY")]
    #[strum(serialize = "REF_6_IDENTITY")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_6_IDENTITY"))]
    Identity,
    /// Another legal ground, with a citation.
    #[serde(rename = "REF_7_OTHER")]
    #[strum(serialize = "REF_7_OTHER")]
    #[cfg_attr(feature = "wire", graphql(name = "REF_7_OTHER"))]
    Other,
}

/// Why a mediation is terminated (Order 121, article 23).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    Display,
    IntoStaticStr,
)]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "TerminationGround")
)]
pub enum TerminationGround {
    /// Withdrawn, or settled between themselves.
    #[serde(rename = "TERM_1")]
    #[strum(serialize = "TERM_1")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_1"))]
    WithdrawnOrSettled,
    /// A side stays away without good reason or refuses.
    #[serde(rename = "TERM_2")]
    #[strum(serialize = "TERM_2")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_2"))]
    AbsentOrRefuses,
    /// A side declares that no agreement is possible.
    #[serde(rename = "TERM_3")]
    #[strum(serialize = "TERM_3")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_3"))]
    NoAgreement,
    /// The sides cannot agree on the cost of testing.
    #[serde(rename = "TERM_4")]
    #[strum(serialize = "TERM_4")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_4"))]
    TestingCost,
    /// The period for mediation is over.
    #[serde(rename = "TERM_5")]
    #[strum(serialize = "TERM_5")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_5"))]
    TimeOver,
    // The grounds for refusing are those of article 16.
    /// A ground for refusing or conduct of article 42 was found later.
    #[serde(rename = "TERM_6")]
    #[strum(serialize = "TERM_6")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_6"))]
    FoundLater,
    /// Death, or the end of a legal person.
    #[serde(rename = "TERM_7")]
    #[strum(serialize = "TERM_7")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_7"))]
    PartyGone,
    /// Another ground, with words and a citation.
    #[serde(rename = "TERM_8")]
    #[strum(serialize = "TERM_8")]
    #[cfg_attr(feature = "wire", graphql(name = "TERM_8"))]
    Other,
}

impl TerminationGround {
    /// Whether mediation may end on this ground from that state (procedures.md, 1.6): before it
    /// began nobody can have declared it hopeless or fallen out over the cost of a test.
    #[must_use]
    pub const fn is_allowed_from(self, state: ComplaintStateKind) -> bool {
        match state {
            ComplaintStateKind::Accepted => !matches!(self, Self::NoAgreement | Self::TestingCost),
            ComplaintStateKind::Mediating | ComplaintStateKind::Entrusted => true,
            _ => false,
        }
    }
}

impl RefusalGround {
    /// Whether a complaint may be refused on this ground from that state: while the proof of
    /// identity is awaited, only for material or identity.
    #[must_use]
    pub const fn is_allowed_from(self, state: ComplaintStateKind) -> bool {
        match state {
            ComplaintStateKind::Registered => true,
            ComplaintStateKind::IdProofPending => matches!(self, Self::Material | Self::Identity),
            _ => false,
        }
    }
}

/// The grounds of the edition that the complaint falls under, that of the day of its receipt, and
/// what has to stand beside each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// For refusing.
    pub refusal: BTreeMap<RefusalGround, Needs>,
    /// For terminating.
    pub termination: BTreeMap<TerminationGround, Needs>,
}

impl Grounds {
    /// The grounds for a complaint that was received on that day.
    #[must_use]
    pub fn in_force(sets: &CodeSets, received_on: NaiveDate) -> Self {
        let refusal = sets.list_on(CodeSet::Refusal, received_on);
        let termination = sets.list_on(CodeSet::Termination, received_on);
        Self {
            refusal: refusal.filter_map(known).collect(),
            termination: termination.filter_map(known).collect(),
        }
    }
}

/// A code that the program has no word for cannot be chosen.
fn known<G: FromStr>(row: &CodeRow) -> Option<(G, Needs)> {
    Some((row.code.parse().ok()?, row.needs))
}

/// Why a complaint is to be refused, in full: the applicant is told ground and reason (article 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalReason {
    /// The ground.
    pub ground: RefusalGround,
    /// The reason in words.
    pub words: Narrative,
    /// The provision; another legal ground must cite it.
    pub citation: Option<Line>,
}

/// Why a mediation is to be terminated, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TerminationReason {
    /// The ground.
    pub ground: TerminationGround,
    /// The reason in words.
    pub words: Option<Narrative>,
    /// The provision; another ground must cite it.
    pub citation: Option<Line>,
}

impl RefusalReason {
    /// Checks it against the grounds of the day and the state.
    pub(super) fn check(&self, valid: &Grounds, from: ComplaintStateKind) -> Result<(), Refusal> {
        let Some(needs) = valid.refusal.get(&self.ground) else {
            return Err(ground(Code::GroundUnknown, self.ground));
        };
        if !self.ground.is_allowed_from(from) {
            return Err(ground(Code::GroundNotAllowed, self.ground));
        }
        needs.check(Some(&self.words), self.citation.as_ref())
    }
}

impl TerminationReason {
    /// Checks it against the grounds of the day and the state.
    pub(super) fn check(&self, valid: &Grounds, from: ComplaintStateKind) -> Result<(), Refusal> {
        let Some(needs) = valid.termination.get(&self.ground) else {
            return Err(ground(Code::GroundUnknown, self.ground));
        };
        if !self.ground.is_allowed_from(from) {
            return Err(ground(Code::GroundNotAllowed, self.ground));
        }
        needs.check(self.words.as_ref(), self.citation.as_ref())
    }
}

fn ground(code: Code, ground: impl Into<&'static str>) -> Refusal {
    Refusal::on(code, "ground").with(ground.into())
}
