//! How a case ends otherwise than with a penalty (Order 2, articles 15 to 17 and 60). What was done
//! before stays in the file, and nothing is done after.

use super::case::{Answer, Audit, Case, CaseState, Notice, Proposal};
use crate::{
    id::UserId,
    refusal::{Code, Refusal},
};
use chrono::{DateTime, Utc};

/// In which of the two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndingKind {
    /// No penalty is imposed.
    NoPenalty,
    /// It went to another agency or to the police.
    Transferred,
}

/// That it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// How.
    pub kind: EndingKind,
    /// The head who decided.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the case had come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The last proposal.
    pub proposal: Proposal,
    /// The audit, if it passed.
    pub audit: Option<Audit>,
    /// The notice of an intended penalty, if it was served.
    pub notice: Option<Notice>,
    /// The answer to it.
    pub answer: Option<Answer>,
}

impl Case {
    /// Ends the case. The machine of the report asks whether that person investigated.
    pub(super) fn end(mut self, ending: Ending) -> Result<Self, Refusal> {
        let (proposal, audit, notice, answer) = match self.state {
            CaseState::Proposed(proposal) => (proposal, None, None, None),
            CaseState::Audited(proposal, audit) => (proposal, Some(audit), None, None),
            CaseState::Noticed(proposal, audit, notice, answer) => {
                (proposal, Some(audit), Some(notice), answer)
            }
            CaseState::Filed => return Err(Refusal::of(Code::ProposalRequired)),
            CaseState::Decided(..) | CaseState::Ended(..) => return Err(self.wrong_state()),
        };
        let done = Done {
            proposal,
            audit,
            notice,
            answer,
        };
        self.state = CaseState::Ended(done, ending);
        Ok(self)
    }

    /// How it ended without a penalty, if it did.
    #[must_use]
    pub const fn ending(&self) -> Option<Ending> {
        match self.state {
            CaseState::Ended(_, ending) => Some(ending),
            _ => None,
        }
    }
}
