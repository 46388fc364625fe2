//! Grading, and the paper of the finance department.

use super::{Opened, Order, open, settle, spelled, terms_of};
use crate::{app::App, error::AppError, store, work::Work};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Case,
    evidence::digest::Sha256,
    id::UserId,
    money::Fen,
    policy::Action,
    refusal::{Code, Refusal},
    rewards::{
        award::{Finance, Grading, work_out},
        reward::{Application, Consent, FactMatch, Graded, Moved, Reward},
    },
    text::{Line, Narrative},
};

/// A grade as an officer proposes it.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Grade and sums.
    pub grading: Grading,
    /// What was reported against what was found.
    pub facts: Vec<FactMatch>,
    /// Why.
    pub reason: Narrative,
}

impl Proposal {
    pub(super) fn write(&self, content: Canonical) -> Result<Canonical, AppError> {
        let Self {
            grading,
            facts,
            reason,
        } = self;
        Ok(content
            .field("grading", spelled(grading)?)
            .field("facts", spelled(facts)?)
            .field("reason", reason))
    }
}

/// The finance department's paper.
#[derive(Debug, Clone)]
pub struct ConsentPaper {
    /// Its number.
    pub number: Line,
    /// Who gave it.
    pub authority: Line,
    /// Its date.
    pub dated: NaiveDate,
    /// The digest of the scanned paper.
    pub sha256: Sha256,
}

/// Grades an application. What needs the finance department goes to it by the same write.
pub async fn grade(
    app: &App,
    actor: &Actor,
    order: Order,
    proposal: Proposal,
) -> Result<(), AppError> {
    let (operation, content) = order.content("GradeReward");
    let content = proposal.write(content)?;
    let opened = open(app, actor, order, Action::GradeReward, (operation, content)).await?;
    let Some(Opened {
        work,
        reward,
        case,
        permit,
    }) = opened
    else {
        return Ok(());
    };
    let by = permit.person(Action::GradeReward)?;
    let application = reward.application()?.clone();
    let graded = work_out_for(app, (&work, by), (&reward, &case), (application, proposal)).await?;
    let needs_finance = graded.award.finance == Finance::Needed;
    let moved = reward.grade(&permit, graded)?;
    let Moved { reward, .. } = moved.clone();
    settle(app, &work, moved).await?;
    if needs_finance {
        let version = reward.version + 1;
        let referred = Reward { version, ..reward }.refer_to_finance(&permit)?;
        settle(app, &work, referred).await?;
    }
    work.commit().await
}

/// Works out the sum by the terms in force, with what others were awarded for the case.
pub(super) async fn work_out_for(
    app: &App,
    (work, by): (&Work, UserId),
    (reward, case): (&Reward, &Case),
    (application, proposal): (Application, Proposal),
) -> Result<Graded, AppError> {
    let (terms_of, terms) = terms_of(app, reward)?;
    let Proposal {
        grading,
        facts,
        reason,
    } = proposal;
    // A case that went to the police has no fine of this bureau.
    let most = case.decision().map_or(Fen::ZERO, |decision| decision.fine);
    if grading.matched.fines > most {
        let refusal = Refusal::on(Code::RewardSum, "finesYuan");
        return Err(refusal.with(format!("≤ {most}")).into());
    }
    let others = store::rewards::others(work, reward).await?;
    let award = work_out(terms, &grading, others)?;
    Ok(Graded {
        application,
        grading,
        facts,
        reason,
        others,
        terms_of,
        award,
        by,
        at: work.now(),
    })
}

/// Records the finance department's consent.
pub async fn consent(
    app: &App,
    actor: &Actor,
    order: Order,
    paper: ConsentPaper,
) -> Result<(), AppError> {
    let ConsentPaper {
        number,
        authority,
        dated,
        sha256,
    } = paper;
    let (operation, content) = order.content("RecordFinanceConsent");
    let content = content
        .field("number", &number)
        .field("authority", &authority)
        .field("dated", dated)
        .field("sha256", sha256);
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
    if dated > work.today() {
        return Err(Refusal::on(Code::TimeInFuture, "dated").into());
    }
    let by = permit.person(Action::GradeReward)?;
    let consent = Consent {
        number,
        authority,
        dated,
        sha256: sha256.to_string(),
        by,
        at: work.now(),
    };
    let moved = reward.consent(&permit, consent)?;
    settle(app, &work, moved).await?;
    work.commit().await
}
