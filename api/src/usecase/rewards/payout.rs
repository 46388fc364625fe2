//! Where the money goes: sealed when it comes in, opened for the file of finance alone. This is the
//! one place that knows how; nothing else in the program reads bank data.

use crate::{
    app::App,
    error::AppError,
    store::{self, rewards::Payout},
    work::{Source, Work},
};
use liangxin_domain::{evidence::digest::Sha256, id::RewardId, rewards::payout::Payee};

/// Seals the payees for the row of a reward.
fn seal(app: &App, reward: RewardId, payees: &[Payee]) -> Result<Vec<u8>, AppError> {
    let plain = write(payees)?;
    app.keys
        .seal(&app.ids, reward.uuid(), &plain)
        .ok_or_else(|| AppError::internal("seal a payout", "the cipher refused"))
}

/// Keeps the payees of a claimed reward.
pub(super) async fn keep(
    app: &App,
    work: &Work,
    reward: RewardId,
    payees: &[Payee],
) -> Result<(), AppError> {
    let sealed = seal(app, reward, payees)?;
    store::rewards::insert_payout(work, Payout { reward, sealed }).await
}

/// Opens the payees of a reward; nothing once they were purged.
pub(super) async fn open(
    app: &App,
    source: &impl Source,
    reward: RewardId,
) -> Result<Option<Vec<Payee>>, AppError> {
    let Some(payout) = store::rewards::sealed_payout(source, reward).await? else {
        return Ok(None);
    };
    let plain = app
        .keys
        .unseal(reward.uuid(), &payout.sealed)
        .ok_or_else(|| AppError::internal("open a payout", "the key does not fit"))?;
    let payees = serde_json::from_str(&plain);
    payees
        .map(Some)
        .map_err(|_| AppError::internal("open a payout", "the content is damaged"))
}

/// A keyed digest of the payees, so that the digest of a command gives no account number away.
pub(super) fn digest(app: &App, payees: &[Payee]) -> Result<Sha256, AppError> {
    let plain = write(payees)?;
    Ok(Sha256::new(app.keys.hash("payees", plain.as_bytes())))
}

fn write(payees: &[Payee]) -> Result<String, AppError> {
    serde_json::to_string(payees).map_err(|e| AppError::internal("write a payout", e))
}
