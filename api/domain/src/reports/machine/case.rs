//! The case on a report, as far as the report follows it. From here on the periods are the case's
//! own, and so are its papers.

use super::day;
use crate::{
    event::Event,
    id::CaseId,
    inspections::visit::Team,
    law::effect::ClockEffect,
    notices::paper::Paper,
    refusal::{Code, Refusal},
    reports::{
        command::Setting,
        report::{FoundIn, Report},
        state::{Filing, Mark, Receiver, ReportState, Transfer},
    },
    step::Step,
    text::{Line, Narrative},
};

impl Report {
    /// A head files a case on the verified lead, or another one once the decision of the first was annulled: the lead was
    /// verified then.
    pub(super) fn file_case(
        self,
        (case, officers): (CaseId, Team),
        approved: Mark,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let is_anew =
            setting.is_annulled && matches!(self.state, ReportState::ClosedPenalty { .. });
        if !is_anew {
            self.verified()?;
        }
        if officers.iter().count() < 2 {
            return Err(Refusal::on(Code::InspectorsTwoRequired, "investigatorIds"));
        }
        let event = Event::CaseFiled {
            case,
            report: Some(self.id),
        };
        let filing = Filing {
            case,
            officers,
            approved,
        };
        let on = day(approved);
        let rule = self.verified_by();
        let verified = (!is_anew).then_some(ClockEffect::Satisfy { rule, on });
        let verified = Vec::from_iter(verified);
        Ok(self.come_to(ReportState::Filed(filing), event, verified))
    }

    pub(super) fn open_case(self) -> Result<Step<Self>, Refusal> {
        let ReportState::Filed(filing) = &self.state else {
            return Err(self.wrong_state());
        };
        let filing = filing.clone();
        let event = Event::PenaltyProposed { case: filing.case };
        Ok(self.come_to(ReportState::Case(filing), event, Vec::new()))
    }

    pub(super) fn close_penalty(self) -> Result<Step<Self>, Refusal> {
        let ReportState::Case(filing) = &self.state else {
            return Err(self.wrong_state());
        };
        let case = filing.case;
        let event = Event::CaseDecided {
            case,
            report: Some(self.id),
        };
        Ok(self.come_to(ReportState::ClosedPenalty { case }, event, Vec::new()))
    }

    /// What a visit found was punished on the spot: nothing is left to verify.
    pub(super) fn close_on_the_spot(
        self,
        case: CaseId,
        imposed: Mark,
    ) -> Result<Step<Self>, Refusal> {
        self.verified()?;
        // What somebody reported is no matter for the spot.
        if !matches!(self.found_in, Some(FoundIn::Visit(_))) {
            return Err(self.wrong_state());
        }
        let event = Event::CaseDecided {
            case,
            report: Some(self.id),
        };
        let (rule, on) = (self.verified_by(), day(imposed));
        let verified = vec![ClockEffect::Satisfy { rule, on }];
        Ok(self.come_to(ReportState::ClosedPenalty { case }, event, verified))
    }

    /// A head who did not investigate ends the case without a penalty.
    pub(super) fn close_without_penalty(
        self,
        reason: Narrative,
        decided: Mark,
    ) -> Result<Step<Self>, Refusal> {
        // That nothing is punished is proposed and audited first, and then the report is with its case.
        if !matches!(self.state, ReportState::Case(_)) {
            return Err(self.wrong_state());
        }
        self.close_terminated(reason, decided)
    }

    /// A head who did not investigate ends a case whose party is gone, also before anybody proposed anything.
    pub(super) fn close_terminated(
        self,
        reason: Narrative,
        decided: Mark,
    ) -> Result<Step<Self>, Refusal> {
        let case = self.filing_of_others(decided)?.case;
        let closed = ReportState::ClosedNoPenalty {
            case,
            reason,
            decided,
        };
        let event = Event::ReportClosed { report: self.id };
        Ok(self.come_to(closed, event, Vec::new()))
    }

    /// A head who did not investigate hands the case to another agency or to the police.
    pub(super) fn transfer(
        self,
        to: Receiver,
        receiver: Line,
        approved: Mark,
    ) -> Result<Step<Self>, Refusal> {
        let case = self.filing_of_others(approved)?.case;
        let transfer = Transfer {
            case,
            to,
            receiver,
            approved,
        };
        let event = Event::ReportTransferred { report: self.id };
        let step = self.come_to(ReportState::Transferred(transfer), event, Vec::new());
        Ok(step.by(Paper::TransferLetter))
    }

    /// A matter may be another one's before anybody proposed a penalty.
    fn filing(&self) -> Result<&Filing, Refusal> {
        match &self.state {
            ReportState::Filed(filing) | ReportState::Case(filing) => Ok(filing),
            _ => Err(self.wrong_state()),
        }
    }

    /// The officers of the case do not approve its end.
    fn filing_of_others(&self, approves: Mark) -> Result<&Filing, Refusal> {
        let filing = self.filing()?;
        if filing.officers.has(approves.by) {
            return Err(Refusal::of(Code::InvestigatorCannotApprove));
        }
        Ok(filing)
    }
}
