//! The photos of reports that nobody has taken in: how many bytes of them there are, and how many there may be. Budgets
//! bound what one address sends; this bounds what all addresses together leave for the bureau to look at, so that
//! strangers do not fill the disk that everybody's evidence lies on.

use crate::{app::App, error::AppError, store};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

/// How long a look at the database counts. What this process keeps meanwhile is added to it; what other replicas keep,
/// or what is taken in, is seen by the next look.
const LOOK_AGAIN: TimeDelta = TimeDelta::minutes(1);

/// The bound, and what is known of how much there is.
#[derive(Debug)]
pub struct Unaccepted {
    most_bytes: u64,
    last: Mutex<Option<Look>>,
    since: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
struct Look {
    at: DateTime<Utc>,
    bytes: u64,
}

impl Unaccepted {
    /// Nothing is known yet.
    #[must_use]
    pub fn new(most_bytes: u64) -> Self {
        Self {
            most_bytes,
            last: Mutex::default(),
            since: AtomicU64::new(0),
        }
    }

    /// Notes that a photo of a report was kept.
    pub(crate) fn add(&self, bytes: u64) {
        self.since.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl App {
    /// How many bytes of photos of reports there are that nobody has taken in, as of a minute ago or less.
    pub async fn unaccepted_bytes(&self) -> Result<u64, AppError> {
        let mut last = self.unaccepted.last.lock().await;
        let known = last.filter(|look| self.now() - look.at < LOOK_AGAIN);
        let look = match known {
            Some(look) => look,
            None => {
                // What is kept while somebody looks counts twice until the next look, rather than not at all.
                let since = self.unaccepted.since.load(Ordering::Relaxed);
                let bytes = store::evidence::unaccepted_bytes(&self.db).await?;
                self.unaccepted.since.fetch_sub(since, Ordering::Relaxed);
                let at = self.now();
                *last.insert(Look { at, bytes })
            }
        };
        let since = self.unaccepted.since.load(Ordering::Relaxed);
        Ok(look.bytes.saturating_add(since))
    }

    /// Refuses photos of somebody whom nobody knows, for now, if there are too many already that nobody took in.
    pub async fn admit_photos(&self, bytes: u64) -> Result<(), AppError> {
        let held = self.unaccepted_bytes().await?;
        if held.saturating_add(bytes) <= self.unaccepted.most_bytes {
            return Ok(());
        }
        Err(AppError::unavailable(
            "take photos in",
            format!("there are {held} bytes of reports that nobody has taken in"),
        ))
    }
}
