//! One's visits.

use super::{
    document,
    opinions::OpinionsView,
    types::{JudgePayload, ReferenceStandardView, VisitPage, VisitView},
    verdict::MeasurementView,
};
use crate::{
    context::{Known as _, seen},
    page,
};
use async_graphql::{Context, Object};
use liangxin_app::{
    error::AppError,
    store,
    usecase::{inspections, supervision},
};
use liangxin_domain::{
    event::Event,
    id::{MeasurementId, VisitId},
    inspections::opinion::Quarter,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// The reads of this noun.
#[derive(Default)]
pub struct InspectionQuery;

#[Object]
impl InspectionQuery {
    /// The visits that the inspector was sent on: those that are not closed yet, then the others, oldest first.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn my_visits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<VisitPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let me = ctx.actor()?.signed_in()?.user;
        let found = store::inspections::list_assigned(&ctx.app()?.db, me, page).await?;
        Ok(VisitPage::of(found, VisitView))
    }

    /// The verdict on a measurement by the rules in force, as a dry run: nothing is kept. The
    /// measurement is JSON text, `{"family": "…", …}`, of at most 256 KiB.
    async fn judge(
        &self,
        ctx: &Context<'_>,
        measurement: String,
    ) -> Result<JudgePayload, AppError> {
        let outcome = async {
            let measurement = document::measurement(&measurement)?;
            inspections::judge(ctx.app()?, ctx.caller()?, measurement).await
        };
        JudgePayload::of(ctx, outcome.await).await
    }

    /// A recorded measurement with its verdict; null if there is none that the caller may see.
    async fn verdict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the measurement.")] id: Uuid,
    ) -> Result<Option<MeasurementView>, AppError> {
        let (app, id) = (ctx.app()?, MeasurementId::new(id));
        let found = store::measurements::get_measurement(&app.db, ctx.actor()?, id).await;
        let Some((visit, measurement)) = seen(found)? else {
            return Ok(None);
        };
        let event = Event::VisitInspected { visit: visit.id };
        supervision::opened(app, ctx.caller()?, &visit.division, event).await?;
        Ok(Some(MeasurementView(measurement)))
    }

    /// What merchants said of the visits of an office in a quarter, added up, for who supervises or heads an office above it;
    /// to everybody else `DENIED`. Null until thirty-one days after the quarter, and where fewer than five merchants said
    /// something.
    async fn visit_opinions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The division of the office (GB/T 2260).")] division: String,
        #[graphql(desc = "The quarter in which the visits were closed, such as `2026Q4`.")]
        quarter: String,
    ) -> Result<Option<OpinionsView>, AppError> {
        let office: DivisionCode = division
            .parse()
            .map_err(|_not_a_code| Refusal::on(Code::DivisionUnknown, "division"))?;
        let quarter: Quarter = quarter.parse()?;
        let of = (office, quarter);
        let found = inspections::opinions_of(ctx.app()?, ctx.actor()?, of).await?;
        Ok(found.map(OpinionsView::from))
    }

    /// The reference standards that the caller may measure with, by number.
    async fn reference_standards(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<ReferenceStandardView>, AppError> {
        let found = store::standards::list(&ctx.app()?.db, ctx.actor()?).await?;
        Ok(found.into_iter().map(ReferenceStandardView::of).collect())
    }

    /// A visit; null if there is none that the caller may see.
    async fn visit(&self, ctx: &Context<'_>, id: Uuid) -> Result<Option<VisitView>, AppError> {
        let app = ctx.app()?;
        let found = seen(store::inspections::get(&app.db, ctx.actor()?, VisitId::new(id)).await)?;
        if let Some(visit) = &found {
            let event = Event::VisitInspected { visit: visit.id };
            supervision::opened(app, ctx.caller()?, &visit.division, event).await?;
        }
        Ok(found.map(VisitView))
    }
}
