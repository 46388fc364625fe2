//! The looks that time asks for. Each has a row, so that of all replicas one makes it, and it is seen when
//! nobody does.

use super::{POLL, in_time};
use crate::{
    app::App,
    error::AppError,
    store,
    usecase::{evidence, identity, law, pull, push, ratings, rewards, seals},
};
use chrono::TimeDelta;
use liangxin_domain::{event::Sweep, law::calendar::shanghai_date};
use strum::IntoEnumIterator as _;
use tokio::sync::watch;

/// How long after a look the next one is made, well or not. What it looks for is counted in days; what is remembered for
/// a while only is in nobody's way meanwhile, and the mails of a folder are looked at one by one.
const fn rest(kind: Sweep) -> TimeDelta {
    match kind {
        Sweep::Leftovers => TimeDelta::minutes(10),
        Sweep::Seals => TimeDelta::minutes(1),
        Sweep::Warnings
        | Sweep::Windows
        | Sweep::Purge
        | Sweep::Uploads
        | Sweep::Ratings
        | Sweep::Held => TimeDelta::seconds(30),
    }
}

/// Makes the looks that are due until told to stop.
pub(super) async fn work(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        run_due(&app).await;
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Makes every look that is due and that no other process makes. One that fails keeps none of the others.
pub async fn run_due(app: &App) {
    for kind in Sweep::iter() {
        if let Err(error) = run(app, kind).await {
            error.log();
        }
    }
}

async fn run(app: &App, kind: Sweep) -> Result<(), AppError> {
    let claim = store::sweeps::claim(&app.db, kind, app.now());
    if in_time(claim).await?.is_none() {
        return Ok(());
    }
    let made = make(app, kind).await;
    let next = app.now() + rest(kind);
    match made {
        Ok(()) => in_time(store::sweeps::finish(&app.db, kind, next)).await,
        Err(error) => {
            error.log();
            let told = error.to_string();
            in_time(store::sweeps::postpone(&app.db, kind, next, &told)).await
        }
    }
}

/// Makes every look, due or not.
pub(super) async fn make_all(app: &App) {
    for kind in Sweep::iter() {
        if let Err(error) = make(app, kind).await {
            error.log();
        }
    }
}

/// What a look did before it failed or took too long stays done; the next one goes on.
async fn make(app: &App, kind: Sweep) -> Result<(), AppError> {
    match kind {
        Sweep::Warnings => in_time(law::warn(app)).await,
        Sweep::Windows => in_time(rewards::close_windows(app)).await.map(drop),
        Sweep::Purge => in_time(identity::purge(app)).await.map(drop),
        Sweep::Seals => in_time(seals::make(app)).await.map(drop),
        Sweep::Ratings => in_time(ratings::compute_all(app)).await,
        Sweep::Leftovers => in_time(clear_leftovers(app)).await,
        Sweep::Uploads => in_time(evidence::clear_uploads(app)).await,
        Sweep::Held => in_time(push::look(app)).await,
    }
}

/// What is remembered for a while only. What cannot be deleted keeps nothing else.
async fn clear_leftovers(app: &App) -> Result<(), AppError> {
    let now = app.now();
    let cleared = [
        store::throttles::delete_forgiven(&app.db, now).await,
        store::log::delete_old_sign_ins(&app.db, now).await,
        store::password_codes::delete_expired(&app.db, now).await,
        store::jobs::delete_done(&app.db, now).await,
        store::day_keys::forget_before(&app.db, shanghai_date(now)).await,
        app.mailer
            .clear(now)
            .await
            .map_err(|e| AppError::unavailable("delete mails that were sent", e)),
        store::devices::delete_expired_refresh(&app.db, now).await,
        store::held_items::empty_settled(&app.db, now).await,
        pull::let_go(app).await,
    ];
    cleared.into_iter().collect()
}
