//! Similar open reports nearby, before a citizen sends one.

use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::{
    accounts::throttle::Throttle,
    actor::Actor,
    evidence::digest::Sha256,
    limits::SIMILAR_FREE_FOR_ADDRESS,
    place::Position,
    refusal::{Code, Refusal},
    reports::nearby::{self, Similar},
    text::Line,
};

/// Around what to look.
#[derive(Debug, Clone)]
pub struct Looking {
    /// Where.
    pub around: Position,
    /// For which goods, in the words of the one who asks.
    pub goods: Option<Line>,
}

/// What may be told of open reports nearby. Asking often costs time: a map of reports is nobody's.
pub async fn similar(
    app: &App,
    caller: &Caller,
    looking: Looking,
) -> Result<Vec<Similar>, AppError> {
    let Looking { around, goods } = looking;
    let key = Sha256::new(app.keys.hash("similar address", caller.address.as_bytes()));
    let work = app.work(&Actor::Anonymous).await?;
    let before = store::throttles::lock(&work, key).await?;
    let wait = before.wait_seconds(SIMILAR_FREE_FOR_ADDRESS, work.now());
    if wait > 0 {
        return Err(Refusal::of(Code::TooManyAttempts)
            .with(wait.to_string())
            .into());
    }
    store::throttles::save(&work, key, Throttle::failed(Some(before), work.now())).await?;
    let open = store::reports::list_open_around(&work, around).await?;
    let found = nearby::similar(around, goods.as_ref().map(Line::as_str), &open, work.now());
    work.commit().await?;
    Ok(found)
}
