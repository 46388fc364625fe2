//! Signing in on a device.

use super::{
    brake::{self, Trying},
    password,
    second_factor::{self, Spent},
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    ports::keys::Holder,
    store::{self, accounts::Known},
    tries::Compared,
    work::Work,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::{second_factor::Proof, session},
    actor::{Actor, Seat, SignedIn},
    event::Event,
    evidence::digest::Sha256,
    id::{DeviceId, UserId},
    limits::{ACCESS_TOKEN_SECONDS, DEVICE_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS},
    refusal::{Code, Refusal},
    text::{Email, Line},
};

/// What somebody shows beside the password.
#[derive(Debug)]
pub enum SecondFactor {
    /// Nothing.
    NotShown,
    /// A code; none if what was typed cannot be one.
    Shown(Option<Proof>),
}

/// What somebody signs in with.
#[derive(Debug)]
pub struct Credentials {
    /// The account's name.
    pub email: Email,
    /// The password; never logged.
    pub password: String,
    /// The second factor.
    pub second_factor: SecondFactor,
    /// What the device is called in the list of devices.
    pub device_name: Line,
    /// The device token of an earlier session on this device, which proves that it is not a stranger's.
    pub device_token: Option<String>,
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
    /// Shown when this device signs in again: strangers' wrong passwords do not count there.
    pub device_token: String,
}

/// Signs a person in and makes a new device with a token family of its own.
pub async fn sign_in(
    app: &App,
    caller: &Caller,
    credentials: Credentials,
) -> Result<Session, AppError> {
    let Credentials {
        email,
        password,
        second_factor,
        device_name,
        device_token,
    } = credentials;
    let known = store::accounts::find_by_email(&app.db, &email).await?;
    let account = known.as_ref().map(|known| known.user);
    let brakes = {
        let hash = known
            .as_ref()
            .and_then(|known| known.password_hash.as_deref());
        let device = brake::known_device(app, known.as_ref(), device_token.as_deref()).await?;
        let stranger = Trying::Stranger(&email, hash, &caller.address);
        brake::of(app, &device.map_or(stranger, Trying::Known))
    };
    let compare = compare(app, known, (password, &second_factor));
    let note = async |work: &Work| note_failure(work, account).await;
    let (user, spent) = app.tried_noting(&brakes, compare, note).await?;
    let spent = match spent {
        Factor::None => None,
        Factor::Missing => {
            return Err(Refusal::on(Code::SecondFactorRequired, "secondFactor").into());
        }
        Factor::Shown(spent) => Some(spent),
    };
    // The auditor of the office reads who signed in, so it is that person's act.
    let device = DeviceId::new(app.ids.uuid(app.now()));
    let work = app.work(&person(app, user, device).await?).await?;
    if let Some(spent) = spent {
        second_factor::spend(app, &work, user, (spent, "secondFactor")).await?;
    }
    // A right password forgives the wrong ones of this device or address, not those of strangers: it may be one's own.
    if let Some((own, _)) = brakes.first() {
        store::throttles::clear(&work, *own).await?;
    }
    store::devices::insert_device(&work, device, user, device_name.as_str()).await?;
    let first = URL_SAFE_NO_PAD.encode(app.ids.bytes::<32>());
    let session = issue(app, &work, (user, device), first).await?;
    app.record(&work, Event::SignedIn { user, device });
    work.commit().await?;
    Ok(session)
}

/// Who has shown to be the person of an account, on a new device.
async fn person(app: &App, user: UserId, device: DeviceId) -> Result<Actor, AppError> {
    let found = store::accounts::find(&app.db, user).await?;
    let account = found.ok_or_else(|| Refusal::of(Code::BadCredentials))?;
    Ok(Actor::User(SignedIn {
        user,
        device,
        roles: account.roles,
        seat: account.seat,
        settles_on: None,
    }))
}

/// A guess that was compared and wrong stands in the log of the account's office; the brakes bound how many there are.
async fn note_failure(work: &Work, account: Option<UserId>) -> Result<(), AppError> {
    let Some(account) = account else {
        return Ok(());
    };
    let found = store::accounts::find(work, account).await?;
    match found.map(|account| account.seat) {
        Some(Seat::Bureau { division, .. }) => {
            store::log::note_failed_sign_in(work, account, division).await
        }
        _ => Ok(()),
    }
}

/// How somebody with the right password stands with the second factor.
enum Factor {
    /// There is none.
    None,
    /// There is one, and nothing was shown. That is no guess, and not counted.
    Missing,
    /// A code was right.
    Shown(Spent),
}

/// Compares a password, and only after a right one the code of the second factor.
async fn compare(
    app: &App,
    known: Option<Known>,
    (password, shown): (String, &SecondFactor),
) -> Compared<(UserId, Factor)> {
    let wrong = Refusal::of(Code::BadCredentials);
    let hash = known.as_ref().and_then(|known| known.password_hash.clone());
    let compared = password::compare(app, password, (hash, wrong.clone())).await?;
    let (Some(known), Ok(())) = (known, compared) else {
        return Ok(Err(wrong));
    };
    let user = known.user;
    let factor = match (known.second_factor_at, shown) {
        (None, _) => Factor::None,
        (Some(_), SecondFactor::NotShown) => Factor::Missing,
        (Some(_), SecondFactor::Shown(proof)) => {
            let field = "secondFactor";
            match second_factor::compare(app, user, (proof.as_ref(), field)).await? {
                Ok(spent) => Factor::Shown(spent),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
    };
    Ok(Ok((user, factor)))
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
    let signed = |holder, life| {
        let signed = app.keys.issue(holder, (now, life));
        signed.map_err(|e| AppError::internal("sign a token", e))
    };
    let (user_id, device_id) = (user.uuid(), device.uuid());
    let access = Holder::Person {
        user: user_id,
        device: device_id,
    };
    let known = Holder::Device {
        user: user_id,
        device: device_id,
    };
    let access_token = signed(access, ACCESS_TOKEN_SECONDS)?;
    let device_token = signed(known, DEVICE_TOKEN_SECONDS)?;
    Ok(Session {
        user,
        device,
        access_token,
        access_expires_at: session::expiry(now, ACCESS_TOKEN_SECONDS),
        expires_in_seconds: ACCESS_TOKEN_SECONDS,
        refresh_token,
        device_token,
    })
}

pub(super) fn refresh_hash(app: &App, token: &str) -> Sha256 {
    Sha256::new(app.keys.hash("refresh token", token.as_bytes()))
}
