//! The decision, telling it, the review after an objection, more time to claim.

use super::grade::work_out_for;
use super::{Opened, Order, Proposal, open, settle, terms_of};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    policy::Action,
    refusal::{Code, Refusal},
    rewards::{award::work_out, scheme::WindowKind},
    text::Narrative,
};

/// A head decides a graded reward. If others were awarded something for the case in between, the
/// sum is no longer what the scheme says, and it has to be graded again.
pub async fn decide(
    app: &App,
    actor: &Actor,
    order: Order,
    opinion: Narrative,
) -> Result<(), AppError> {
    let (operation, content) = order.content("DecideReward");
    let content = content.field("opinion", &opinion);
    let opened = open(
        app,
        actor,
        order,
        Action::DecideReward,
        (operation, content),
    )
    .await?;
    let Some(Opened {
        work,
        reward,
        permit,
        ..
    }) = opened
    else {
        return Ok(());
    };
    if let Some(graded) = reward.state.graded() {
        let others = store::rewards::others(&work, &reward).await?;
        let (_, terms) = terms_of(app, &reward)?;
        if work_out(terms, &graded.grading, others)? != graded.award {
            return Err(Refusal::of(Code::Stale).into());
        }
    }
    let moved = reward.decide(&permit, opinion, work.now())?;
    settle(app, &work, moved).await?;
    work.commit().await
}

/// Tells the reporter the decision.
pub async fn tell(app: &App, actor: &Actor, order: Order) -> Result<(), AppError> {
    let opened = open(
        app,
        actor,
        order,
        Action::GradeReward,
        order.content("TellDecision"),
    )
    .await?;
    let Some(Opened {
        work,
        reward,
        permit,
        ..
    }) = opened
    else {
        return Ok(());
    };
    let (_, terms) = terms_of(app, &reward)?;
    let calendar = app.calendar(&work).await?;
    let due = |kind| terms.due(kind, work.today(), &calendar);
    let windows = (due(WindowKind::Claim), due(WindowKind::Objection));
    let moved = reward.tell(&permit, work.now(), windows)?;
    settle(app, &work, moved).await?;
    work.commit().await
}

/// Reviews the sum after an objection, and tells the reporter.
pub async fn review(
    app: &App,
    actor: &Actor,
    order: Order,
    (opinion, proposal): (Narrative, Option<Proposal>),
) -> Result<(), AppError> {
    let (operation, mut content) = order.content("ReviewReward");
    content = content.field("opinion", &opinion);
    if let Some(proposal) = &proposal {
        content = proposal.write(content)?;
    }
    let opened = open(
        app,
        actor,
        order,
        Action::ReviewReward,
        (operation, content),
    )
    .await?;
    let Some(Opened {
        work,
        reward,
        case,
        permit,
    }) = opened
    else {
        return Ok(());
    };
    let by = permit.person(Action::ReviewReward)?;
    let (_, terms) = terms_of(app, &reward)?;
    let calendar = app.calendar(&work).await?;
    let claim_by = terms.due(WindowKind::Claim, work.today(), &calendar);
    let application = reward
        .state
        .graded()
        .map(|graded| graded.application.clone());
    let regraded = match (application, proposal) {
        (Some(application), Some(proposal)) => {
            let graded =
                work_out_for(app, (&work, by), (&reward, &case), (application, proposal)).await?;
            Some(graded)
        }
        _ => None,
    };
    let moved = reward.review(&permit, (opinion, regraded), (work.now(), claim_by))?;
    settle(app, &work, moved).await?;
    work.commit().await
}

/// Gives a reporter with a good reason more time to claim.
pub async fn extend_claim(
    app: &App,
    actor: &Actor,
    order: Order,
    reason: Narrative,
) -> Result<(), AppError> {
    let (operation, content) = order.content("ExtendClaim");
    let content = content.field("reason", &reason);
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
    let (_, terms) = terms_of(app, &reward)?;
    let is_known = |kind| terms.windows.iter().any(|window| window.kind == kind);
    if !is_known(WindowKind::ClaimExtension) {
        return Err(Refusal::of(Code::RewardTermsUnknown).into());
    }
    let calendar = app.calendar(&work).await?;
    let claim_by = reward
        .state
        .closes_after()
        .and_then(|last| terms.due(WindowKind::ClaimExtension, last, &calendar));
    let moved = reward.extend(&permit, reason, (work.now(), claim_by))?;
    settle(app, &work, moved).await?;
    work.commit().await
}
