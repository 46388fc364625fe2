//! The queue, one complaint, and coming back with the receipt code.

use super::types::{ComplaintPage, ComplaintView, TrackComplaintPayload, find};
use crate::{context::Known as _, page};
use async_graphql::{Context, Object};
use liangxin_app::{
    error::AppError,
    store,
    usecase::{complaints, supervision},
};
use liangxin_domain::{complaints::state::ComplaintStateKind, event::Event, id::ComplaintId};
use uuid::Uuid;

/// The reads of this noun.
#[derive(Default)]
pub struct ComplaintQuery;

#[Object]
impl ComplaintQuery {
    /// The complaints that the caller may see: by the day on which the office has to have done something, then those
    /// without a day, then those that are over.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn complaints(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that have come this far.")] state: Option<ComplaintStateKind>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<ComplaintPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let viewer = ctx.actor()?;
        let found = store::complaints::list(&ctx.app()?.db, viewer, state, page).await?;
        Ok(ComplaintPage::of(found, |complaint| ComplaintView {
            complaint,
            viewer: viewer.clone(),
        }))
    }

    /// A complaint; null if there is none that the caller may see.
    async fn complaint(
        &self,
        ctx: &Context<'_>,
        id: Uuid,
    ) -> Result<Option<ComplaintView>, AppError> {
        let found = find(ctx, ctx.actor()?.clone(), ComplaintId::new(id)).await?;
        if let Some(ComplaintView { complaint, .. }) = &found {
            let event = Event::ComplaintInspected {
                complaint: complaint.id,
            };
            let division = &complaint.division;
            supervision::opened(ctx.app()?, ctx.caller()?, division, event).await?;
        }
        Ok(found)
    }

    /// A complaint by its receipt code, as its complainant sees it. Sent by POST only.
    async fn track_complaint(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<TrackComplaintPayload, AppError> {
        let outcome = async {
            let found = complaints::complainant_of(ctx.app()?, ctx.caller()?, &receipt_code).await;
            found.map(|(complaint, complainant)| (complaint, complainant.actor))
        };
        TrackComplaintPayload::of(ctx, outcome.await).await
    }
}
