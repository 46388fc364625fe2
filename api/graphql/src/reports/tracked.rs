//! A report as its reporter sees it, by the receipt code.

use crate::{
    context::Known as _,
    law::ClockView,
    moment::Moment,
    notices::types::NoticeView,
    privacy::types::{self as privacy, LookView, MessageView},
    rewards::types::RewardView,
};
use async_graphql::{Context, Description, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    store::{self, law::RunsOn},
    usecase::evidence,
};
use liangxin_domain::reports::state::ReportStateKind;
use liangxin_domain::{
    actor::Actor, event::EventKind, evidence::photo::PhotoOwner, reports::report::Report,
};

/// One step in a report's life, as its reporter may see it.
#[derive(SimpleObject)]
pub(crate) struct TimelineEntry {
    /// When it happened.
    at: Moment,
    /// What.
    event: EventKind,
}

/// A report as its reporter sees it.
#[derive(Description)]
pub(crate) struct TrackedReport(Report);

#[Object(use_type_description)]
impl TrackedReport {
    /// Its number on paper.
    async fn number(&self) -> &str {
        &self.0.number
    }
    /// How far it has come, as far as the reporter is told: neither tests nor the investigation show.
    async fn state(&self) -> ReportStateKind {
        self.0.state.kind().told_to_reporter()
    }
    /// When the system had it.
    async fn received_at(&self) -> Moment {
        Moment(self.0.received_at)
    }
    /// The statutory periods that run on it.
    async fn clocks(&self, ctx: &Context<'_>) -> Result<Vec<ClockView>, AppError> {
        let loaders = ctx.loaders()?;
        let on = RunsOn::Report(self.0.id);
        let found = loaders.clocks(ctx.app()?, on).await?;
        Ok(found.into_iter().map(ClockView).collect())
    }
    /// What happened so far, oldest first.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<TimelineEntry>, AppError> {
        let found = store::events::timeline(&ctx.app()?.db, self.0.id).await?;
        Ok(found
            .into_iter()
            .map(|(at, event)| TimelineEntry {
                at: Moment(at),
                event,
            })
            .collect())
    }
    /// The papers that are for the reporter, oldest first.
    #[graphql(complexity = "10 * child_complexity.max(1)")]
    async fn notices(&self, ctx: &Context<'_>) -> Result<Vec<NoticeView>, AppError> {
        let found = store::notices::list_for_reporter(&ctx.app()?.db, self.0.id).await?;
        Ok(found.into_iter().map(NoticeView).collect())
    }
    /// Questions of the bureau and one's answers, oldest first.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn messages(&self, ctx: &Context<'_>) -> Result<Vec<MessageView>, AppError> {
        privacy::messages(ctx, self.0.id).await
    }
    /// Every time that an officer saw who reported, oldest first.
    #[graphql(complexity = "20 * child_complexity.max(1)")]
    async fn openings(&self, ctx: &Context<'_>) -> Result<Vec<LookView>, AppError> {
        privacy::looks(ctx, self.0.id).await
    }
    /// How many declared photos arrived.
    async fn photos_stored(&self, ctx: &Context<'_>) -> Result<usize, AppError> {
        let photos = store::evidence::list(&ctx.app()?.db, PhotoOwner::Report(self.0.id)).await?;
        Ok(photos
            .iter()
            .filter(|photo| photo.stored_at.is_some() && photo.parked.is_none())
            .count())
    }
    /// How many photos were declared.
    async fn photos_declared(&self, ctx: &Context<'_>) -> Result<u64, AppError> {
        store::evidence::count(&ctx.app()?.db, PhotoOwner::Report(self.0.id)).await
    }
    /// The signed receipt that all its photos are held, in one line (JWS); null while one is missing and without photos. It
    /// names nobody: who sent the report it proves together with the receipt code alone.
    #[graphql(complexity = "5")]
    async fn holding_receipt(&self, ctx: &Context<'_>) -> Result<Option<String>, AppError> {
        evidence::holding_receipt(ctx.app()?, PhotoOwner::Report(self.0.id)).await
    }
    /// What became of the reward.
    async fn reward(&self, ctx: &Context<'_>) -> Result<Option<RewardView>, AppError> {
        let own = Actor::Reporter(self.0.id);
        Ok(store::rewards::find(&ctx.app()?.db, &own, self.0.id)
            .await?
            .map(RewardView::of))
    }
}

payload! {
    /// What became of looking with a receipt code.
    TrackPayload {
        /// The report, unless refused.
        report: TrackedReport,
        /// Why not.
        problems,
    }
    of |ctx, report: Report| Some(TrackedReport(report))
}
