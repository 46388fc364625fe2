//! Telling by what a request carries who calls.

use super::sign_in::refresh_hash;
use crate::{app::App, caller::Caller, error::AppError, ports::keys::Purpose, store};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::{account::Account, settling::settles_on},
    actor::{Actor, Seat, SignedIn},
    id::{DeviceId, ReportId, UserId},
    places::division::DivisionCode,
    refusal::{Code, Refusal},
};

/// Who shows a token, and how far that reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// Somebody who may do what is theirs to do.
    Fully(Actor),
    /// Somebody who has to set up a second factor first, and may do that alone.
    ToSetUp(Actor),
}

/// What is known by a token: who shows it, and until when it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Who.
    pub by: Recognised,
    /// Until when; nothing where nobody is known by it.
    pub until: Option<DateTime<Utc>>,
}

impl From<Recognised> for Shown {
    fn from(by: Recognised) -> Self {
        Self { by, until: None }
    }
}

/// The actor behind a bearer token. No token is an anonymous citizen; every way in which a token does not
/// work has one code.
pub async fn recognise(app: &App, token: Option<&str>) -> Result<Shown, AppError> {
    let Some(token) = token else {
        return Ok(Recognised::Fully(Actor::Anonymous).into());
    };
    let now = app.now();
    let expired = || AppError::from(Refusal::of(Code::SessionExpired));
    // First what nearly everybody shows: to prove a signature takes as long as some statements.
    let Some(claims) = app.keys.read(Purpose::Access, token, now) else {
        return match app.keys.read(Purpose::Upload, token, now) {
            // It sends photos; at every other door it is as if none had come.
            Some(_) => Ok(Recognised::Fully(Actor::Anonymous).into()),
            None => Err(expired()),
        };
    };
    let device = claims.device.ok_or_else(expired)?;
    let holder = holder(app, UserId::new(claims.sub), DeviceId::new(device)).await?;
    Ok(Shown {
        by: holder.ok_or_else(expired)?,
        until: Some(claims.ends_at()),
    })
}

/// Whoever sends photos: the reporter of an upload token that was not revoked, or whom an access token names.
pub async fn sender(app: &App, stranger: Caller, token: Option<&str>) -> Result<Caller, AppError> {
    let claims = token.and_then(|token| app.keys.read(Purpose::Upload, token, app.now()));
    let Some(claims) = claims else {
        return authenticate(app, stranger, token).await;
    };
    let report = ReportId::new(claims.sub);
    if store::reports::upload_series(&app.db, report).await? != claims.series {
        return Err(Refusal::of(Code::SessionExpired).into());
    }
    Ok(stranger.known_as(Actor::Reporter(report)))
}

/// Who holds a live device; nothing once person or device is gone.
pub async fn holder(
    app: &App,
    user: UserId,
    device: DeviceId,
) -> Result<Option<Recognised>, AppError> {
    let found = store::accounts::find_signed_in(&app.db, user, device).await?;
    Ok(found.map(|holder| {
        let has_to_set_up = app
            .demand
            .is_unmet(&holder.person.roles, holder.second_factor_at);
        let given = holder.given_at;
        let person = Actor::User(SignedIn {
            settles_on: given.and_then(|at| settles_on(at, app.settling_days, app.now())),
            ..holder.person
        });
        if has_to_set_up {
            Recognised::ToSetUp(person)
        } else {
            Recognised::Fully(person)
        }
    }))
}

/// An officer whose session ended, and the device on which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// Who.
    pub user: UserId,
    /// On which device.
    pub device: DeviceId,
    /// Where the officer sits, or sat when the account was disabled.
    pub office: DivisionCode,
}

/// Whose session it was that a dead access or refresh token tells: of a device that this server knows, which is revoked, or whose
/// account is disabled. Whoever can sign in, or exchange the token, is told to.
pub async fn former(app: &App, token: &str) -> Result<Former, AppError> {
    let expired = || AppError::from(Refusal::of(Code::SessionExpired));
    let claims = app.keys.read_ended(Purpose::Access, token);
    let (user, device) = match claims.and_then(|claims| Some((claims.sub, claims.device?))) {
        Some((user, device)) => (UserId::new(user), DeviceId::new(device)),
        None => {
            let known = store::devices::find_refresh(&app.db, refresh_hash(app, token)).await?;
            let (user, known) = known.ok_or_else(expired)?;
            (user, known.device)
        }
    };
    let known = store::devices::find(&app.db, device).await?;
    let known = known.filter(|known| known.user == user);
    let account = store::accounts::find_ever(&app.db, user).await?;
    let (known, account) = known.zip(account).ok_or_else(expired)?;
    if known.revoked_at.is_none() && account.disabled_at.is_none() {
        return Err(expired());
    }
    match account.seat {
        Seat::Bureau { division, .. } => Ok(Former {
            user,
            device,
            office: division,
        }),
        Seat::Merchant(_) => Err(expired()),
    }
}

/// A person with an account as an actor, for what the person sent while the access was alive.
pub fn in_name_of(app: &App, account: Account, device: DeviceId) -> Actor {
    let given = account.given_at;
    Actor::User(SignedIn {
        user: account.id,
        device,
        roles: account.roles,
        seat: account.seat,
        settles_on: given.and_then(|at| settles_on(at, app.settling_days, app.now())),
    })
}

/// As [`recognise`], where a second factor cannot be set up: whoever has to is told so.
pub async fn authenticate(
    app: &App,
    stranger: Caller,
    token: Option<&str>,
) -> Result<Caller, AppError> {
    match recognise(app, token).await?.by {
        Recognised::Fully(actor) => Ok(stranger.known_as(actor)),
        Recognised::ToSetUp(_) => Err(Refusal::of(Code::SecondFactorMissing).into()),
    }
}
