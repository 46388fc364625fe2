//! Accepted, refused, withdrawn: within seven working days (article 15).

use super::{
    complaint::{ACCEPT, Complaint, ID_PROOF, MEDIATE},
    consent::{Consent, Consents, RepresentedConsent},
    desk::{Acceptance, Approved, IdProof, Proposed, Registered, Withdrawn},
    filing::Representation,
    ground::{Grounds, RefusalReason},
    mediation::Accepted,
    state::ComplaintState,
};
use crate::{
    event::Event,
    id::UserId,
    law::{calendar::shanghai_date, effect::ClockEffect},
    policy::{Action, Permit},
    refusal::{Code, Refusal},
    step::Step,
    text::Narrative,
};
use chrono::{DateTime, Utc};

impl Complaint {
    /// The handler proposes to refuse; a head decides. A note: the state stays, and a later
    /// proposal takes the place of an earlier one.
    pub(super) fn propose_refusal(
        mut self,
        permit: &Permit,
        reason: RefusalReason,
        valid: &Grounds,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let kind = self.kind();
        match &mut self.state {
            ComplaintState::Registered(Registered { refusal, .. })
            | ComplaintState::IdProofPending(IdProof { refusal, .. }) => {
                reason.check(valid, kind)?;
                *refusal = Some(Proposed {
                    what: reason,
                    by,
                    at: now,
                });
            }
            _ => return Err(self.wrong_state()),
        }
        let event = Event::ComplaintRefusalProposed { complaint: self.id };
        Ok(self.noted(event, Vec::new(), None))
    }

    /// REGISTERED or ID_PROOF_PENDING -> REFUSED: a head approves what somebody else proposed; form
    /// 6 with ground, reason and the other routes of the Consumer Law (articles 15 and 16).
    pub(super) fn approve_refusal(
        mut self,
        permit: &Permit,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DecideComplaint)?;
        let on = shanghai_date(now);
        let mut effects = vec![ClockEffect::Satisfy { rule: ACCEPT, on }];
        let proposed = match &self.state {
            ComplaintState::Registered(Registered { refusal, .. }) => refusal,
            ComplaintState::IdProofPending(IdProof { refusal, .. }) => {
                effects.push(ClockEffect::Lapse { rule: ID_PROOF, on });
                refusal
            }
            _ => return Err(self.wrong_state()),
        };
        let refused = approve(proposed.as_ref(), by, now)?;
        self.state = ComplaintState::Refused(refused);
        let event = Event::ComplaintRefused { complaint: self.id };
        Ok(self.stepped(event, effects))
    }

    /// REGISTERED -> WITHDRAWN: the complainant takes it back before acceptance. The order has no
    /// rule for it; it counts as closed without decision. Who speaks for others needs their consent
    /// (article 12).
    pub(super) fn withdraw(
        mut self,
        permit: &Permit,
        words: Option<Narrative>,
        represented: Option<RepresentedConsent>,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::WithdrawComplaint)?;
        let ComplaintState::Registered(_) = self.state else {
            return Err(self.wrong_state());
        };
        self.check_represented(represented)?;
        self.state = ComplaintState::Withdrawn(Withdrawn {
            noted_by: permit.by(),
            at: now,
            words,
            represented,
        });
        let event = Event::ComplaintWithdrawn { complaint: self.id };
        Ok(self.stepped(
            event,
            vec![ClockEffect::Lapse {
                rule: ACCEPT,
                on: shanghai_date(now),
            }],
        ))
    }

    /// REGISTERED -> ACCEPTED: form 5 (article 15). The period for the mediation opens. What the
    /// complainant said on form 1 about mediation by a body counts as that side's consent.
    pub(super) fn accept(
        mut self,
        permit: &Permit,
        entrustment: Option<Consent>,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::HandleComplaint)?;
        let ComplaintState::Registered(_) = self.state else {
            return Err(self.wrong_state());
        };
        self.state = ComplaintState::Accepted(Accepted {
            acceptance: Acceptance { by, at: now },
            mediation: Consents::default(),
            entrustment: Consents {
                complainant: entrustment,
                respondent: None,
            },
            termination: None,
        });
        let day = shanghai_date(now);
        let event = Event::ComplaintAccepted { complaint: self.id };
        Ok(self.stepped(
            event,
            vec![
                ClockEffect::Satisfy {
                    rule: ACCEPT,
                    on: day,
                },
                ClockEffect::Start {
                    rule: MEDIATE,
                    opened_on: day,
                },
            ],
        ))
    }

    pub(super) fn check_represented(
        &self,
        represented: Option<RepresentedConsent>,
    ) -> Result<(), Refusal> {
        if self.standing == Representation::Represented && represented.is_none() {
            return Err(Refusal::on(
                Code::RepresentedConsentRequired,
                "representedConsentOn",
            ));
        }
        Ok(())
    }
}

/// A proposal becomes a decision by another person's hand.
pub(super) fn approve<T: Clone>(
    proposed: Option<&Proposed<T>>,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<Approved<T>, Refusal> {
    let Some(Proposed {
        what,
        by: proposed_by,
        ..
    }) = proposed
    else {
        return Err(Refusal::of(Code::NothingProposed));
    };
    if *proposed_by == by {
        return Err(Refusal::of(Code::ProposerCannotApprove));
    }
    Ok(Approved {
        what: what.clone(),
        proposed_by: *proposed_by,
        by,
        at: now,
    })
}
