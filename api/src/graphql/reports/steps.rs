//! What officers do with reports after they came in, and the reporter's withdrawal.

use super::{
    step_input::{
        DeclineFilingInput, DispatchReportInput, EndCompetenceDisputeInput, LinkReportsInput,
        MarkDuplicateInput, MergeReportInput, PauseForTestingInput, ProposeNotFilingInput,
        RaiseCompetenceDisputeInput, ReasonedStepInput, ReplyNotCompetentInput,
        ResumeVerificationInput, TellOutcomeInput, TransferReportInput, WithdrawReportInput,
    },
    types::{DonePayload, ReportPayload},
};
use crate::{
    error::AppError,
    graphql::{context::Known as _, privacy::input::ProofInput},
    usecase::{
        receipts::Tried,
        reports::{self, Asked},
    },
};
use async_graphql::{Context, Object};
use liangxin_domain::{
    actor::Actor,
    id::ReportId,
    refusal::{Code, Refusal},
};

/// The steps of this noun.
#[derive(Default)]
pub struct ReportStepMutation;

/// What a step came to: the report, if it was taken.
type Outcome = Result<ReportId, AppError>;

#[Object(name = "ReportStepsMutation")]
impl ReportStepMutation {
    /// Tells the reporter which bureau is competent, and ends the report here (Order 121, article 34).
    async fn reply_not_competent(
        &self,
        ctx: &Context<'_>,
        input: ReplyNotCompetentInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::reply_not_competent(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Marks a report as said before by the same reporter about the same party (Order 121, article
    /// 35). The log keeps why.
    async fn mark_duplicate(
        &self,
        ctx: &Context<'_>,
        input: MarkDuplicateInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::mark_duplicate(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Joins new facts of the same reporter to an earlier report, whose period begins anew (Order
    /// 121, article 35).
    async fn merge_report(
        &self,
        ctx: &Context<'_>,
        input: MergeReportInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::merge(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Links reports of different reporters about one matter; each keeps its own period and reward
    /// claim.
    async fn link_reports(
        &self,
        ctx: &Context<'_>,
        input: LinkReportsInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::link(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Gives a verification 15 more working days, before its period ends (Order 2, article 18).
    async fn extend_verification(
        &self,
        ctx: &Context<'_>,
        input: ReasonedStepInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::extend(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Waits for a test or an identification; time does not count (Order 2, article 18).
    async fn pause_for_testing(
        &self,
        ctx: &Context<'_>,
        input: PauseForTestingInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::pause(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Goes on after a test; time counts again.
    async fn resume_verification(
        &self,
        ctx: &Context<'_>,
        input: ResumeVerificationInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::resume(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Proposes not to file a case (Order 2, articles 19 and 20). A head decides on it.
    async fn propose_not_filing(
        &self,
        ctx: &Context<'_>,
        input: ProposeNotFilingInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::propose_not_filing(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Hands the case on a report to another agency or to the police.
    async fn transfer_report(
        &self,
        ctx: &Context<'_>,
        input: TransferReportInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::transfer(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Ends the case on a report without a penalty (Order 2, article 60).
    async fn close_without_penalty(
        &self,
        ctx: &Context<'_>,
        input: ReasonedStepInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::close_without_penalty(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Tells a reporter the outcome where a special law demands it (form 10; Order 121, article 36).
    async fn tell_outcome(
        &self,
        ctx: &Context<'_>,
        input: TellOutcomeInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::tell_outcome(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Approves a proposal not to file a case; never whoever proposed it or worked on the lead.
    async fn decline_filing(
        &self,
        ctx: &Context<'_>,
        input: DeclineFilingInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome: Outcome = async {
            let asked = input.parse()?;
            reports::decline_filing(ctx.app()?, ctx.actor()?, asked).await?;
            Ok(asked.report)
        }
        .await;
        ReportPayload::of(ctx, outcome).await
    }

    /// Withdraws one's own report, by its receipt code. It is noted; verification goes on.
    async fn withdraw_report(
        &self,
        ctx: &Context<'_>,
        input: WithdrawReportInput,
    ) -> Result<DonePayload, AppError> {
        let outcome: Outcome = async {
            let app = ctx.app()?;
            let proof = ProofInput::parse(input.proof.as_ref())?;
            let reporter = reports::open_receipt(
                app,
                Tried {
                    code: &input.receipt_code,
                    proof: proof.as_ref(),
                    address: ctx.address(),
                },
            )
            .await?;
            let Actor::Reporter(report) = reporter else {
                return Err(Refusal::of(Code::ReceiptUnknown).into());
            };
            let asked: Asked = input.asked(report)?;
            reports::withdraw(app, &reporter, asked, input.words()?).await?;
            Ok(report)
        }
        .await;
        DonePayload::of(ctx, outcome)
    }

    /// Sends a report to the competent lower unit (Order 121, article 41).
    async fn dispatch_report(
        &self,
        ctx: &Context<'_>,
        input: DispatchReportInput,
    ) -> Result<DonePayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::dispatch(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        DonePayload::of(ctx, outcome)
    }

    /// Gives a report back to the unit it came from; it may not be passed on (Order 121, article
    /// 41).
    async fn return_report(
        &self,
        ctx: &Context<'_>,
        input: ReasonedStepInput,
    ) -> Result<DonePayload, AppError> {
        let outcome: Outcome = async {
            let (asked, reason) = input.parse()?;
            reports::give_back(ctx.app()?, ctx.actor()?, asked, reason).await?;
            Ok(asked.report)
        }
        .await;
        DonePayload::of(ctx, outcome)
    }

    /// Says that another unit is competent; both have seven working days to agree (Order 121,
    /// article 33).
    async fn raise_competence_dispute(
        &self,
        ctx: &Context<'_>,
        input: RaiseCompetenceDisputeInput,
    ) -> Result<DonePayload, AppError> {
        let outcome: Outcome = async {
            let (asked, content) = input.parse()?;
            reports::raise_dispute(ctx.app()?, ctx.actor()?, asked, content).await?;
            Ok(asked.report)
        }
        .await;
        DonePayload::of(ctx, outcome)
    }

    /// Notes whose a report is after both units agreed.
    async fn settle_competence_dispute(
        &self,
        ctx: &Context<'_>,
        input: EndCompetenceDisputeInput,
    ) -> Result<DonePayload, AppError> {
        let outcome: Outcome = async {
            let (id, content) = input.parse()?;
            reports::settle_dispute(ctx.app()?, ctx.actor()?, id, content).await
        }
        .await;
        DonePayload::of(ctx, outcome)
    }

    /// Designates the competent unit, as a superior of both (Order 121, article 33).
    async fn designate_competence(
        &self,
        ctx: &Context<'_>,
        input: EndCompetenceDisputeInput,
    ) -> Result<DonePayload, AppError> {
        let outcome: Outcome = async {
            let (id, content) = input.parse()?;
            reports::designate(ctx.app()?, ctx.actor()?, id, content).await
        }
        .await;
        DonePayload::of(ctx, outcome)
    }
}
