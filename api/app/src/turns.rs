//! Taking turns for work that needs a processor and memory.

use crate::{app::App, error::AppError};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::timeout};

/// Heavy work, by what waits for it. Each kind has turns of its own: photos delay photos, and nobody's
/// sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heavy {
    /// Hashing a password that a person chose.
    Password,
    /// Decoding a photo.
    Photo,
}

/// The turns of one process.
#[derive(Debug)]
pub struct Turns {
    passwords: Queue,
    photos: Queue,
}

/// The turns of one kind, and how long to wait for one.
type Queue = (Arc<Semaphore>, Duration);

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
            passwords: (Arc::new(Semaphore::new(at_once)), password),
            photos: (Arc::new(Semaphore::new(at_once)), photo),
        }
    }

    const fn of(&self, heavy: Heavy) -> &Queue {
        match heavy {
            Heavy::Password => &self.passwords,
            Heavy::Photo => &self.photos,
        }
    }
}

impl App {
    /// Does heavy work on a thread of its own, when its turn comes; refused as unavailable if that takes
    /// too long. The turn ends with the work, not with whoever asked: a caller who goes away does not
    /// make room for more than was counted.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        heavy: Heavy,
        what: &'static str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let (turns, patience) = self.turns.of(heavy);
        let turn = timeout(*patience, Arc::clone(turns).acquire_owned())
            .await
            .map_err(|e| AppError::unavailable(what, e))?
            .map_err(|e| AppError::unavailable(what, e))?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(|e| AppError::internal(what, e))
    }
}
