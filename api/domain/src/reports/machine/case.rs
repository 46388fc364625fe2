//! The case on a report, as far as the report follows it.

use super::{
    super::state::{Mark, ReportState, Transfer},
    Command, Step, made, wrong,
};
use crate::{
    inspections::visit::Team,
    refusal::{Code, Refusal},
};

/// From here on the periods are the case's own.
pub(super) fn go_on_with_case(
    state: &ReportState,
    command: Command,
    mark: Mark,
) -> Result<Step, Refusal> {
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

/// Nor do the officers of the case.
fn check_not_of(officers: &Team, approves: Mark) -> Result<(), Refusal> {
    if officers.has(approves.by) {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    Ok(())
}
