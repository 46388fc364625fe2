//! The way of the money: the claim goes to finance in a numbered file, once, and what finance paid is
//! recorded. Neither happens before the reporter's time to object to the payee is over, nor by whoever
//! recorded the claim.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::end::over;
use super::{Claim, Reward, RewardState, Setting, Told};
use crate::event::Event;
use crate::id::{PaymentFileId, UserId};
use crate::law::calendar::shanghai_date;
use crate::money::Fen;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::command::Voucher;
use crate::step::Step;
use crate::text::Line;

/// A claim that went to finance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The file.
    pub file: PaymentFileId,
    /// Its number.
    pub number: String,
    /// Who handed it over.
    pub by: UserId,
    /// When the claim went to finance.
    pub at: DateTime<Utc>,
}

/// A payment, as finance reports it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The number of the voucher.
    pub voucher: Line,
    /// When the money went.
    pub paid_on: NaiveDate,
    /// How much.
    pub sum: Fen,
    /// Who recorded it.
    pub by: UserId,
    /// When the payment was noted here; it was made on `paid_on`.
    pub at: DateTime<Utc>,
}

impl Reward {
    /// The claim whose money may move on a day, by that person.
    fn payable(&self, by: UserId, today: NaiveDate) -> Result<(&Told, &Claim), Refusal> {
        let RewardState::Claimed(told, claim) = &self.state else {
            return Err(self.wrong_state());
        };
        claim.not_by_recorder(by)?;
        over(today, claim.object_by)?;
        // What went to finance before the check was asked for is recorded as it was.
        if claim.payee_check.is_none() && claim.handed.is_none() {
            return Err(Refusal::of(Code::RewardPayeeUnchecked));
        }
        Ok((told, claim))
    }

    /// The claim goes to finance in a file. What is with finance already goes again by another word alone.
    pub(super) fn hand_to_finance(
        self,
        permit: &Permit,
        (file, number): (PaymentFileId, String),
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::PayReward)?;
        let (told, claim) = self.payable(by, setting.today())?;
        if claim.handed.is_some() {
            return Err(self.wrong_state());
        }
        let handed = Claim {
            handed: Some(Handed {
                file,
                number,
                by,
                at: setting.now,
            }),
            ..claim.clone()
        };
        let state = RewardState::Claimed(Box::new(told.clone()), handed);
        Ok(
            self.moved(state, Vec::new(), |reward, report| Event::PayoutExported {
                reward,
                report,
            }),
        )
    }

    /// Finance paid exactly what was decided, after the days were over.
    pub(super) fn pay(
        self,
        permit: &Permit,
        voucher: Voucher,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::PayReward)?;
        let (told, claim) = self.payable(by, shanghai_date(now))?;
        let payment = voucher.payment(by, now);
        let due = told.decision.graded.award.amount;
        if payment.sum != due {
            return Err(Refusal::on(Code::RewardSum, "sumYuan").with(due.to_string()));
        }
        if payment.paid_on > shanghai_date(payment.at) {
            return Err(Refusal::on(Code::TimeInFuture, "paidOn"));
        }
        if over(payment.paid_on, claim.object_by).is_err() {
            return Err(Refusal::on(Code::TimeTooOld, "paidOn"));
        }
        let state = RewardState::Paid(Box::new(told.clone()), claim.clone(), payment);
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
