//! The steps of a case, in the order of the law.

use super::{
    input::{
        AnswerNoticeInput, AuditCaseInput, DecideCaseInput, FileCaseInput, ProposePenaltyInput,
        ServeNoticeInput, fine,
    },
    types::CasePayload,
};
use crate::context::Known as _;
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::cases};
use liangxin_domain::{
    cases::{
        case::{Case, Ruling},
        command::Command,
    },
    refusal::{Code, Refusal},
    text::Narrative,
};

/// How a case comes to be.
#[derive(Default)]
pub struct CaseFilingMutation;

#[Object(name = "CaseFilingsMutation")]
impl CaseFilingMutation {
    /// Files a case on a failed visit whose evidence is complete.
    async fn file_case(
        &self,
        ctx: &Context<'_>,
        input: FileCaseInput,
    ) -> Result<CasePayload, AppError> {
        let outcome = async {
            let filing = input.parse()?;
            let case = filing.case;
            let caller = ctx.caller()?;
            cases::file(ctx.app()?, caller, filing).await?;
            Ok((caller.actor.clone(), case))
        };
        CasePayload::of(ctx, outcome.await).await
    }
}

steps! {
    /// The writes of this noun.
    CaseMutation("CasesMutation") moves Case, answers CasePayload;

    /// Writes the final report with the intended penalty.
    propose_penalty(input: ProposePenaltyInput) => Command::ProposePenalty {
        violation: input.violation.parse().map_err(|_| Refusal::on(Code::ViolationUnknown, "violation"))?,
        fine: fine(input.fine_yuan)?,
        correction: Narrative::parse(&input.correction, "correction")?,
        correct_by: input.correct_by,
    };
    /// Passes the audit of a case. Whoever investigated it may not.
    audit_case(input: AuditCaseInput) => Command::AuditCase {
        opinion: Narrative::parse(&input.opinion, "opinion")?,
    };
    /// Notes that the notice of the intended penalty reached the merchant.
    serve_notice(_: ServeNoticeInput) => Command::ServeNotice;
    /// The merchant's answer to the notice.
    answer_notice(input: AnswerNoticeInput) => Command::AnswerNotice {
        defence: Narrative::parse_optional(input.defence.as_deref(), "defence")?,
    };
    /// Decides a case: within the legal range, never above the notice, with a correction order.
    decide_case(input: DecideCaseInput) => Command::DecideCase {
        ruling: Ruling {
            fine: fine(input.fine_yuan)?,
            correction: Narrative::parse_optional(input.correction.as_deref(), "correction")?,
            correct_by: input.correct_by,
            defence_review: Narrative::parse_optional(input.defence_review.as_deref(), "defenceReview")?,
        },
    };
}
