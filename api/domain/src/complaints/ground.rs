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

words! {
    /// Why a complaint is refused (Order 121, article 16).
    pub enum RefusalGround as "RefusalGround" in "SCREAMING_SNAKE_CASE" {
        /// Not the bureau's function, or this bureau lacks the power.
        NoCompetence = "REF_1_NO_COMPETENCE" as "REF_1_NO_COMPETENCE",
        /// A court, an arbitrator, an agency or the consumers' association has it already.
        AlreadyHandled = "REF_2_ALREADY_HANDLED" as "REF_2_ALREADY_HANDLED",
        /// Not for daily consumption, or no proof of a dispute with this operator.
        NotConsumption = "REF_3_NOT_CONSUMPTION" as "REF_3_NOT_CONSUMPTION",
        /// The time bar.
        OverThreeYears = "REF_4_OVER_3_YEARS" as "REF_4_OVER_3_YEARS",
        /// Required material is missing or false.
        Material = "REF_5_MATERIAL" as "REF_5_MATERIAL",
        /// Impersonation, or the identity check is refused.
        Identity = "REF_6_IDENTITY" as "REF_6_IDENTITY",
        /// Another legal ground, with a citation.
        Other = "REF_7_OTHER" as "REF_7_OTHER",
    }

    /// Why a mediation is terminated (Order 121, article 23).
    pub enum TerminationGround as "TerminationGround" {
        /// Withdrawn, or settled between themselves.
        WithdrawnOrSettled = "TERM_1" as "TERM_1",
        /// A side stays away without good reason or refuses.
        AbsentOrRefuses = "TERM_2" as "TERM_2",
        /// A side declares that no agreement is possible.
        NoAgreement = "TERM_3" as "TERM_3",
        /// The sides cannot agree on the cost of testing.
        TestingCost = "TERM_4" as "TERM_4",
        /// The period for mediation is over.
        TimeOver = "TERM_5" as "TERM_5",
        // The grounds for refusing are those of article 16.
        /// A ground for refusing or conduct of article 42 was found later.
        FoundLater = "TERM_6" as "TERM_6",
        /// Death, or the end of a legal person.
        PartyGone = "TERM_7" as "TERM_7",
        /// Another ground, with words and a citation.
        Other = "TERM_8" as "TERM_8",
    }
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
