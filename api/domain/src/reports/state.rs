//! How far a report has come (procedures, section 1.7). Each state carries what the steps before it
//! produced, so that a row alone says how it came to be.

mod kind;

pub use kind::ReportStateKind;

use crate::{
    id::{CaseId, ReportId, UserId},
    inspections::visit::Team,
    law::{
        clock::PauseCause,
        code_set::{CodeRow, CodeSet, CodeSets},
        edition::LawError,
    },
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Who did something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who.
    pub by: UserId,
    /// When it was done.
    pub at: DateTime<Utc>,
}

/// What the reporter of a matter without competence is told (Order 121, article 34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompetenceReply {
    /// The bureau or agency that is competent.
    pub competent: Line,
    /// Who told, and when.
    pub told: Mark,
}

/// A report that says again what its reporter said before (Order 121, article 35).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubling {
    /// The earlier report, which goes on.
    pub of: ReportId,
    /// Who found it, and when.
    pub found: Mark,
}

/// A report whose new facts went into an earlier one (Order 121, article 35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merging {
    /// The earlier report, whose period began anew.
    pub into: ReportId,
    /// What is new in it.
    pub new_facts: Narrative,
    /// Who joined them, and when.
    pub joined: Mark,
}

/// A finished test, inspection, appraisal or identification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// What was asked.
    pub testing: Testing,
    /// What came back.
    pub result: Narrative,
    /// Who noted it, and when.
    pub noted: Mark,
}

/// A test under way; while it is, time does not count (Order 2, article 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Testing {
    /// Testing, or identification by a right holder.
    pub cause: PauseCause,
    /// The body that has the sample.
    pub body: Line,
    /// The sample.
    pub sample: Line,
    /// Who sent it, and when.
    pub sent: Mark,
}

/// An officer's proposal not to file a case; a head decides on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotFilingProposal {
    /// Why.
    pub ground: NotFiledGround,
    /// Why, in words.
    pub reason: Narrative,
    /// Who proposes it, and when.
    pub proposed: Mark,
}

/// The lead under verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Who took the report in, and when.
    pub begun: Mark,
    /// The tests that came back so far.
    pub tests: Vec<TestResult>,
    /// A proposal not to file that waits for a head.
    pub proposal: Option<NotFilingProposal>,
}

/// A head's extension of the verification (Order 2, article 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Why.
    pub reason: Narrative,
    /// Who approved it, and when.
    pub approved: Mark,
}

words! {
    /// Why no case is filed (Order 2, articles 19 and 20).
    pub enum NotFiledGround as "NotFiledGround" {
        /// Article 20: minor, corrected in time, no harm.
        Minor = "nf_1_minor" as "NF_1_MINOR",
        /// Article 20: first offence, slight harm, corrected in time.
        FirstOffence = "nf_2_first" as "NF_2_FIRST",
        /// Article 20: the party proves that it was not at fault.
        NoFault = "nf_3_no_fault" as "NF_3_NO_FAULT",
        /// Article 20: another case in which filing may be declined.
        Other = "nf_4_other" as "NF_4_OTHER",
        /// Article 19 is not met: no prima facie evidence.
        NoEvidence,
        /// Article 19 is not met: no penalty is due.
        NoPenaltyDue,
        /// Article 19 is not met: not within this bureau's competence.
        NoCompetence,
        /// Article 19 is not met: the limitation period is over.
        TimeBarred,
    }
}

impl NotFiledGround {
    /// Its code: the word of the contract, and of the rows of law.
    #[must_use]
    pub fn code(self) -> String {
        self.to_string().to_uppercase()
    }

    /// The row of law that says the ground on the day of the decision.
    pub fn row_on(self, sets: &CodeSets, decided_on: NaiveDate) -> Result<&CodeRow, LawError> {
        sets.get_on(CodeSet::NotFiled, &self.code(), decided_on)
    }
}

/// A head's decision not to file a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotFiling {
    /// What the officer proposed.
    pub proposal: NotFilingProposal,
    /// Who approved it, and when; never the proposer.
    pub approved: Mark,
}

/// A head's decision to file a case (Order 2, article 19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The case.
    pub case: CaseId,
    /// The officers who will investigate: two or more.
    pub officers: Team,
    /// Who approved it, and when.
    pub approved: Mark,
}

words! {
    /// To whom a case goes.
    // One that is not this bureau's to decide.
    pub enum Receiver as "TransferReceiver" {
        /// Another administrative agency.
        OtherAgency,
        // A crime is suspected.
        /// The police.
        Police,
    }
}

/// A case that went to somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The case.
    pub case: CaseId,
    /// What kind of receiver.
    pub to: Receiver,
    /// Which one.
    pub receiver: Line,
    /// Who approved it, and when.
    pub approved: Mark,
}

/// How far a report has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Received; nobody has looked at it yet.
    Registered,
    /// Not this bureau's; the reporter was told where to go. An end.
    NotCompetent(CompetenceReply),
    /// Said before by the same reporter; the earlier report goes on. An end.
    Duplicate(Doubling),
    /// New facts of the same reporter, joined to an earlier report. An end.
    Merged(Merging),
    /// An officer verifies the lead.
    Verifying(Verification),
    /// A head gave the verification more time.
    VerifyingExtended(Verification, Extension),
    /// Verification waits for a test; it remembers which of the two it came from.
    PausedTest(Verification, Option<Extension>, Testing),
    /// A head decided that no case is filed. An end.
    NotFiled(Verification, NotFiling),
    /// A head decided that a case is filed.
    Filed(Filing),
    /// The case is being investigated.
    Case(Filing),
    /// The case was decided with a penalty. What follows is the screening of the reward.
    ClosedPenalty {
        /// The case.
        case: CaseId,
    },
    /// The case ended without one. An end.
    ClosedNoPenalty {
        /// The case.
        case: CaseId,
        /// Why.
        reason: Narrative,
        /// Who decided it, and when.
        decided: Mark,
    },
    /// The case went to somebody else. The screening of the reward follows once criminal liability
    /// is established.
    Transferred(Transfer),
}

impl ReportState {
    /// The word for this state.
    #[must_use]
    pub const fn kind(&self) -> ReportStateKind {
        match self {
            Self::Registered => ReportStateKind::Registered,
            Self::NotCompetent(_) => ReportStateKind::NotCompetent,
            Self::Duplicate(_) => ReportStateKind::Duplicate,
            Self::Merged(_) => ReportStateKind::Merged,
            Self::Verifying(_) => ReportStateKind::Verifying,
            Self::VerifyingExtended(..) => ReportStateKind::VerifyingExtended,
            Self::PausedTest(..) => ReportStateKind::PausedTest,
            Self::NotFiled(..) => ReportStateKind::NotFiled,
            Self::Filed(_) => ReportStateKind::Filed,
            Self::Case(_) => ReportStateKind::Case,
            Self::ClosedPenalty { .. } => ReportStateKind::ClosedPenalty,
            Self::ClosedNoPenalty { .. } => ReportStateKind::ClosedNoPenalty,
            Self::Transferred(_) => ReportStateKind::Transferred,
        }
    }

    /// The case on it, once there is one.
    #[must_use]
    pub const fn case(&self) -> Option<CaseId> {
        match self {
            Self::Filed(filing) | Self::Case(filing) => Some(filing.case),
            Self::ClosedPenalty { case } | Self::ClosedNoPenalty { case, .. } => Some(*case),
            Self::Transferred(transfer) => Some(transfer.case),
            _ => None,
        }
    }

    /// The verification, from the day it began until a case is filed.
    #[must_use]
    pub const fn verification(&self) -> Option<&Verification> {
        match self {
            Self::Verifying(lead)
            | Self::VerifyingExtended(lead, _)
            | Self::PausedTest(lead, ..)
            | Self::NotFiled(lead, _) => Some(lead),
            _ => None,
        }
    }

    /// Whether nobody has decided on the report yet, so that new facts may still join it and its
    /// verification period still runs.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Registered
                | Self::Verifying(_)
                | Self::VerifyingExtended(..)
                | Self::PausedTest(..)
        )
    }

    /// Whether nothing more can happen to the report, so that the time for forgetting its reporter begins.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Registered
            | Self::Verifying(_)
            | Self::VerifyingExtended(..)
            | Self::PausedTest(..)
            | Self::Filed(_)
            | Self::Case(_) => false,
            Self::NotCompetent(_)
            | Self::Duplicate(_)
            | Self::Merged(_)
            | Self::NotFiled(..)
            | Self::ClosedPenalty { .. }
            | Self::ClosedNoPenalty { .. }
            | Self::Transferred(_) => true,
        }
    }

    /// Whether something was decided of which a special law may demand that the reporter is told.
    #[must_use]
    pub const fn has_outcome(&self) -> bool {
        matches!(
            self,
            Self::NotFiled(..)
                | Self::ClosedPenalty { .. }
                | Self::ClosedNoPenalty { .. }
                | Self::Transferred(_)
        )
    }
}
