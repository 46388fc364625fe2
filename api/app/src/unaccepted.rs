//! The photos of reports that nobody has taken in: how many bytes of them there are, and how many there may be. Budgets
//! bound what one address sends; this bounds what all addresses together leave for the bureau to look at, so that
//! strangers do not fill the disk that everybody's evidence lies on.

use crate::{app::App, error::AppError, soon::soon, store};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::Mutex;

/// How long a look at the database counts. What this process keeps meanwhile is added to it; what other replicas keep,
/// or what is taken in, is seen by the next look.
const LOOK_AGAIN: TimeDelta = TimeDelta::minutes(1);

/// While nothing is known, as long after a look that failed nobody waits for another one.
const JUST_NOW: TimeDelta = TimeDelta::seconds(3);

/// How long the last look counts while the database cannot be asked. While it is away for all, nothing is kept by anybody: what
/// comes lies in the process that took it, within a bound of its own, and for no longer than this. Where this process alone
/// cannot reach it, the others look for themselves, and what lies here is kept when it can be, by then after a look.
const TRUSTED: TimeDelta = TimeDelta::hours(1);

/// The bound, and what is known of how much there is.
#[derive(Debug)]
pub struct Unaccepted {
    most_bytes: u64,
    last: Mutex<Looks>,
    since: AtomicU64,
    /// What was admitted and is on its way.
    coming: AtomicU64,
}

/// Room for photos that are on their way. Dropping it lets go of it: by then they are kept, and counted as such, or
/// will never be.
#[derive(Debug)]
#[must_use = "the room is let go of at once"]
pub struct Admitted {
    within: Arc<Unaccepted>,
    bytes: u64,
}

impl Admitted {
    /// Lets go of all but so many bytes.
    pub(crate) fn shrink(&mut self, to: u64) {
        let left = self.bytes.min(to);
        let gone = self.bytes - left;
        self.within.coming.fetch_sub(gone, Ordering::Relaxed);
        self.bytes = left;
    }

    /// Holds the room of another one too.
    pub(crate) fn join(&mut self, mut other: Self) {
        self.bytes = self.bytes.saturating_add(std::mem::take(&mut other.bytes));
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.within.coming.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[derive(Debug, Default)]
struct Looks {
    /// When somebody last asked, whatever came of it: while the database is away, one caller a minute waits for it.
    asked_at: Option<DateTime<Utc>>,
    /// What was last found.
    found: Option<Look>,
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
            coming: AtomicU64::new(0),
        }
    }

    /// Notes that a photo of a report was kept.
    pub(crate) fn add(&self, bytes: u64) {
        self.since.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl App {
    /// How many bytes of photos of reports there are that nobody has taken in, as of a minute ago or less; as of an hour ago or
    /// less while the database cannot be asked.
    pub async fn unaccepted_bytes(&self) -> Result<u64, AppError> {
        let mut last = self.unaccepted.last.lock().await;
        self.count_unaccepted(&mut last).await
    }

    async fn count_unaccepted(&self, last: &mut Looks) -> Result<u64, AppError> {
        let now = self.now();
        let known = last.found.filter(|look| now - look.at < TRUSTED);
        let was_asked = last.asked_at.is_some_and(|at| now - at < LOOK_AGAIN);
        let look = match known {
            Some(look) if was_asked => look,
            // Nothing is known, and somebody just waited for nothing.
            None if last.asked_at.is_some_and(|at| now - at < JUST_NOW) => {
                let why = "nothing was said a moment ago";
                return Err(AppError::unavailable("ask the database", why));
            }
            known => {
                last.asked_at = Some(now);
                let look = match (soon(self.look_unaccepted()).await, known) {
                    (Err(away @ AppError::Unavailable { .. }), Some(known)) => {
                        away.log();
                        known
                    }
                    (look, _) => look?,
                };
                *last.found.insert(look)
            }
        };
        let since = self.unaccepted.since.load(Ordering::Relaxed);
        Ok(look.bytes.saturating_add(since))
    }

    async fn look_unaccepted(&self) -> Result<Look, AppError> {
        // What is kept while somebody looks counts twice until the next look, rather than not at all.
        let since = self.unaccepted.since.load(Ordering::Relaxed);
        let bytes = store::evidence::unaccepted_bytes(&self.db).await?;
        let (_, drafts) = store::drafts::total(&self.db).await?;
        let bytes = bytes.saturating_add(drafts);
        self.unaccepted.since.fetch_sub(since, Ordering::Relaxed);
        let at = self.now();
        Ok(Look { at, bytes })
    }

    /// Makes room for photos of somebody whom nobody knows, before any of their bytes is read: those that come at once
    /// do not count on the same room. Refuses them, for now, if there are too many already that nobody took in.
    pub async fn admit_photos(&self, bytes: u64) -> Result<Admitted, AppError> {
        // Held until the room is taken, so that one is counted after the other.
        let mut last = self.unaccepted.last.lock().await;
        let held = self.count_unaccepted(&mut last).await?;
        let coming = self.unaccepted.coming.load(Ordering::Relaxed);
        let together = held.saturating_add(coming).saturating_add(bytes);
        if together <= self.unaccepted.most_bytes {
            self.unaccepted.coming.fetch_add(bytes, Ordering::Relaxed);
            return Ok(Admitted {
                within: Arc::clone(&self.unaccepted),
                bytes,
            });
        }
        Err(AppError::unavailable(
            "take photos in",
            format!(
                "there are {held} bytes of reports that nobody has taken in, and {coming} on their way"
            ),
        ))
    }
}
