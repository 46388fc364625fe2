//! The time. Truncated to milliseconds, because that is what both databases keep exactly.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that starts at a given moment and runs: that of made-up people, whose calendar is known and whose weeks
    /// nobody waits for.
    Running {
        /// What it showed when it was started.
        origin: DateTime<Utc>,
        /// When that was.
        started: Instant,
        /// How much time was skipped since, in milliseconds.
        skipped: Arc<AtomicI64>,
    },
    /// A clock that stands still until somebody moves it.
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// A clock that runs on from a moment.
    #[must_use]
    pub fn running_from(origin: DateTime<Utc>) -> Self {
        Self::Running {
            origin,
            started: Instant::now(),
            skipped: Arc::default(),
        }
    }

    /// A clock that stands at a moment.
    #[must_use]
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(Mutex::new(at)))
    }

    /// The time now, in whole milliseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this port is the one place that reads the clock"
            )]
            Self::System => Utc::now(),
            Self::Running {
                origin,
                started,
                skipped,
            } => {
                *origin
                    + TimeDelta::from_std(started.elapsed()).unwrap_or_default()
                    + TimeDelta::milliseconds(skipped.load(Ordering::Relaxed))
            }
            Self::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.trunc_subsecs(3)
    }

    /// Whether it is that of made-up people.
    #[must_use]
    pub const fn is_made_up(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    /// Moves a clock forward that is not the machine's.
    pub fn advance(&self, by: TimeDelta) {
        match self {
            Self::System => {}
            Self::Running { skipped, .. } => {
                skipped.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
            }
            Self::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner) += by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_clock_goes_on_from_where_it_was_moved_to_and_so_do_its_copies() {
        let origin = DateTime::UNIX_EPOCH;
        let clock = Clock::running_from(origin);
        let copy = clock.clone();
        clock.advance(TimeDelta::days(7));
        assert!(copy.now() >= origin + TimeDelta::days(7));
        assert!(copy.now() < origin + TimeDelta::days(8));
    }
}
