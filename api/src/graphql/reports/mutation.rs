//! Filing a report and taking it in.

use super::{
    input::FileReportInput,
    types::{FileReportPayload, ReportPayload},
};
use crate::{app::App, error::AppError, graphql::context::Known as _, store, usecase::reports};
use async_graphql::{Context, InputObject, Object};
use liangxin_domain::{
    id::{CommandId, MerchantId, ReportId},
    merchants::code::MerchantCode,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// The writes of this noun.
#[derive(Default)]
pub struct ReportMutation;

/// Take a report in.
#[derive(InputObject)]
struct AcceptReportInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
}

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
            reports::file(app, ctx.actor()?, input.parse(merchant)?).await
        };
        FileReportPayload::of(ctx, outcome.await)
    }

    /// Takes a report in and begins to verify it.
    async fn accept_report(
        &self,
        ctx: &Context<'_>,
        input: AcceptReportInput,
    ) -> Result<ReportPayload, AppError> {
        let outcome = async {
            let report = ReportId::new(input.report_id);
            reports::accept(
                ctx.app()?,
                ctx.actor()?,
                CommandId::parse(input.id, "id")?,
                report,
            )
            .await?;
            Ok(report)
        };
        ReportPayload::of(ctx, outcome.await).await
    }
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
