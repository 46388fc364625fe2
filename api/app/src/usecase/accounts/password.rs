//! Argon2id with the library's recommended cost, behind the gate for heavy work.

use super::brake;
use crate::{app::App, error::AppError, store, tries::Compared, turns::Heavy, work::Work};
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use liangxin_domain::{
    accounts::password::ChosenPassword,
    event::Event,
    id::{DeviceId, UserId},
    limits::PASSWORD_MAX_BYTES,
    refusal::Refusal,
    rewards::payout::ClaimPassword,
};

/// Hashes a new password.
pub async fn hash_password(app: &App, password: &ChosenPassword) -> Result<String, AppError> {
    hash(app, Heavy::Password, password.expose().to_owned()).await
}

/// Writes a new password and ends the devices of its person, but for one that is kept. Wrong tries are forgiven:
/// those of strangers count under the password that was.
pub(super) async fn replace(
    app: &App,
    work: &Work,
    user: UserId,
    (before, after): (Option<&str>, String),
    kept: Option<DeviceId>,
) -> Result<(), AppError> {
    store::accounts::save_password(work, user, before, after).await?;
    end_devices(app, work, user, kept).await?;
    store::password_codes::forget(work, user).await?;
    store::throttles::clear(work, brake::own(app, user).0).await
}

/// Ends the devices of a person, but for one that is kept.
pub(super) async fn end_devices(
    app: &App,
    work: &Work,
    user: UserId,
    kept: Option<DeviceId>,
) -> Result<(), AppError> {
    for device in store::devices::revoke_all(work, user, kept).await? {
        app.record(work, Event::DeviceRevoked { device });
    }
    Ok(())
}

/// Hashes the claim password of a report.
pub async fn hash_claim_password(app: &App, password: &ClaimPassword) -> Result<String, AppError> {
    hash(app, Heavy::ClaimPassword, password.expose().to_owned()).await
}

/// Compares a tried claim password with the hash of a report; a wrong one is refused so.
pub async fn compare_claim_password(
    app: &App,
    tried: &ClaimPassword,
    (hash, wrong): (String, Refusal),
) -> Compared<()> {
    let tried = tried.expose().to_owned();
    let is_right = verify(app, Heavy::ClaimPassword, (tried, Some(hash))).await?;
    Ok(is_right.then_some(()).ok_or(wrong))
}

async fn hash(app: &App, heavy: Heavy, password: String) -> Result<String, AppError> {
    app.in_turn(heavy, "hash a password", move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?
    .map_err(|e| AppError::internal("hash a password", e.to_string()))
}

/// Compares a password; a wrong one is refused so.
pub(super) async fn compare(
    app: &App,
    password: String,
    (hash, wrong): (Option<String>, Refusal),
) -> Compared<()> {
    let is_right = verify(app, Heavy::Password, (password, hash)).await?;
    Ok(is_right.then_some(()).ok_or(wrong))
}

/// Compares a password. Without a hash it does the same work for nothing, so that the time does
/// not tell whether an account exists.
async fn verify(
    app: &App,
    heavy: Heavy,
    (password, hash): (String, Option<String>),
) -> Result<bool, AppError> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Ok(false);
    }
    app.in_turn(heavy, "compare a password", move || match hash {
        Some(hash) => Argon2::default()
            .verify_password(password.as_bytes(), hash.as_str())
            .is_ok(),
        None => {
            let wasted = Argon2::default().hash_password(password.as_bytes());
            drop(wasted);
            false
        }
    })
    .await
}
