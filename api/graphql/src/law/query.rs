//! Reading the law at work.

use super::calendar::{CalendarDraftView, CalendarYearView, calendar_drafts, calendar_years};
use async_graphql::{Context, Object};
use liangxin_app::error::AppError;

/// The reads of this noun.
#[derive(Default)]
pub struct LawQuery;

#[Object(name = "LawQuery")]
impl LawQuery {
    /// The years of the working-day calendar, built in and loaded.
    #[graphql(complexity = "50 + 50 * child_complexity")]
    async fn calendar_years(&self, ctx: &Context<'_>) -> Result<Vec<CalendarYearView>, AppError> {
        calendar_years(ctx).await
    }

    /// The loaded years that wait for a second person, with what each would change. Nothing of them applies.
    #[graphql(complexity = "10 + 4 * child_complexity")]
    async fn calendar_drafts(&self, ctx: &Context<'_>) -> Result<Vec<CalendarDraftView>, AppError> {
        calendar_drafts(ctx).await
    }
}
