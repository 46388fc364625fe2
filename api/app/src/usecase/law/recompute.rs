//! Computing the ends of open periods anew, after a calendar year was loaded or corrected.

use super::place::place;
use crate::{
    app::App,
    error::AppError,
    store::{self, law::HeldClock},
    work::Work,
};
use liangxin_domain::{actor::Actor, id::ClockId, law::calendar::Calendar};
use std::time::Duration;
use tokio::time::timeout;

/// How many clocks one transaction holds.
const BATCH: u64 = 200;

/// How long one transaction may take.
const PATIENCE: Duration = Duration::from_secs(25);

/// Computes the end of every open clock anew, a batch a transaction; the old end is kept beside the
/// new one. Doing it twice changes nothing the second time, so that a crash in the middle is
/// mended by doing it again.
pub async fn recompute(app: &App) -> Result<(), AppError> {
    let mut after = None;
    loop {
        let done = timeout(PATIENCE, recompute_batch(app, after)).await;
        let last =
            done.map_err(|late| AppError::unavailable("compute periods in time", late))??;
        if last.is_none() {
            return Ok(());
        }
        after = last;
    }
}

/// Computes the ends of the open clocks behind one; answers which was the last, if there were any.
async fn recompute_batch(app: &App, after: Option<ClockId>) -> Result<Option<ClockId>, AppError> {
    let work = app.work(&Actor::System).await?;
    let calendar = app.calendar(&work).await?;
    let batch = store::law::list_open(&work, after, BATCH).await?;
    let last = batch.last().map(|held| held.id);
    for held in batch {
        match recompute_one(app, &work, held, &calendar).await {
            // What hangs on it cannot be read. The others are computed all the same.
            Err(error @ AppError::Internal { .. }) => error.log(),
            done => done?,
        }
    }
    work.commit().await?;
    Ok(last)
}

async fn recompute_one(
    app: &App,
    work: &Work,
    held: HeldClock,
    calendar: &Calendar,
) -> Result<(), AppError> {
    let on = held.on;
    let today = work.today();
    let kept = held.clock.former.len();
    let (old_due, old_check) = (held.clock.due, held.check_on);
    let clock = held.clock.recompute(calendar, today);
    let changed = held.changed_to(clock, today, calendar);
    // A clock whose end stays keeps the calendar that it was computed with: it still holds.
    if changed.clock.due == old_due && changed.check_on == old_check {
        return Ok(());
    }
    store::law::save_clock(work, &changed, kept).await?;
    place(app, work, on, None).await
}
