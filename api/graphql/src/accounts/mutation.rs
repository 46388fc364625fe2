//! Signing in, refreshing, revoking.

use super::{
    input::SignInInput,
    types::{DevicesPayload, SessionPayload},
};
use crate::context::Known as _;
use async_graphql::{Context, Object};
use liangxin_app::{error::AppError, usecase::accounts};
use liangxin_domain::{
    id::DeviceId,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// The writes of this noun.
#[derive(Default)]
pub struct AccountMutation;

#[Object(name = "AccountsMutation")]
impl AccountMutation {
    /// Signs in on a device. After five wrong passwords each further try has to wait.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        input: SignInInput,
    ) -> Result<SessionPayload, AppError> {
        let outcome = async { accounts::sign_in(ctx.app()?, ctx.caller()?, input.parse()?).await };
        SessionPayload::of(ctx, outcome.await)
    }

    /// Exchanges a refresh token for new tokens. After a lost answer send it again: the one that was used last is
    /// answered with the same successor until that is used. An older one that comes back ends the session,
    /// because one of the two who hold it is a thief.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret)] refresh_token: String,
    ) -> Result<SessionPayload, AppError> {
        let outcome = async {
            if refresh_token.len() > 128 {
                return Err(Refusal::of(Code::SessionExpired).into());
            }
            accounts::refresh(ctx.app()?, &refresh_token).await
        };
        SessionPayload::of(ctx, outcome.await)
    }

    /// Ends a device of one's own; its tokens stop to work at once.
    async fn revoke_device(
        &self,
        ctx: &Context<'_>,
        device_id: Uuid,
    ) -> Result<DevicesPayload, AppError> {
        let outcome =
            accounts::revoke_device(ctx.app()?, ctx.caller()?, DeviceId::new(device_id)).await;
        DevicesPayload::of(ctx, outcome).await
    }
}
