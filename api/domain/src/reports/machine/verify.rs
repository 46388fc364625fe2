//! Verifying a lead: more time, tests, and a decision that no case is filed (Order 2, articles 18 to
//! 20).

use super::day;
use crate::{
    event::Event,
    law::{clock::PauseCause, effect::ClockEffect},
    notices::paper::Paper,
    refusal::{Code, Refusal},
    reports::{
        report::{FoundIn, Report},
        state::{
            Extension, Mark, NotFiledGround, NotFiling, NotFilingProposal, ReportState, TestResult,
            Testing, Verification,
        },
    },
    step::Step,
    text::{Line, Narrative},
};
use chrono::NaiveDate;

impl Report {
    pub(super) fn extend(
        self,
        reason: Narrative,
        approved: Mark,
        last_day: Option<NaiveDate>,
    ) -> Result<Step<Self>, Refusal> {
        let ReportState::Verifying(lead) = &self.state else {
            return Err(self.wrong_state());
        };
        check_other_person(&[lead.begun], approved)?;
        let (by, on) = (approved.by, day(approved));
        if let Some(last_day) = last_day.filter(|last_day| on > *last_day) {
            return Err(Refusal::of(Code::DeadlinePassed).with(last_day.to_string()));
        }
        let extended = ReportState::VerifyingExtended(lead.clone(), Extension { reason, approved });
        let event = Event::VerificationExtended { report: self.id };
        let rule = self.verified_by();
        let step = self.come_to(extended, event, vec![ClockEffect::Extend { rule, by, on }]);
        Ok(step.by(Paper::ExtensionApproval))
    }

    pub(super) fn pause(
        self,
        cause: PauseCause,
        (body, sample): (Line, Line),
        sent: Mark,
    ) -> Result<Step<Self>, Refusal> {
        let testing = Testing {
            cause,
            body,
            sample,
            sent,
        };
        let paused = match self.state.clone() {
            ReportState::Verifying(lead) => ReportState::PausedTest(lead, None, testing),
            ReportState::VerifyingExtended(lead, extension) => {
                ReportState::PausedTest(lead, Some(extension), testing)
            }
            _ => return Err(self.wrong_state()),
        };
        let event = Event::VerificationPaused { report: self.id };
        let (rule, on) = (self.verified_by(), day(sent));
        let waits = self.waiting(ClockEffect::Pause { rule, cause, on });
        let step = self.come_to(paused, event, waits);
        Ok(step.by(Paper::TestingEntrustment))
    }

    /// Time does not count while something is tested (Order 2, article 18). That it does not for a lead of a mediation either
    /// is said nowhere (Order 121, article 27): it goes on.
    fn waiting(&self, effect: ClockEffect) -> Vec<ClockEffect> {
        match self.found_in {
            Some(FoundIn::Mediation(_)) => Vec::new(),
            Some(FoundIn::Visit(_) | FoundIn::Bureau(_)) | None => vec![effect],
        }
    }

    /// Back to the one of the two that the pause came from.
    pub(super) fn resume(self, result: Narrative, noted: Mark) -> Result<Step<Self>, Refusal> {
        let ReportState::PausedTest(mut lead, extension, testing) = self.state.clone() else {
            return Err(self.wrong_state());
        };
        lead.tests.push(TestResult {
            testing,
            result,
            noted,
        });
        let resumed = match extension {
            Some(extension) => ReportState::VerifyingExtended(lead, extension),
            None => ReportState::Verifying(lead),
        };
        let event = Event::VerificationResumed { report: self.id };
        let (rule, on) = (self.verified_by(), day(noted));
        let goes_on = self.waiting(ClockEffect::Resume { rule, on });
        let step = self.come_to(resumed, event, goes_on);
        Ok(step.by(Paper::TestingResult))
    }

    /// An officer proposes not to file a case. The state and its period go on until a head decides.
    pub(super) fn propose_not_filing(
        mut self,
        ground: NotFiledGround,
        reason: Narrative,
        proposed: Mark,
    ) -> Result<Step<Self>, Refusal> {
        match &mut self.state {
            ReportState::Verifying(lead) | ReportState::VerifyingExtended(lead, _) => {
                lead.proposal = Some(NotFilingProposal {
                    ground,
                    reason,
                    proposed,
                });
            }
            _ => return Err(self.wrong_state()),
        }
        let event = Event::NotFilingProposed { report: self.id };
        Ok(self.noted(event, None))
    }

    /// A head who did not work on the lead approves the proposal.
    pub(super) fn decline_filing(self, approved: Mark) -> Result<Step<Self>, Refusal> {
        let lead = self.verified()?.clone();
        let Some(proposal) = lead.proposal.clone() else {
            return Err(Refusal::of(Code::NotFilingProposalRequired));
        };
        check_other_person(&[lead.begun, proposal.proposed], approved)?;
        let decision = NotFiling { proposal, approved };
        let event = Event::ReportNotFiled { report: self.id };
        let (rule, on) = (self.verified_by(), day(approved));
        let verified = vec![ClockEffect::Satisfy { rule, on }];
        let step = self.come_to(ReportState::NotFiled(lead, decision), event, verified);
        Ok(step.by(Paper::NotFiledApproval))
    }

    /// The verification that a head may decide on.
    pub(super) fn verified(&self) -> Result<&Verification, Refusal> {
        match &self.state {
            ReportState::Verifying(lead) | ReportState::VerifyingExtended(lead, _) => Ok(lead),
            _ => Err(self.wrong_state()),
        }
    }
}

/// Whoever worked on the lead does not approve what becomes of it.
fn check_other_person(worked: &[Mark], approves: Mark) -> Result<(), Refusal> {
    if worked.iter().any(|mark| mark.by == approves.by) {
        return Err(Refusal::of(Code::InvestigatorCannotApprove));
    }
    Ok(())
}
