//! What became of a reward.

use crate::{
    error::AppError,
    graphql::{
        context::Known as _,
        problem::{Problem, settle},
    },
    store::{self, rewards::Reward},
};
use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use liangxin_domain::{id::ReportId, rewards::screening};
use uuid::Uuid;

/// What screening said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "ScreeningOutcome", remote = "screening::ScreeningOutcome")]
pub(in crate::graphql) enum ScreeningOutcomeView {
    /// The scheme does not reward this.
    NotInScope,
    /// A major violation: the reporter may ask for the reward.
    Eligible,
    /// The law data cannot tell; an officer has to.
    NeedsOfficer,
}

/// A screened reward.
pub(in crate::graphql) struct RewardView(pub(in crate::graphql) Reward);

#[Object(name = "Reward")]
impl RewardView {
    /// Its id.
    async fn id(&self) -> Uuid {
        self.0.id.uuid()
    }
    /// What came out.
    async fn outcome(&self) -> ScreeningOutcomeView {
        self.0.outcome.into()
    }
    /// Why, as a stable word.
    async fn reason_code(&self) -> &str {
        &self.0.reason_code
    }
    /// Why, in words.
    async fn reason(&self, ctx: &Context<'_>) -> &str {
        ctx.lang().pick(&self.0.reason_zh, &self.0.reason_en)
    }
    /// The scheme that was in force.
    async fn scheme_id(&self) -> &str {
        &self.0.scheme_id
    }
    /// Its edition.
    async fn edition(&self) -> &str {
        &self.0.edition
    }
    /// When it was screened.
    async fn screened_at(&self) -> DateTime<Utc> {
        self.0.screened_at
    }
}

/// What became of a screening.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RewardPayload {
    /// The screened reward, unless refused.
    reward: Option<RewardView>,
    /// Why not.
    problems: Vec<Problem>,
}

impl RewardPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        outcome: Result<ReportId, AppError>,
    ) -> Result<Self, AppError> {
        let (report, problems) = settle(outcome, ctx.lang())?;
        let reward = match report {
            Some(report) => store::rewards::find(&ctx.app()?.db, ctx.actor()?, report)
                .await?
                .map(RewardView),
            None => None,
        };
        Ok(Self { reward, problems })
    }
}
