//! What became of a write on a reward.

use super::{file::RewardFile, types::RewardView};
use crate::{
    context::Known as _,
    problem::{Problem, settle},
};
use async_graphql::{Context, Enum, SimpleObject};
use liangxin_app::{
    error::AppError,
    store,
    usecase::rewards::{self, PaymentFile},
};
use liangxin_domain::{
    actor::Actor,
    id::{ReportId, RewardId},
};

/// What became of a screening, or of what a reporter did.
#[derive(SimpleObject)]
pub(crate) struct RewardPayload {
    /// The reward as it stands now, unless refused.
    reward: Option<RewardView>,
    /// Why not.
    problems: Vec<Problem>,
}

impl RewardPayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        outcome: Result<ReportId, AppError>,
    ) -> Result<Self, AppError> {
        let actor = ctx.actor()?.clone();
        Self::seen_by(ctx, outcome, |_| actor).await
    }

    /// For a reporter, who is known by the receipt code of the write alone.
    pub(super) async fn of_reporter(
        ctx: &Context<'_>,
        outcome: Result<ReportId, AppError>,
    ) -> Result<Self, AppError> {
        Self::seen_by(ctx, outcome, Actor::Reporter).await
    }

    async fn seen_by(
        ctx: &Context<'_>,
        outcome: Result<ReportId, AppError>,
        actor: impl FnOnce(ReportId) -> Actor,
    ) -> Result<Self, AppError> {
        let (report, problems) = settle(outcome, ctx.lang())?;
        let reward = match report {
            Some(report) => store::rewards::find(&ctx.app()?.db, &actor(report), report)
                .await?
                .map(RewardView),
            None => None,
        };
        Ok(Self { reward, problems })
    }
}

payload! {
    /// What became of an officer's step on a reward.
    RewardFilePayload {
        /// The reward as it stands now, unless refused.
        reward: RewardFile,
        /// Why nothing changed.
        problems,
    }
    of |ctx, (actor, id): (Actor, RewardId)| Some(RewardFile(
        store::rewards::get(&ctx.app()?.db, &actor, id).await?,
    ))
}

/// How the payees stand in the file for finance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "PayeesForm", remote = "rewards::PayeesForm")]
pub(crate) enum PayeesFormView {
    /// All can be read.
    Open,
    /// At least one is sealed to an identity key that this server does not hold: the word in its
    /// column `payee` is `sealed`.
    Sealed,
}

/// The file that finance pays by.
#[derive(SimpleObject)]
pub(crate) struct ExportPaymentsPayload {
    /// Comma-separated, UTF-8, one line a payee; it names neither report nor case. Bank data: hand
    /// it to finance and keep no copy. Where the column `payee` says `sealed`, `account_name` and
    /// `account_number` are age ciphertexts in base64, which whoever holds the identity key opens:
    /// `base64 -d | age -d -i KEY`. Inside is JSON, whose `value` has one line for each part of the
    /// reward: the name, and the bank with a tab and the number.
    csv: Option<String>,
    /// How the payees stand in it.
    payees: Option<PayeesFormView>,
    /// Why not.
    problems: Vec<Problem>,
}

impl ExportPaymentsPayload {
    pub(super) fn of(
        ctx: &Context<'_>,
        outcome: Result<PaymentFile, AppError>,
    ) -> Result<Self, AppError> {
        let (file, problems) = settle(outcome, ctx.lang())?;
        let payees = file.as_ref().map(|file| file.payees.into());
        let csv = file.map(|file| file.csv);
        Ok(Self {
            csv,
            payees,
            problems,
        })
    }
}
