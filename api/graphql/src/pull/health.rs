//! How what a phone sent stands.

use crate::{context::Known as _, moment::Moment};
use async_graphql::{Context, SimpleObject};
use liangxin_app::{
    error::AppError,
    store::phone_documents::Standing,
    usecase::pull::{self, Short},
};
use liangxin_domain::{inspections::visit::VisitStateKind, pull::Wait};
use uuid::Uuid;

/// A visit of which something is missing.
#[derive(SimpleObject)]
pub(crate) struct VisitHealth {
    /// The visit.
    visit_id: Uuid,
    /// How far it has come.
    state: VisitStateKind,
    /// What it waits for.
    waits_for: Vec<Wait>,
    /// Photos that were declared and not withdrawn.
    photos_declared: u64,
    /// Those of them that the server holds.
    photos_held: u64,
    /// Photos that came and were not declared.
    photos_parked: u64,
}

impl VisitHealth {
    fn of(Short { visit, waits }: Short) -> Self {
        Self {
            visit_id: visit.visit.uuid(),
            state: visit.state,
            waits_for: waits,
            photos_declared: visit.photos_declared,
            photos_held: visit.photos_held,
            photos_parked: visit.photos_parked,
        }
    }
}

/// How everything stands that was recorded on the visits of an inspector's phone.
#[derive(SimpleObject)]
pub(crate) struct SyncHealth {
    /// When this was counted.
    at: Moment,
    /// Visits that the phone takes along.
    visits: u64,
    /// Those of them that are not closed.
    open_visits: u64,
    /// Measurements on them, void ones too.
    measurements: u64,
    /// Marks and seals that were looked at, void ones too.
    instrument_checks: u64,
    /// Photos that were declared and not withdrawn.
    photos_declared: u64,
    /// Those of them that the server holds.
    photos_held: u64,
    /// Those of them that are still to come.
    photos_missing: u64,
    /// Photos that were declared and will not come.
    photos_withdrawn: u64,
    /// Photos that came and were not declared.
    photos_parked: u64,
    /// The visits of which something is missing, by id.
    waiting: Vec<VisitHealth>,
}

impl SyncHealth {
    pub(super) async fn of(ctx: &Context<'_>) -> Result<Self, AppError> {
        let app = ctx.app()?;
        let health = pull::health(app, ctx.actor()?).await?;
        let visits = &health.visits;
        let sum = |of: fn(&Standing) -> u64| -> u64 { visits.iter().map(of).sum() };
        let open = |visit: &Standing| u64::from(visit.state != VisitStateKind::Submitted);
        Ok(Self {
            at: Moment(app.now()),
            visits: sum(|_| 1),
            open_visits: sum(open),
            measurements: sum(|visit| visit.measurements),
            instrument_checks: sum(|visit| visit.checks),
            photos_declared: sum(|visit| visit.photos_declared),
            photos_held: sum(|visit| visit.photos_held),
            photos_missing: sum(|visit| visit.photos_missing),
            photos_withdrawn: sum(|visit| visit.photos_withdrawn),
            photos_parked: sum(|visit| visit.photos_parked),
            waiting: health.short.into_iter().map(VisitHealth::of).collect(),
        })
    }
}
