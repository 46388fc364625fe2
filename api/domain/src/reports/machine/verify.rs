//! Verifying a lead: more time, tests, and how it ends (Order 2, articles 18 to 20).

use super::{
    super::state::{
        Extension, Filing, Mark, NotFiling, NotFilingProposal, ReportState, TestResult, Testing,
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
