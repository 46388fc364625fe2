//! Argon2id with the library's recommended cost, behind the gate for heavy work.

use crate::{app::App, error::AppError, turns::Heavy};
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use liangxin_domain::{
    limits::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS},
    refusal::{Code, Refusal},
    rewards::payout::ClaimPassword,
};

/// Hashes a new password; one that is too short or absurdly long is refused.
pub async fn hash_password(app: &App, password: String) -> Result<String, AppError> {
    if password.chars().count() < PASSWORD_MIN_CHARS || password.len() > PASSWORD_MAX_BYTES {
        return Err(Refusal::on(Code::PasswordTooWeak, "password")
            .with(format!("≥ {PASSWORD_MIN_CHARS}"))
            .into());
    }
    hash(app, password).await
}

/// Hashes the claim password of a report.
pub async fn hash_claim_password(app: &App, password: &ClaimPassword) -> Result<String, AppError> {
    hash(app, password.expose().to_owned()).await
}

/// Compares a tried claim password with the hash of a report.
pub async fn verify_claim_password(
    app: &App,
    tried: &ClaimPassword,
    hash: String,
) -> Result<bool, AppError> {
    verify(app, tried.expose().to_owned(), Some(hash)).await
}

async fn hash(app: &App, password: String) -> Result<String, AppError> {
    app.in_turn(Heavy::Password, "hash a password", move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?
    .map_err(|e| AppError::internal("hash a password", e.to_string()))
}

/// Compares a password. Without a hash it does the same work for nothing, so that the time does
/// not tell whether an account exists.
pub(super) async fn verify(
    app: &App,
    password: String,
    hash: Option<String>,
) -> Result<bool, AppError> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Ok(false);
    }
    app.in_turn(Heavy::Password, "compare a password", move || match hash {
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
