//! The queue of reward officers, and one reward.

use super::file::{RewardFile, RewardPage};
use crate::{
    context::{Known as _, seen},
    page,
};
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, store, usecase::supervision};
use liangxin_domain::{event::Event, id::RewardId, rewards::reward::RewardStateKind};
use uuid::Uuid;

/// The reads of this noun.
#[derive(Default)]
pub struct RewardQuery;

#[Object]
impl RewardQuery {
    /// The rewards of one's division and below: by the day on which the office has to have done something, then those
    /// without a day, then those that are over.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn rewards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that have come this far.")] state: Option<RewardStateKind>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<RewardPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let found = store::rewards::list(&ctx.app()?.db, ctx.actor()?, state, page).await?;
        Ok(RewardPage::of(found, RewardFile))
    }

    /// A reward; null if there is none that the caller may see.
    async fn reward(&self, ctx: &Context<'_>, id: Uuid) -> Result<Option<RewardFile>, AppError> {
        let app = ctx.app()?;
        let found = seen(store::rewards::get(&app.db, ctx.actor()?, RewardId::new(id)).await)?;
        if let Some(reward) = &found {
            let event = Event::RewardInspected { reward: reward.id };
            supervision::opened(app, ctx.caller()?, &reward.division, event).await?;
        }
        Ok(found.map(RewardFile))
    }
}
