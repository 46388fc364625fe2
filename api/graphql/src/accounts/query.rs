//! Who one is, and on which devices.

use super::types::{DeviceView, MeView, PersonView, devices};
use crate::context::{Known as _, gone};
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, store};
use liangxin_domain::refusal::{Code, Refusal};

/// The reads of this noun.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// The person who asks.
    async fn me(&self, ctx: &Context<'_>) -> Result<MeView, AppError> {
        let me = ctx.actor()?.signed_in()?.user;
        store::accounts::find(&ctx.app()?.db, me)
            .await?
            .map(MeView)
            .ok_or_else(gone)
    }

    /// The devices of the person who asks, newest first.
    async fn my_devices(&self, ctx: &Context<'_>) -> Result<Vec<DeviceView>, AppError> {
        devices(ctx).await
    }

    /// The inspectors of one's division and below, for dispatch.
    async fn inspectors(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let division = *ctx.actor()?.division().ok_or(Refusal::of(Code::Denied))?;
        let found = store::accounts::list_inspectors(&ctx.app()?.db, division).await?;
        Ok(found.into_iter().map(PersonView).collect())
    }
}
