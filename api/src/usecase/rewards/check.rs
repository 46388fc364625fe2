//! Checking who may have a reward, and telling who may.

use super::{Opened, Order, open, settle, spelled, terms_of};
use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    id::ReportId,
    policy::Action,
    refusal::{Code, Refusal},
    rewards::{
        eligibility::{Check, is_earlier},
        reward::Reward,
        scheme::WindowKind,
    },
};

/// Records the check of a reporter; whoever is eligible is told by it.
pub async fn check(app: &App, actor: &Actor, order: Order, check: Check) -> Result<(), AppError> {
    let (operation, mut content) = order.content("RecordEligibility");
    content = content.field("check", spelled(&check)?);
    let Some(opened) = open(app, actor, order, Action::GradeReward, (operation, content)).await?
    else {
        return Ok(());
    };
    let Opened {
        work,
        reward,
        permit,
        ..
    } = opened;
    for earlier in check.exclusions.iter().filter_map(|e| e.earlier) {
        came_first(&work, &reward, earlier).await?;
    }
    let calendar = app.calendar(&work).await?;
    // A scheme whose terms nobody knows opens no window that could end.
    let apply_by = terms_of(app, &reward)
        .ok()
        .and_then(|(_, terms)| terms.due(WindowKind::Apply, work.today(), &calendar));
    let moved = reward.check(&permit, check, (work.now(), apply_by))?;
    settle(app, &work, moved).await?;
    work.commit().await
}

/// Refuses an earlier report that is not earlier, or not on the same case.
async fn came_first(work: &Work, reward: &Reward, earlier: ReportId) -> Result<(), AppError> {
    let not_earlier = || Refusal::on(Code::RewardReportNotEarlier, "exclusions");
    let own = store::reports::get(work, &Actor::System, reward.report).await?;
    let other = store::reports::get(work, &Actor::System, earlier)
        .await
        .map_err(|_| AppError::from(not_earlier()))?;
    let rewarded = store::rewards::find(work, &Actor::System, earlier).await?;
    let case = other
        .state
        .case()
        .or(rewarded.map(|rewarded| rewarded.case));
    let is_same_case = case == Some(reward.case);
    let is_first = is_earlier((other.received_at, other.id), (own.received_at, own.id));
    if is_same_case && is_first {
        Ok(())
    } else {
        Err(not_earlier().into())
    }
}
