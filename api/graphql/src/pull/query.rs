//! Pulling, and whether everything came.

use super::{
    compare::{ComparePulledInput, PulledComparison},
    health::SyncHealth,
    law::{PulledChecklists, PulledRuleEditions, PulledViolations},
    records::{PulledInstruments, PulledMerchants, PulledVisits},
};
use crate::page;
use async_graphql::{Context, Description, Object};
use liangxin_app::error::AppError;

/// The reads of this noun.
#[derive(Default)]
pub struct PullQuery;

#[Object]
impl PullQuery {
    /// What an inspector's phone takes along, a field a collection. Each answers what changed behind its checkpoint, and without
    /// one what a phone needs that has nothing.
    async fn pull(&self) -> PullView {
        PullView
    }

    /// How what was recorded on the visits of the inspector's phone stands: what was declared, what is held, and what waits
    /// for somebody.
    #[graphql(complexity = "50 + 10 * child_complexity")]
    async fn sync_health(&self, ctx: &Context<'_>) -> Result<SyncHealth, AppError> {
        SyncHealth::of(ctx).await
    }

    /// Whether the inspector's phone has of a collection what it should. Asked after a pull that left nothing: what changed
    /// since may differ, and comes with the next one. What still differs then is forgotten and pulled without a checkpoint. A
    /// change that no phone is shown yet, since whoever wrote before it has not ended, is no difference to whoever names documents.
    #[graphql(complexity = "50 + 10 * child_complexity")]
    async fn compare_pulled(
        &self,
        ctx: &Context<'_>,
        input: ComparePulledInput,
    ) -> Result<PulledComparison, AppError> {
        PulledComparison::of(ctx, input).await
    }
}

/// What an inspector's phone takes along.
#[derive(Description)]
pub(crate) struct PullView;

#[Object(name = "Pull", use_type_description)]
impl PullView {
    /// Visits on which the inspector was sent or was, with all that was recorded: open ones, and for thirty days those that are
    /// closed.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn visits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The checkpoint of the page before; none if the phone has nothing.")]
        checkpoint: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
    ) -> Result<PulledVisits, AppError> {
        PulledVisits::of(ctx, (checkpoint, first)).await
    }

    /// The merchants of these visits.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn merchants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The checkpoint of the page before; none if the phone has nothing.")]
        checkpoint: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
    ) -> Result<PulledMerchants, AppError> {
        PulledMerchants::of(ctx, (checkpoint, first)).await
    }

    /// The instruments in use on the ledgers of these merchants.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn instruments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The checkpoint of the page before; none if the phone has nothing.")]
        checkpoint: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
    ) -> Result<PulledInstruments, AppError> {
        PulledInstruments::of(ctx, (checkpoint, first)).await
    }

    /// The checklists.
    #[graphql(complexity = "50 + child_complexity")]
    async fn checklists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The checkpoint of the page before; none if the phone has nothing.")]
        checkpoint: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
    ) -> Result<PulledChecklists, AppError> {
        PulledChecklists::of(ctx, (checkpoint, first))
    }

    /// The measurement rules, each with its text.
    #[graphql(complexity = "50 + child_complexity")]
    async fn rule_editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The checkpoint of the page before; none if the phone has nothing.")]
        checkpoint: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
    ) -> Result<PulledRuleEditions, AppError> {
        PulledRuleEditions::of(ctx, (checkpoint, first))
    }

    /// The violations by their codes, as checklists name them.
    #[graphql(complexity = "50 + child_complexity")]
    async fn violations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The checkpoint of the page before; none if the phone has nothing.")]
        checkpoint: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
    ) -> Result<PulledViolations, AppError> {
        PulledViolations::of(ctx, (checkpoint, first))
    }
}
