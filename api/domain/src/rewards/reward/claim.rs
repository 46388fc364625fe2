//! The claim and the payment.

use chrono::{DateTime, Utc};

use super::{CLAIM, Claim, OBJECT, Payment, Proof, Reward, RewardState, Told, within};
use crate::event::Event;
use crate::id::UserId;
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::command::Voucher;
use crate::rewards::payout::Payee;
use crate::step::Step;

impl Reward {
    /// The reporter claims, by password or in person.
    pub(super) fn claim(
        self,
        proof: Proof,
        payees: &[Payee],
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        self.check_payees(payees)?;
        let RewardState::NotifiedDecision(told) = &self.state else {
            return Err(self.wrong_state());
        };
        let on = shanghai_date(now);
        within(on, told.claim_by)?;
        let mut effects = vec![ClockEffect::Satisfy { rule: CLAIM, on }];
        effects.extend(objection_lapses(told, now));
        let state = RewardState::Claimed(told.clone(), Claim { proof, at: now });
        Ok(
            self.moved(state, effects, |reward, report| Event::RewardClaimed {
                reward,
                report,
            }),
        )
    }

    /// One payee for each who shares the reward, in the order of the signatures.
    fn check_payees(&self, payees: &[Payee]) -> Result<(), Refusal> {
        let checked = self.state.checked();
        let due = checked.map_or(1, |checked| checked.check.sharing.reporters());
        if payees.len() == due {
            Ok(())
        } else {
            Err(Refusal::on(Code::RewardReporters, "payees").with(due.to_string()))
        }
    }

    /// Finance paid exactly what was decided.
    pub(super) fn pay(
        self,
        permit: &Permit,
        voucher: Voucher,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let payment = voucher.payment(permit.person(Action::GradeReward)?, now);
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
        Ok(
            self.moved(state, Vec::new(), |reward, report| Event::RewardPaid {
                reward,
                report,
            }),
        )
    }
}

impl Voucher {
    pub(super) fn payment(self, by: UserId, at: DateTime<Utc>) -> Payment {
        let Self {
            number,
            paid_on,
            sum,
        } = self;
        Payment {
            voucher: number,
            paid_on,
            sum,
            by,
            at,
        }
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
