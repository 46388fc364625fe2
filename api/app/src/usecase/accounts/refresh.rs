//! Exchanging a refresh token for new ones.

use super::sign_in::{Session, issue, refresh_hash};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    accounts::session::Presented,
    actor::Actor,
    event::Event,
    refusal::{Code, Refusal},
};

/// Exchanges a refresh token. One that was used before ends the whole family.
pub async fn refresh(app: &App, token: &str) -> Result<Session, AppError> {
    let revoked = || AppError::from(Refusal::of(Code::SessionRevoked));
    let hash = refresh_hash(app, token);
    let work = app.work(&Actor::Anonymous).await?;
    let Some((user, known)) = store::devices::find_refresh(&work, hash).await? else {
        return Err(revoked());
    };
    // A disabled account gets no new tokens, and its old ones end by themselves.
    if store::accounts::find(&work, user).await?.is_none() {
        return Err(revoked());
    }
    let is_current = match known.present(work.now()) {
        Presented::Dead => return Err(revoked()),
        Presented::Replayed => false,
        // Of two that present the same token at once, the database lets one through.
        Presented::Current => store::devices::use_refresh(&work, hash).await?,
    };
    if !is_current {
        store::devices::revoke_device(&work, known.device, None).await?;
        app.record(
            &work,
            Event::RefreshReplayed {
                device: known.device,
            },
        );
        work.commit().await?;
        return Err(revoked());
    }
    let session = issue(app, &work, user, known.device).await?;
    work.commit().await?;
    Ok(session)
}
