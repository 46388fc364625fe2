//! The ends that nobody wished for: windows that ran out, revocation, recovery.

use chrono::{DateTime, NaiveDate, Utc};

use super::claim::objection_lapses;
use super::{APPLY, CLAIM, Decision, Reward, RewardState, Setting, TELL, TakenBack, Told};
use crate::event::Event;
use crate::id::UserId;
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::notices::paper::Paper;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::command::{Reasons, Voucher};
use crate::step::Step;

impl Reward {
    /// The system ends a reward whose window is over. Before that day is over, and while nobody
    /// can say which day it is, nothing ends.
    pub(super) fn close(self, permit: &Permit, now: DateTime<Utc>) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::CloseReward)?;
        let on = shanghai_date(now);
        match &self.state {
            RewardState::NotifiedEligible(eligible) => {
                over(on, eligible.apply_by)?;
                let state = RewardState::Lapsed(eligible.clone(), now);
                let lapse = vec![ClockEffect::Lapse { rule: APPLY, on }];
                Ok(
                    self.moved(state, lapse, |reward, report| Event::RewardLapsed {
                        reward,
                        report,
                    }),
                )
            }
            RewardState::NotifiedDecision(told) => {
                over(on, told.claim_by)?;
                let effects = claim_lapses(told, now);
                let state = RewardState::Forfeited(told.clone(), now);
                Ok(
                    self.moved(state, effects, |reward, report| Event::RewardForfeited {
                        reward,
                        report,
                    }),
                )
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// The head takes a decided reward back before payment: the decision on the case was annulled,
    /// or the reporter turned out not to be eligible.
    pub(super) fn revoke(
        self,
        permit: &Permit,
        reasons: Reasons,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let now = setting.now;
        let taken_back = reasons.taken_back(permit.person(Action::DecideReward)?, now);
        if self.state.decision().is_none() {
            return self.withdraw(taken_back, setting);
        }
        let (decision, effects) = match &self.state {
            RewardState::Decided(decision) => (Decision::clone(decision), Vec::new()),
            RewardState::NotifiedDecision(told) => (told.decision.clone(), claim_lapses(told, now)),
            RewardState::UnderReview(told, _)
            | RewardState::ClaimRecorded(told, _)
            | RewardState::Claimed(told, _)
            | RewardState::ClaimContested(told, ..) => (told.decision.clone(), Vec::new()),
            _ => return Err(self.wrong_state()),
        };
        let state = RewardState::Revoked(Box::new(decision), taken_back);
        let revoked = |reward, report| Event::RewardRevoked { reward, report };
        Ok(Step {
            paper: Some(Paper::RewardRevocationNotice),
            ..self.moved(state, effects, revoked)
        })
    }

    /// What nobody decided yet is taken back for nothing but a decision that was taken away. Whoever was not told of
    /// it yet is told nothing.
    fn withdraw(self, taken_back: TakenBack, setting: &Setting) -> Result<Step<Self>, Refusal> {
        if self.state.kind().is_over() || setting.taken.stands().is_ok() {
            return Err(self.wrong_state());
        }
        let on = shanghai_date(setting.now);
        let lapse = |rule| vec![ClockEffect::Lapse { rule, on }];
        let effects = match &self.state {
            RewardState::Screening | RewardState::InScope(_) => lapse(TELL),
            RewardState::NotifiedEligible(_) => lapse(APPLY),
            _ => Vec::new(),
        };
        let checked = self.state.checked().cloned();
        let paper = checked.is_some().then_some(Paper::RewardRevocationNotice);
        let state = RewardState::Withdrawn(checked, taken_back);
        let revoked = |reward, report| Event::RewardRevoked { reward, report };
        Ok(Step {
            paper,
            ..self.moved(state, effects, revoked)
        })
    }

    /// The head asks a paid reward back, for fraud only.
    pub(super) fn recover(
        self,
        permit: &Permit,
        fraud: Reasons,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let fraud = fraud.taken_back(permit.person(Action::DecideReward)?, now);
        let RewardState::Paid(told, _, payment) = &self.state else {
            return Err(self.wrong_state());
        };
        let state = RewardState::Recovering(told.clone(), payment.clone(), fraud);
        let begun = |reward, report| Event::RewardRecoveryBegun { reward, report };
        Ok(Step {
            paper: Some(Paper::RewardRevocationNotice),
            ..self.moved(state, Vec::new(), begun)
        })
    }

    /// The money came back.
    pub(super) fn recovered(
        self,
        permit: &Permit,
        voucher: Voucher,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let returned = voucher.payment(permit.person(Action::GradeReward)?, now);
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
        Ok(
            self.moved(state, Vec::new(), |reward, report| Event::RewardRecovered {
                reward,
                report,
            }),
        )
    }
}

impl Reasons {
    fn taken_back(self, by: UserId, at: DateTime<Utc>) -> TakenBack {
        let Self { reason, appeal } = self;
        TakenBack {
            reason,
            appeal,
            by,
            at,
            payee_check: None,
        }
    }
}

pub(super) fn claim_lapses(told: &Told, now: DateTime<Utc>) -> Vec<ClockEffect> {
    let mut effects = vec![ClockEffect::Lapse {
        rule: CLAIM,
        on: shanghai_date(now),
    }];
    effects.extend(objection_lapses(told, now));
    effects
}

/// Refuses while a day is not over, and while nobody can say which day it is.
pub(super) fn over(today: NaiveDate, last: Option<NaiveDate>) -> Result<(), Refusal> {
    match last {
        Some(last) if today > last => Ok(()),
        Some(last) => Err(Refusal::of(Code::RewardWindowOpen).with(last.to_string())),
        None => Err(Refusal::of(Code::RewardWindowOpen).with("—")),
    }
}
