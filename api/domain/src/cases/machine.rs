//! Which step answers a command, what it does to the periods, and by which paper it is made.

mod carry_out;
mod clocks;
mod conclude;
mod hear;
mod investigate;
mod recuse;
mod refer;
mod repair;

use super::{
    case::{Case, DECIDE},
    command::{Command, Setting},
    on_the_spot::SIMPLE,
};
use crate::{
    event::Event,
    law::{calendar::shanghai_date, effect::ClockEffect},
    notices::paper::Paper,
    policy::Permit,
    refusal::{Code, Refusal},
    reports::{machine::FILE, state::Mark},
    step::{Command as _, Machine, Step},
};

/// What a step makes beside the case itself.
type Made = (Event, Vec<ClockEffect>, Option<Paper>);

impl Machine for Case {
    type Command = Command;
    type Setting = Setting;

    fn take(
        mut self,
        command: Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(command.action())?;
        self.is_free(by, setting, None)?;
        self.may_judge(by, command.action())?;
        let made = Mark {
            by,
            at: setting.now,
        };
        let (event, clocks, paper) = match command {
            Command::OrderCorrection { .. }
            | Command::SuspendCase { .. }
            | Command::ResumeCase
            | Command::ExtendCase { .. }
            | Command::ProposePenalty { .. }
            | Command::ProposeNoPenalty { .. }
            | Command::AuditCase { .. } => self.investigate(command, made, setting)?,
            Command::IssueNotice
            | Command::ServeNotice { .. }
            | Command::AnswerNotice { .. }
            | Command::RequestHearing { .. }
            | Command::AnnounceHearing { .. }
            | Command::HoldHearing { .. } => self.hear(command, made, setting)?,
            Command::RecordConference { .. }
            | Command::DecideCase { .. }
            | Command::ServeDecision { .. }
            | Command::ChangeDecision { .. }
            | Command::CloseCase { .. }
            | Command::TerminateCase { .. }
            | Command::TransferCase { .. } => self.conclude(command, made, setting)?,
            Command::AllowInstalments { .. }
            | Command::RecordFinePayment { .. }
            | Command::CheckCorrection { .. }
            | Command::NoteRemedy { .. }
            | Command::RemindParty
            | Command::ApplyToCourt { .. }
            | Command::FinishCase { .. }
            | Command::FilePapers
            | Command::ArchiveCase => self.carry_out(command, made, setting)?,
            Command::ReportCrime { .. }
            | Command::DecideReferral { .. }
            | Command::HandOver { .. }
            | Command::AskReview { .. }
            | Command::HandOverGoods { .. } => self.refer(command, made, setting)?,
            Command::AskRecusal { .. }
            | Command::RuleOnRecusal { .. }
            | Command::ReplaceTeam { .. } => self.recuse(command, made, setting)?,
            Command::RepairCredit { .. }
            | Command::AcceptRepair { .. }
            | Command::ExtendRepair { .. }
            | Command::DecideRepair { .. }
            | Command::UndoRepair { .. } => self.repair(command, made, setting)?,
            Command::NotePoliceAnswer { .. }
            | Command::NoteLiability { .. }
            | Command::ReturnFromPolice { .. } => self.hear_police(command, made, setting)?,
        };
        Ok(Step {
            after: self,
            event,
            clocks,
            paper,
        })
    }
}

/// What no arm of a group answers; the groups of [`Machine::take`] are complete.
fn elsewhere() -> Refusal {
    Refusal::of(Code::Internal)
}

impl Case {
    /// It is filed: the period for deciding it opens (Order 2, article 64), and that for verifying the lead is kept, from
    /// the day of the lead on, unless a report or a complaint keeps it (article 18), or the case in whose place it comes kept
    /// it. One that was imposed on the spot is decided and served already.
    #[must_use]
    pub fn register(self) -> Step<Self> {
        if self.file.is_simple() {
            return self.register_on_the_spot();
        }
        let opened_on = shanghai_date(self.filed_at);
        let rule = DECIDE;
        let mut clocks = vec![ClockEffect::Start { rule, opened_on }];
        let told = &self.basis.told;
        if let (Some(found_on), None) = (told.found_on, told.in_place_of) {
            let (rule, on) = (FILE, opened_on);
            clocks.push(ClockEffect::Start {
                rule,
                opened_on: found_on,
            });
            clocks.push(ClockEffect::Satisfy { rule, on });
        }
        Step {
            event: Event::CaseFiled {
                case: self.id,
                report: self.basis.report,
            },
            after: self,
            clocks,
            paper: Some(Paper::FilingApproval),
        }
    }

    /// The periods for paying, for handing the papers to the office (articles 66 to 70, 72) and for looking after the
    /// correction open.
    fn register_on_the_spot(mut self) -> Step<Self> {
        let opened_on = shanghai_date(self.filed_at);
        let mut clocks = vec![ClockEffect::Start {
            rule: SIMPLE,
            opened_on,
        }];
        // It was handed over on the day on which it was made.
        clocks.extend(self.payment_begins(opened_on));
        clocks.extend(self.correction_begins(opened_on));
        Step {
            event: Event::PunishedOnTheSpot {
                case: self.id,
                merchant: self.merchant,
            },
            after: self,
            clocks,
            paper: Some(Paper::OnTheSpotDecision),
        }
    }
}
