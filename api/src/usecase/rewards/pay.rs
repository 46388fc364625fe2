//! The payment that finance reports back.

use super::{Opened, Order, open, payout, settle};
use crate::{app::App, error::AppError};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    actor::Actor, canonical::Canonical, id::UserId, money::Fen, policy::Action,
    rewards::reward::Payment, text::Line,
};

/// What finance reports back.
#[derive(Debug, Clone)]
pub struct Voucher {
    /// The number of the voucher.
    pub number: Line,
    /// When the money went.
    pub paid_on: NaiveDate,
    /// How much.
    pub sum: Fen,
}

/// Records a payment; from now on the bank data is kept for the audit alone.
pub async fn record_payment(
    app: &App,
    actor: &Actor,
    order: Order,
    voucher: Voucher,
) -> Result<(), AppError> {
    let (operation, content) = order.content("RecordPayment");
    let content = voucher.write(content);
    let opened = open(app, actor, order, Action::GradeReward, (operation, content)).await?;
    let Some(Opened {
        work,
        reward,
        permit,
        ..
    }) = opened
    else {
        return Ok(());
    };
    let by = permit.person(Action::GradeReward)?;
    payout::keep_for_audit(app, &work, &reward, voucher.paid_on).await?;
    let moved = reward.pay(&permit, voucher.payment(by, work.now()))?;
    settle(app, &work, moved).await?;
    work.commit().await
}

impl Voucher {
    pub(super) fn write(&self, content: Canonical) -> Canonical {
        content
            .field("voucher", &self.number)
            .field("paid_on", self.paid_on)
            .field("sum", self.sum)
    }

    pub(super) fn payment(self, by: UserId, at: DateTime<Utc>) -> Payment {
        Payment {
            voucher: self.number,
            paid_on: self.paid_on,
            sum: self.sum,
            by,
            at,
        }
    }
}
