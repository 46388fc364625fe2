//! One's own second factor.

use super::{input::within_bounds, query::me, types::MeView};
use crate::{
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use liangxin_app::{
    error::AppError,
    usecase::accounts::{self, BegunFactor},
};
use liangxin_domain::{
    accounts::{code::OneTimeCode, second_factor::Proof},
    id::CommandId,
    refusal::Refusal,
};
use uuid::Uuid;

/// Show a code for one's own second factor.
#[derive(InputObject)]
struct SecondFactorInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The code that the phone shows; a recovery code where one is taken.
    #[graphql(secret)]
    code: String,
}

impl SecondFactorInput {
    fn parse(&self) -> Result<(CommandId, Option<Proof>), Refusal> {
        Ok((CommandId::parse(self.id, "id")?, Proof::parse(&self.code)))
    }
}

/// A secret for an authenticator app.
#[derive(SimpleObject)]
struct BeginSecondFactorPayload {
    /// To be typed into the app, in base 32.
    secret: Option<String>,
    /// To be scanned as a QR code (`otpauth://…`).
    uri: Option<String>,
    /// Why there is none.
    problems: Vec<Problem>,
}

/// Recovery codes. They are shown once: repeat the same write to see them again.
#[derive(SimpleObject)]
struct RecoveryCodesPayload {
    /// Ten codes, each of which takes the place of the phone once. To be written down, away from the phone.
    recovery_codes: Option<Vec<String>>,
    /// Why there are none.
    problems: Vec<Problem>,
}

impl RecoveryCodesPayload {
    fn of(
        ctx: &Context<'_>,
        outcome: Result<Vec<OneTimeCode>, AppError>,
    ) -> Result<Self, AppError> {
        let (codes, problems) = settle(outcome, ctx.lang())?;
        let shown = |codes: Vec<OneTimeCode>| codes.iter().map(ToString::to_string).collect();
        Ok(Self {
            recovery_codes: codes.map(shown),
            problems,
        })
    }
}

payload! {
    /// What became of doing without a second factor.
    EndSecondFactorPayload {
        /// Whoever asks, as they stand now, unless refused.
        me: MeView,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (): ()| Some(me(ctx).await?)
}

/// The writes about one's own second factor.
#[derive(Default)]
pub struct SecondFactorMutation;

#[Object(name = "SecondFactorMutation")]
impl SecondFactorMutation {
    /// Begins a second factor: answers a secret for an authenticator app (TOTP: SHA-1, 6 digits, 30 seconds). It is
    /// not asked for before `confirmSecondFactor`.
    async fn begin_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret, desc = "One's password.")] password: String,
    ) -> Result<BeginSecondFactorPayload, AppError> {
        let outcome = async {
            let password = within_bounds(password, "password")?;
            accounts::begin_second_factor(ctx.app()?, ctx.caller()?, password).await
        };
        let (begun, problems) = settle(outcome.await, ctx.lang())?;
        let (secret, uri) = begun
            .map(|BegunFactor { secret, uri }| (secret, uri))
            .unzip();
        Ok(BeginSecondFactorPayload {
            secret,
            uri,
            problems,
        })
    }

    /// Confirms by a code of the app: from now on `signIn` asks for one. The other devices are revoked.
    async fn confirm_second_factor(
        &self,
        ctx: &Context<'_>,
        input: SecondFactorInput,
    ) -> Result<RecoveryCodesPayload, AppError> {
        let outcome = async {
            let (id, proof) = input.parse()?;
            accounts::confirm_second_factor(ctx.app()?, ctx.caller()?, id, proof).await
        };
        RecoveryCodesPayload::of(ctx, outcome.await)
    }

    /// Makes ten new recovery codes; the old ones no longer work.
    async fn renew_recovery_codes(
        &self,
        ctx: &Context<'_>,
        input: SecondFactorInput,
    ) -> Result<RecoveryCodesPayload, AppError> {
        let outcome = async {
            let (id, proof) = input.parse()?;
            accounts::renew_recovery_codes(ctx.app()?, ctx.caller()?, id, proof).await
        };
        RecoveryCodesPayload::of(ctx, outcome.await)
    }

    /// Ends one's own second factor, to do without or to begin anew on another phone.
    async fn end_second_factor(
        &self,
        ctx: &Context<'_>,
        input: SecondFactorInput,
    ) -> Result<EndSecondFactorPayload, AppError> {
        let outcome = async {
            let (id, proof) = input.parse()?;
            accounts::end_second_factor(ctx.app()?, ctx.caller()?, id, proof).await
        };
        EndSecondFactorPayload::of(ctx, outcome.await).await
    }
}
