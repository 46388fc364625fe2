//! Telling by what a request carries who calls.

use crate::{app::App, caller::Caller, error::AppError, ports::keys::Purpose, store};
use liangxin_domain::{
    accounts::settling::settles_on,
    actor::{Actor, SignedIn},
    id::{DeviceId, ReportId, UserId},
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

/// The actor behind a bearer token. No token is an anonymous citizen; every way in which a token does not
/// work has one code.
pub async fn recognise(app: &App, token: Option<&str>) -> Result<Recognised, AppError> {
    let Some(token) = token else {
        return Ok(Recognised::Fully(Actor::Anonymous));
    };
    let now = app.now();
    let expired = || AppError::from(Refusal::of(Code::SessionExpired));
    // First what nearly everybody shows: to prove a signature takes as long as some statements.
    let Some(claims) = app.keys.read(Purpose::Access, token, now) else {
        return match app.keys.read(Purpose::Upload, token, now) {
            // It sends photos; at every other door it is as if none had come.
            Some(_) => Ok(Recognised::Fully(Actor::Anonymous)),
            None => Err(expired()),
        };
    };
    let device = claims.device.ok_or_else(expired)?;
    let holder = holder(app, UserId::new(claims.sub), DeviceId::new(device)).await?;
    holder.ok_or_else(expired)
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

/// As [`recognise`], where a second factor cannot be set up: whoever has to is told so.
pub async fn authenticate(
    app: &App,
    stranger: Caller,
    token: Option<&str>,
) -> Result<Caller, AppError> {
    match recognise(app, token).await? {
        Recognised::Fully(actor) => Ok(stranger.known_as(actor)),
        Recognised::ToSetUp(_) => Err(Refusal::of(Code::SecondFactorMissing).into()),
    }
}
