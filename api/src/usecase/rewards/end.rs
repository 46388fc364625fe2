//! Taking a reward back: revocation before payment, recovery for fraud after it.

use super::pay::Voucher;
use super::{Opened, Order, open, settle};
use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    policy::Action,
    rewards::reward::{Reward, RewardChange, TakenBack},
    text::Narrative,
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

/// A head revokes a decided reward. Bank data that was given already is forgotten at once.
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
    forget_payout(app, &opened.work, &moved.reward).await?;
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

/// Forgets the payees of a reward, and says so if there were any.
pub(super) async fn forget_payout(app: &App, work: &Work, reward: &Reward) -> Result<(), AppError> {
    if store::rewards::delete_payout(work, reward.id).await? {
        app.record(
            work,
            Event::RewardChanged {
                reward: reward.id,
                report: reward.report,
                change: RewardChange::PayoutPurged,
            },
        );
    }
    Ok(())
}
