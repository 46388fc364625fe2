//! The machine of a report (procedures, section 1.7): which step leads from which state, who may
//! take it, which paper it needs, and what it does to the statutory periods.
//!
//! Sources: 《市场监督管理投诉举报处理办法》 (SAMR Order 121, in force 2026-04-15) and
//! 《市场监督管理行政处罚程序规定》 (SAMR Order 2 of 2018, amended by Orders 42 and 61). A step that is
//! no arrow of the diagram is refused and changes nothing. A proposal, a link, a withdrawal and news
//! of the outcome are noted and lead to no other state: verification goes on ex officio.

mod case;
mod hand;
mod sort;
mod verify;

pub use sort::restarted_by;

use super::{
    command::{Command, Setting},
    report::{FoundIn, Report},
    resemblance::Sameness,
    state::{Mark, ReportState, Verification},
};
use crate::{
    event::Event,
    id::UserId,
    law::{calendar::shanghai_date, effect::ClockEffect},
    notices::paper::Paper,
    policy::Permit,
    refusal::{Code, Refusal},
    step::{Command as _, Machine, Step},
};

/// Verify and decide whether to file: Order 2, article 18.
pub const VERIFY: &str = "R-VERIFY";
/// The same for a lead found in mediation: Order 121, article 27.
pub const VERIFY_LEAD: &str = "R-FROMMED";
/// The same for whatever else came to light, on a visit or without one: Order 2, article 18.
pub const FILE: &str = "P-FILE";
/// Tell the reporter where to go: Order 121, article 34; its length is our proposal.
pub const NOT_COMPETENT: &str = "R-NOTCOMP";

impl Machine for Report {
    type Command = Command;
    type Setting = Setting;

    #[expect(clippy::too_many_lines, reason = "one arm a command")]
    fn take(
        self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        if matches!(command, Command::WithdrawReport { .. }) {
            permit.allows(command.action())?;
            let event = Event::ReportWithdrawn { report: self.id };
            return Ok(self.noted(event, None));
        }
        let mark = Mark {
            by: permit.person(command.action())?,
            at: setting.now,
        };
        match command {
            Command::AcceptReport => self.accept(mark),
            Command::ReplyNotCompetent { competent, .. } => {
                self.reply_not_competent(competent, mark)
            }
            Command::MarkDuplicate { .. } => self.mark_duplicate(setting.earlier()?, mark),
            Command::MergeReport { new_facts, .. } => {
                self.merge(setting.earlier()?, new_facts, mark)
            }
            Command::LinkReports { .. } => {
                if setting.earlier()?.resemblance.reporter == Sameness::Same {
                    return Err(Refusal::on(Code::SameReporter, "otherId"));
                }
                let event = Event::ReportLinked { report: self.id };
                Ok(self.noted(event, None))
            }
            Command::ExtendVerification { reason } => {
                self.extend(reason, mark, setting.verify_until)
            }
            Command::PauseForTesting {
                cause,
                body,
                sample,
            } => self.pause(cause, (body, sample), mark),
            Command::ResumeVerification { result } => self.resume(result, mark),
            Command::ProposeNotFiling { ground, reason } => {
                self.propose_not_filing(ground, reason, mark)
            }
            Command::DeclineFiling => self.decline_filing(mark),
            Command::TransferReport { to, receiver, .. } => self.transfer(to, receiver, mark),
            Command::CloseWithoutPenalty { reason } => self.close_without_penalty(reason, mark),
            Command::TellOutcome { .. } => {
                // Nobody waits for what became of a lead that nobody sent.
                if !self.state.has_outcome() || self.found_in.is_some() {
                    return Err(Refusal::of(Code::NoOutcomeYet));
                }
                let event = Event::OutcomeTold { report: self.id };
                Ok(self.noted(event, Some(Paper::ReportOutcome)))
            }
            Command::WithdrawReport { .. } => Err(self.wrong_state()),
            Command::DispatchReport { to, .. } => self.hand_down(to, setting),
            Command::ReturnReport { .. } => self.give_back(),
            Command::RaiseCompetenceDispute { .. } => {
                setting.receiving.check_known("other")?;
                if !self.state.is_open() {
                    return Err(self.wrong_state());
                }
                let event = Event::CompetenceDisputed { report: self.id };
                Ok(self.noted(event, None))
            }
            Command::FileCase { case, officers } => self.file_case((case, officers), mark, setting),
            Command::OpenCase => self.open_case(),
            Command::ClosePenalty => self.close_penalty(),
            Command::CloseOnTheSpot { case } => self.close_on_the_spot(case, mark),
            Command::CloseTerminated { reason } => self.close_terminated(reason, mark),
        }
    }
}

impl Report {
    /// It is received: form 2, and the period for verifying it opens (Order 2, article 18).
    #[must_use]
    pub fn register(self) -> Step<Self> {
        Step {
            event: Event::ReportFiled { report: self.id },
            clocks: vec![ClockEffect::Start {
                rule: VERIFY,
                opened_on: self.received_on(),
            }],
            paper: Some(Paper::ReportForm),
            after: self,
        }
    }

    /// A lead was found: whoever found it verifies it, and its period opens on that day (Order 121, article 27), whenever it is
    /// told; on a visit that was when somebody was there, or was sent because of it (Order 2, article 18).
    #[must_use]
    pub fn found(self, by: UserId) -> Step<Self> {
        let rule = self.verified_by();
        let opened_on = match self.found_in {
            Some(FoundIn::Visit(_)) => shanghai_date(self.occurred_at),
            Some(FoundIn::Bureau(found_on)) => found_on,
            Some(FoundIn::Mediation(_)) | None => self.received_on(),
        };
        let begun = Mark {
            by,
            at: self.received_at,
        };
        let lead = Verification {
            begun,
            tests: Vec::new(),
            proposal: None,
        };
        let clocks = vec![ClockEffect::Start { rule, opened_on }];
        let event = Event::ReportAccepted { report: self.id };
        let step = self.come_to(ReportState::Verifying(lead), event, clocks);
        step.by(Paper::VerificationRecord)
    }

    /// The period in which it is verified.
    #[must_use]
    pub const fn verified_by(&self) -> &'static str {
        match self.found_in {
            Some(FoundIn::Mediation(_)) => VERIFY_LEAD,
            Some(FoundIn::Visit(_) | FoundIn::Bureau(_)) => FILE,
            None => VERIFY,
        }
    }

    /// An officer takes it in and begins to verify it.
    fn accept(self, mark: Mark) -> Result<Step<Self>, Refusal> {
        self.check_registered()?;
        let lead = Verification {
            begun: mark,
            tests: Vec::new(),
            proposal: None,
        };
        let event = Event::ReportAccepted { report: self.id };
        let step = self.come_to(ReportState::Verifying(lead), event, Vec::new());
        Ok(step.by(Paper::VerificationRecord))
    }

    fn check_registered(&self) -> Result<(), Refusal> {
        match self.state {
            ReportState::Registered => Ok(()),
            _ => Err(self.wrong_state()),
        }
    }

    /// A step to another state.
    fn come_to(mut self, state: ReportState, event: Event, clocks: Vec<ClockEffect>) -> Step<Self> {
        self.state = state;
        Step {
            after: self,
            event,
            clocks,
            paper: None,
        }
    }

    /// A step that leads to no other state.
    fn noted(self, event: Event, paper: Option<Paper>) -> Step<Self> {
        Step {
            after: self,
            event,
            clocks: Vec::new(),
            paper,
        }
    }

    pub(super) fn wrong_state(&self) -> Refusal {
        wrong(&self.state)
    }
}

impl Step<Report> {
    fn by(self, paper: Paper) -> Self {
        Self {
            paper: Some(paper),
            ..self
        }
    }
}

fn wrong(state: &ReportState) -> Refusal {
    Refusal::of(Code::WrongState).with(state.kind().to_string())
}

/// The day in China.
fn day(mark: Mark) -> chrono::NaiveDate {
    shanghai_date(mark.at)
}

#[cfg(test)]
mod tests;
