//! The steps before anybody decides: dispatch, return, handler, proof of identity.

use super::{
    command::Setting,
    complaint::{ACCEPT, Complaint, ID_PROOF},
    desk::{Desk, Dispatch, IdProof, Registered, RegisteredBy},
    ground::{Grounds, RefusalGround},
    state::{ComplaintState, ComplaintStateKind},
};
use crate::{
    event::Event,
    id::UserId,
    law::{calendar::shanghai_date, effect::ClockEffect},
    places::{custody::Custody, division::DivisionCode},
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::Step,
};
use chrono::{DateTime, NaiveDate, Utc};

impl Complaint {
    /// REGISTERED -> DISPATCHED: the intake unit sends the complaint to the competent unit
    /// (article 41, form 3). The period for acceptance opens anew, because the competent unit has it
    /// from now on; the old end is kept.
    pub(super) fn dispatch(
        mut self,
        permit: &Permit,
        to: DivisionCode,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DispatchComplaint)?;
        let now = setting.now;
        let ComplaintState::Registered(Registered { desk, .. }) = self.state else {
            return Err(self.wrong_state());
        };
        if desk == Desk::Competent {
            return Err(Refusal::of(Code::MayNotPassOn));
        }
        let intake = setting.seat.ok_or_else(|| Refusal::of(Code::Denied))?;
        Custody::received_by(self.division).dispatch(
            (intake, to),
            setting.receiving,
            "division",
        )?;
        self.state = ComplaintState::Dispatched(Dispatch {
            from: self.division,
            by,
            at: now,
        });
        self.division = to;
        self.handler = None;
        let event = Event::ComplaintDispatched { complaint: self.id };
        Ok(self.stepped(
            event,
            vec![ClockEffect::Restart {
                rule: ACCEPT,
                opened_on: shanghai_date(now),
            }],
        ))
    }

    /// DISPATCHED -> REGISTERED: the competent unit signs for the dispatch and has the complaint on
    /// its own desk. It may not pass it on.
    pub(super) fn take_in(mut self, permit: &Permit) -> Result<Step<Self>, Refusal> {
        permit.person(Action::TakeInComplaint)?;
        let ComplaintState::Dispatched(_) = self.state else {
            return Err(self.wrong_state());
        };
        self.state = ComplaintState::Registered(Registered {
            desk: Desk::Competent,
            by: RegisteredBy::Receipt,
            refusal: None,
        });
        let event = Event::ComplaintTakenIn { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// DISPATCHED -> REGISTERED: the unit has no competence and gives the complaint back to the
    /// unit that it came from, to no other (article 41). The period goes on: an error among offices
    /// is not the complainant's.
    pub(super) fn give_back(mut self, permit: &Permit) -> Result<Step<Self>, Refusal> {
        permit.person(Action::ReturnComplaint)?;
        let ComplaintState::Dispatched(Dispatch { from, .. }) = self.state else {
            return Err(self.wrong_state());
        };
        self.division = from;
        self.state = ComplaintState::Registered(Registered {
            desk: Desk::Intake,
            by: RegisteredBy::Return,
            refusal: None,
        });
        let event = Event::ComplaintReturned { complaint: self.id };
        Ok(self.stepped(event, Vec::new()))
    }

    /// Names who handles the complaint: a note, no state. Whoever may handle is checked before.
    pub(super) fn assign(
        mut self,
        permit: &Permit,
        handler: UserId,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::AssignComplaint)?;
        match self.kind() {
            ComplaintStateKind::Dispatched
            | ComplaintStateKind::Closed
            | ComplaintStateKind::Archived => return Err(self.wrong_state()),
            _ => self.handler = Some(handler),
        }
        let event = Event::ComplaintAssigned { complaint: self.id };
        Ok(self.noted(event, Vec::new(), None))
    }

    /// REGISTERED -> ID_PROOF_PENDING: form 4, with the last day for the proof (article 10). Order
    /// 121 brought it, together with the ground for who does not answer. The period for acceptance
    /// goes on, because nothing says that it pauses.
    pub(super) fn request_identity_proof(
        mut self,
        permit: &Permit,
        until: NaiveDate,
        valid: &Grounds,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let ComplaintState::Registered(Registered { desk, refusal, .. }) = self.state else {
            return Err(self.wrong_state());
        };
        if !valid.refusal.contains_key(&RefusalGround::Identity) {
            return Err(Refusal::of(Code::GroundUnknown).with(RefusalGround::Identity.to_string()));
        }
        let today = shanghai_date(now);
        if until < today {
            return Err(Refusal::on(Code::TimeTooOld, "until"));
        }
        self.state = ComplaintState::IdProofPending(IdProof {
            desk,
            by,
            at: now,
            until,
            // What was proposed before the answer came is for nobody to approve after it.
            refusal: refusal.filter(|refusal| {
                refusal
                    .what
                    .ground
                    .is_allowed_from(ComplaintStateKind::IdProofPending)
            }),
        });
        let event = Event::ComplaintIdentityAsked { complaint: self.id };
        Ok(self.stepped(
            event,
            vec![ClockEffect::StartUntil {
                rule: ID_PROOF,
                opened_on: today,
                until,
            }],
        ))
    }

    /// ID_PROOF_PENDING -> REGISTERED: the proof was given (article 10).
    pub(super) fn prove_identity(
        mut self,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.person(Action::HandleComplaint)?;
        let ComplaintState::IdProofPending(IdProof { desk, .. }) = self.state else {
            return Err(self.wrong_state());
        };
        self.state = ComplaintState::Registered(Registered {
            desk,
            by: RegisteredBy::IdentityProof,
            refusal: None,
        });
        let event = Event::ComplaintIdentityProved { complaint: self.id };
        Ok(self.stepped(
            event,
            vec![ClockEffect::Satisfy {
                rule: ID_PROOF,
                on: shanghai_date(now),
            }],
        ))
    }
}
