//! Reading the law at work.

use super::types::{CalendarYearView, calendar_years};
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
}
