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

/// Heavy work, by what waits for it. Photos of guests wait for guests, and for staff no longer than until one turn ends;
/// nothing delays a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heavy {
    /// Hashing a password that a person chose.
    Password,
    /// Decoding a photo, with the bytes of memory that it takes meanwhile.
    Photo(Whose, u64),
}

/// Most memory of the photos that are decoded at once, in bytes. The largest photo there can be takes all of it, and is
/// decoded alone. A proposal.
const PHOTO_MEMORY_BYTES: u64 = 400_000_000;

/// What memory is counted in, in bytes.
const UNIT_BYTES: u64 = 1_000_000;

/// How many passwords may wait. Each takes some hundredths of a second: that many come to their turn in time.
const PASSWORDS_WAIT: usize = 256;

/// How many photos of staff may wait, and how many of guests. What waits lies on disk.
const PHOTOS_WAIT: usize = 64;

/// On so many cores photos are decoded on all of them: on one alone fewer than twelve a second might be taken in. It was not
/// measured.
const FEW_CORES: usize = 2;

/// How many photos are decoded at once, whoever sent them: one core is left for everything else, where there are more than a
/// few.
const fn decoders(cores: usize) -> usize {
    if cores <= FEW_CORES { cores } else { cores - 1 }
}

/// How many of so many decoders guests have at once: one is kept for staff, where there are more than a few.
const fn for_guests(decoders: usize) -> usize {
    if decoders <= FEW_CORES {
        decoders
    } else {
        decoders - 1
    }
}

/// The turns of one process.
#[derive(Debug)]
pub struct Turns {
    passwords: Lane,
    staff: Lane,
    guests: Lane,
}

impl Turns {
    /// For a machine with so many cores. A person waits at the door for seconds; a photo took minutes to send.
    #[must_use]
    pub fn new(cores: usize) -> Self {
        Self::within(cores, Duration::from_secs(10), Duration::from_secs(60))
    }

    /// As [`Turns::new`], with another patience for passwords and for photos.
    #[must_use]
    pub fn within(cores: usize, password: Duration, photo: Duration) -> Self {
        let photos = decoders(cores);
        let gate = Arc::new(Gate::new(photos));
        Self {
            passwords: Lane::new(Arc::new(Gate::new(cores)), cores, PASSWORDS_WAIT, password),
            staff: Lane::new(Arc::clone(&gate), photos, PHOTOS_WAIT, photo),
            guests: Lane::new(gate, for_guests(photos), PHOTOS_WAIT, photo),
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

/// What lanes have together: so many at once, so much memory.
#[derive(Debug)]
struct Gate {
    turns: Arc<Semaphore>,
    memory: Arc<Semaphore>,
}

impl Gate {
    fn new(at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once)),
            memory: Arc::new(Semaphore::new(units(PHOTO_MEMORY_BYTES) as usize)),
        }
    }
}

/// The turns of one kind: so many of those of a gate, so many who wait, each for so long. Who waits at the gate has a turn of
/// the lane already, so that no lane fills the queue before it.
#[derive(Debug)]
struct Lane {
    gate: Arc<Gate>,
    turns: Arc<Semaphore>,
    places: Semaphore,
    patience: Duration,
}

/// A turn, until it is dropped.
#[derive(Debug)]
struct Turn {
    _lane: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
    _memory: OwnedSemaphorePermit,
}

impl Lane {
    fn new(gate: Arc<Gate>, at_once: usize, places: usize, patience: Duration) -> Self {
        Self {
            gate,
            turns: Arc::new(Semaphore::new(at_once)),
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
            let lane = Arc::clone(&self.turns).acquire_owned().await?;
            let turn = Arc::clone(&self.gate.turns).acquire_owned().await?;
            let units = units(bytes.min(PHOTO_MEMORY_BYTES));
            let memory = Arc::clone(&self.gate.memory);
            let memory = memory.acquire_many_owned(units).await?;
            Ok(Turn {
                _lane: lane,
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
        Lane::new(Arc::new(Gate::new(4)), 4, places, Duration::ZERO)
    }

    #[test]
    fn a_core_is_left_for_other_work_and_a_decoder_for_staff_where_there_are_more_than_two() {
        let at_once = |cores| (decoders(cores), for_guests(decoders(cores)));
        let expected = [(0, 0), (1, 1), (2, 2), (2, 2), (3, 2), (4, 3)];
        assert_eq!([0, 1, 2, 3, 4, 5].map(at_once), expected);
        assert_eq!(at_once(16), (15, 14));
    }

    #[tokio::test]
    async fn guests_and_staff_together_have_no_more_turns_and_memory_than_the_machine_and_staff_has_one()
     {
        let turns = Turns::within(4, Duration::ZERO, Duration::ZERO);
        let (staff, guests) = (&turns.staff, &turns.guests);
        let one = guests.take(1, "look").await.unwrap();
        let other = guests.take(1, "look").await.unwrap();
        assert!(guests.take(1, "look").await.is_err(), "one is kept");
        let last = staff.take(1, "look").await.unwrap();
        assert!(staff.take(1, "look").await.is_err(), "three decoders");
        assert!(turns.passwords.take(0, "sign in").await.is_ok());
        drop((one, other, last));
        let large = guests.take(PHOTO_MEMORY_BYTES, "look").await.unwrap();
        assert!(staff.take(1, "look").await.is_err(), "one budget");
        drop(large);
        assert!(staff.take(PHOTO_MEMORY_BYTES, "look").await.is_ok());
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
