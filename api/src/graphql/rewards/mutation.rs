//! Screening rewards.

use super::types::RewardPayload;
use crate::{error::AppError, graphql::context::Known as _, usecase::rewards};
use async_graphql::{Context, InputObject, Object};
use liangxin_domain::id::{ReportId, RewardId};
use uuid::Uuid;

/// The writes of this noun.
#[derive(Default)]
pub struct RewardMutation;

/// Screen the reward for a report.
#[derive(InputObject)]
struct ScreenRewardInput {
    /// Made by the client; names the reward and this write.
    id: Uuid,
    /// The report, whose case must be decided.
    report_id: Uuid,
}

#[Object(name = "RewardsMutation")]
impl RewardMutation {
    /// Screens the reward under the scheme in force on the day of the decision. Whoever worked on
    /// the case may not.
    async fn screen_reward(
        &self,
        ctx: &Context<'_>,
        input: ScreenRewardInput,
    ) -> Result<RewardPayload, AppError> {
        let outcome = async {
            let report = ReportId::new(input.report_id);
            rewards::screen(
                ctx.app()?,
                ctx.actor()?,
                RewardId::parse(input.id, "id")?,
                report,
            )
            .await?;
            Ok(report)
        };
        RewardPayload::of(ctx, outcome.await).await
    }
}
