//! Randomness: ids and tokens.

use chrono::{DateTime, Utc};
use ring::{
    digest,
    rand::{SecureRandom as _, SystemRandom},
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use uuid::{Builder, Uuid};

/// Ids and random bytes of this process.
#[derive(Debug, Clone)]
pub struct Ids {
    source: Source,
    /// Milliseconds and a count within them, of the last id that was made.
    last: Arc<AtomicU64>,
}

/// Where randomness comes from.
#[derive(Debug, Clone)]
enum Source {
    /// The operating system.
    System(SystemRandom),
    /// A seed, for tests that must be repeatable.
    Seeded(u64, Arc<AtomicU64>),
}

impl Ids {
    /// The operating system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self {
            source: Source::System(SystemRandom::new()),
            last: Arc::default(),
        }
    }

    /// Randomness that follows from a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            source: Source::Seeded(seed, Arc::default()),
            last: Arc::default(),
        }
    }

    /// Random bytes. The operating system's generator cannot fail once the process runs; if it
    /// ever did, an id out of the rest of the process would be worse than none, so we stop.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.source {
            Source::System(random) => {
                if random.fill(&mut bytes).is_err() {
                    tracing::error!("the operating system gives no randomness");
                    std::process::abort();
                }
            }
            Source::Seeded(seed, counter) => {
                for chunk in bytes.chunks_mut(32) {
                    let n = counter.fetch_add(1, Ordering::Relaxed);
                    let block = [seed.to_be_bytes(), n.to_be_bytes()].concat();
                    let hash = digest::digest(&digest::SHA256, &block);
                    chunk.copy_from_slice(&hash.as_ref()[..chunk.len()]);
                }
            }
        }
        bytes
    }

    /// A new id whose order follows the time (UUID version 7), also among the ids that this process
    /// makes within one millisecond: twelve of the random bits are a count (RFC 9562, 6.2, method 1).
    #[must_use]
    pub fn uuid(&self, now: DateTime<Utc>) -> Uuid {
        let start = u64::try_from(now.timestamp_millis()).unwrap_or_default() << COUNT_BITS;
        let next = |last: u64| Some(start.max(last + 1));
        let (Ok(last) | Err(last)) =
            self.last
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        let place = start.max(last + 1);
        let mut random: [u8; 10] = self.bytes();
        let count = (place & COUNT_MASK).to_be_bytes();
        random[..2].copy_from_slice(&count[6..]);
        Builder::from_unix_timestamp_millis(place >> COUNT_BITS, &random).into_uuid()
    }

    /// A new id that tells the beginning of a day and nothing else: neither the moment at which it is made nor what was made
    /// before and after it.
    #[must_use]
    pub fn uuid_of_day(&self, begins: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(begins.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}

/// How many bits count the ids of one millisecond.
const COUNT_BITS: u32 = 12;
const COUNT_MASK: u64 = (1 << COUNT_BITS) - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_keep_the_order_in_which_they_were_made() {
        let (ids, now) = (Ids::seeded(1), DateTime::UNIX_EPOCH);
        let made: Vec<_> = (0..5000).map(|_| ids.uuid(now)).collect();
        assert!(made.is_sorted() && made.iter().all(|id| id.get_version_num() == 7));
        assert_ne!(ids.bytes::<16>(), ids.bytes::<16>());
    }

    #[test]
    fn an_id_of_a_day_tells_nothing_of_what_was_made_at_the_same_moment() {
        let (ids, day) = (Ids::seeded(1), DateTime::UNIX_EPOCH);
        let now = day + chrono::TimeDelta::hours(9);
        let (before, of_day, after) = (ids.uuid(now), ids.uuid_of_day(day), ids.uuid(now));
        assert_eq!(of_day.as_bytes()[..6], [0; 6]);
        assert_ne!(of_day, ids.uuid_of_day(day));
        assert!(before < after && before.as_bytes()[..6] == after.as_bytes()[..6]);
    }
}
