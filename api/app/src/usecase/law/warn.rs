//! Noticing that periods come to their end. Who is told, and how, is a job's matter.

use super::place::{bears, place};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::ClockId,
    law::{
        calendar::shanghai_date,
        clock::{Clock, Due, Warned},
        deadline::Bearer,
    },
    refusal::Code,
};

/// How many clocks are read at once.
const BATCH: u64 = 100;

/// Looks at the clocks that are due for a look, and notes what there is to warn of. Each level of
/// each end is noted once, however many processes look at the same time: the version decides.
pub async fn warn(app: &App) -> Result<(), AppError> {
    let today = shanghai_date(app.now());
    let mut last = None;
    loop {
        let due = store::law::list_to_check(&app.db, today, (last, BATCH)).await?;
        let Some(end) = due.last() else {
            return Ok(());
        };
        last = Some(*end);
        for (_, clock) in due {
            match look_at(app, clock).await {
                Ok(()) => {}
                // Another process was faster.
                Err(AppError::Refused(refusal)) if refusal.code == Code::Stale => {}
                // One row that cannot be read must not silence the others.
                Err(error @ AppError::Internal { .. }) => error.log(),
                Err(error) => return Err(error),
            }
        }
    }
}

async fn look_at(app: &App, id: ClockId) -> Result<(), AppError> {
    let work = app.work(&Actor::System).await?;
    let today = work.today();
    let Some(mut held) = store::law::get_clock(&work, id).await? else {
        return Ok(());
    };
    let kept = held.clock.former.len();
    if held.check_on.is_none_or(|day| day > today) {
        return Ok(());
    }
    let calendar = app.calendar(&work).await?;
    // A row of an earlier version does not say yet when it can end at the earliest.
    let unknown = held.clock.due;
    if matches!(
        unknown,
        Due::CalendarMissing {
            not_before: None,
            ..
        }
    ) {
        held.clock = held.clock.recompute(&calendar, today);
    }
    let reached = held.clock.warning_on(today, &calendar);
    if reached > held.warned {
        held.warned = reached;
        if reached == Warned::Overdue || bearer(app, &held.clock) == Bearer::Office {
            app.record(
                &work,
                Event::ClockWarned {
                    clock: id,
                    warned: reached,
                },
            );
        }
    }
    // Never today again: a look that found nothing new must not be repeated at once.
    let next = held.clock.next_check(held.warned, &calendar);
    held.check_on = next.map(|day| day.max(today.succ_opt().unwrap_or(today)));
    store::law::save_clock(&work, &held, kept).await?;
    if held.clock.due != unknown {
        place(app, &work, held.on, None).await?;
    }
    work.commit().await
}

/// Whose duty a period is.
pub(crate) fn bearer(app: &App, clock: &Clock) -> Bearer {
    bears(app, &clock.rule_id, clock.started_on)
}
