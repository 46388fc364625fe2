//! The steps of a case, in the order of the law.

use super::{
    input::{
        AnswerNoticeInput, AuditCaseInput, DecideCaseInput, FileCaseInput, ProposePenaltyInput,
        ServeNoticeInput,
    },
    types::CasePayload,
};
use crate::{error::AppError, graphql::context::Known as _, usecase::cases};
use async_graphql::{Context, Object};
use liangxin_domain::id::{CaseId, CommandId};

/// The writes of this noun.
#[derive(Default)]
pub struct CaseMutation;

#[Object(name = "CasesMutation")]
impl CaseMutation {
    /// Files a case on a failed visit whose evidence is complete.
    async fn file_case(
        &self,
        ctx: &Context<'_>,
        input: FileCaseInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let filing = input.parse()?;
            let case = filing.case;
            cases::file(ctx.app()?, ctx.actor()?, filing).await?;
            Ok(case)
        };
        CasePayload::of(ctx, outcome.await).await
    }

    /// Writes the final report with the intended penalty.
    async fn propose_penalty(
        &self,
        ctx: &Context<'_>,
        input: ProposePenaltyInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let (id, draft) = input.parse()?;
            let case = draft.case;
            cases::propose(ctx.app()?, ctx.actor()?, id, draft).await?;
            Ok(case)
        };
        CasePayload::of(ctx, outcome.await).await
    }

    /// Passes the audit of a case. Whoever investigated it may not.
    async fn audit_case(
        &self,
        ctx: &Context<'_>,
        input: AuditCaseInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let (id, (case, opinion)) = input.parse()?;
            cases::audit(ctx.app()?, ctx.actor()?, id, (case, opinion)).await?;
            Ok(case)
        };
        CasePayload::of(ctx, outcome.await).await
    }

    /// Notes that the notice of the intended penalty reached the merchant.
    async fn serve_notice(
        &self,
        ctx: &Context<'_>,
        input: ServeNoticeInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let case = CaseId::new(input.case_id);
            cases::serve_notice(
                ctx.app()?,
                ctx.actor()?,
                CommandId::parse(input.id, "id")?,
                case,
            )
            .await?;
            Ok(case)
        };
        CasePayload::of(ctx, outcome.await).await
    }

    /// The merchant's answer to the notice.
    async fn answer_notice(
        &self,
        ctx: &Context<'_>,
        input: AnswerNoticeInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let (id, (case, reply)) = input.parse()?;
            cases::answer(ctx.app()?, ctx.actor()?, id, (case, reply)).await?;
            Ok(case)
        };
        CasePayload::of(ctx, outcome.await).await
    }

    /// Decides a case: within the legal range, never above the notice, with a correction order.
    async fn decide_case(
        &self,
        ctx: &Context<'_>,
        input: DecideCaseInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let (id, (case, ruling)) = input.parse()?;
            cases::decide(ctx.app()?, ctx.actor()?, id, (case, ruling)).await?;
            Ok(case)
        };
        CasePayload::of(ctx, outcome.await).await
    }
}
