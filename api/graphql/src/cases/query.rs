//! Cases, and the violations that they may be about.

use super::{
    types::{CasePage, CaseView},
    violation_types::ViolationView,
};
use crate::{
    context::{Known as _, seen},
    page,
};
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, store, usecase::supervision};
use liangxin_domain::{event::Event, id::CaseId};
use uuid::Uuid;

/// The reads of this noun.
#[derive(Default)]
pub struct CaseQuery;

#[Object]
impl CaseQuery {
    /// The cases that the caller may see: officers their division's, merchants their own from the notice on. By the
    /// day on which the office has to have done something, then those without a day, then those that are over.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<CasePage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let found = store::cases::list(&ctx.app()?.db, ctx.actor()?, page).await?;
        Ok(CasePage::of(found, CaseView))
    }

    /// A case; null if there is none that the caller may see.
    async fn case(&self, ctx: &Context<'_>, id: Uuid) -> Result<Option<CaseView>, AppError> {
        let app = ctx.app()?;
        let found = seen(store::cases::get(&app.db, ctx.actor()?, CaseId::new(id)).await)?;
        if let Some(case) = &found {
            let event = Event::CaseInspected { case: case.id };
            supervision::opened(app, ctx.caller()?, &case.division, event).await?;
        }
        Ok(found.map(CaseView))
    }

    /// The violations with their legal ranges.
    #[graphql(complexity = "50 * child_complexity.max(1)")]
    async fn violations(&self, ctx: &Context<'_>) -> Result<Vec<ViolationView>, AppError> {
        let lang = ctx.lang();
        Ok(ctx
            .app()?
            .law
            .violations
            .iter()
            .map(|violation| ViolationView::of(violation, lang))
            .collect())
    }
}
