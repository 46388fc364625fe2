//! Calling phones to pull.

use crate::{context::Known as _, moment::Moment};
use async_graphql::{Context, SimpleObject, Subscription};
use futures_util::{StreamExt as _, stream::BoxStream};
use liangxin_app::{error::AppError, usecase::pull};

/// A call to pull. It says nothing else: what changed, the pull tells.
#[derive(SimpleObject)]
pub(crate) struct PullNow {
    /// When the server called.
    at: Moment,
}

/// What phones listen to in this noun.
#[derive(Default)]
pub struct PullSubscription;

#[Subscription]
impl PullSubscription {
    /// Calls an inspector's phone to pull: at once, since something may have changed while nobody listened, and then
    /// within seconds whenever something changed of the visits, merchants and instruments that `pull` answers. Served as a
    /// stream of events. It ends after ten minutes at the latest, and with the access token or the session; the phone comes
    /// again then.
    async fn pull_now(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, PullNow>, AppError> {
        let until = ctx.until()?.map(|until| until.0);
        let calls = pull::listen(ctx.app()?, ctx.actor()?, until).await?;
        Ok(calls.map(|at| PullNow { at: Moment(at) }).boxed())
    }
}
