//! The machine of a report (procedures, section 1.7): which step leads from which state, who may
//! take it, which paper it needs, and what it does to the statutory periods.
//!
//! Sources: 《市场监督管理投诉举报处理办法》 (SAMR Order 121, in force 2026-04-15) and
//! 《市场监督管理行政处罚程序规定》 (SAMR Order 2 of 2018, amended by Orders 42 and 61). A step that is
//! no arrow of the diagram is refused and changes nothing. Withdrawal is no step: verification goes
//! on ex officio.

mod case;
mod sort;
mod verify;

pub use sort::restarted_by;
pub use verify::propose_not_filing;

use super::{
    resemblance::Resemblance,
    state::{Mark, Receiver, ReportState, Verification},
};
use crate::{
    id::{CaseId, ReportId},
    inspections::visit::Team,
    law::{calendar::shanghai_date, clock::PauseCause, effect::ClockEffect},
    notices::paper::Paper,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Verify and decide whether to file: Order 2, article 18.
pub const VERIFY: &str = "R-VERIFY";
/// Tell the reporter where to go: Order 121, article 34; its length is our proposal.
pub const NOT_COMPETENT: &str = "R-NOTCOMP";

/// An earlier report, as far as joining a later one to it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Which one.
    pub report: ReportId,
    /// How far it has come.
    pub state: ReportState,
    /// How the later one resembles it.
    pub resemblance: Resemblance,
}

/// What somebody wants to do with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Tell the reporter where to go: the bureau is not competent (Order 121, article 34).
    ReplyNotCompetent {
        /// Who is.
        competent: Line,
    },
    /// The same reporter, facts and party as before (Order 121, article 35).
    MarkDuplicate(Earlier),
    /// New facts of the same reporter go into an earlier report (Order 121, article 35).
    Merge {
        /// The earlier report.
        into: Earlier,
        /// What is new.
        new_facts: Narrative,
    },
    /// Begin to verify the lead (Order 121, article 35; Order 2, article 18).
    Accept,
    /// More time for the verification (Order 2, article 18).
    Extend {
        /// Why.
        reason: Narrative,
        /// The last day of the period; nothing while a calendar is missing.
        last_day: Option<NaiveDate>,
    },
    /// A sample goes to a testing body, goods to a right holder (Order 2, article 18).
    PauseForTesting {
        /// Which of the two.
        cause: PauseCause,
        /// Who has it.
        body: Line,
        /// What.
        sample: Line,
    },
    /// The answer came back.
    Resume {
        /// What it says.
        result: Narrative,
    },
    /// Approve a proposal not to file a case (Order 2, articles 19 and 20).
    DeclineFiling,
    /// File a case (Order 2, articles 18 and 19).
    File {
        /// The case.
        case: CaseId,
        /// Who investigates: two or more.
        officers: Team,
    },
    /// The investigation begins.
    OpenCase,
    /// The case was decided with a penalty (Order 2, article 60).
    ClosePenalty,
    /// The case ends without one (Order 2, article 60).
    CloseNoPenalty {
        /// Why.
        reason: Narrative,
    },
    /// The case goes to somebody else (Order 2, articles 15 to 17).
    Transfer {
        /// What kind of receiver.
        to: Receiver,
        /// Which one.
        receiver: Line,
    },
}

impl Command {
    /// What a permit must be for.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::ReplyNotCompetent { .. } | Self::MarkDuplicate(_) | Self::Merge { .. } => {
                Action::SortReport
            }
            Self::Accept => Action::AcceptReport,
            Self::Extend { .. } => Action::ExtendVerification,
            Self::PauseForTesting { .. } | Self::Resume { .. } => Action::VerifyReport,
            Self::DeclineFiling => Action::DeclineFiling,
            Self::File { .. } => Action::FileCase,
            Self::OpenCase => Action::ProposePenalty,
            Self::ClosePenalty | Self::CloseNoPenalty { .. } => Action::DecideCase,
            Self::Transfer { .. } => Action::TransferReport,
        }
    }
}

/// What a step made of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How far it has come now.
    pub state: ReportState,
    /// What happens to its periods, in order.
    pub clocks: Vec<ClockEffect>,
    /// The paper that made the step.
    pub paper: Paper,
}

/// A report is received: form 2, and the period for verifying it opens (Order 2, article 18).
#[must_use]
pub fn register(received_on: NaiveDate) -> Step {
    made(
        ReportState::Registered,
        vec![ClockEffect::Start {
            rule: VERIFY,
            opened_on: received_on,
        }],
    )
}

/// Takes a step, or refuses it.
pub fn take(
    state: &ReportState,
    received_on: NaiveDate,
    command: Command,
    permit: &Permit,
    now: DateTime<Utc>,
) -> Result<Step, Refusal> {
    let mark = Mark {
        by: permit.person(command.action())?,
        at: now,
    };
    let on = shanghai_date(now);
    match (state, command) {
        (ReportState::Registered, Command::ReplyNotCompetent { competent }) => Ok(
            sort::reply_not_competent(competent, mark, (received_on, on)),
        ),
        (ReportState::Registered, Command::MarkDuplicate(earlier)) => {
            sort::mark_duplicate(&earlier, mark, (received_on, on))
        }
        (ReportState::Registered, Command::Merge { into, new_facts }) => {
            sort::merge(&into, new_facts, mark, (received_on, on))
        }
        (ReportState::Registered, Command::Accept) => Ok(made(
            ReportState::Verifying(Verification {
                begun: mark,
                tests: Vec::new(),
                proposal: None,
            }),
            Vec::new(),
        )),
        (
            _,
            command @ (Command::Extend { .. }
            | Command::PauseForTesting { .. }
            | Command::Resume { .. }),
        ) => verify::keep_verifying(state, command, mark, on),
        (_, command @ (Command::DeclineFiling | Command::File { .. })) => {
            verify::end_verification(state, command, mark, on)
        }
        (_, command) => case::go_on_with_case(state, command, mark),
    }
}

fn made(state: ReportState, clocks: Vec<ClockEffect>) -> Step {
    Step {
        paper: state.made_by(),
        state,
        clocks,
    }
}

fn wrong(state: &ReportState) -> Refusal {
    Refusal::of(Code::WrongState).with(state.kind().to_string())
}

#[cfg(test)]
mod tests;
