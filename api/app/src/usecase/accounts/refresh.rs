//! Exchanging a refresh token for new ones.

use super::sign_in::{Session, issue, refresh_hash, tokens};
use crate::{app::App, error::AppError, store, work::Source};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use liangxin_domain::{
    accounts::session::{Presented, RefreshToken},
    actor::Actor,
    event::Event,
    id::UserId,
    refusal::{Code, Refusal},
};

/// Exchanges a refresh token. The one that was used last is answered again with the same successor, because
/// the first answer may have been lost; an older one ends the whole family.
pub async fn refresh(app: &App, token: &str) -> Result<Session, AppError> {
    let hash = refresh_hash(app, token);
    let next = successor(app, token);
    // Whoever sends anything at all keeps no writer waiting.
    let (user, known) = find(&app.db, token, app).await?;
    let work = app.work(&Actor::Anonymous).await?;
    let holder = (user, known.device);
    // A disabled account gets no new tokens, and its old ones end by themselves.
    if store::accounts::find(&work, user).await?.is_none() {
        return Err(dead());
    }
    // Of several that present the same token at once, the database lets one use it up.
    if known.present(None, work.now()) == Presented::Current
        && store::devices::use_refresh(&work, hash).await?
    {
        let session = issue(app, &work, holder, next).await?;
        work.commit().await?;
        return Ok(session);
    }
    let (_, used) = find(&work, token, app).await?;
    let follows = store::devices::find_refresh(&work, refresh_hash(app, &next)).await?;
    let follows = follows.map(|(_, follows)| follows);
    match used.present(follows.as_ref(), work.now()) {
        Presented::Again => {
            let session = tokens(app, work.now(), holder, next)?;
            let device = known.device;
            app.record(&work, Event::RefreshRepeated { device });
            work.commit().await?;
            Ok(session)
        }
        Presented::Replayed => {
            let device = known.device;
            store::devices::revoke_device(&work, device, None).await?;
            app.record(&work, Event::RefreshReplayed { device });
            work.commit().await?;
            Err(dead())
        }
        Presented::Current | Presented::Dead => Err(dead()),
    }
}

async fn find(
    source: &impl Source,
    token: &str,
    app: &App,
) -> Result<(UserId, RefreshToken), AppError> {
    let found = store::devices::find_refresh(source, refresh_hash(app, token)).await?;
    found.ok_or_else(dead)
}

fn dead() -> AppError {
    Refusal::of(Code::SessionExpired).into()
}

/// What a refresh token is exchanged for. It follows from the token and the server's secret, so that it can be
/// told again although only its hash is kept.
fn successor(app: &App, token: &str) -> String {
    URL_SAFE_NO_PAD.encode(app.keys.hash("refresh successor", token.as_bytes()))
}
