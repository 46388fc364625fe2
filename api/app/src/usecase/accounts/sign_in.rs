//! Signing in on a device.

use super::password;
use crate::{app::App, error::AppError, ports::keys::Purpose, store, work::Work};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::{
        session,
        throttle::{FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS, Throttle},
    },
    actor::Actor,
    event::Event,
    evidence::digest::Sha256,
    id::{DeviceId, UserId},
    limits::{ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS},
    refusal::{Code, Refusal},
    text::{Email, Line},
};

/// What somebody signs in with.
#[derive(Debug)]
pub struct Credentials {
    /// The account's name.
    pub email: Email,
    /// The password; never logged.
    pub password: String,
    /// What the device is called in the list of devices.
    pub device_name: Line,
    /// The network address, for the brake on guessing.
    pub address: String,
}

/// The tokens of a device.
#[derive(Clone)]
pub struct Session {
    /// The person.
    pub user: UserId,
    /// The device.
    pub device: DeviceId,
    /// Good for fifteen minutes.
    pub access_token: String,
    /// Until when.
    pub access_expires_at: DateTime<Utc>,
    /// The same as seconds from now, for a phone whose clock is wrong.
    pub expires_in_seconds: i64,
    /// Good for one exchange.
    pub refresh_token: String,
}

/// Signs a person in and makes a new device with a token family of its own.
///
/// The try is counted before the password is compared, and taken back when it was right, or was never compared: a
/// thousand guesses sent at once meet the brake like a thousand sent in a row.
pub async fn sign_in(app: &App, credentials: Credentials) -> Result<Session, AppError> {
    let Credentials {
        email,
        password,
        device_name,
        address,
    } = credentials;
    let account = Sha256::new(app.keys.hash("throttle account", email.as_str().as_bytes()));
    let address = Sha256::new(app.keys.hash("throttle address", address.as_bytes()));
    count_try(
        app,
        [(account, FREE_FOR_ACCOUNT), (address, FREE_FOR_ADDRESS)],
    )
    .await?;
    let known = store::accounts::find_by_email(&app.db, &email).await?;
    let (user, hash) = known.map_or((None, None), |(user, hash)| (Some(user), Some(hash)));
    let compared = password::verify(app, password, hash).await;
    if compared.is_err() {
        // A server that was too busy to compare has seen no wrong password.
        let work = app.work(&Actor::Anonymous).await?;
        store::throttles::take_back(&work, account).await?;
        store::throttles::take_back(&work, address).await?;
        work.commit().await?;
    }
    let is_right = compared?;
    let (Some(user), true) = (user, is_right) else {
        return Err(Refusal::of(Code::BadCredentials).into());
    };
    let work = app.work(&Actor::Anonymous).await?;
    store::throttles::clear(&work, account).await?;
    store::throttles::take_back(&work, address).await?;
    let device = DeviceId::new(app.ids.uuid(work.now()));
    store::devices::insert_device(&work, device, user, device_name.as_str()).await?;
    let first = URL_SAFE_NO_PAD.encode(app.ids.bytes::<32>());
    let session = issue(app, &work, (user, device), first).await?;
    app.record(&work, Event::SignedIn { user, device });
    work.commit().await?;
    Ok(session)
}

async fn count_try(app: &App, brakes: [(Sha256, i32); 2]) -> Result<(), AppError> {
    let work = app.work(&Actor::Anonymous).await?;
    for (key, free) in brakes {
        let before = store::throttles::lock(&work, key).await?;
        let wait = before.wait_seconds(free, work.now());
        if wait > 0 {
            return Err(Refusal::of(Code::TooManyAttempts)
                .with(wait.to_string())
                .into());
        }
        store::throttles::save(&work, key, Throttle::failed(Some(before), work.now())).await?;
    }
    work.commit().await
}

/// Issues a refresh token to a device, with an access token beside it; the database gets the refresh token's
/// hash alone.
pub(super) async fn issue(
    app: &App,
    work: &Work,
    (user, device): (UserId, DeviceId),
    refresh_token: String,
) -> Result<Session, AppError> {
    let expires_at = session::expiry(work.now(), REFRESH_TOKEN_SECONDS);
    store::devices::insert_refresh(work, refresh_hash(app, &refresh_token), device, expires_at)
        .await?;
    tokens(app, work.now(), (user, device), refresh_token)
}

/// A refresh token that was issued, with an access token that works from now.
pub(super) fn tokens(
    app: &App,
    now: DateTime<Utc>,
    (user, device): (UserId, DeviceId),
    refresh_token: String,
) -> Result<Session, AppError> {
    let access_token = app
        .keys
        .issue(
            Purpose::Access,
            user.uuid(),
            Some(device.uuid()),
            (now, ACCESS_TOKEN_SECONDS),
        )
        .map_err(|e| AppError::internal("sign a token", e))?;
    Ok(Session {
        user,
        device,
        access_token,
        access_expires_at: session::expiry(now, ACCESS_TOKEN_SECONDS),
        expires_in_seconds: ACCESS_TOKEN_SECONDS,
        refresh_token,
    })
}

pub(super) fn refresh_hash(app: &App, token: &str) -> Sha256 {
    Sha256::new(app.keys.hash("refresh token", token.as_bytes()))
}
