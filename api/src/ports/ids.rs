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

/// Where randomness comes from.
#[derive(Debug, Clone)]
pub enum Ids {
    /// The operating system.
    System(SystemRandom),
    /// A seed, for tests that must be repeatable.
    Seeded(u64, Arc<AtomicU64>),
}

impl Ids {
    /// The operating system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self::System(SystemRandom::new())
    }

    /// Randomness that follows from a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(seed, Arc::default())
    }

    /// Random bytes. The operating system's generator cannot fail once the process runs; if it
    /// ever did, an id out of the rest of the process would be worse than none, so we stop.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::System(random) => {
                if random.fill(&mut bytes).is_err() {
                    tracing::error!("the operating system gives no randomness");
                    std::process::abort();
                }
            }
            Self::Seeded(seed, counter) => {
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

    /// A new id whose order follows the time (UUID version 7).
    #[must_use]
    pub fn uuid(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}
