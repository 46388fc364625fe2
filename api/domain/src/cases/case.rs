//! A penalty case under SAMR Order 2 of 2018 (amended by Orders 42 of 2021 and 61 of 2022).
//!
//! The order of the steps is the law: investigation report (article 48), audit by somebody who did
//! not investigate (49 to 55), notice of the intended penalty (57), five working days for a
//! statement and defence (57), no heavier penalty for having defended oneself (58), decision (60).
//! A correction is ordered with every penalty (Administrative Penalty Law 2021, article 28).

use super::{
    command::Setting,
    ending::{Done, Ending, EndingKind},
};
use crate::{
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    inspections::visit::Team,
    law::violation::{FineCase, FineRefusal, Violation, ViolationCode},
    money::Fen,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    text::Narrative,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// The period for deciding a case: Order 2, article 64.
pub const DECIDE: &str = "P-DECIDE";
/// The period for a statement and defence: Order 2, article 57.
pub const DEFEND: &str = "P-DEFEND";

/// What the investigation proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The violation.
    pub violation: ViolationCode,
    /// The fine.
    pub fine: Fen,
    /// What the merchant must put right.
    pub correction: Narrative,
    /// Until when.
    pub correct_by: NaiveDate,
    /// Who wrote the final report.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A passed audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Who audited.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// In what words.
    pub opinion: Narrative,
}

/// The notice of the intended penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// When it reached the merchant.
    pub served_at: DateTime<Utc>,
    /// The last day for a statement and defence; unknown while the calendar lacks the year.
    pub answer_until: Option<NaiveDate>,
}

/// What the merchant says to the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Waives a statement: the wait is over.
    NoObjection {
        /// When.
        at: DateTime<Utc>,
    },
    /// States a defence that the decision must answer.
    Defence {
        /// In the merchant's words.
        words: Narrative,
        /// When.
        at: DateTime<Utc>,
    },
}

/// A penalty decision with its correction order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The violation.
    pub violation: ViolationCode,
    /// The fine.
    pub fine: Fen,
    /// What must be put right.
    pub correction: Narrative,
    /// Until when.
    pub correct_by: NaiveDate,
    /// The answer to a defence, if there was one.
    pub defence_review: Option<Narrative>,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a head wants to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ruling {
    /// The fine.
    pub fine: Fen,
    /// What must be put right; a penalty without it is refused.
    pub correction: Option<Narrative>,
    /// Until when.
    pub correct_by: NaiveDate,
    /// The answer to a defence.
    pub defence_review: Option<Narrative>,
}

/// How far a case has come. Each state carries what the steps before it produced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseState {
    /// Filed; being investigated.
    Filed,
    /// The final report proposes a penalty.
    Proposed(Proposal),
    /// Somebody else audited the report.
    Audited(Proposal, Audit),
    /// The merchant knows what is intended.
    Noticed(Proposal, Audit, Notice, Option<Answer>),
    /// Decided.
    Decided(Proposal, Audit, Notice, Option<Answer>, Decision),
    /// Ended without a penalty.
    Ended(Done, Ending),
}

words! {
    /// How far a case has come.
    pub enum CaseStateKind as "CaseState" {
        /// Being investigated.
        Filed,
        /// A penalty is proposed.
        Proposed,
        /// The audit passed.
        Audited,
        /// The merchant knows what is intended.
        Noticed,
        /// Decided.
        Decided,
        /// Ended without a penalty; the merchant gets the decision as a paper.
        ClosedNoPenalty,
        /// Went to another agency or to the police.
        Transferred,
    }
}

impl CaseStateKind {
    /// Whether nobody has to move it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Filed | Self::Proposed | Self::Audited | Self::Noticed => false,
            Self::Decided | Self::ClosedNoPenalty | Self::Transferred => true,
        }
    }
}

/// A penalty case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Its number on paper.
    pub number: String,
    /// The visit that found the violation.
    pub visit: VisitId,
    /// The report behind the visit.
    pub report: ReportId,
    /// The party.
    pub merchant: MerchantId,
    /// Where it is handled.
    pub division: DivisionCode,
    /// The certified officers who investigate.
    pub investigators: Team,
    /// When it was filed.
    pub filed_at: DateTime<Utc>,
    /// Who filed it.
    pub filed_by: UserId,
    /// How far it has come.
    pub state: CaseState,
    /// Counts the changes.
    pub version: i32,
}

impl Case {
    /// The word for its state.
    #[must_use]
    pub const fn state_kind(&self) -> CaseStateKind {
        match self.state {
            CaseState::Filed => CaseStateKind::Filed,
            CaseState::Proposed(..) => CaseStateKind::Proposed,
            CaseState::Audited(..) => CaseStateKind::Audited,
            CaseState::Noticed(..) => CaseStateKind::Noticed,
            CaseState::Decided(..) => CaseStateKind::Decided,
            CaseState::Ended(_, Ending { kind, .. }) => match kind {
                EndingKind::NoPenalty => CaseStateKind::ClosedNoPenalty,
                EndingKind::Transferred => CaseStateKind::Transferred,
            },
        }
    }

    /// Whether the person worked on the facts, and so may neither audit nor decide.
    #[must_use]
    pub fn is_investigated_by(&self, user: UserId) -> bool {
        self.investigators.has(user) || self.proposal().is_some_and(|proposal| proposal.by == user)
    }

    /// The proposal, once there is one.
    #[must_use]
    pub const fn proposal(&self) -> Option<&Proposal> {
        match &self.state {
            CaseState::Filed => None,
            CaseState::Proposed(proposal)
            | CaseState::Audited(proposal, ..)
            | CaseState::Noticed(proposal, ..)
            | CaseState::Decided(proposal, ..)
            | CaseState::Ended(Done { proposal, .. }, _) => Some(proposal),
        }
    }

    /// The audit, once it passed.
    #[must_use]
    pub const fn audit_passed(&self) -> Option<&Audit> {
        match &self.state {
            CaseState::Filed | CaseState::Proposed(_) => None,
            CaseState::Audited(_, audit)
            | CaseState::Noticed(_, audit, ..)
            | CaseState::Decided(_, audit, ..) => Some(audit),
            CaseState::Ended(done, _) => done.audit.as_ref(),
        }
    }

    /// The notice and the answer to it, once served.
    #[must_use]
    pub const fn notice(&self) -> Option<(&Notice, Option<&Answer>)> {
        match &self.state {
            CaseState::Noticed(_, _, notice, answer)
            | CaseState::Decided(_, _, notice, answer, _) => Some((notice, answer.as_ref())),
            CaseState::Ended(done, _) => match &done.notice {
                Some(notice) => Some((notice, done.answer.as_ref())),
                None => None,
            },
            _ => None,
        }
    }

    /// The decision, once made.
    #[must_use]
    pub const fn decision(&self) -> Option<&Decision> {
        match &self.state {
            CaseState::Decided(.., decision) => Some(decision),
            _ => None,
        }
    }

    /// The final investigation report with the intended penalty (article 48). A report that came
    /// back may be replaced until it is audited.
    pub(super) fn propose(
        mut self,
        proposal: Proposal,
        violation: &Violation,
    ) -> Result<Self, Refusal> {
        check_fine(violation, proposal.fine)?;
        match self.state {
            CaseState::Filed | CaseState::Proposed(_) => self.state = CaseState::Proposed(proposal),
            _ => return Err(self.wrong_state()),
        }
        Ok(self)
    }

    /// The audit passes (articles 49 to 55).
    pub(super) fn audit(
        mut self,
        by: UserId,
        opinion: Narrative,
        at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        match self.state {
            CaseState::Proposed(proposal) => {
                self.state = CaseState::Audited(proposal, Audit { by, at, opinion });
                Ok(self)
            }
            CaseState::Filed => Err(Refusal::of(Code::ProposalRequired)),
            _ => Err(self.wrong_state()),
        }
    }

    /// The notice of the intended penalty reaches the merchant (article 57).
    pub(super) fn serve_notice(mut self, notice: Notice) -> Result<Self, Refusal> {
        match self.state {
            CaseState::Audited(proposal, audit) => {
                self.state = CaseState::Noticed(proposal, audit, notice, None);
                Ok(self)
            }
            CaseState::Filed => Err(Refusal::of(Code::ProposalRequired)),
            CaseState::Proposed(_) => Err(Refusal::of(Code::AuditRequired)),
            _ => Err(self.wrong_state()),
        }
    }

    /// The merchant answers the notice. A waiver may be followed by a defence, never the reverse.
    pub(super) fn answer(mut self, answer: Answer) -> Result<Self, Refusal> {
        match self.state {
            CaseState::Noticed(proposal, audit, notice, before)
                if !matches!(before, Some(Answer::Defence { .. })) =>
            {
                self.state = CaseState::Noticed(proposal, audit, notice, Some(answer));
                Ok(self)
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// The head decides (article 60).
    pub(super) fn decide(
        mut self,
        by: UserId,
        ruling: Ruling,
        setting: &Setting,
    ) -> Result<Self, Refusal> {
        if self.proposal().is_none() {
            return Err(Refusal::of(Code::ProposalRequired));
        }
        let violation = setting.violation()?;
        let CaseState::Noticed(proposal, audit, notice, answer) = self.state else {
            return Err(self.missing_step());
        };
        check_window(&notice, answer.as_ref(), setting.today())?;
        check_fine(violation, ruling.fine)?;
        if ruling.fine > proposal.fine {
            return Err(Refusal::on(Code::FineHeavierThanNotice, "fineYuan")
                .with(proposal.fine.to_string()));
        }
        if matches!(answer, Some(Answer::Defence { .. })) && ruling.defence_review.is_none() {
            return Err(Refusal::on(Code::DefenceReviewRequired, "defenceReview"));
        }
        let Some(correction) = ruling.correction else {
            return Err(Refusal::on(Code::CorrectionRequired, "correction"));
        };
        let decision = Decision {
            violation: proposal.violation.clone(),
            fine: ruling.fine,
            correction,
            correct_by: ruling.correct_by,
            defence_review: ruling.defence_review,
            by,
            at: setting.now,
        };
        self.state = CaseState::Decided(proposal, audit, notice, answer, decision);
        Ok(self)
    }

    fn missing_step(&self) -> Refusal {
        match self.state {
            CaseState::Filed => Refusal::of(Code::ProposalRequired),
            CaseState::Proposed(_) => Refusal::of(Code::AuditRequired),
            CaseState::Audited(..) => Refusal::of(Code::NoticeRequired),
            CaseState::Noticed(..) | CaseState::Decided(..) | CaseState::Ended(..) => {
                self.wrong_state()
            }
        }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        Refusal::of(Code::WrongState).with(self.state_kind().to_string())
    }
}

/// The window of article 57: a waiver or a defence ends the wait, else its last day must be over.
/// While the calendar lacks the year nobody can say that it is over.
fn check_window(notice: &Notice, answer: Option<&Answer>, today: NaiveDate) -> Result<(), Refusal> {
    match (answer, notice.answer_until) {
        (Some(_), _) => Ok(()),
        (None, Some(until)) if today > until => Ok(()),
        (None, Some(until)) => Err(Refusal::of(Code::DefenceWindowOpen).with(until.to_string())),
        (None, None) => Err(Refusal::of(Code::CalendarYearMissing).with("—")),
    }
}

fn check_fine(violation: &Violation, fine: Fen) -> Result<(), Refusal> {
    let out = |detail: String| Refusal::on(Code::FineOutOfRange, "fineYuan").with(detail);
    let checked = violation.check_fine(fine, FineCase::default());
    checked.map_err(|refusal| match refusal {
        FineRefusal::BelowRange { min } => out(format!("≥ {min}")),
        FineRefusal::AboveRange { max } => out(format!("≤ {max}")),
        FineRefusal::NoFineInRange => out("0".to_owned()),
        FineRefusal::GainsUnknown => out(refusal.to_string()),
    })
}
