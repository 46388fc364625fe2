//! The end: termination with both sides told, closing, the archive; and what is recorded beside.

use super::{
    command::Setting,
    complaint::{Complaint, MEDIATE, TELL_TERMINATION},
    consent::{RepresentedConsent, Side, Way},
    decide::approve,
    desk::Proposed,
    ending::{Archived, Closed, Ending, Terminated, Told},
    ground::{TerminationGround, TerminationReason},
    mediation::{Accepted, Entrusted, Mediating},
    side::{Lead, LeadOutcome, LeadSettled, PoliceReferral},
    state::{ComplaintState, ComplaintStateKind},
};
use crate::{
    event::Event,
    law::{calendar::shanghai_date, effect::ClockEffect},
    limits::CASE_ACTS,
    notices::paper::Paper,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    reports::machine::VERIFY_LEAD,
    step::Step,
    text::{Line, Narrative},
};
use chrono::{DateTime, Utc};

impl Complaint {
    /// The handler proposes to terminate (article 23); a head decides. A note.
    pub(super) fn propose_termination(
        mut self,
        permit: &Permit,
        reason: TerminationReason,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let kind = self.kind();
        let slot = match &mut self.state {
            ComplaintState::Accepted(Accepted { termination, .. })
            | ComplaintState::Mediating(Mediating { termination, .. })
            | ComplaintState::Entrusted(Entrusted { termination, .. }) => termination,
            _ => return Err(self.wrong_state()),
        };
        reason.check(&setting.grounds, kind)?;
        if reason.ground == TerminationGround::TimeOver {
            setting.check_time_over()?;
        }
        *slot = Some(Proposed {
            what: reason,
            by,
            at: setting.now,
        });
        let event = Event::ComplaintTerminationProposed { complaint: self.id };
        Ok(self.noted(event, Vec::new(), None))
    }

    /// ACCEPTED, MEDIATING or ENTRUSTED -> TERMINATED: a head approves what somebody else proposed
    /// (article 23, form 8). The mediation was not finished: its period lapses, and stays late if it
    /// was. Both sides have to be told within their own period. Where a complainant who speaks for
    /// others withdraws, their consent is needed (article 12).
    pub(super) fn terminate(
        mut self,
        permit: &Permit,
        represented: Option<RepresentedConsent>,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DecideComplaint)?;
        let on = shanghai_date(now);
        let (acceptance, proposed, recusal) = match &self.state {
            ComplaintState::Accepted(accepted) => {
                (accepted.acceptance, &accepted.termination, None)
            }
            ComplaintState::Mediating(Mediating {
                mediation,
                termination,
                ..
            })
            | ComplaintState::Entrusted(Entrusted {
                mediation,
                termination,
                ..
            }) => (
                mediation.acceptance,
                termination,
                mediation.pending_recusal(on),
            ),
            _ => return Err(self.wrong_state()),
        };
        let decision = approve(proposed.as_ref(), by, now)?;
        if decision.what.ground == TerminationGround::WithdrawnOrSettled {
            self.check_represented(represented)?;
        }
        self.state = ComplaintState::Terminated(Terminated {
            acceptance,
            decision,
            complainant_told: None,
            respondent_told: None,
        });
        let mut effects = vec![ClockEffect::Lapse { rule: MEDIATE, on }];
        effects.extend(recusal);
        effects.push(ClockEffect::Start {
            rule: TELL_TERMINATION,
            opened_on: on,
        });
        let event = Event::ComplaintTerminated { complaint: self.id };
        Ok(self.stepped(event, effects))
    }

    /// A side was told of the termination (article 23): a note. The duty is done with the second.
    pub(super) fn note_told(
        mut self,
        permit: &Permit,
        (side, way): (Side, Way),
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        let ComplaintState::Terminated(terminated) = &mut self.state else {
            return Err(self.wrong_state());
        };
        let slot = match side {
            Side::Complainant => &mut terminated.complainant_told,
            Side::Respondent => &mut terminated.respondent_told,
        };
        // Told once is told; a later word does not move the day.
        slot.get_or_insert(Told { way, at: now });
        let effects = if terminated.is_told_to_both() {
            vec![ClockEffect::Satisfy {
                rule: TELL_TERMINATION,
                on: shanghai_date(now),
            }]
        } else {
            Vec::new()
        };
        let event = Event::ComplaintSideTold { complaint: self.id };
        Ok(self.noted(event, effects, None))
    }

    /// REFUSED, WITHDRAWN, AGREED_LETTER, AGREED_PERFORMED -> CLOSED, and TERMINATED -> CLOSED once
    /// both sides were told.
    pub(super) fn close(
        mut self,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let ending = match self.state {
            ComplaintState::Refused(refused) => Ending::Refused(refused),
            ComplaintState::Withdrawn(withdrawn) => Ending::Withdrawn(withdrawn),
            ComplaintState::AgreedLetter(agreed) => Ending::AgreedLetter(agreed),
            ComplaintState::AgreedPerformed(agreed) => Ending::AgreedPerformed(agreed),
            ComplaintState::Terminated(terminated) if terminated.is_told_to_both() => {
                Ending::Terminated(terminated)
            }
            ComplaintState::Terminated(_) => return Err(Refusal::of(Code::SidesNotTold)),
            _ => return Err(self.wrong_state()),
        };
        // Its period must not be buried with the file.
        if self.side.open_lead().is_some() {
            return Err(Refusal::of(Code::LeadOpen));
        }
        self.state = ComplaintState::Closed(Closed {
            ending,
            by,
            at: now,
        });
        let event = Event::ComplaintClosed { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// CLOSED -> ARCHIVED.
    pub(super) fn archive(
        mut self,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let ComplaintState::Closed(closed) = self.state else {
            return Err(self.wrong_state());
        };
        self.state = ComplaintState::Archived(Archived {
            closed,
            by,
            at: now,
        });
        let event = Event::ComplaintArchived { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// A head hands conduct of article 42 to the police: recorded beside the state, once.
    pub(super) fn refer_to_police(
        mut self,
        permit: &Permit,
        (police, conduct): (Line, Narrative),
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::ReferToPolice)?;
        if self.kind() == ComplaintStateKind::Archived || self.side.police.is_some() {
            return Err(self.wrong_state());
        }
        self.side.police = Some(PoliceReferral {
            police,
            conduct,
            by,
            at: now,
        });
        let event = Event::ComplaintPoliceReferred { complaint: self.id };
        Ok(self.noted(event, Vec::new(), Some(Paper::PoliceReferral)))
    }

    /// A lead was found while mediating: it opens a report of its own, which has its own period (article 27).
    pub(super) fn report_lead(
        mut self,
        permit: &Permit,
        words: Narrative,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        if !matches!(
            self.kind(),
            ComplaintStateKind::Mediating
                | ComplaintStateKind::Entrusted
                | ComplaintStateKind::SuspendedRecusal
                | ComplaintStateKind::Testing
        ) {
            return Err(self.wrong_state());
        }
        if self.side.leads.len() >= CASE_ACTS {
            return Err(Refusal::of(Code::FieldTooLong).with(CASE_ACTS.to_string()));
        }
        if setting.lead_report.is_none() {
            return Err(Refusal::of(Code::Internal));
        }
        self.side.leads.push(Lead {
            words,
            by,
            at: setting.now,
            report: setting.lead_report,
            settled: None,
        });
        let event = Event::ComplaintLeadFound { complaint: self.id };
        Ok(self.noted(event, Vec::new(), None))
    }

    /// A head decides what becomes of a lead that has no report of its own (article 27; Order 2, articles 18 to 20).
    pub(super) fn settle_lead(
        mut self,
        permit: &Permit,
        (outcome, words): (LeadOutcome, Narrative),
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DecideComplaint)?;
        let Some(lead) = self.side.open_lead() else {
            return Err(Refusal::of(Code::NothingProposed));
        };
        if lead.by == by {
            return Err(Refusal::of(Code::ProposerCannotApprove));
        }
        lead.settled = Some(LeadSettled {
            outcome,
            words,
            by,
            at: now,
        });
        let event = Event::ComplaintLeadSettled { complaint: self.id };
        Ok(self.noted(
            event,
            vec![ClockEffect::Satisfy {
                rule: VERIFY_LEAD,
                on: shanghai_date(now),
            }],
            None,
        ))
    }
}

impl Setting {
    /// TERM_5 only after the last day of the period; while the calendar lacks the year nobody can
    /// say that it is over.
    fn check_time_over(&self) -> Result<(), Refusal> {
        match self.mediate_until {
            Some(until) if shanghai_date(self.now) > until => Ok(()),
            Some(until) => {
                Err(Refusal::on(Code::MediationTimeNotOver, "ground").with(until.to_string()))
            }
            None => Err(Refusal::of(Code::CalendarYearMissing).with("—")),
        }
    }
}
