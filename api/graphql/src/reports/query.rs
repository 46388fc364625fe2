//! The queue, one report, and coming back with the receipt code.

use super::{
    officer::{
        BureauView, CompetenceDisputePage, DisputeView, ReportSuggestion, SimilarPayload,
        SimilarReportsInput,
    },
    tracked::TrackPayload,
    types::{ReportPage, ReportView},
};
use crate::{
    context::{Known as _, seen},
    page,
};
use async_graphql::{Context, Object};
use liangxin_app::{
    error::AppError,
    store,
    usecase::{reports, supervision},
};
use liangxin_domain::reports::state::ReportStateKind;
use liangxin_domain::{
    event::Event,
    id::ReportId,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// The reads of this noun.
#[derive(Default)]
pub struct ReportQuery;

#[Object]
impl ReportQuery {
    /// The reports of one's division and below: by the day on which the office has to have done something, then those
    /// without a day, then those that are over.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that have come this far.")] state: Option<ReportStateKind>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<ReportPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let found = store::reports::list(&ctx.app()?.db, ctx.actor()?, state, page).await?;
        Ok(ReportPage::of(found, ReportView))
    }

    /// The disputes about competence in which one's own unit, or one below, is a side; both sides read them, also whoever
    /// does not have the report.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn competence_disputes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<CompetenceDisputePage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let found = store::disputes::list_for(&ctx.app()?.db, ctx.actor()?, page).await?;
        Ok(CompetenceDisputePage::of(found, DisputeView::from))
    }

    /// A report; null if there is none that the caller may see.
    async fn report(&self, ctx: &Context<'_>, id: Uuid) -> Result<Option<ReportView>, AppError> {
        let app = ctx.app()?;
        let found = seen(store::reports::get(&app.db, ctx.actor()?, ReportId::new(id)).await)?;
        if let Some(report) = &found {
            let event = Event::ReportInspected { report: report.id };
            supervision::opened(app, ctx.caller()?, &report.custody.unit, event).await?;
        }
        Ok(found.map(ReportView))
    }

    /// A report by its receipt code, as its reporter sees it. Sent by POST only.
    async fn track_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<TrackPayload, AppError> {
        let outcome = async {
            let app = ctx.app()?;
            let (report, reporter) =
                reports::reporter_of(app, ctx.caller()?, &receipt_code).await?;
            store::reports::get(&app.db, &reporter.actor, report).await
        };
        TrackPayload::of(ctx, outcome.await).await
    }

    /// Reports that look like doubles, supplements or the same matter; the officer decides.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn report_suggestions(
        &self,
        ctx: &Context<'_>,
        id: Uuid,
    ) -> Result<Vec<ReportSuggestion>, AppError> {
        let found = reports::suggest(ctx.app()?, ctx.caller()?, ReportId::new(id)).await;
        let found = seen(found)?.unwrap_or_default();
        Ok(found
            .iter()
            .map(|(report, suggestion)| ReportSuggestion::of(report, *suggestion))
            .collect())
    }

    /// Whether reports nearby are like the one that a citizen is about to send: only that officers took in at least three, of
    /// different senders, on different days. The answer is that of the beginning of the week, whatever comes in or ends since, and
    /// how many it takes is drawn anew each week, so that neither an answer nor an empty list says something of one report.
    #[graphql(complexity = "2 * child_complexity.max(1)")]
    async fn similar_reports(
        &self,
        ctx: &Context<'_>,
        input: SimilarReportsInput,
    ) -> Result<SimilarPayload, AppError> {
        let outcome = async {
            let app = ctx.app()?;
            let looking = input.parse(app).await?;
            reports::similar(app, ctx.caller()?, looking).await
        };
        SimilarPayload::of(ctx, outcome.await)
    }

    /// The bureau nearest to a place: its county's, else its city's, else the province's.
    async fn competent_bureau(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The division (GB/T 2260).")] division: String,
    ) -> Result<Option<BureauView>, AppError> {
        let division = division
            .parse()
            .map_err(|_not_a_code| Refusal::on(Code::DivisionUnknown, "division"))?;
        let found = store::places::competent_bureau(&ctx.app()?.db, division).await?;
        Ok(found.map(BureauView::from))
    }
}
