//! The ends that nobody wished for: windows that ran out, revocation, recovery.

use chrono::{DateTime, NaiveDate, Utc};

use super::claim::objection_lapses;
use super::{
    APPLY, CLAIM, Decision, Moved, Payment, Reward, RewardChange, RewardState, TakenBack, Told,
};
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};

impl Reward {
    /// The system ends a reward whose window is over. Before that day is over, and while nobody
    /// can say which day it is, nothing ends.
    pub fn close(self, permit: &Permit, now: DateTime<Utc>) -> Result<Moved, Refusal> {
        permit.allows(Action::CloseReward)?;
        let on = shanghai_date(now);
        match &self.state {
            RewardState::NotifiedEligible(eligible) => {
                over(on, eligible.apply_by)?;
                let state = RewardState::Lapsed(eligible.clone(), now);
                let lapse = vec![ClockEffect::Lapse { rule: APPLY, on }];
                Ok(self.moved(state, lapse, RewardChange::Lapsed))
            }
            RewardState::NotifiedDecision(told) => {
                over(on, told.claim_by)?;
                let effects = claim_lapses(told, now);
                let state = RewardState::Forfeited(told.clone(), now);
                Ok(self.moved(state, effects, RewardChange::Forfeited))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// The head takes a decided reward back before payment: the decision on the case was annulled,
    /// or the reporter turned out not to be eligible.
    pub fn revoke(self, permit: &Permit, taken_back: TakenBack) -> Result<Moved, Refusal> {
        permit.person(Action::DecideReward)?;
        let (decision, effects) = match &self.state {
            RewardState::Decided(decision) => (Decision::clone(decision), Vec::new()),
            RewardState::NotifiedDecision(told) => {
                (told.decision.clone(), claim_lapses(told, taken_back.at))
            }
            RewardState::UnderReview(told, _) | RewardState::Claimed(told, _) => {
                (told.decision.clone(), Vec::new())
            }
            _ => return Err(self.wrong_state()),
        };
        let state = RewardState::Revoked(Box::new(decision), taken_back);
        Ok(self.moved(state, effects, RewardChange::Revoked))
    }

    /// The head asks a paid reward back, for fraud only.
    pub fn recover(self, permit: &Permit, fraud: TakenBack) -> Result<Moved, Refusal> {
        permit.person(Action::DecideReward)?;
        let RewardState::Paid(told, _, payment) = &self.state else {
            return Err(self.wrong_state());
        };
        let state = RewardState::Recovering(told.clone(), payment.clone(), fraud);
        Ok(self.moved(state, Vec::new(), RewardChange::RecoveryBegun))
    }

    /// The money came back.
    pub fn recovered(self, permit: &Permit, returned: Payment) -> Result<Moved, Refusal> {
        permit.person(Action::GradeReward)?;
        let RewardState::Recovering(told, payment, fraud) = &self.state else {
            return Err(self.wrong_state());
        };
        if returned.sum != payment.sum {
            return Err(Refusal::on(Code::RewardSum, "sumYuan").with(payment.sum.to_string()));
        }
        if returned.paid_on > shanghai_date(returned.at) {
            return Err(Refusal::on(Code::TimeInFuture, "paidOn"));
        }
        let state = RewardState::Recovered(told.clone(), fraud.clone(), returned);
        Ok(self.moved(state, Vec::new(), RewardChange::Recovered))
    }
}

fn claim_lapses(told: &Told, now: DateTime<Utc>) -> Vec<ClockEffect> {
    let mut effects = vec![ClockEffect::Lapse {
        rule: CLAIM,
        on: shanghai_date(now),
    }];
    effects.extend(objection_lapses(told, now));
    effects
}

fn over(today: NaiveDate, last: Option<NaiveDate>) -> Result<(), Refusal> {
    match last {
        Some(last) if today > last => Ok(()),
        Some(last) => Err(Refusal::of(Code::RewardWindowOpen).with(last.to_string())),
        None => Err(Refusal::of(Code::RewardWindowOpen).with("—")),
    }
}
