//! The file of a case: what was done, kept as it was done. How far the case has come follows from the
//! file alone, so that no two papers can say two states.

use super::{
    announce::{Answer, Notice},
    charge::Penalty,
    decide::{Conference, Decision, Further},
    display::Repair,
    ending::{Change, ChangeKind, Ending, EndingKind},
    execution::Execution,
    hearing::Hearing,
    on_the_spot::OnTheSpotRecord,
    order::Order,
    recusal::Recusal,
    referral::Referral,
    same_act::SameAct,
};
use crate::{
    id::UserId,
    inspections::visit::FormerTeam,
    law::case_rule::Gravity,
    reports::state::Mark,
    text::{Line, Narrative, Reason},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

words! {
    /// How far a case has come.
    pub enum CaseStateKind as "CaseState" {
        /// Being investigated.
        Filed,
        /// The investigation waits for something (Order 2, article 46).
        Suspended,
        /// The final report proposes how it should end.
        Proposed,
        /// The audit passed.
        Audited,
        /// A notice of the intended penalty was issued.
        Noticed,
        /// Decided; the party does not have the decision yet.
        Decided,
        /// The decision reached the party, is public, and is carried out.
        Served,
        /// Carried out and closed.
        Closed,
        /// A review or a court took the decision away.
        Annulled,
        /// Ended without a penalty; the merchant gets the decision as a paper.
        ClosedNoPenalty,
        /// Went to another agency or to the police.
        Transferred,
        /// Ended without a decision: the party is gone, and nobody has its rights and duties.
        Terminated,
        /// Closed, and put into the archive.
        Archived,
    }

    /// Why no penalty is imposed (Administrative Penalty Law, articles 33, 36, 57).
    pub enum NoPenaltyGround as "NoPenaltyGround" {
        /// Slight, put right in time, no harm done.
        Slight,
        /// The first time, little harm, put right in time.
        FirstOffence,
        /// The party shows that it was not at fault.
        NoFault,
        /// The facts are not established.
        NotEstablished,
        /// The time in which a penalty is possible is over.
        TimeBarred,
    }

    /// Who audits, and how deep (Order 2, articles 49 to 55).
    pub enum AuditKind as "AuditKind" {
        /// The case audit of an ordinary case.
        Case,
        /// The legal audit: of major public interest, heard, or entangled cases.
        Legal,
    }

    /// Why the investigation waits (Order 2, article 46).
    pub enum SuspensionCause as "SuspensionCause" {
        /// Another decision has to come first.
        OtherDecision,
        /// A question of law went to whoever answers it.
        LegalQuestion,
        /// Force majeure.
        ForceMajeure,
        /// The party cannot be found.
        PartyMissing,
        /// A sample is tested, inspected or appraised: these days do not count (Order 2, article 64).
        Testing,
        /// A right holder identifies goods: nor do these.
        Identification,
        /// The party was ordered to pay back what it charged too much: nor do these.
        Refund,
        /// Something else.
        Other,
    }
}

impl CaseStateKind {
    /// Whether nobody has to move it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Filed
            | Self::Suspended
            | Self::Proposed
            | Self::Audited
            | Self::Noticed
            | Self::Decided
            | Self::Served => false,
            Self::Closed
            | Self::Annulled
            | Self::ClosedNoPenalty
            | Self::Transferred
            | Self::Terminated
            | Self::Archived => true,
        }
    }

    /// The states in which a penalty is known to the party, and so to everybody.
    pub const TOLD: [Self; 3] = [Self::Served, Self::Closed, Self::Archived];
}

/// How the final report says that the case should end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// By a penalty.
    Penalty(Penalty),
    /// Without one.
    NoPenalty {
        /// Why.
        ground: NoPenaltyGround,
        /// In whose case, and what shows it.
        reason: Reason,
        /// The day in China on which somebody saw that it was put right.
        #[serde(default)]
        corrected_on: Option<NaiveDate>,
    },
}

/// The final report (Order 2, article 48).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// How the case should end.
    pub outcome: Outcome,
    /// What makes the case weighty: of major public interest or entangled (Order 2, article 50). The legal audit and the
    /// collective decision follow from it.
    pub weighty: Option<Reason>,
    /// What came out since a notice that announced less.
    pub new_facts: Option<Reason>,
    /// Other cases that may be about the same act, which is fined once.
    #[serde(default)]
    pub same_acts: Vec<SameAct>,
    /// Who wrote it, and when.
    pub made: Mark,
}

/// An audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// Of which kind.
    pub kind: AuditKind,
    /// In what words.
    pub opinion: Reason,
    /// What is missing; nothing if it passed.
    pub missing: Option<Narrative>,
    /// What the auditor says that qualifies for a legal audit; none in those of before it was asked.
    #[serde(default)]
    pub qualification: Option<Line>,
    /// Who audited, and when.
    pub made: Mark,
}

impl Audit {
    /// Whether the file went on.
    #[must_use]
    pub const fn is_passed(&self) -> bool {
        self.missing.is_none()
    }
}

/// One final report and what came of it. A new report begins a new round and the old one stays in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The report.
    pub proposal: Proposal,
    /// Its audits.
    pub audits: Vec<Audit>,
    /// The notice of what is intended.
    pub notice: Option<Notice>,
    /// What the party said to it.
    pub answers: Vec<Answer>,
    /// The hearing that the party asked for.
    pub hearing: Option<Hearing>,
    /// What the heads said together last.
    pub conference: Option<Conference>,
    /// What they said before that, the oldest first.
    #[serde(default)]
    pub former_conferences: Vec<Conference>,
    /// Whether the period for its audit runs; it was not kept before, and cases of then have none.
    #[serde(default)]
    pub is_timed: bool,
}

/// A time in which the investigation waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Why.
    pub cause: SuspensionCause,
    /// In what words.
    pub reason: Reason,
    /// The head who approved, and when.
    pub approved: Mark,
    /// When it went on.
    pub resumed: Option<Mark>,
}

/// What was done in a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The final reports, the newest last.
    pub rounds: Vec<Round>,
    /// Orders of correction that came before the decision.
    pub orders: Vec<Order>,
    /// Times in which the investigation waited.
    pub suspensions: Vec<Suspension>,
    /// Referrals of a suspected crime to the police, the newest last.
    #[serde(default)]
    pub referrals: Vec<Referral>,
    /// Requests that somebody steps back, the newest last.
    #[serde(default)]
    pub recusals: Vec<Recusal>,
    /// Who investigated before others did.
    #[serde(default)]
    pub teams: Vec<FormerTeam>,
    /// More time for the decision, given by the head.
    pub extended: Option<Mark>,
    /// More time after that, fixed by the heads together.
    #[serde(default)]
    pub extended_further: Option<Further>,
    /// The penalty decision.
    pub decision: Option<Decision>,
    /// What stands in place of filing, audit and notice where it was imposed on the spot.
    #[serde(default)]
    pub on_the_spot: Option<OnTheSpotRecord>,
    /// What was done to carry it out.
    pub execution: Execution,
    /// What a review, a court or the bureau itself made of it last.
    pub change: Option<Change>,
    /// What was made of it before that, the oldest first.
    #[serde(default)]
    pub former_changes: Vec<Change>,
    /// How the case ended without a penalty.
    pub ending: Option<Ending>,
    /// That it was carried out and closed.
    pub closed: Option<Mark>,
    /// Applications for credit repair, the newest last.
    #[serde(default)]
    pub repairs: Vec<Repair>,
    /// That it went to the archive.
    pub archived: Option<Mark>,
}

impl File {
    /// How far the case has come.
    #[must_use]
    pub fn state(&self) -> CaseStateKind {
        if self.archived.is_some() {
            return CaseStateKind::Archived;
        }
        if let Some(ending) = &self.ending {
            return match ending.kind {
                EndingKind::NoPenalty => CaseStateKind::ClosedNoPenalty,
                EndingKind::Transferred => CaseStateKind::Transferred,
                EndingKind::Terminated => CaseStateKind::Terminated,
            };
        }
        if self.is_annulled() {
            return CaseStateKind::Annulled;
        }
        if self.closed.is_some() {
            return CaseStateKind::Closed;
        }
        match &self.decision {
            Some(decision) if decision.served.is_some() => CaseStateKind::Served,
            Some(_) => CaseStateKind::Decided,
            None => self.before_decision(),
        }
    }

    fn before_decision(&self) -> CaseStateKind {
        if self.is_suspended() {
            return CaseStateKind::Suspended;
        }
        let Some(round) = self.round() else {
            return CaseStateKind::Filed;
        };
        match round.audits.last() {
            _ if round.notice.is_some() => CaseStateKind::Noticed,
            None => CaseStateKind::Proposed,
            Some(audit) if audit.is_passed() => CaseStateKind::Audited,
            Some(_) => CaseStateKind::Filed,
        }
    }

    /// The last final report and what came of it.
    #[must_use]
    pub fn round(&self) -> Option<&Round> {
        self.rounds.last()
    }

    pub(super) fn round_mut(&mut self) -> Option<&mut Round> {
        self.rounds.last_mut()
    }

    /// Whether the investigation waits.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.suspensions
            .last()
            .is_some_and(|last| last.resumed.is_none())
    }

    /// Whether the decision was taken away.
    #[must_use]
    pub fn is_annulled(&self) -> bool {
        self.change
            .as_ref()
            .is_some_and(|change| change.kind == ChangeKind::Annulled)
    }

    /// The penalty that the last final report proposes.
    #[must_use]
    pub fn proposed(&self) -> Option<&Penalty> {
        self.round()?.penalty()
    }

    /// When the party first knew of the case: from then on it sees its own.
    #[must_use]
    pub fn told_at(&self) -> Option<DateTime<Utc>> {
        let notices = self.rounds.iter().filter_map(|round| round.notice.as_ref());
        let served = notices.filter_map(|notice| notice.served.as_ref());
        let first = served.map(|served| served.delivery.at).min();
        first.or_else(|| {
            self.decision
                .as_ref()?
                .served
                .as_ref()
                .map(|served| served.delivery.at)
        })
    }

    /// Whether the period for an audit was ever opened.
    pub(super) fn is_audit_timed(&self) -> bool {
        self.rounds.iter().any(|round| round.is_timed)
    }

    /// Whether somebody wrote a final report.
    pub(super) fn is_proposed_by(&self, user: UserId) -> bool {
        self.rounds
            .iter()
            .any(|round| round.proposal.made.by == user)
    }
}

impl Round {
    /// The penalty that its report proposes.
    #[must_use]
    pub const fn penalty(&self) -> Option<&Penalty> {
        match &self.proposal.outcome {
            Outcome::Penalty(penalty) => Some(penalty),
            Outcome::NoPenalty { .. } => None,
        }
    }

    /// Why its report proposes no penalty, if it does.
    #[must_use]
    pub const fn ground(&self) -> Option<NoPenaltyGround> {
        match &self.proposal.outcome {
            Outcome::NoPenalty { ground, .. } => Some(*ground),
            Outcome::Penalty(_) => None,
        }
    }

    /// Whether the heads decide together on its report, by what the law of the day says that they do.
    #[must_use]
    pub fn is_collective(&self, cases: &[Gravity]) -> bool {
        cases.iter().any(|case| match case {
            Gravity::Weighty => self.proposal.weighty.is_some(),
            Gravity::Heard => self.hearing.as_ref().is_some_and(Hearing::is_held),
        })
    }
}
