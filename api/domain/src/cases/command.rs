//! What can be asked of a case, and which step answers. A case and the report behind it move by two
//! steps: what the case decides closes the report, and a report that is closed otherwise ends the case.

use super::{
    case::{Answer, Case, CaseState, DECIDE, DEFEND, Notice, Proposal, Ruling},
    ending::{Ending, EndingKind},
};
use crate::{
    commands,
    event::Event,
    law::{
        calendar::shanghai_date,
        effect::ClockEffect,
        violation::{Violation, ViolationCode},
    },
    money::Fen,
    notices::paper::Paper,
    policy::Permit,
    refusal::{Code, Refusal},
    step::{Command as _, Machine, Step},
    text::Narrative,
};
use chrono::{DateTime, NaiveDate, Utc};

commands! {
    /// What can be asked of a case.
    Command:

    /// Write the final report with the intended penalty.
    ProposePenalty {
        /// The violation.
        violation: ViolationCode,
        /// The fine.
        fine: Fen,
        /// What the merchant must put right.
        correction: Narrative,
        /// Until when.
        correct_by: NaiveDate,
    } => ProposePenalty;
    /// Pass the audit.
    AuditCase {
        /// In what words.
        opinion: Narrative,
    } => AuditCase;
    /// Note that the notice reached the merchant; five working days for a statement begin.
    ServeNotice => ServeNotice;
    /// The merchant's answer.
    AnswerNotice {
        /// The defence; without one there is no objection.
        defence: Option<Narrative>,
    } => AnswerNotice;
    /// Decide.
    DecideCase {
        /// How.
        ruling: Ruling,
    } => DecideCase;
    /// End it without a penalty, with its report.
    CloseCase {
        /// Why.
        reason: Narrative,
    } => DecideCase;
    /// End it because it went to somebody else, with its report.
    TransferCase => TransferReport;
}

/// What else a step on a case needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The violation that is proposed, as the law stood on the day of the conduct.
    pub violation: Option<Violation>,
    /// The last day for a statement, if the notice is served now; unknown while the calendar lacks the
    /// year.
    pub answer_until: Option<NaiveDate>,
}

impl Setting {
    /// The violation that is proposed.
    pub fn violation(&self) -> Result<&Violation, Refusal> {
        let unknown = || Refusal::on(Code::ViolationUnknown, "violation");
        self.violation.as_ref().ok_or_else(unknown)
    }

    pub(super) fn today(&self) -> NaiveDate {
        shanghai_date(self.now)
    }

    fn check_correct_by(&self, correct_by: NaiveDate) -> Result<(), Refusal> {
        if correct_by < self.today() {
            return Err(Refusal::on(Code::TimeTooOld, "correctBy"));
        }
        Ok(())
    }
}

impl Machine for Case {
    type Command = Command;
    type Setting = Setting;

    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let (by, at) = (permit.person(command.action())?, setting.now);
        let (case, on) = (self.id, setting.today());
        match command {
            Command::ProposePenalty {
                violation,
                fine,
                correction,
                correct_by,
            } => {
                setting.check_correct_by(correct_by)?;
                let proposal = Proposal {
                    violation,
                    fine,
                    correction,
                    correct_by,
                    by,
                    at,
                };
                // The first final report is where this system first sees the investigation at work.
                let file = matches!(self.state, CaseState::Filed).then_some(Paper::CaseFile);
                let event = Event::PenaltyProposed { case };
                let after = self.propose(proposal, setting.violation()?)?;
                Ok(after.stepped(event, Vec::new(), file))
            }
            Command::AuditCase { opinion } => {
                let after = self.audit(by, opinion, at)?;
                Ok(after.stepped(Event::CaseAudited { case }, Vec::new(), None))
            }
            Command::ServeNotice => {
                let (rule, opened_on) = (DEFEND, on);
                let begins = ClockEffect::Start { rule, opened_on };
                let after = self.serve_notice(Notice {
                    served_at: at,
                    answer_until: setting.answer_until,
                })?;
                Ok(after.stepped(Event::NoticeServed { case }, vec![begins], None))
            }
            Command::AnswerNotice { defence } => {
                let answer = match defence {
                    None => Answer::NoObjection { at },
                    Some(words) => Answer::Defence { words, at },
                };
                let answered = ClockEffect::Satisfy { rule: DEFEND, on };
                let after = self.answer(answer)?;
                Ok(after.stepped(Event::NoticeAnswered { case }, vec![answered], None))
            }
            Command::DecideCase { ruling } => {
                setting.check_correct_by(ruling.correct_by)?;
                let event = Event::CaseDecided {
                    case,
                    report: self.report,
                    merchant: self.merchant,
                };
                let decided = ClockEffect::Satisfy { rule: DECIDE, on };
                let after = self.decide(by, ruling, setting)?;
                Ok(after.stepped(event, vec![decided], Some(Paper::PenaltyDecision)))
            }
            Command::CloseCase { .. } => {
                let event = Event::ReportClosed {
                    report: self.report,
                };
                let decided = ClockEffect::Satisfy { rule: DECIDE, on };
                let kind = EndingKind::NoPenalty;
                let after = self.end(Ending { kind, by, at })?;
                let clocks = after.over(decided, on);
                Ok(after.stepped(event, clocks, Some(Paper::NoPenaltyDecision)))
            }
            // Nobody decides it here any more, so that the period for deciding falls away.
            Command::TransferCase => {
                let event = Event::ReportTransferred {
                    report: self.report,
                };
                let lapse = ClockEffect::Lapse { rule: DECIDE, on };
                let kind = EndingKind::Transferred;
                let after = self.end(Ending { kind, by, at })?;
                let clocks = after.over(lapse, on);
                Ok(after.stepped(event, clocks, None))
            }
        }
    }
}

impl Case {
    /// It is filed: the period for deciding it opens (Order 2, article 64).
    #[must_use]
    pub fn register(self) -> Step<Self> {
        let begins = ClockEffect::Start {
            rule: DECIDE,
            opened_on: shanghai_date(self.filed_at),
        };
        let event = Event::CaseFiled {
            case: self.id,
            report: self.report,
        };
        self.stepped(event, vec![begins], Some(Paper::FilingApproval))
    }

    /// What ends with it: the period for deciding, and the one for a statement that nobody made yet.
    fn over(&self, decide: ClockEffect, on: NaiveDate) -> Vec<ClockEffect> {
        match self.notice() {
            Some((_, None)) => vec![decide, ClockEffect::Lapse { rule: DEFEND, on }],
            _ => vec![decide],
        }
    }

    const fn stepped(
        self,
        event: Event,
        clocks: Vec<ClockEffect>,
        paper: Option<Paper>,
    ) -> Step<Self> {
        Step {
            after: self,
            event,
            clocks,
            paper,
        }
    }
}
