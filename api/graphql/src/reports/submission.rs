//! One submission with its parts, and what is no matter of complaints and reports at all.

use super::{input::FileReportInput, mutation::merchant_of, types::ReportReceipt};
use crate::{
    complaints::{input::FileComplaintInput, types::ComplaintReceipt},
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::reports::{self, Submission, Submitted},
};
use liangxin_domain::id::SubmissionId;
use liangxin_domain::reports::matter::Matter;
use uuid::Uuid;

/// What came in one go. It is split: each part has its own number, periods, confidentiality, receipt
/// code and outcome, and nothing in one leads to the other (Order 121, article 9).
#[derive(InputObject)]
pub(crate) struct FileSubmissionInput {
    /// Made by the phone; names this write. The parts have ids and secrets of their own.
    id: Uuid,
    /// What it is. What is no complaint or report is answered with its right route and not taken in
    /// (Order 121, articles 43 and 44).
    #[graphql(default_with = "Matter::ComplaintOrReport")]
    matter: Matter,
    /// The part that wants redress.
    complaint: Option<FileComplaintInput>,
    /// The part that points at a breach.
    report: Option<FileReportInput>,
}

/// What became of a submission: all parts were taken or none.
#[derive(SimpleObject)]
pub(crate) struct FileSubmissionPayload {
    /// What to take home of the complaint.
    complaint: Option<ComplaintReceipt>,
    /// What to take home of the report.
    report: Option<ReportReceipt>,
    /// Why nothing was taken.
    problems: Vec<Problem>,
}

impl FileSubmissionPayload {
    fn of(ctx: &Context<'_>, outcome: Result<Submitted, AppError>) -> Result<Self, AppError> {
        let (submitted, problems) = settle(outcome, ctx.lang())?;
        let base = &ctx.app()?.public_url;
        let (complaint, report) =
            submitted.map_or((None, None), |parts| (parts.complaint, parts.report));
        Ok(Self {
            complaint: complaint.map(ComplaintReceipt::from),
            report: report.map(|filed| ReportReceipt::of(filed, base)),
            problems,
        })
    }
}

/// Submissions.
#[derive(Default)]
pub struct SubmissionMutation;

#[Object(name = "SubmissionsMutation")]
impl SubmissionMutation {
    /// Takes a complaint, a report, or both in and splits them. No account is needed; a report needs
    /// no name.
    async fn file_submission(
        &self,
        ctx: &Context<'_>,
        input: FileSubmissionInput,
    ) -> Result<FileSubmissionPayload, AppError> {
        let outcome = async {
            let app = ctx.app()?;
            input.matter.check()?;
            let complaint = match input.complaint {
                None => None,
                Some(part) => {
                    let merchant = merchant_of(app, part.merchant_code()).await?;
                    Some(part.parse(merchant)?)
                }
            };
            let report = match input.report {
                None => None,
                Some(part) => {
                    let merchant = merchant_of(app, part.merchant_code()).await?;
                    Some(part.parse(merchant)?)
                }
            };
            let submission = Submission {
                id: SubmissionId::parse(input.id, "id")?,
                complaint,
                report,
            };
            reports::submit(app, ctx.caller()?, submission).await
        };
        FileSubmissionPayload::of(ctx, outcome.await)
    }
}
