//! Who one is, and on which devices.

use super::administration::{AccountPage, AccountView};
use super::types::{DeviceView, MeView, PersonView, devices};
use crate::{
    context::{Known as _, gone},
    page,
};
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, store};
use liangxin_domain::{
    refusal::{Code, Refusal},
    text::Email,
};

/// The reads of this noun.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// The person who asks.
    async fn me(&self, ctx: &Context<'_>) -> Result<MeView, AppError> {
        me(ctx).await
    }

    /// The devices of the person who asks, newest first.
    async fn my_devices(&self, ctx: &Context<'_>) -> Result<Vec<DeviceView>, AppError> {
        devices(ctx).await
    }

    /// The accounts of one's division and below, disabled ones too, oldest first.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only the one of this sign-in name.")] email: Option<String>,
        #[graphql(desc = "How many; 20 if not said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the page before.")] after: Option<String>,
    ) -> Result<AccountPage, AppError> {
        let page = page::parse(first, after.as_deref())?;
        let division = *ctx.actor()?.division().ok_or(Refusal::of(Code::Denied))?;
        let email = email
            .map(|email| Email::parse(&email, "email"))
            .transpose()?;
        let of = (division, email.as_ref());
        let found = store::accounts::page(&ctx.app()?.db, of, page).await?;
        Ok(AccountPage::of(found, AccountView))
    }

    /// The inspectors of one's division and below, for dispatch.
    async fn inspectors(&self, ctx: &Context<'_>) -> Result<Vec<PersonView>, AppError> {
        let division = *ctx.actor()?.division().ok_or(Refusal::of(Code::Denied))?;
        let found = store::accounts::list_inspectors(&ctx.app()?.db, division).await?;
        Ok(found.into_iter().map(PersonView).collect())
    }
}

/// The person who asks.
pub(super) async fn me(ctx: &Context<'_>) -> Result<MeView, AppError> {
    let me = ctx.actor()?.signed_in()?.user;
    let found = store::accounts::find(&ctx.app()?.db, me).await?;
    found.map(MeView).ok_or_else(gone)
}
