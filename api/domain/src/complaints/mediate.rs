//! Mediation (articles 18 to 24): consents, sessions, a body, requests about mediators, tests, and
//! the agreement.

use super::{
    complaint::{Complaint, MEDIATE, RECUSE},
    consent::{Consent, MediationConsent, RepresentedConsent, Side},
    ending::{Agreed, AgreementForm, MediatedBy},
    mediation::{
        Accepted, Announcement, BodyKind, Entrusted, Mediating, MediatingBy, Mediation,
        RecusalDecision, RecusalRequest, RecusalRuling, Session, SessionMode, Suspended, TestOrder,
        TestResult, Testing,
    },
    state::ComplaintState,
};
use crate::{
    event::Event,
    law::{calendar::shanghai_date, clock::PauseCause, effect::ClockEffect},
    notices::paper::Paper,
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::Step,
    text::{Line, Narrative},
};
use chrono::{DateTime, Utc};

impl Complaint {
    /// ACCEPTED -> MEDIATING as soon as both sides consent to it (article 18); until then, and for
    /// mediation by a body, a note.
    pub(super) fn consent(
        mut self,
        permit: &Permit,
        (side, to): (Side, MediationConsent),
        consent: Consent,
    ) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::ConsentToMediation)?;
        let ComplaintState::Accepted(accepted) = &mut self.state else {
            return Err(self.wrong_state());
        };
        match to {
            MediationConsent::Mediation => accepted.mediation.give(side, consent),
            MediationConsent::Entrustment => accepted.entrustment.give(side, consent),
        }
        let Accepted {
            acceptance,
            mediation,
            ..
        } = accepted;
        let Some(consents) = mediation.both() else {
            let event = Event::ComplaintConsented { complaint: self.id };
            return Ok(self.noted(event, Vec::new(), None));
        };
        self.state = ComplaintState::Mediating(Mediating {
            mediation: Mediation {
                acceptance: *acceptance,
                consents,
                announced: None,
                sessions: Vec::new(),
            },
            by: MediatingBy::Consents,
            tests: Vec::new(),
            recusals: Vec::new(),
            termination: None,
        });
        let event = Event::ComplaintMediationBegan { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// ACCEPTED -> ENTRUSTED: with both consents, to the consumers' association or another lawful
    /// mediation body, which acts in the bureau's name and may not pass the matter on (article 19).
    pub(super) fn entrust(
        mut self,
        permit: &Permit,
        (kind, body): (BodyKind, Line),
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let entrusted_by = permit.person(Action::HandleComplaint)?;
        let ComplaintState::Accepted(accepted) = &self.state else {
            return Err(self.wrong_state());
        };
        let Some(consents) = accepted.entrustment.both() else {
            return Err(Refusal::of(Code::ConsentMissing));
        };
        self.state = ComplaintState::Entrusted(Entrusted {
            mediation: Mediation {
                acceptance: accepted.acceptance,
                consents,
                announced: None,
                sessions: Vec::new(),
            },
            kind,
            body,
            entrusted_by,
            at: now,
            termination: None,
        });
        let event = Event::ComplaintEntrusted { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// ENTRUSTED -> MEDIATING: the body gave the matter back.
    pub(super) fn take_back(mut self, permit: &Permit) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        let ComplaintState::Entrusted(Entrusted { mediation, .. }) = self.state else {
            return Err(self.wrong_state());
        };
        self.state = ComplaintState::Mediating(Mediating {
            mediation,
            by: MediatingBy::TakenBack,
            tests: Vec::new(),
            recusals: Vec::new(),
            termination: None,
        });
        let event = Event::ComplaintTakenBack { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// Both sides are told time, place and mediators of a session on site (article 20, form 7), and
    /// until when they may ask that a mediator steps back.
    pub(super) fn announce_session(
        mut self,
        permit: &Permit,
        announcement: Announcement,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        let Announcement {
            meets_at,
            at,
            recusal_until,
            ..
        } = &announcement;
        if meets_at <= at {
            return Err(Refusal::on(Code::NoticeTooLate, "meetsAt"));
        }
        let (opened_on, until) = (shanghai_date(*at), *recusal_until);
        if until < opened_on || until > shanghai_date(*meets_at) {
            return Err(Refusal::on(Code::OutOfRange, "recusalUntil"));
        }
        let mediation = match &mut self.state {
            ComplaintState::Mediating(Mediating { mediation, .. })
            | ComplaintState::Entrusted(Entrusted { mediation, .. }) => mediation,
            _ => return Err(self.wrong_state()),
        };
        let mut effects = Vec::new();
        // A second notice before the session takes the place of the first, with its own day.
        if mediation.announced.is_some() {
            effects.push(ClockEffect::Lapse {
                rule: RECUSE,
                on: opened_on,
            });
        }
        effects.push(ClockEffect::StartUntil {
            rule: RECUSE,
            opened_on,
            until,
        });
        mediation.announced = Some(announcement);
        let event = Event::ComplaintSessionAnnounced { complaint: self.id };
        Ok(self.noted(event, effects, Some(Paper::MediationNotice)))
    }

    /// A session was held, on site after its notice or by remote means (article 20).
    pub(super) fn hold_session(
        mut self,
        permit: &Permit,
        session: Session,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        if session.held_at > now {
            return Err(Refusal::on(Code::TimeInFuture, "heldAt"));
        }
        let mediation = match &mut self.state {
            ComplaintState::Mediating(Mediating { mediation, .. })
            | ComplaintState::Entrusted(Entrusted { mediation, .. }) => mediation,
            _ => return Err(self.wrong_state()),
        };
        let mut effects = Vec::new();
        if session.mode == SessionMode::OnSite {
            let Some(announced) = mediation.announced.take() else {
                return Err(Refusal::of(Code::SessionNotAnnounced));
            };
            if session.held_at < announced.meets_at {
                return Err(Refusal::on(Code::NoticeTooLate, "heldAt"));
            }
            if session.place.as_ref() != Some(&announced.place)
                || session.mediators != announced.mediators
            {
                return Err(Refusal::on(Code::SessionDiffersFromNotice, "mediators"));
            }
            // Nobody asked in time: the chance is over, and the session took place.
            effects.push(ClockEffect::Lapse {
                rule: RECUSE,
                on: shanghai_date(session.held_at),
            });
        }
        mediation.sessions.push(session);
        let event = Event::ComplaintSessionHeld { complaint: self.id };
        Ok(self.noted(event, effects, None))
    }

    /// MEDIATING -> SUSPENDED_RECUSAL: a side asks that a mediator steps back (article 21). The
    /// sixty days go on, because nothing says that they pause.
    pub(super) fn request_recusal(
        mut self,
        permit: &Permit,
        request: RecusalRequest,
    ) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::RequestRecusal)?;
        let ComplaintState::Mediating(mediating) = self.state else {
            return Err(self.wrong_state());
        };
        let effects = match mediating.mediation.announced {
            None => Vec::new(),
            Some(_) => vec![ClockEffect::Satisfy {
                rule: RECUSE,
                on: shanghai_date(request.at),
            }],
        };
        self.state = ComplaintState::SuspendedRecusal(Suspended { mediating, request });
        let event = Event::ComplaintRecusalAsked { complaint: self.id };
        Ok(self.stepped(event, effects))
    }

    /// SUSPENDED_RECUSAL -> MEDIATING: the bureau decided (article 21). A mediator who steps back
    /// does not hold the session that was announced with that name: it needs a new notice.
    pub(super) fn decide_recusal(
        mut self,
        permit: &Permit,
        ruling: RecusalRuling,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DecideComplaint)?;
        let ComplaintState::SuspendedRecusal(Suspended {
            mut mediating,
            request,
        }) = self.state
        else {
            return Err(self.wrong_state());
        };
        if ruling == RecusalRuling::Granted {
            mediating
                .mediation
                .announced
                .take_if(|announced| announced.mediators.contains(&request.mediator));
        }
        mediating.recusals.push(RecusalDecision {
            request,
            ruling,
            by,
            at: now,
        });
        mediating.by = MediatingBy::RecusalDecision;
        mediating.termination = None;
        self.state = ComplaintState::Mediating(mediating);
        let event = Event::ComplaintRecusalDecided { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// MEDIATING -> TESTING: a sample goes to a body that the sides agreed on or the bureau
    /// appointed; the sixty days pause (article 22).
    pub(super) fn send_for_testing(
        mut self,
        permit: &Permit,
        order: TestOrder,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        let ComplaintState::Mediating(mediating) = self.state else {
            return Err(self.wrong_state());
        };
        let on = order.began_on;
        self.state = ComplaintState::Testing(Testing { mediating, order });
        let event = Event::ComplaintTestOrdered { complaint: self.id };
        Ok(self.stepped(
            event,
            vec![ClockEffect::Pause {
                rule: MEDIATE,
                cause: PauseCause::Testing,
                on,
            }],
        ))
    }

    /// TESTING -> MEDIATING: the body answered; the days count again (article 22).
    pub(super) fn record_test_result(
        mut self,
        permit: &Permit,
        result: Narrative,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        let ComplaintState::Testing(Testing {
            mut mediating,
            order,
        }) = self.state
        else {
            return Err(self.wrong_state());
        };
        let on = shanghai_date(now);
        mediating.tests.push(TestResult {
            order,
            result,
            ended_on: on,
        });
        mediating.by = MediatingBy::TestResult;
        mediating.termination = None;
        self.state = ComplaintState::Mediating(mediating);
        let event = Event::ComplaintTestDone { complaint: self.id };
        Ok(self.stepped(event, vec![ClockEffect::Resume { rule: MEDIATE, on }]))
    }

    /// MEDIATING or ENTRUSTED -> AGREED_LETTER: both sides and the mediator signed form 9, which
    /// exists only after a session on site; two originals and one on file (article 24).
    /// MEDIATING -> AGREED_PERFORMED: performed at once or no letter wanted; the record is kept.
    pub(super) fn agree(
        mut self,
        permit: &Permit,
        (form, terms): (AgreementForm, Narrative),
        represented: Option<RepresentedConsent>,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let (mediation, mediated_by) = match (&self.state, form) {
            (ComplaintState::Mediating(Mediating { mediation, .. }), _) => {
                (mediation, MediatedBy::Bureau)
            }
            (
                ComplaintState::Entrusted(Entrusted {
                    mediation, body, ..
                }),
                AgreementForm::Letter,
            ) => (mediation, MediatedBy::Body(body.clone())),
            _ => return Err(self.wrong_state()),
        };
        let is_on_site = |session: &Session| session.mode == SessionMode::OnSite;
        if form == AgreementForm::Letter && !mediation.sessions.iter().any(is_on_site) {
            return Err(Refusal::of(Code::LetterNeedsOnSite));
        }
        self.check_represented(represented)?;
        let on = shanghai_date(now);
        let mut effects = vec![ClockEffect::Satisfy { rule: MEDIATE, on }];
        effects.extend(mediation.pending_recusal(on));
        let agreed = Agreed {
            mediation: mediation.clone(),
            mediated_by,
            terms,
            represented,
            by,
            at: now,
        };
        self.state = match form {
            AgreementForm::Letter => ComplaintState::AgreedLetter(agreed),
            AgreementForm::Performed => ComplaintState::AgreedPerformed(agreed),
        };
        let event = Event::ComplaintAgreed { complaint: self.id };
        Ok(self.stepped(event, effects))
    }
}
