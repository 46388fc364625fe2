//! A payee whom the reporter does not know: the objection, which needs the receipt code alone and stops the
//! money, and its answer by somebody who did not record the claim.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Approval, CLAIM, Claim, OBJECT, Objection, Reward, RewardState, Setting, Told};
use crate::event::Event;
use crate::id::UserId;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::scheme::WindowKind;
use crate::step::Step;
use crate::text::Narrative;

/// An objection to the payee that was turned down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upheld {
    /// The objection.
    pub objection: Objection,
    /// Why it was turned down; the reporter reads it.
    pub opinion: Narrative,
    /// Who said so.
    pub by: UserId,
    /// When the objection was turned down.
    pub at: DateTime<Utc>,
}

/// A claim that was made void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// Why; the reporter reads it.
    pub reason: Narrative,
    /// Who said so.
    pub by: UserId,
    /// When the claim was made void.
    pub at: DateTime<Utc>,
}

impl Reward {
    /// The reporter says that the payee is somebody else. Until the payee is with finance this stops the
    /// money, also after the last day: the days are what one can rely on, not a trap.
    pub(super) fn contest_payee(
        self,
        permit: &Permit,
        words: Narrative,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::PursueReward)?;
        let (RewardState::ClaimRecorded(told, claim) | RewardState::Claimed(told, claim)) =
            &self.state
        else {
            return Err(self.wrong_state());
        };
        if claim.upheld.is_some() {
            return Err(Refusal::of(Code::RewardPayeeReviewed));
        }
        if claim.handed.is_some() {
            let last = claim
                .object_by
                .map_or_else(|| "—".to_owned(), |last| last.to_string());
            return Err(Refusal::of(Code::RewardWindowOver).with(last));
        }
        let objection = Objection {
            words,
            at: setting.now,
        };
        let state = RewardState::ClaimContested(told.clone(), claim.clone(), objection);
        Ok(self.moved(state, Vec::new(), |reward, report| {
            Event::RewardPayeeContested { reward, report }
        }))
    }

    /// A second person finds that the claim is none: it is made void, and the time to claim begins anew,
    /// with the time to object to the sum, which the claim had cut off.
    pub(super) fn void_claim(
        self,
        permit: &Permit,
        reason: Narrative,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::ApproveClaim)?;
        setting.terms()?;
        let (RewardState::ClaimRecorded(told, claim) | RewardState::ClaimContested(told, claim, _)) =
            &self.state
        else {
            return Err(self.wrong_state());
        };
        claim.not_by_recorder(by)?;
        let opened_on = setting.today();
        let mut told = Told::clone(told);
        told.claim_by = setting.due(WindowKind::Claim, opened_on);
        told.extension = None;
        let at = setting.now;
        told.voided = Some(Voided { reason, by, at });
        let mut rules = vec![CLAIM];
        if told.review.is_none() {
            told.object_by = setting.due(WindowKind::Objection, opened_on);
            rules.push(OBJECT);
        }
        let start = |rule| ClockEffect::Start { rule, opened_on };
        let effects = rules.into_iter().map(start).collect();
        let state = RewardState::NotifiedDecision(Box::new(told));
        Ok(
            self.moved(state, effects, |reward, report| Event::RewardClaimVoided {
                reward,
                report,
            }),
        )
    }

    /// A second person turns the objection down. Whoever approved the claim would judge the own approval,
    /// so that it has to be a third. The days begin anew before money moves.
    pub(super) fn uphold_claim(
        self,
        permit: &Permit,
        opinion: Narrative,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::ApproveClaim)?;
        let RewardState::ClaimContested(told, claim, objection) = &self.state else {
            return Err(self.wrong_state());
        };
        claim.not_by_recorder(by)?;
        if claim
            .approval
            .as_ref()
            .is_some_and(|approval| approval.by == by)
        {
            return Err(Refusal::of(Code::RewardApproverExcluded));
        }
        let at = setting.now;
        // Whoever says that the claim stands approves it, where nobody had yet.
        let approval = claim.recorded_by().map(|_| Approval { by, at });
        let upheld = Claim {
            approval: claim.approval.clone().or(approval),
            object_by: setting.due(WindowKind::PayeeObjection, setting.today()),
            upheld: Some(Upheld {
                objection: objection.clone(),
                opinion,
                by,
                at,
            }),
            ..claim.clone()
        };
        let state = RewardState::Claimed(told.clone(), upheld);
        Ok(self.moved(state, Vec::new(), |reward, report| {
            Event::RewardPayeeUpheld { reward, report }
        }))
    }
}
