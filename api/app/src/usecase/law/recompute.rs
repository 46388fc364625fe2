//! Computing the ends of open periods anew, after a calendar year was loaded or corrected.

use super::place::place;
use crate::{
    app::App,
    error::AppError,
    store::{self, law::HeldClock},
    work::Work,
};
use liangxin_domain::{actor::Actor, id::ClockId, law::calendar::Calendar};
use std::{collections::HashSet, time::Duration};
use tokio::time::timeout;

/// How many clocks one transaction holds.
const BATCH: u64 = 200;

/// How long one transaction may take.
const PATIENCE: Duration = Duration::from_secs(25);

/// What became of a batch.
enum Batch {
    /// There was none.
    Empty,
    /// All of it is written; the last clock of it.
    Done(ClockId),
    /// Nothing of it is written, because this clock, or what it runs on, cannot be read.
    Failed(ClockId, AppError),
}

/// Computes the end of every open clock anew, a batch a transaction; the old end is kept beside the
/// new one. Doing it twice changes nothing the second time, so that a crash in the middle is
/// mended by doing it again. A clock that fails keeps none of the others; it is told at the end, so that whoever asked
/// knows that not all is done.
pub async fn recompute(app: &App) -> Result<(), AppError> {
    let (mut after, mut left, mut told) = (None, HashSet::new(), None);
    loop {
        let batch = timeout(PATIENCE, recompute_batch(app, after, &left)).await;
        match batch.map_err(|late| AppError::unavailable("compute periods in time", late))?? {
            Batch::Empty => return told.map_or(Ok(()), Err),
            Batch::Done(last) => after = Some(last),
            Batch::Failed(clock, error) => {
                error.log();
                left.insert(clock);
                told = Some(error);
            }
        }
    }
}

/// Computes the ends of the open clocks behind one, but for those that are left.
async fn recompute_batch(
    app: &App,
    after: Option<ClockId>,
    left: &HashSet<ClockId>,
) -> Result<Batch, AppError> {
    let work = app.work(&Actor::System).await?;
    let calendar = app.calendar(&work).await?;
    let batch = store::law::list_open(&work, after, BATCH).await?;
    let Some(last) = batch.last().map(|held| held.id) else {
        return Ok(Batch::Empty);
    };
    for held in batch {
        let clock = held.id;
        if left.contains(&clock) {
            continue;
        }
        match recompute_one(app, &work, held, &calendar).await {
            Err(error @ AppError::Internal { .. }) => return Ok(Batch::Failed(clock, error)),
            done => done?,
        }
    }
    work.commit().await?;
    Ok(Batch::Done(last))
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
