//! Filing a report and taking it in.

use super::{
    input::FileReportInput,
    lead::OpenLeadInput,
    step_input::AcceptReportInput,
    types::{FileReportPayload, ReportPayload},
};
use crate::{
    context::Known as _,
    receipts::{ComeBackPayload, StopMailPayload},
    steps,
};
use async_graphql::{Context, Object};
use liangxin_app::{
    app::App,
    error::AppError,
    store,
    usecase::{correspondence, reports},
};
use liangxin_domain::{
    id::MerchantId,
    merchants::code::MerchantCode,
    privacy::correspondence::Correspondence,
    refusal::{Code, Refusal},
    reports::{command::Command, report::Report},
};

/// The writes of this noun.
#[derive(Default)]
pub struct ReportMutation;

#[Object(name = "ReportsMutation")]
impl ReportMutation {
    /// Files a report. No account is needed, and no name.
    async fn file_report(
        &self,
        ctx: &Context<'_>,
        input: FileReportInput,
    ) -> Result<FileReportPayload, AppError> {
        let outcome = async {
            let app = ctx.app()?;
            let merchant = merchant_of(app, input.merchant_code()).await?;
            reports::file(app, ctx.caller()?, input.parse(merchant)?).await
        };
        FileReportPayload::of(ctx, outcome.await).await
    }

    /// Puts a lead on record that came to light without a report and without a visit, such as what another agency handed over:
    /// whoever does so verifies it, from the day on which it was found (Order 2, article 18).
    async fn open_lead(
        &self,
        ctx: &Context<'_>,
        input: OpenLeadInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome = steps::make(ctx, input.parse(), reports::put_on_record);
        ReportPayload::of(ctx, outcome.await).await
    }

    /// Comes back to a report with its receipt code: the first time after filing shows the code once
    /// more, because codes get lost on the first screen.
    async fn come_back_to_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<ComeBackPayload, AppError> {
        let outcome = async {
            let returned = reports::come_back(ctx.app()?, ctx.caller()?, &receipt_code).await?;
            Ok(returned.code_again)
        };
        ComeBackPayload::of(ctx, outcome.await).await
    }

    /// Withdraws the consent to mail about a report with its receipt code: the address that was left is deleted.
    async fn stop_report_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<StopMailPayload, AppError> {
        let outcome = async {
            let (app, caller) = (ctx.app()?, ctx.caller()?);
            let (report, reporter) = reports::reporter_of(app, caller, &receipt_code).await?;
            correspondence::stop(app, &reporter, Correspondence::Report(report)).await
        };
        StopMailPayload::of(ctx, outcome.await)
    }
}

steps! {
    /// Taking a report in.
    ReportIntakeMutation("ReportIntakesMutation") moves Report, answers ReportPayload;

    /// Takes a report in and begins to verify it.
    accept_report(_: AcceptReportInput) => Command::AcceptReport;
}

/// The merchant whose code was scanned.
pub(super) async fn merchant_of(
    app: &App,
    code: Option<&str>,
) -> Result<Option<MerchantId>, AppError> {
    let Some(code) = code else {
        return Ok(None);
    };
    let unknown = || AppError::from(Refusal::on(Code::MerchantUnknown, "merchantCode"));
    let code = MerchantCode::parse(code).map_err(|_malformed| unknown())?;
    let found = store::merchants::find_by_code(&app.db, &code).await?;
    Ok(Some(found.ok_or_else(unknown)?.id))
}
