//! Taking turns for work that needs a processor and memory.

use crate::{app::App, error::AppError};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Who sent a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Somebody who signed in.
    Staff,
    /// Somebody whom nobody knows.
    Guest,
}

/// Heavy work, by what waits for it. Each kind has turns of its own: photos delay photos, those of guests delay
/// guests, and nothing delays a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heavy {
    /// Hashing a password that a person chose.
    Password,
    /// Decoding a photo, with the bytes of memory that it takes meanwhile.
    Photo(Whose, u64),
}

/// Most memory of the photos that are decoded at once, in bytes, for staff and for guests each. The largest photo
/// there can be takes all of it, and is decoded alone. A proposal.
const PHOTO_MEMORY_BYTES: u64 = 400_000_000;

/// What memory is counted in, in bytes.
const UNIT_BYTES: u64 = 1_000_000;

/// How many passwords may wait. Each takes some hundredths of a second: that many come to their turn in time.
const PASSWORDS_WAIT: usize = 256;

/// How many photos of staff may wait, and how many of guests. What waits lies on disk.
const PHOTOS_WAIT: usize = 64;

/// The turns of one process.
#[derive(Debug)]
pub struct Turns {
    passwords: Lane,
    staff: Lane,
    guests: Lane,
}

impl Turns {
    /// As many of each kind at once. A person waits at the door for seconds; a photo took minutes to
    /// send.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self::within(at_once, Duration::from_secs(10), Duration::from_secs(60))
    }

    /// As [`Turns::new`], with another patience for passwords and for photos.
    #[must_use]
    pub fn within(at_once: usize, password: Duration, photo: Duration) -> Self {
        Self {
            passwords: Lane::new(at_once, PASSWORDS_WAIT, password),
            staff: Lane::new(at_once, PHOTOS_WAIT, photo),
            guests: Lane::new(at_once, PHOTOS_WAIT, photo),
        }
    }

    const fn of(&self, heavy: Heavy) -> (&Lane, u64) {
        match heavy {
            Heavy::Password => (&self.passwords, 0),
            Heavy::Photo(Whose::Staff, bytes) => (&self.staff, bytes),
            Heavy::Photo(Whose::Guest, bytes) => (&self.guests, bytes),
        }
    }
}

/// The turns of one kind: so many at once, so much memory together, so many who wait, each for so long.
#[derive(Debug)]
struct Lane {
    turns: Arc<Semaphore>,
    memory: Arc<Semaphore>,
    places: Semaphore,
    patience: Duration,
}

/// A turn, until it is dropped.
#[derive(Debug)]
struct Turn {
    _turn: OwnedSemaphorePermit,
    _memory: OwnedSemaphorePermit,
}

impl Lane {
    fn new(at_once: usize, places: usize, patience: Duration) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once)),
            memory: Arc::new(Semaphore::new(units(PHOTO_MEMORY_BYTES) as usize)),
            places: Semaphore::new(places),
            patience,
        }
    }

    /// Waits for a turn with so much memory; whoever finds nowhere to wait is told at once.
    async fn take(&self, bytes: u64, what: &'static str) -> Result<Turn, AppError> {
        let place = self.places.try_acquire();
        let place = place.map_err(|e| AppError::unavailable(what, e))?;
        let turn = async {
            // In the order of coming, so that many small ones never keep a large one out.
            let turn = Arc::clone(&self.turns).acquire_owned().await?;
            let units = units(bytes.min(PHOTO_MEMORY_BYTES));
            let memory = Arc::clone(&self.memory).acquire_many_owned(units).await?;
            Ok(Turn {
                _turn: turn,
                _memory: memory,
            })
        };
        let turn = timeout(self.patience, turn).await;
        drop(place);
        turn.map_err(|e| AppError::unavailable(what, e))?
            .map_err(|e: tokio::sync::AcquireError| AppError::unavailable(what, e))
    }
}

/// Memory as it is counted, rounded up.
fn units(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT_BYTES)).unwrap_or(u32::MAX)
}

impl App {
    /// Does heavy work on a thread of its own, when its turn comes; refused as unavailable if that takes
    /// too long, or if too many wait already. The turn ends with the work, not with whoever asked: a caller who goes
    /// away does not make room for more than was counted.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        heavy: Heavy,
        what: &'static str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let (lane, bytes) = self.turns.of(heavy);
        let turn = lane.take(bytes, what).await?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(|e| AppError::internal(what, e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(places: usize) -> Lane {
        Lane::new(4, places, Duration::ZERO)
    }

    #[tokio::test]
    async fn as_many_have_a_turn_as_there_is_memory_for() {
        let lane = lane(1);
        let half = lane.take(PHOTO_MEMORY_BYTES / 2, "look").await.unwrap();
        let other = lane.take(PHOTO_MEMORY_BYTES / 2, "look").await.unwrap();
        assert!(lane.take(1, "look").await.is_err(), "two turns are left");
        drop(half);
        assert!(lane.take(PHOTO_MEMORY_BYTES, "look").await.is_err());
        drop(other);
        // More than there is takes all there is.
        let all = lane.take(u64::MAX, "look").await.unwrap();
        assert!(lane.take(1, "look").await.is_err());
        drop(all);
        assert!(lane.take(1, "look").await.is_ok());
    }

    #[tokio::test]
    async fn who_finds_nowhere_to_wait_is_told_at_once() {
        let mut lane = lane(1);
        lane.patience = Duration::from_secs(3600);
        let all = lane.take(u64::MAX, "look").await.unwrap();
        let first = lane.take(1, "look");
        tokio::pin!(first);
        tokio::select! {
            biased;
            taken = &mut first => panic!("a turn beside one that has all memory: {taken:?}"),
            second = lane.take(1, "look") => assert!(second.is_err()),
        }
        drop(all);
        assert!(first.await.is_ok());
    }
}
