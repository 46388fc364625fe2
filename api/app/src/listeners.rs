//! Phones that listen for a call to pull: who does on this server, and the look at the database that they share, however
//! many they are.
//!
//! What calls them stands in the database alone. So a phone hears it on whatever server it listens, whichever wrote it.

use crate::{
    app::App,
    error::AppError,
    store::{devices, phone_documents},
};
use liangxin_domain::{
    actor::SignedIn,
    id::{DeviceId, UserId},
    limits::{STREAMS, STREAMS_PER_PERSON},
    refusal::{Code, Refusal},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How often is looked, as long as anybody listens.
pub(crate) const EVERY: Duration = Duration::from_secs(1);

/// Behind a look that is as old as this nobody goes on: too much may have changed since, and everybody is called.
const OLD: Duration = Duration::from_secs(60);

/// Who listens on this server.
#[derive(Debug, Default)]
pub struct Listeners {
    seats: Mutex<Seats>,
    /// Held by whoever looks, so that those who come meanwhile share what is found.
    last: tokio::sync::Mutex<Option<Look>>,
}

#[derive(Debug, Default)]
struct Seats {
    /// How many were ever taken.
    last: u64,
    /// Those that are, the oldest first.
    taken: BTreeMap<u64, Seat>,
}

#[derive(Debug)]
struct Seat {
    user: UserId,
    device: DeviceId,
    is_called: bool,
}

/// A look at the database.
#[derive(Debug, Clone, Copy)]
struct Look {
    ended: Instant,
    /// Before which position changes were seen; nothing if it failed.
    below: Option<i64>,
}

impl Listeners {
    /// Lets a phone listen. Of a person who listens too often the oldest ends: mostly a line that broke and nobody ended.
    pub(crate) fn take(self: &Arc<Self>, person: &SignedIn) -> Result<Listener, Refusal> {
        let mut seats = self.seats();
        let own = seats.taken.iter();
        let own = own.filter(|(_, seat)| seat.user == person.user);
        let own: Vec<u64> = own.map(|(number, _)| *number).collect();
        match own.as_slice() {
            [oldest, ..] if own.len() >= STREAMS_PER_PERSON => {
                seats.taken.remove(oldest);
            }
            _ if seats.taken.len() >= STREAMS => return Err(Refusal::of(Code::Unavailable)),
            _ => {}
        }
        seats.last += 1;
        let number = seats.last;
        let seat = Seat {
            user: person.user,
            device: person.device,
            is_called: false,
        };
        seats.taken.insert(number, seat);
        Ok(Listener {
            all: Arc::clone(self),
            number,
        })
    }

    /// Looks what changed, unless somebody just did.
    pub(crate) async fn look(&self, app: &App) -> Result<(), Refusal> {
        let mut last = self.last.lock().await;
        let known = *last;
        let younger = |than: Duration| known.filter(|look| look.ended.elapsed() < than);
        // One that failed is shared too: hundreds may have waited for it, and would try one after the other.
        let look = match younger(EVERY) {
            Some(look) => look,
            None => {
                let from = younger(OLD).and_then(|look| look.below);
                let below = self.look_from(app, from).await;
                Look {
                    below: below.inspect_err(AppError::log).ok(),
                    ended: Instant::now(),
                }
            }
        };
        *last = Some(look);
        match look.below {
            Some(_) => Ok(()),
            None => Err(Refusal::of(Code::Unavailable)),
        }
    }

    /// Calls those for whom something changed from a position on, or everybody, and ends those whose session ended.
    /// Answers before which position that was.
    async fn look_from(&self, app: &App, from: Option<i64>) -> Result<i64, AppError> {
        let below = phone_documents::tide(&app.db).await?.settled;
        let (people, devices) = self.listening();
        if people.is_empty() {
            return Ok(below);
        }
        let called = match from {
            Some(from) if from <= below => {
                phone_documents::list_called(&app.db, &people, (from, below)).await?
            }
            // Nobody knows what happened: changes may be counted anew, in a database that was brought back.
            _ => people,
        };
        let live = devices::list_live(&app.db, &devices).await?;
        // Whoever came meanwhile was not asked about.
        let ended = &devices - &live;
        let mut seats = self.seats();
        seats.taken.retain(|_, seat| !ended.contains(&seat.device));
        for seat in seats.taken.values_mut() {
            seat.is_called |= called.contains(&seat.user);
        }
        Ok(below)
    }

    /// The people who listen, and their devices.
    fn listening(&self) -> (BTreeSet<UserId>, BTreeSet<DeviceId>) {
        let seats = self.seats();
        let listening = seats.taken.values();
        listening.map(|seat| (seat.user, seat.device)).unzip()
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A phone that listens, until this is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    all: Arc<Listeners>,
    number: u64,
}

impl Listener {
    /// Whether it is called since it was asked last; nothing once it may not listen any more.
    pub(crate) fn is_called(&self) -> Option<bool> {
        let mut seats = self.all.seats();
        let seat = seats.taken.get_mut(&self.number)?;
        Some(mem::take(&mut seat.is_called))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.all.seats().taken.remove(&self.number);
    }
}
