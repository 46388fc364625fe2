//! What officers do about rewards.

use super::{
    input::{
        GradeRewardInput, RecordClaimInput, RecordEligibilityInput, RecordFinanceConsentInput,
        ReviewRewardInput, RewardWordsInput, TakeBackInput, TellDecisionInput, VoucherInput, order,
    },
    payload::{ExportPaymentsPayload, RewardFilePayload, RewardPayload},
    screen_input::ScreenRewardInput,
};
use crate::{error::AppError, graphql::context::Known as _, usecase::rewards};
use async_graphql::{Context, InputObject, Object};
use liangxin_domain::{id::CommandId, text::Narrative};
use uuid::Uuid;

/// The writes of this noun.
#[derive(Default)]
pub struct RewardMutation;

/// Export the payments that are due.
#[derive(InputObject)]
struct ExportPaymentsInput {
    /// Made by the client; names this write.
    id: Uuid,
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
            let (id, request) = input.parse()?;
            let report = request.report;
            rewards::screen(ctx.app()?, ctx.actor()?, id, request).await?;
            Ok(report)
        };
        RewardPayload::of(ctx, outcome.await).await
    }

    /// Records the check of a reporter. Without exclusions the reporter is told that a reward may
    /// be asked for.
    async fn record_eligibility(
        &self,
        ctx: &Context<'_>,
        input: RecordEligibilityInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::check(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Grades an application and works the sum out. What needs the finance department goes to it.
    async fn grade_reward(
        &self,
        ctx: &Context<'_>,
        input: GradeRewardInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::grade(ctx.app()?, ctx.actor()?, order, input.grading.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Records the finance department's consent.
    async fn record_finance_consent(
        &self,
        ctx: &Context<'_>,
        input: RecordFinanceConsentInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::consent(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Decides a graded reward. Whoever graded it may not.
    async fn decide_reward(
        &self,
        ctx: &Context<'_>,
        input: RewardWordsInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::decide(
                ctx.app()?,
                ctx.actor()?,
                order,
                Narrative::parse(&input.words, "words")?,
            )
            .await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Tells the reporter the decision; the time to claim and the time to object begin.
    async fn tell_decision(
        &self,
        ctx: &Context<'_>,
        input: TellDecisionInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::tell(ctx.app()?, ctx.actor()?, order).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Reviews the sum after an objection, and tells the reporter. Whoever graded it may not.
    async fn review_reward(
        &self,
        ctx: &Context<'_>,
        input: ReviewRewardInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            let opinion = Narrative::parse(&input.opinion, "opinion")?;
            let proposal = input.grading.map(|grading| grading.parse()).transpose()?;
            rewards::review(ctx.app()?, ctx.actor()?, order, (opinion, proposal)).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Gives a reporter with a good reason more time to claim, once.
    async fn extend_claim(
        &self,
        ctx: &Context<'_>,
        input: RewardWordsInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::extend_claim(
                ctx.app()?,
                ctx.actor()?,
                order,
                Narrative::parse(&input.words, "words")?,
            )
            .await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Notes a claim in person, after a look at the identity document.
    async fn record_claim(
        &self,
        ctx: &Context<'_>,
        input: RecordClaimInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::record_claim(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// The claimed rewards of one's division as a file for finance. Each export stands in the
    /// timeline of the reporters.
    async fn export_payments(
        &self,
        ctx: &Context<'_>,
        input: ExportPaymentsInput,
    ) -> Result<ExportPaymentsPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            rewards::export(ctx.app()?, ctx.actor()?, id).await
        };
        ExportPaymentsPayload::of(ctx, outcome.await)
    }

    /// Records a payment that finance made.
    async fn record_payment(
        &self,
        ctx: &Context<'_>,
        input: VoucherInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::record_payment(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Takes a decided reward back before payment.
    async fn revoke_reward(
        &self,
        ctx: &Context<'_>,
        input: TakeBackInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::revoke(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Asks a paid reward back, for fraud only.
    async fn recover_reward(
        &self,
        ctx: &Context<'_>,
        input: TakeBackInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::recover(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }

    /// Records that a reward was paid back.
    async fn record_recovery(
        &self,
        ctx: &Context<'_>,
        input: VoucherInput,
    ) -> Result<RewardFilePayload, AppError> {
        let outcome = async {
            let order = order(input.id, input.reward_id)?;
            rewards::record_recovery(ctx.app()?, ctx.actor()?, order, input.parse()?).await?;
            Ok(order.reward)
        };
        RewardFilePayload::of(ctx, outcome.await).await
    }
}
