//! The machine of a report (procedures, section 1.7): which step leads from which state, who may
//! take it, which paper it needs, and what it does to the statutory periods.
//!
//! Sources: 《市场监督管理投诉举报处理办法》 (SAMR Order 121, in force 2026-04-15) and
//! 《市场监督管理行政处罚程序规定》 (SAMR Order 2 of 2018, amended by Orders 42 and 61). A step that is
//! no arrow of the diagram is refused and changes nothing. Withdrawal is no step: verification goes
//! on ex officio.

use super::{
    regime::Regime,
    resemblance::{Resemblance, Sameness},
    state::{
        CompetenceReply, Doubling, Extension, Filing, Mark, Merging, NotFiling, NotFilingProposal,
        Receiver, ReportState, TestResult, Testing, Transfer,
    },
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
        (ReportState::Registered, Command::ReplyNotCompetent { competent }) => {
            Ok(reply_not_competent(competent, mark, (received_on, on)))
        }
        (ReportState::Registered, Command::MarkDuplicate(earlier)) => {
            mark_duplicate(&earlier, mark, (received_on, on))
        }
        (ReportState::Registered, Command::Merge { into, new_facts }) => {
            merge(&into, new_facts, mark, (received_on, on))
        }
        (ReportState::Registered, Command::Accept) => Ok(made(
            ReportState::Verifying(super::state::Verification {
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
        ) => keep_verifying(state, command, mark, on),
        (_, command @ (Command::DeclineFiling | Command::File { .. })) => {
            end_verification(state, command, mark, on)
        }
        (_, command) => go_on_with_case(state, command, mark),
    }
}

/// The later report's facts joined this one: its period begins anew on the day on which the later
/// report was received (Order 121, article 35).
///
/// The order does not say what becomes of an extension and of a test under way. Both were decided
/// for reasons that the new facts do not undo, so that a clock that was extended is so again, and
/// one that stood still keeps standing still.
pub fn restarted_by(
    state: &ReportState,
    received_on: NaiveDate,
) -> Result<Vec<ClockEffect>, Refusal> {
    let (extension, testing) = match state {
        ReportState::Registered | ReportState::Verifying(_) => (None, None),
        ReportState::VerifyingExtended(_, extension) => (Some(extension), None),
        ReportState::PausedTest(_, extension, testing) => (extension.as_ref(), Some(testing)),
        _ => return Err(wrong(state)),
    };
    let restart = ClockEffect::Restart {
        rule: VERIFY,
        opened_on: received_on,
    };
    let extend = extension.map(|extension| ClockEffect::Extend {
        rule: VERIFY,
        by: extension.approved.by,
        on: received_on,
    });
    let pause = testing.map(|testing| ClockEffect::Pause {
        rule: VERIFY,
        cause: testing.cause,
        on: received_on.max(shanghai_date(testing.sent.at)),
    });
    Ok([Some(restart), extend, pause]
        .into_iter()
        .flatten()
        .collect())
}

/// An officer proposes not to file a case. A proposal is no step: the state and its period go on
/// until a head decides.
pub fn propose_not_filing(
    state: &ReportState,
    mut proposal: NotFilingProposal,
    permit: &Permit,
) -> Result<ReportState, Refusal> {
    proposal.proposed.by = permit.person(Action::VerifyReport)?;
    match state.clone() {
        ReportState::Verifying(mut lead) => {
            lead.proposal = Some(proposal);
            Ok(ReportState::Verifying(lead))
        }
        ReportState::VerifyingExtended(mut lead, extension) => {
            lead.proposal = Some(proposal);
            Ok(ReportState::VerifyingExtended(lead, extension))
        }
        _ => Err(wrong(state)),
    }
}

fn reply_not_competent(
    competent: Line,
    told: Mark,
    (received_on, on): (NaiveDate, NaiveDate),
) -> Step {
    let lapse = ClockEffect::Lapse { rule: VERIFY, on };
    // The duty arises with the finding that the bureau is not competent and counts from receipt.
    // Order 20 had no such period, and ours is a proposal for Order 121.
    let clocks = match Regime::on(received_on) {
        Regime::Order20 => vec![lapse],
        Regime::Order121 => vec![
            lapse,
            ClockEffect::Start {
                rule: NOT_COMPETENT,
                opened_on: received_on,
            },
            ClockEffect::Satisfy {
                rule: NOT_COMPETENT,
                on,
            },
        ],
    };
    made(
        ReportState::NotCompetent(CompetenceReply { competent, told }),
        clocks,
    )
}

/// Only the same reporter repeats itself; whoever else says the same is linked and keeps a clock,
/// a confidentiality and a reward claim of its own.
fn check_same_reporter_and_party(earlier: &Earlier) -> Result<(), Refusal> {
    if earlier.resemblance.reporter != Sameness::Same {
        return Err(Refusal::on(Code::OtherReporter, "earlierId"));
    }
    if earlier.resemblance.party != Sameness::Same {
        return Err(Refusal::on(Code::OtherParty, "earlierId"));
    }
    if matches!(
        earlier.state,
        ReportState::Duplicate(_) | ReportState::Merged(_)
    ) {
        return Err(
            Refusal::on(Code::WrongState, "earlierId").with(earlier.state.kind().to_string())
        );
    }
    Ok(())
}

/// Article 35 is new in Order 121: a report of the old order is verified by itself.
fn check_article_35(received_on: NaiveDate) -> Result<(), Refusal> {
    match Regime::on(received_on) {
        Regime::Order121 => Ok(()),
        Regime::Order20 => Err(Refusal::of(Code::OldOrderApplies)),
    }
}

fn mark_duplicate(
    earlier: &Earlier,
    found: Mark,
    (received_on, on): (NaiveDate, NaiveDate),
) -> Result<Step, Refusal> {
    check_article_35(received_on)?;
    check_same_reporter_and_party(earlier)?;
    Ok(made(
        ReportState::Duplicate(Doubling {
            of: earlier.report,
            found,
        }),
        vec![ClockEffect::Lapse { rule: VERIFY, on }],
    ))
}

fn merge(
    into: &Earlier,
    new_facts: Narrative,
    joined: Mark,
    (received_on, on): (NaiveDate, NaiveDate),
) -> Result<Step, Refusal> {
    check_article_35(received_on)?;
    check_same_reporter_and_party(into)?;
    // What was decided already takes no new facts; they are a lead of their own.
    restarted_by(&into.state, received_on)?;
    Ok(made(
        ReportState::Merged(Merging {
            into: into.report,
            new_facts,
            joined,
        }),
        vec![ClockEffect::Lapse { rule: VERIFY, on }],
    ))
}

fn keep_verifying(
    state: &ReportState,
    command: Command,
    mark: Mark,
    on: NaiveDate,
) -> Result<Step, Refusal> {
    match (state.clone(), command) {
        (ReportState::Verifying(lead), Command::Extend { reason, last_day }) => {
            check_other_person(&[lead.begun], mark)?;
            if let Some(last_day) = last_day.filter(|last_day| on > *last_day) {
                return Err(Refusal::of(Code::DeadlinePassed).with(last_day.to_string()));
            }
            let extension = Extension {
                reason,
                approved: mark,
                tests_before: lead.tests.len(),
            };
            let extend = ClockEffect::Extend {
                rule: VERIFY,
                by: mark.by,
                on,
            };
            Ok(made(
                ReportState::VerifyingExtended(lead, extension),
                vec![extend],
            ))
        }
        (
            state @ (ReportState::Verifying(_) | ReportState::VerifyingExtended(..)),
            Command::PauseForTesting {
                cause,
                body,
                sample,
            },
        ) => {
            let testing = Testing {
                cause,
                body,
                sample,
                sent: mark,
            };
            let pause = ClockEffect::Pause {
                rule: VERIFY,
                cause,
                on,
            };
            let paused = match state {
                ReportState::VerifyingExtended(lead, extension) => {
                    ReportState::PausedTest(lead, Some(extension), testing)
                }
                ReportState::Verifying(lead) => ReportState::PausedTest(lead, None, testing),
                other => return Err(wrong(&other)),
            };
            Ok(made(paused, vec![pause]))
        }
        (ReportState::PausedTest(mut lead, extension, testing), Command::Resume { result }) => {
            lead.tests.push(TestResult {
                testing,
                result,
                noted: mark,
            });
            let resumed = match extension {
                Some(extension) => ReportState::VerifyingExtended(lead, extension),
                None => ReportState::Verifying(lead),
            };
            Ok(made(
                resumed,
                vec![ClockEffect::Resume { rule: VERIFY, on }],
            ))
        }
        (state, _) => Err(wrong(&state)),
    }
}

fn end_verification(
    state: &ReportState,
    command: Command,
    mark: Mark,
    on: NaiveDate,
) -> Result<Step, Refusal> {
    let (ReportState::Verifying(lead) | ReportState::VerifyingExtended(lead, _)) = state else {
        return Err(wrong(state));
    };
    let ended = match command {
        Command::DeclineFiling => {
            let Some(proposal) = lead.proposal.clone() else {
                return Err(Refusal::of(Code::NotFilingProposalRequired));
            };
            check_other_person(&[lead.begun, proposal.proposed], mark)?;
            ReportState::NotFiled(
                lead.clone(),
                NotFiling {
                    proposal,
                    approved: mark,
                },
            )
        }
        Command::File { case, officers } => {
            if officers.iter().count() < 2 {
                return Err(Refusal::on(Code::InspectorsTwoRequired, "investigatorIds"));
            }
            ReportState::Filed(Filing {
                case,
                officers,
                approved: mark,
            })
        }
        _ => return Err(wrong(state)),
    };
    Ok(made(ended, vec![ClockEffect::Satisfy { rule: VERIFY, on }]))
}

/// From here on the periods are the case's own.
fn go_on_with_case(state: &ReportState, command: Command, mark: Mark) -> Result<Step, Refusal> {
    let next = match (state, command) {
        (ReportState::Filed(filing), Command::OpenCase) => ReportState::Case(filing.clone()),
        (ReportState::Case(filing), Command::ClosePenalty) => {
            ReportState::ClosedPenalty { case: filing.case }
        }
        (ReportState::Case(filing), Command::CloseNoPenalty { reason }) => {
            check_not_of(&filing.officers, mark)?;
            ReportState::ClosedNoPenalty {
                case: filing.case,
                reason,
                decided: mark,
            }
        }
        (ReportState::Case(filing), Command::Transfer { to, receiver }) => {
            check_not_of(&filing.officers, mark)?;
            ReportState::Transferred(Transfer {
                case: filing.case,
                to,
                receiver,
                approved: mark,
            })
        }
        (state, _) => return Err(wrong(state)),
    };
    Ok(made(next, Vec::new()))
}

/// Whoever worked on the lead does not approve what becomes of it.
fn check_other_person(worked: &[Mark], approves: Mark) -> Result<(), Refusal> {
    if worked.iter().any(|mark| mark.by == approves.by) {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    Ok(())
}

fn check_not_of(officers: &Team, approves: Mark) -> Result<(), Refusal> {
    if officers.has(approves.by) {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    Ok(())
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
