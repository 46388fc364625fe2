//! The time. Truncated to milliseconds, because that is what both databases keep exactly.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that starts at a given moment and runs: the demo's, whose calendar is known.
    Running {
        /// What it showed when it was started.
        origin: DateTime<Utc>,
        /// When that was.
        started: Instant,
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
            Self::Running { origin, started } => {
                *origin + TimeDelta::from_std(started.elapsed()).unwrap_or_default()
            }
            Self::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.trunc_subsecs(3)
    }

    /// Moves a manual clock forward; any other clock goes its own way.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Manual(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
