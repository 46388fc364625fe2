//! Changing a password, and choosing a new one by a code.

use super::{input::within_bounds, types::DevicesPayload};
use crate::{
    context::Known as _,
    moment::Moment,
    problem::{Problem, settle},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::accounts::{self, ChangedPassword, MadeCode, TriedCode},
};
use liangxin_domain::{
    accounts::{code::OneTimeCode, password::ChosenPassword},
    id::{CommandId, UserId},
    refusal::Refusal,
    text::Email,
};
use uuid::Uuid;

/// Change one's own password.
#[derive(InputObject)]
struct ChangePasswordInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The present password.
    #[graphql(secret)]
    old_password: String,
    /// The new one. At least 12 characters, at most 256 bytes.
    #[graphql(secret)]
    password: String,
}

impl ChangePasswordInput {
    fn parse(self) -> Result<(CommandId, ChangedPassword), Refusal> {
        let change = ChangedPassword {
            old: within_bounds(self.old_password, "oldPassword")?,
            password: ChosenPassword::parse(self.password)?,
        };
        Ok((CommandId::parse(self.id, "id")?, change))
    }
}

step_inputs! {
    user_id "The person of the account.", id "Made by the client; names this write.";

    /// Make a code for a new password.
    MakePasswordCodeInput {}
}

/// Choose a new password by a code.
#[derive(InputObject)]
struct UsePasswordCodeInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// Sign-in name.
    email: String,
    /// The code, as it was handed over.
    #[graphql(secret)]
    code: String,
    /// The new password. At least 12 characters, at most 256 bytes.
    #[graphql(secret)]
    password: String,
}

impl UsePasswordCodeInput {
    fn parse(self) -> Result<(CommandId, TriedCode), Refusal> {
        let tried = TriedCode {
            email: Email::parse(&self.email, "email")?,
            code: OneTimeCode::parse(&self.code),
            password: ChosenPassword::parse(self.password)?,
        };
        Ok((CommandId::parse(self.id, "id")?, tried))
    }
}

/// A code for a new password. It is shown once: repeat the same write to see it again.
#[derive(SimpleObject)]
struct PasswordCodePayload {
    /// The code, unless refused. Hand it over in person, or by a way that nobody else reads.
    code: Option<String>,
    /// Until when it works (24 hours). It works once.
    expires_at: Option<Moment>,
    /// Why none was made.
    problems: Vec<Problem>,
}

/// What became of choosing a new password.
#[derive(SimpleObject)]
struct PasswordPayload {
    /// Whether the new password is the one to sign in with.
    is_set: bool,
    /// Why not.
    problems: Vec<Problem>,
}

/// The writes about passwords.
#[derive(Default)]
pub struct PasswordMutation;

#[Object(name = "PasswordsMutation")]
impl PasswordMutation {
    /// Changes one's own password. The other devices are revoked.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        input: ChangePasswordInput,
    ) -> Result<DevicesPayload, AppError> {
        let outcome = async {
            let (id, change) = input.parse()?;
            accounts::change_password(ctx.app()?, ctx.caller()?, id, change).await
        };
        DevicesPayload::of(ctx, outcome.await).await
    }

    /// Makes a code by which the person of an account chooses a new password. An earlier one no longer works.
    async fn make_password_code(
        &self,
        ctx: &Context<'_>,
        input: MakePasswordCodeInput,
    ) -> Result<PasswordCodePayload, AppError> {
        let outcome = async {
            let id = CommandId::parse(input.id, "id")?;
            let user = UserId::new(input.user_id);
            accounts::make_password_code(ctx.app()?, ctx.caller()?, id, user).await
        };
        let (made, problems) = settle(outcome.await, ctx.lang())?;
        let (code, expires_at) = made
            .map(|MadeCode { code, expires_at }| (code.to_string(), expires_at))
            .unzip();
        Ok(PasswordCodePayload {
            code,
            expires_at: expires_at.map(Moment),
            problems,
        })
    }

    /// Chooses a new password by a code, without signing in. All devices of the account are revoked.
    async fn use_password_code(
        &self,
        ctx: &Context<'_>,
        input: UsePasswordCodeInput,
    ) -> Result<PasswordPayload, AppError> {
        let outcome = async {
            let (id, tried) = input.parse()?;
            accounts::use_password_code(ctx.app()?, ctx.caller()?, id, tried).await
        };
        let (set, problems) = settle(outcome.await, ctx.lang())?;
        Ok(PasswordPayload {
            is_set: set.is_some(),
            problems,
        })
    }
}
