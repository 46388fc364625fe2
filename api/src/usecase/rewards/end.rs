//! Taking a reward back: revocation before payment, recovery for fraud after it.

use super::pay::Voucher;
use super::{Opened, Order, open, payout, settle};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor, canonical::Canonical, policy::Action, rewards::reward::TakenBack, text::Narrative,
};

/// Why, and where one may appeal.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// Why.
    pub reason: Narrative,
    /// Where and until when one may appeal.
    pub appeal: Narrative,
}

impl Reasons {
    fn write(&self, content: Canonical) -> Canonical {
        content
            .field("reason", &self.reason)
            .field("appeal", &self.appeal)
    }
}

/// A head revokes a decided reward. Bank data that was given already goes with the next
/// purge.
pub async fn revoke(
    app: &App,
    actor: &Actor,
    order: Order,
    reasons: Reasons,
) -> Result<(), AppError> {
    let (operation, content) = order.content("RevokeReward");
    let content = reasons.write(content);
    let opened = open(
        app,
        actor,
        order,
        Action::DecideReward,
        (operation, content),
    )
    .await?;
    let Some(opened) = opened else { return Ok(()) };
    let taken_back = taken_back(&opened, reasons)?;
    let moved = opened.reward.revoke(&opened.permit, taken_back)?;
    payout::forget(&opened.work, &moved.reward).await?;
    settle(app, &opened.work, moved).await?;
    opened.work.commit().await
}

/// A head asks a paid reward back, for fraud only.
pub async fn recover(
    app: &App,
    actor: &Actor,
    order: Order,
    reasons: Reasons,
) -> Result<(), AppError> {
    let (operation, content) = order.content("RecoverReward");
    let content = reasons.write(content);
    let opened = open(
        app,
        actor,
        order,
        Action::DecideReward,
        (operation, content),
    )
    .await?;
    let Some(opened) = opened else { return Ok(()) };
    let fraud = taken_back(&opened, reasons)?;
    let moved = opened.reward.recover(&opened.permit, fraud)?;
    settle(app, &opened.work, moved).await?;
    opened.work.commit().await
}

/// The money of a reward that was asked back has come.
pub async fn record_recovery(
    app: &App,
    actor: &Actor,
    order: Order,
    voucher: Voucher,
) -> Result<(), AppError> {
    let (operation, content) = order.content("RecordRecovery");
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
    let moved = reward.recovered(&permit, voucher.payment(by, work.now()))?;
    settle(app, &work, moved).await?;
    work.commit().await
}

fn taken_back(opened: &Opened, reasons: Reasons) -> Result<TakenBack, AppError> {
    Ok(TakenBack {
        reason: reasons.reason,
        appeal: reasons.appeal,
        by: opened.permit.person(Action::DecideReward)?,
        at: opened.work.now(),
    })
}
