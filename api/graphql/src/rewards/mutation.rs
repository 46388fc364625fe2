//! What officers do about rewards.

use super::{
    input::{
        ApproveClaimInput, CheckPayeeInput, GradeRewardInput, RecordClaimInput,
        RecordEligibilityInput, RecordFinanceConsentInput, ReviewRewardInput, RewardWordsInput,
        RuleOnScopeInput, TakeBackInput, TellDecisionInput, VoucherInput, payees,
    },
    payload::{ExportPaymentsPayload, RewardFilePayload, RewardPayload},
    screen_input::ScreenRewardInput,
};
use crate::{context::Known as _, problem::Outcome};
use async_graphql::{Context, InputObject, MergedObject, Object};
use liangxin_app::{error::AppError, usecase::rewards};
use liangxin_domain::{
    id::CommandId,
    rewards::{command::RewardCommand, reward::Reward},
    text::{Line, Narrative},
};
use uuid::Uuid;

/// The writes of this noun. Its parts stand in the order of the contract.
#[derive(Default, MergedObject)]
#[graphql(name = "RewardsMutation")]
pub struct RewardMutation(
    ScreeningMutation,
    RewardStepMutation,
    ExportMutation,
    RewardEndMutation,
);

/// The first step, before which there is no reward.
#[derive(Default)]
pub struct ScreeningMutation;

#[Object(name = "RewardScreeningMutation")]
impl ScreeningMutation {
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
            let written = rewards::screen(ctx.app()?, ctx.caller()?, id, request).await?;
            Ok(Outcome::of(report, written))
        };
        RewardPayload::of(ctx, outcome.await).await
    }
}

steps! {
    /// The steps from the check to the claim.
    RewardStepMutation("RewardStepsMutation") moves Reward, answers RewardFilePayload;
    /// Says whether the violation is of a kind that is rewarded, where the law data cannot tell. Whoever screened the
    /// reward may not.
    rule_on_scope(input: RuleOnScopeInput) => RewardCommand::RuleOnScope { ruling: input.parse()? };
    /// Records the check of a reporter. Without exclusions the reporter is told that a reward may
    /// be asked for.
    record_eligibility(input: RecordEligibilityInput) => RewardCommand::RecordEligibility {
        check: input.parse()?,
    };
    /// Grades an application and works the sum out. What needs the finance department goes to it.
    grade_reward(input: GradeRewardInput) => RewardCommand::GradeReward {
        proposal: input.grading.parse()?,
    };
    /// Records the finance department's consent.
    record_finance_consent(input: RecordFinanceConsentInput) => input.parse()?;
    /// Decides a graded reward. Whoever graded it may not.
    decide_reward(input: RewardWordsInput) => RewardCommand::DecideReward {
        opinion: Narrative::parse(&input.words, "words")?,
    };
    /// Tells the reporter the decision; the time to claim and the time to object begin.
    tell_decision(_: TellDecisionInput) => RewardCommand::TellDecision;
    /// Reviews the sum after an objection, and tells the reporter. Whoever graded it may not.
    review_reward(input: ReviewRewardInput) => RewardCommand::ReviewReward {
        opinion: Narrative::parse(&input.opinion, "opinion")?,
        grading: input.grading.map(|grading| grading.parse()).transpose()?,
    };
    /// Gives a reporter with a good reason more time to claim, once.
    extend_claim(input: RewardWordsInput) => RewardCommand::ExtendClaim {
        reason: Narrative::parse(&input.words, "words")?,
    };
    /// Notes a claim in person, after a look at the identity document. It is none until a second person approved it.
    record_claim(input: RecordClaimInput) => RewardCommand::RecordClaim {
        note: Narrative::parse(&input.note, "note")?,
        payees: payees(&input.payees)?,
    };
    /// Approves a claim in person. Whoever recorded it may not. The reporter's days to object to the payee begin.
    approve_claim(_: ApproveClaimInput) => RewardCommand::ApproveClaim;
    /// Checks the payee for exclusions, by whoever saw it by an opening since the claim. Without one the money may go;
    /// with one the reward is taken back. Whoever recorded the claim may not.
    check_payee(input: CheckPayeeInput) => RewardCommand::CheckPayee { finding: input.parse()? };
    /// Makes a claim void that was recorded, or objected to; the reporter reads why, and the time to claim begins anew.
    /// Whoever recorded it may not.
    void_claim(input: RewardWordsInput) => RewardCommand::VoidClaim {
        reason: Narrative::parse(&input.words, "words")?,
    };
    /// Turns down what the reporter said against the payee; the days before money moves begin anew. Whoever recorded or
    /// approved the claim may not.
    uphold_claim(input: RewardWordsInput) => RewardCommand::UpholdClaim {
        opinion: Narrative::parse(&input.words, "words")?,
    };
}

/// Export the payments that are due.
#[derive(InputObject)]
struct ExportPaymentsInput {
    /// Made by the client; names this write.
    id: Uuid,
}

/// Export a file of payments once more.
#[derive(InputObject)]
struct ExportPaymentsAgainInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The number of the file.
    number: String,
}

/// What goes to finance.
#[derive(Default)]
pub struct ExportMutation;

#[Object(name = "RewardExportMutation")]
impl ExportMutation {
    /// The claimed rewards of one's own office as a numbered file for finance: those whose time to object to the payee
    /// is over, which are not with finance yet, and whose claim the caller did not record. Each export stands in the
    /// timeline of the reporters. Sent again under the same id it gives the same file again.
    async fn export_payments(
        &self,
        ctx: &Context<'_>,
        input: ExportPaymentsInput,
    ) -> Result<ExportPaymentsPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            rewards::export(ctx.app()?, ctx.caller()?, id).await
        };
        ExportPaymentsPayload::of(ctx, outcome.await)
    }

    /// A file of one's own office once more, by its number, with what nobody paid or took back since. The reporters are
    /// told that the payee went out again.
    async fn export_payments_again(
        &self,
        ctx: &Context<'_>,
        input: ExportPaymentsAgainInput,
    ) -> Result<ExportPaymentsPayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let number = Line::parse(&input.number, "number")?;
            rewards::export_again(ctx.app()?, ctx.caller()?, id, number).await
        };
        ExportPaymentsPayload::of(ctx, outcome.await)
    }
}

steps! {
    /// The steps from the claim on.
    RewardEndMutation("RewardEndsMutation") moves Reward, answers RewardFilePayload;
    /// Records a payment that finance made.
    record_payment(input: VoucherInput) => RewardCommand::RecordPayment { voucher: input.parse()? };
    /// Takes a decided reward back before payment.
    revoke_reward(input: TakeBackInput) => RewardCommand::RevokeReward { reasons: input.parse()? };
    /// Asks a paid reward back, for fraud only.
    recover_reward(input: TakeBackInput) => RewardCommand::RecoverReward { reasons: input.parse()? };
    /// Records that a reward was paid back.
    record_recovery(input: VoucherInput) => RewardCommand::RecordRecovery { voucher: input.parse()? };
}
