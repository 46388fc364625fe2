//! What became of a write on a reward.

use super::{file::RewardFile, types::RewardView};
use crate::{
    context::Known as _,
    problem::{Outcome, Problem, settle},
};
use async_graphql::{Context, SimpleObject};
use liangxin_app::{
    error::AppError,
    store,
    usecase::{rewards::PaymentFile, step::Written},
};
use liangxin_domain::{
    actor::Actor,
    id::{ReportId, RewardId},
    refusal::{Code, Refusal},
    rewards::{payout::PayeesForm, reward::Reward},
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
        outcome: Result<Outcome<ReportId>, AppError>,
    ) -> Result<Self, AppError> {
        let actor = ctx.actor()?.clone();
        Self::seen_by(ctx, outcome, |_| actor, RewardView::to_office).await
    }

    /// For a reporter, who is known by the receipt code of the write alone.
    pub(super) async fn of_reporter(
        ctx: &Context<'_>,
        outcome: Result<ReportId, AppError>,
    ) -> Result<Self, AppError> {
        let outcome = outcome.map(Outcome::from);
        Self::seen_by(ctx, outcome, Actor::Reporter, RewardView::of).await
    }

    async fn seen_by(
        ctx: &Context<'_>,
        outcome: Result<Outcome<ReportId>, AppError>,
        actor: impl FnOnce(ReportId) -> Actor,
        view: fn(Reward) -> RewardView,
    ) -> Result<Self, AppError> {
        let (done, problems) = settle(outcome, ctx.lang())?;
        let Some(Outcome {
            of: report,
            written,
        }) = done
        else {
            return Ok(Self {
                reward: None,
                problems,
            });
        };
        let found = store::rewards::find(&ctx.app()?.db, &actor(report), report).await?;
        let reward = match written {
            Written::Now => {
                let found = found.ok_or_else(|| Refusal::of(Code::NotFound).into());
                Some(AppError::written(found)?)
            }
            Written::Before => found,
        };
        Ok(Self {
            reward: reward.map(view),
            problems,
        })
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

/// The file that finance pays by.
#[derive(SimpleObject)]
pub(crate) struct ExportPaymentsPayload {
    /// The number of the file, such as `FK-430103-2026-000001`; null if nothing was due, and no file was made.
    number: Option<String>,
    /// How many rewards stand in it.
    rewards: Option<usize>,
    /// Comma-separated, UTF-8 with a byte order mark, one line a payee; it names neither report nor case. Bank
    /// data: hand it to finance and keep no copy. The digits of an account stand in groups of four; an apostrophe
    /// stands in front of what a spreadsheet would take for a formula or a number. Where the column `payee` says
    /// `sealed`, `account_name` and
    /// `account_number` are age ciphertexts in base64, which whoever holds the identity key opens:
    /// `base64 -d | age -d -i KEY`. Inside is JSON, whose `value` has one line for each part of the
    /// reward: the name, and the bank with a tab and the number.
    csv: Option<String>,
    /// How the payees stand in it.
    payees: Option<PayeesForm>,
    /// Why not.
    problems: Vec<Problem>,
}

impl ExportPaymentsPayload {
    pub(super) fn of(
        ctx: &Context<'_>,
        outcome: Result<PaymentFile, AppError>,
    ) -> Result<Self, AppError> {
        let (file, problems) = settle(outcome, ctx.lang())?;
        let payees = file.as_ref().map(|file| file.payees);
        let rewards = file.as_ref().map(|file| file.rewards);
        let (number, csv) = file.map_or((None, None), |file| (file.number, Some(file.csv)));
        Ok(Self {
            number,
            rewards,
            csv,
            payees,
            problems,
        })
    }
}
