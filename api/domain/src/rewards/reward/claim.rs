//! The claim and the payment.

use chrono::{DateTime, Utc};

use super::{
    CLAIM, Claim, Moved, OBJECT, Payment, Proof, Reward, RewardChange, RewardState, Told, within,
};
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};

impl Reward {
    /// The reporter claims, by password or in person.
    pub fn claim(
        self,
        permit: &Permit,
        proof: Proof,
        now: DateTime<Utc>,
    ) -> Result<Moved, Refusal> {
        match proof {
            Proof::Password => permit.allows(Action::PursueReward)?,
            Proof::Identity { .. } => permit.allows(Action::GradeReward)?,
        }
        let RewardState::NotifiedDecision(told) = &self.state else {
            return Err(self.wrong_state());
        };
        let on = shanghai_date(now);
        within(on, told.claim_by)?;
        let mut effects = vec![ClockEffect::Satisfy { rule: CLAIM, on }];
        effects.extend(objection_lapses(told, now));
        let state = RewardState::Claimed(told.clone(), Claim { proof, at: now });
        Ok(self.moved(state, effects, RewardChange::Claimed))
    }

    /// Finance paid exactly what was decided.
    pub fn pay(self, permit: &Permit, payment: Payment) -> Result<Moved, Refusal> {
        permit.person(Action::GradeReward)?;
        let RewardState::Claimed(told, claim) = &self.state else {
            return Err(self.wrong_state());
        };
        let due = told.decision.graded.award.amount;
        if payment.sum != due {
            return Err(Refusal::on(Code::RewardSum, "sumYuan").with(due.to_string()));
        }
        if payment.paid_on > shanghai_date(payment.at) {
            return Err(Refusal::on(Code::TimeInFuture, "paidOn"));
        }
        if payment.paid_on < shanghai_date(claim.at) {
            return Err(Refusal::on(Code::TimeTooOld, "paidOn"));
        }
        let state = RewardState::Paid(told.clone(), claim.clone(), payment);
        Ok(self.moved(state, Vec::new(), RewardChange::Paid))
    }
}

/// The time to object falls away with a claim or an end, unless there was a review.
pub(super) fn objection_lapses(told: &Told, now: DateTime<Utc>) -> Option<ClockEffect> {
    let lapse = ClockEffect::Lapse {
        rule: OBJECT,
        on: shanghai_date(now),
    };
    told.review.is_none().then_some(lapse)
}
