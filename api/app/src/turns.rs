//! Taking turns for work that needs a processor and memory.

use crate::{app::App, error::AppError};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{AcquireError, OwnedSemaphorePermit, Semaphore},
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

/// Heavy work, by what waits for it. Photos of guests never keep one of staff waiting that takes no more than
/// [`STAFF_MEMORY_BYTES`], whatever they claim to be and however long they take; nothing delays a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heavy {
    /// Hashing a password that a person chose, to sign in by it.
    Password,
    /// Hashing the claim password of a report, which anybody files.
    ClaimPassword,
    /// Putting a file of papers and photos together, as long as it is sent.
    Papers,
    /// Writing one paper as PDF, which somebody waits for.
    Sheet,
    /// Decoding a photo, with the bytes of memory that it takes meanwhile.
    Photo(Whose, u64),
}

/// Most memory of the photos of guests that are decoded at once, in bytes. The largest photo there can be takes all of it, and
/// is the only one of them. A proposal.
const GUESTS_MEMORY_BYTES: u64 = 400_000_000;

/// What staff has beside it, in bytes: enough for a photo of 25 megapixels. A proposal.
const STAFF_MEMORY_BYTES: u64 = 100_000_000;

/// Most memory of all photos that are decoded at once, in bytes; staff may have it all while guests have none.
const PHOTO_MEMORY_BYTES: u64 = GUESTS_MEMORY_BYTES + STAFF_MEMORY_BYTES;

/// What memory is counted in, in bytes.
const UNIT_BYTES: u64 = 1_000_000;

/// How many passwords may wait. Each takes some hundredths of a second: that many come to their turn in time.
const PASSWORDS_WAIT: usize = 256;

/// How many files of papers are put together at once. Each takes what its reader takes of the line, and holds a thread and a
/// piece of a photo in memory meanwhile. A proposal.
const PAPERS: usize = 8;

/// How many wait for that, and how many for a sheet.
const PAPERS_WAIT: usize = 16;

/// How many photos of staff may wait, and how many of guests. What waits lies on disk.
const PHOTOS_WAIT: usize = 64;

/// On so many cores guests decode photos on all of them: on one alone fewer than twelve a second might be taken in. It was not
/// measured.
const FEW_CORES: usize = 2;

/// How many photos of guests are decoded at once: beyond that one core is left for staff and one for everything else.
const fn for_guests(cores: usize) -> usize {
    if cores <= FEW_CORES {
        cores
    } else if cores - 2 < FEW_CORES {
        FEW_CORES
    } else {
        cores - 2
    }
}

/// How many photos are decoded at once, whoever sent them: one is always kept for staff.
const fn decoders(cores: usize) -> usize {
    for_guests(cores) + 1
}

/// How many claim passwords are hashed at once, and how many sheets are written: beside each of them half of the cores are left for
/// who signs in.
const fn half_of(cores: usize) -> usize {
    if cores < 2 { 1 } else { cores / 2 }
}

/// The turns of one process.
#[derive(Debug)]
pub struct Turns {
    passwords: Lane,
    claims: Lane,
    papers: Lane,
    sheets: Lane,
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
        let all = Share::new(decoders(cores), PHOTO_MEMORY_BYTES);
        let guests = Share::new(for_guests(cores), GUESTS_MEMORY_BYTES);
        Self {
            passwords: Lane::new([Share::new(cores, 0)], PASSWORDS_WAIT, password),
            claims: Lane::new([Share::new(half_of(cores), 0)], PASSWORDS_WAIT, password),
            papers: Lane::new([Share::new(PAPERS, 0)], PAPERS_WAIT, password),
            sheets: Lane::new([Share::new(half_of(cores), 0)], PAPERS_WAIT, password),
            staff: Lane::new([all.clone()], PHOTOS_WAIT, photo),
            guests: Lane::new([guests, all], PHOTOS_WAIT, photo),
        }
    }

    const fn of(&self, heavy: Heavy) -> (&Lane, u64) {
        match heavy {
            Heavy::Password => (&self.passwords, 0),
            Heavy::ClaimPassword => (&self.claims, 0),
            Heavy::Papers => (&self.papers, 0),
            Heavy::Sheet => (&self.sheets, 0),
            Heavy::Photo(Whose::Staff, bytes) => (&self.staff, bytes),
            Heavy::Photo(Whose::Guest, bytes) => (&self.guests, bytes),
        }
    }
}

/// So many turns and so much memory, for whoever shares them.
#[derive(Debug, Clone)]
struct Share {
    turns: Arc<Semaphore>,
    memory: Arc<Semaphore>,
    bytes: u64,
}

impl Share {
    fn new(turns: usize, bytes: u64) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            memory: Arc::new(Semaphore::new(units(bytes) as usize)),
            bytes,
        }
    }

    /// In the order of coming, so that many small ones never keep a large one out. Never more than there is: a lane sees to
    /// that.
    async fn take(&self, bytes: u64) -> Result<Held, AcquireError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await?;
        let memory = Arc::clone(&self.memory);
        let memory = memory.acquire_many_owned(units(bytes));
        Ok(Held {
            _turn: turn,
            _memory: memory.await?,
        })
    }
}

/// What one piece of work has of a share, until it is dropped.
#[derive(Debug)]
struct Held {
    _turn: OwnedSemaphorePermit,
    _memory: OwnedSemaphorePermit,
}

/// The turns of one kind: a part of each of its shares, so many who wait, each for so long. Its own share comes first, so that
/// what waits for it holds nothing of what is shared with others.
#[derive(Debug)]
struct Lane {
    shares: Vec<Share>,
    places: Semaphore,
    patience: Duration,
}

/// A turn, until it is dropped.
#[derive(Debug)]
#[must_use = "the turn ends at once"]
pub struct Turn {
    _of_each: Vec<Held>,
}

impl Lane {
    fn new(shares: impl Into<Vec<Share>>, places: usize, patience: Duration) -> Self {
        Self {
            shares: shares.into(),
            places: Semaphore::new(places),
            patience,
        }
    }

    /// Waits for a turn with so much memory; whoever finds nowhere to wait is told at once.
    async fn take(&self, bytes: u64, what: &'static str) -> Result<Turn, AppError> {
        let place = self.places.try_acquire();
        let place = place.map_err(|e| AppError::unavailable(what, e))?;
        // What claims more than its own share has takes all of that, and nothing of what others are to have.
        let most = self.shares.iter().map(|share| share.bytes);
        let bytes = most.fold(bytes, u64::min);
        let turn = async {
            let mut of_each = Vec::with_capacity(self.shares.len());
            for share in &self.shares {
                of_each.push(share.take(bytes).await?);
            }
            Ok(Turn { _of_each: of_each })
        };
        let turn = timeout(self.patience, turn).await;
        drop(place);
        turn.map_err(|e| AppError::unavailable(what, e))?
            .map_err(|e: AcquireError| AppError::unavailable(what, e))
    }
}

/// Memory as it is counted, rounded up.
fn units(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT_BYTES)).unwrap_or(u32::MAX)
}

impl App {
    /// Waits for a turn, for heavy work that lasts as long as somebody takes what comes of it; refused as unavailable if that
    /// takes too long, or if too many wait already.
    pub async fn turn(&self, heavy: Heavy, what: &'static str) -> Result<Turn, AppError> {
        let (lane, bytes) = self.turns.of(heavy);
        lane.take(bytes, what).await
    }

    /// Does heavy work on a thread of its own, when its turn comes; refused as unavailable if that takes
    /// too long, or if too many wait already. The turn ends with the work, not with whoever asked: a caller who goes
    /// away does not make room for more than was counted.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        heavy: Heavy,
        what: &'static str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let turn = self.turn(heavy, what).await?;
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
        Lane::new([Share::new(4, PHOTO_MEMORY_BYTES)], places, Duration::ZERO)
    }

    #[test]
    fn one_decoder_is_for_staff_and_where_there_are_more_than_a_few_cores_one_is_for_everything_else()
     {
        let at_once = |cores| (decoders(cores), for_guests(cores));
        let expected = [(2, 1), (3, 2), (3, 2), (3, 2), (4, 3)];
        assert_eq!([1, 2, 3, 4, 5].map(at_once), expected);
        assert_eq!(at_once(16), (15, 14));
    }

    #[tokio::test]
    async fn guests_leave_staff_a_turn_and_memory_and_both_together_have_no_more_than_there_is() {
        for cores in [1, 2, 4] {
            let turns = Turns::within(cores, Duration::ZERO, Duration::ZERO);
            let (staff, guests) = (&turns.staff, &turns.guests);
            let mut held = Vec::new();
            while let Ok(turn) = guests.take(1, "look").await {
                held.push(turn);
            }
            assert_eq!(held.len(), for_guests(cores));
            held.push(staff.take(1, "look").await.unwrap());
            assert!(staff.take(1, "look").await.is_err(), "all decoders");
            assert!(turns.passwords.take(0, "sign in").await.is_ok());
            held.clear();
            let large = guests.take(u64::MAX, "look").await.unwrap();
            let photo = staff.take(STAFF_MEMORY_BYTES, "look").await;
            assert!(photo.is_ok(), "staff has memory of its own");
            assert!(staff.take(1, "look").await.is_err(), "all memory");
            drop((large, photo));
            assert!(staff.take(u64::MAX, "look").await.is_ok());
        }
    }

    #[tokio::test]
    async fn neither_claim_passwords_nor_papers_keep_a_sign_in_waiting() {
        for cores in [1, 2, 4] {
            let turns = Turns::within(cores, Duration::ZERO, Duration::ZERO);
            let mut held = Vec::new();
            for (lane, at_once) in [(&turns.claims, half_of(cores)), (&turns.papers, PAPERS)] {
                let before = held.len();
                while let Ok(turn) = lane.take(0, "work").await {
                    held.push(turn);
                }
                assert_eq!(held.len() - before, at_once);
            }
            assert!(turns.passwords.take(0, "sign in").await.is_ok());
        }
    }

    #[tokio::test]
    async fn who_takes_files_slowly_keeps_no_sheet_from_being_written() {
        let turns = Turns::within(4, Duration::ZERO, Duration::ZERO);
        let mut held = Vec::new();
        while let Ok(turn) = turns.papers.take(0, "send a file").await {
            held.push(turn);
        }
        let (sheets, bytes) = turns.of(Heavy::Sheet);
        let sheet = sheets.take(bytes, "write a sheet").await.unwrap();
        let other = sheets.take(bytes, "write a sheet").await.unwrap();
        let more = sheets.take(bytes, "write a sheet").await;
        assert!(more.is_err(), "half of the cores write sheets");
        drop((sheet, other));
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
