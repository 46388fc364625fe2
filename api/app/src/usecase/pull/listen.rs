//! Calling a phone to pull.

use crate::{
    app::App,
    error::AppError,
    listeners::{EVERY, Listener, Listeners},
};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{
    StreamExt as _,
    future::ready,
    stream::{self, BoxStream},
};
use liangxin_domain::{actor::Actor, limits::STREAM_SECONDS};
use tokio::time::sleep;

/// Calls the phone of a person: at once, and then whenever something changed of what it takes along. That ends with the
/// session, with the token, which works `until` then, and when it went on for long enough; the phone comes again.
pub async fn listen(
    app: &App,
    actor: &Actor,
    until: Option<DateTime<Utc>>,
) -> Result<BoxStream<'static, DateTime<Utc>>, AppError> {
    let person = actor.signed_in()?;
    // What changes behind this look, the next one finds: so nothing is missed by whoever pulls at the first call.
    app.listeners.look(app).await?;
    let listener = Listeners::take(&app.listeners, person)?;
    let now = app.now();
    let most = now + TimeDelta::seconds(STREAM_SECONDS);
    let until = until.map_or(most, |until| until.min(most));
    let listening = (app.clone(), listener);
    let later = stream::unfold(listening, move |(app, listener)| async move {
        let at = next(&app, &listener, until).await?;
        Some((at, (app, listener)))
    });
    Ok(stream::once(ready(now)).chain(later).boxed())
}

/// Waits for the next call; none comes any more once the phone has to come again.
async fn next(app: &App, listener: &Listener, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    loop {
        sleep(EVERY).await;
        let now = app.now();
        if now >= until {
            return None;
        }
        app.listeners.look(app).await.ok()?;
        if listener.is_called()? {
            return Some(now);
        }
    }
}
