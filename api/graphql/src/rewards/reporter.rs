//! What reporters do about their own reward, with the receipt code and without an account.

use super::{
    input::{PayeeInput, payees},
    payload::RewardPayload,
};
use crate::context::Known as _;
use async_graphql::{Context, InputObject, Object};
use liangxin_app::{error::AppError, usecase::rewards};
use liangxin_domain::{id::CommandId, rewards::payout::ClaimPassword, text::Narrative};
use uuid::Uuid;

/// The writes of reporters.
#[derive(Default)]
pub struct RewardReporterMutation;

/// Apply for the reward.
#[derive(InputObject)]
struct ApplyForRewardInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The receipt code of the report.
    #[graphql(secret)]
    receipt_code: String,
}

/// Object to the sum.
#[derive(InputObject)]
struct ObjectToRewardInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The receipt code of the report.
    #[graphql(secret)]
    receipt_code: String,
    /// Why. At most 4,000 characters.
    words: String,
}

/// Object to the payee.
#[derive(InputObject)]
struct ObjectToPayeeInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The receipt code of the report.
    #[graphql(secret)]
    receipt_code: String,
    /// Why. At most 4,000 characters.
    words: String,
}

/// Claim the reward.
#[derive(InputObject)]
struct ClaimRewardInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The receipt code of the report.
    #[graphql(secret)]
    receipt_code: String,
    /// The claim password that was chosen with the report.
    #[graphql(secret)]
    claim_password: String,
    /// One for each who shares the reward, in the order of the signatures.
    payees: Vec<PayeeInput>,
}

#[Object(name = "RewardReportersMutation")]
impl RewardReporterMutation {
    /// Says that the payee of a claim is somebody else, with the receipt code. Until somebody who did not record the
    /// claim has answered, no money moves.
    async fn object_to_payee(
        &self,
        ctx: &Context<'_>,
        input: ObjectToPayeeInput,
    ) -> Result<RewardPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let words = Narrative::parse(&input.words, "words")?;
            let said = (input.receipt_code.as_str(), words);
            rewards::object_to_payee(ctx.app()?, ctx.caller()?, id, said).await
        };
        RewardPayload::of_reporter(ctx, outcome.await).await
    }

    /// Applies for the reward, with the receipt code.
    async fn apply_for_reward(
        &self,
        ctx: &Context<'_>,
        input: ApplyForRewardInput,
    ) -> Result<RewardPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            rewards::apply(ctx.app()?, ctx.caller()?, id, &input.receipt_code).await
        };
        RewardPayload::of_reporter(ctx, outcome.await).await
    }

    /// Objects to the sum, with the receipt code. Somebody else than who graded reviews it.
    async fn object_to_reward(
        &self,
        ctx: &Context<'_>,
        input: ObjectToRewardInput,
    ) -> Result<RewardPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let words = Narrative::parse(&input.words, "words")?;
            let objection = (input.receipt_code.as_str(), words);
            rewards::object(ctx.app()?, ctx.caller()?, id, objection).await
        };
        RewardPayload::of_reporter(ctx, outcome.await).await
    }

    /// Claims the reward, with the receipt code and the claim password. Wrong tries are counted
    /// for each report, and soon have to wait.
    async fn claim_reward(
        &self,
        ctx: &Context<'_>,
        input: ClaimRewardInput,
    ) -> Result<RewardPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let payees = payees(&input.payees)?;
            let shown = rewards::Shown {
                receipt_code: &input.receipt_code,
                password: ClaimPassword::tried(&input.claim_password),
            };
            rewards::claim(ctx.app()?, ctx.caller()?, id, shown, payees).await
        };
        RewardPayload::of_reporter(ctx, outcome.await).await
    }
}
