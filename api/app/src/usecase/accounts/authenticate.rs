//! Turning what a request carries into an actor.

use crate::{app::App, error::AppError, ports::keys::Purpose, store};
use liangxin_domain::{
    actor::Actor,
    id::{DeviceId, ReportId, UserId},
    refusal::{Code, Refusal},
};

/// The actor behind a bearer token. No token is an anonymous citizen; every way in which a token does not
/// work has one code.
pub async fn authenticate(app: &App, token: Option<&str>) -> Result<Actor, AppError> {
    let Some(token) = token else {
        return Ok(Actor::Anonymous);
    };
    let now = app.now();
    if let Some(claims) = app.keys.read(Purpose::Upload, token, now) {
        return Ok(Actor::Reporter(ReportId::new(claims.sub)));
    }
    let expired = || AppError::from(Refusal::of(Code::SessionExpired));
    let claims = app
        .keys
        .read(Purpose::Access, token, now)
        .ok_or_else(expired)?;
    let device = claims.device.ok_or_else(expired)?;
    store::accounts::find_signed_in(&app.db, UserId::new(claims.sub), DeviceId::new(device))
        .await?
        .map(Actor::User)
        .ok_or_else(expired)
}
