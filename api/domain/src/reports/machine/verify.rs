//! Verifying a lead: more time, tests, and how it ends (Order 2, articles 18 to 20).

use super::{
    super::state::{
        Extension, Filing, Mark, NotFiling, NotFilingProposal, ReportState, TestResult, Testing,
        Verification,
    },
    Command, Step, VERIFY, made, wrong,
};
use crate::{
    law::effect::ClockEffect,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
};
use chrono::NaiveDate;

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

pub(super) fn keep_verifying(
    state: &ReportState,
    command: Command,
    mark: Mark,
    on: NaiveDate,
) -> Result<Step, Refusal> {
    match (state, command) {
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
            let extended = ReportState::VerifyingExtended(lead.clone(), extension);
            let by = mark.by;
            let rule = VERIFY;
            Ok(made(extended, vec![ClockEffect::Extend { rule, by, on }]))
        }
        (
            state,
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
            pause(state, testing, on)
        }
        (ReportState::PausedTest(lead, extension, testing), Command::Resume { result }) => {
            let answer = TestResult {
                testing: testing.clone(),
                result,
                noted: mark,
            };
            Ok(resume((lead, extension.as_ref()), answer, on))
        }
        (state, _) => Err(wrong(state)),
    }
}

fn pause(state: &ReportState, testing: Testing, on: NaiveDate) -> Result<Step, Refusal> {
    let pause = ClockEffect::Pause {
        rule: VERIFY,
        cause: testing.cause,
        on,
    };
    let paused = match state.clone() {
        ReportState::Verifying(lead) => ReportState::PausedTest(lead, None, testing),
        ReportState::VerifyingExtended(lead, extension) => {
            ReportState::PausedTest(lead, Some(extension), testing)
        }
        _ => return Err(wrong(state)),
    };
    Ok(made(paused, vec![pause]))
}

/// Back to the one of the two that the pause came from.
fn resume(
    (lead, extension): (&Verification, Option<&Extension>),
    answer: TestResult,
    on: NaiveDate,
) -> Step {
    let mut lead = lead.clone();
    lead.tests.push(answer);
    let resumed = match extension {
        Some(extension) => ReportState::VerifyingExtended(lead, extension.clone()),
        None => ReportState::Verifying(lead),
    };
    made(resumed, vec![ClockEffect::Resume { rule: VERIFY, on }])
}

pub(super) fn end_verification(
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

/// Whoever worked on the lead does not approve what becomes of it.
fn check_other_person(worked: &[Mark], approves: Mark) -> Result<(), Refusal> {
    if worked.iter().any(|mark| mark.by == approves.by) {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    Ok(())
}
