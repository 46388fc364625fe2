//! What officers do with reports after they came in, and the reporter's withdrawal: one line a step.

use super::{
    step_input::{
        DeclineFilingInput, DispatchReportInput, EndCompetenceDisputeInput, LinkReportsInput,
        MarkDuplicateInput, MergeReportInput, PauseForTestingInput, ProposeNotFilingInput,
        RaiseCompetenceDisputeInput, ReasonedStepInput, ReplyNotCompetentInput,
        ResumeVerificationInput, TellOutcomeInput, TransferReportInput, WithdrawReportInput,
        division,
    },
    types::{DonePayload, ReportPayload},
};
use crate::context::Known as _;
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::reports};
use liangxin_domain::{
    actor::Actor,
    id::{CommandId, DisputeId, ReportId},
    places::dispute::{self, Dispute},
    reports::{command::Command, report::Report},
    text::{Line, Narrative},
};

steps! {
    /// The steps of this noun.
    ReportStepMutation("ReportStepsMutation") moves Report, answers ReportPayload;

    /// Tells the reporter which bureau is competent, and ends the report here (Order 121, article 34).
    reply_not_competent(input: ReplyNotCompetentInput) => Command::ReplyNotCompetent {
        competent: Line::parse(&input.competent, "competent")?,
        reason: Narrative::parse(&input.reason, "reason")?,
    };
    /// Marks a report as said before by the same reporter about the same party (Order 121, article
    /// 35). The log keeps why.
    mark_duplicate(input: MarkDuplicateInput) => Command::MarkDuplicate {
        earlier: ReportId::new(input.earlier_id),
        sameness: Narrative::parse(&input.sameness, "sameness")?,
    };
    /// Joins new facts of the same reporter to an earlier report, whose period begins anew (Order
    /// 121, article 35).
    merge_report(input: MergeReportInput) => Command::MergeReport {
        into: ReportId::new(input.into_id),
        new_facts: Narrative::parse(&input.new_facts, "newFacts")?,
    };
    /// Links reports of different reporters about one matter; each keeps its own period and reward
    /// claim.
    link_reports(input: LinkReportsInput) => Command::LinkReports {
        other: ReportId::new(input.other_id),
    };
    /// Gives a verification 15 more working days, before its period ends (Order 2, article 18).
    extend_verification(input: ReasonedStepInput) => Command::ExtendVerification {
        reason: Narrative::parse(&input.reason, "reason")?,
    };
    /// Waits for a test or an identification; time does not count (Order 2, article 18).
    pause_for_testing(input: PauseForTestingInput) => Command::PauseForTesting {
        cause: input.cause.into(),
        body: Line::parse(&input.body, "body")?,
        sample: Line::parse(&input.sample, "sample")?,
    };
    /// Goes on after a test; time counts again.
    resume_verification(input: ResumeVerificationInput) => Command::ResumeVerification {
        result: Narrative::parse(&input.result, "result")?,
    };
    /// Proposes not to file a case (Order 2, articles 19 and 20). A head decides on it.
    propose_not_filing(input: ProposeNotFilingInput) => Command::ProposeNotFiling {
        ground: input.ground,
        reason: Narrative::parse(&input.reason, "reason")?,
    };
    /// Hands the case on a report to another agency or to the police.
    transfer_report(input: TransferReportInput) => Command::TransferReport {
        to: input.to,
        receiver: Line::parse(&input.receiver, "receiver")?,
        reason: Narrative::parse(&input.reason, "reason")?,
    };
    /// Ends the case on a report without a penalty (Order 2, article 60).
    close_without_penalty(input: ReasonedStepInput) => Command::CloseWithoutPenalty {
        reason: Narrative::parse(&input.reason, "reason")?,
    };
    /// Tells a reporter the outcome where a special law demands it (form 10; Order 121, article 36).
    tell_outcome(input: TellOutcomeInput) => Command::TellOutcome {
        result: Narrative::parse(&input.result, "result")?,
        article: Line::parse(&input.demanding_article, "demandingArticle")?,
    };
    /// Approves a proposal not to file a case; never whoever proposed it or worked on the lead.
    decline_filing(_: DeclineFilingInput) => Command::DeclineFiling;
}

/// What a reporter does by the receipt code.
#[derive(Default)]
pub struct ReportWithdrawalMutation;

#[Object(name = "ReportWithdrawalsMutation")]
impl ReportWithdrawalMutation {
    /// Withdraws one's own report, by its receipt code. It is noted; verification goes on.
    async fn withdraw_report(
        &self,
        ctx: &Context<'_>,
        input: WithdrawReportInput,
    ) -> Result<DonePayload, AppError> {
        DonePayload::of(ctx, withdraw(ctx, input).await).await
    }
}

async fn withdraw(
    ctx: &Context<'_>,
    input: WithdrawReportInput,
) -> Result<(Actor, ReportId), AppError> {
    let app = ctx.app()?;
    let (report, reporter) = reports::reporter_of(app, ctx.caller()?, &input.receipt_code).await?;
    let write = CommandId::parse(input.id, "id")?;
    let words = Narrative::parse_optional(input.words.as_deref(), "words")?;
    reports::withdraw(app, &reporter, write, (report, words)).await?;
    Ok((reporter.actor, report))
}

steps! {
    /// Steps after which the caller may no longer see the report.
    ReportHandingMutation("ReportHandingsMutation") moves Report, answers DonePayload;

    /// Sends a report to the competent lower unit (Order 121, article 41).
    dispatch_report(input: DispatchReportInput) => Command::DispatchReport {
        to: division(&input.to, "to")?,
        basis: Narrative::parse(&input.basis, "basis")?,
    };
    /// Gives a report back to the unit it came from; it may not be passed on (Order 121, article
    /// 41).
    return_report(input: ReasonedStepInput) => Command::ReturnReport {
        reason: Narrative::parse(&input.reason, "reason")?,
    };
    /// Says that another unit is competent; both have seven working days to agree (Order 121,
    /// article 33).
    raise_competence_dispute(input: RaiseCompetenceDisputeInput) => Command::RaiseCompetenceDispute {
        dispute: DisputeId::new(input.id),
        other: division(&input.other, "other")?,
        reason: Narrative::parse(&input.reason, "reason")?,
    };
}

steps! {
    /// How a dispute about competence ends.
    DisputeMutation("CompetenceDisputesMutation") moves Dispute, answers DonePayload;

    /// Says for one's own unit whose a report is. Once the other unit says the same, they agree.
    settle_competence_dispute(input: EndCompetenceDisputeInput) => dispute::Command::SettleCompetenceDispute {
        unit: division(&input.unit, "unit")?,
        seen: input.seen,
    };
    /// Designates the competent unit, as a superior of both (Order 121, article 33).
    designate_competence(input: EndCompetenceDisputeInput) => dispute::Command::DesignateCompetence {
        unit: division(&input.unit, "unit")?,
        seen: input.seen,
    };
}
