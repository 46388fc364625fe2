//! Places for strangers' bodies with photos, which may come for hours, and hold a connection and a file meanwhile. All together they
//! leave half of the connections to everybody else.
//!
//! Nobody is refused one: where none is left, the network that has most gives up that of its oldest body. So nobody keeps others
//! out who sends as slowly as one may, and nobody learns by a refusal that somebody else at the same address is sending: a place
//! is lost to whoever comes from anywhere, and only when all are taken.

use std::{
    collections::BTreeMap,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::{HttpRequest, web};
use tokio::sync::Notify;

use super::request::peer;

/// All places.
pub(super) struct Places {
    all: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    /// How many were ever taken.
    last: u64,
    /// Those of each network by their age, each with who is told that it is lost.
    of: BTreeMap<String, BTreeMap<u64, Arc<Notify>>>,
}

impl Taken {
    fn count(&self) -> usize {
        self.of.values().map(BTreeMap::len).sum()
    }

    /// Takes the oldest of the network that has most.
    fn lose(&mut self) {
        let crowded = self.of.iter().max_by_key(|(_, places)| places.len());
        let Some(network) = crowded.map(|(network, _)| network.clone()) else {
            return;
        };
        let oldest = self.of.get_mut(&network).and_then(BTreeMap::pop_first);
        if let Some((_, lost)) = oldest {
            lost.notify_one();
        }
    }

    fn leave(&mut self, network: &str, number: u64) {
        if let Some(places) = self.of.get_mut(network) {
            places.remove(&number);
            if places.is_empty() {
                self.of.remove(network);
            }
        }
    }
}

/// A place, until it is dropped.
pub(super) struct Place {
    places: web::Data<Places>,
    network: String,
    number: u64,
    lost: Arc<Notify>,
}

impl Places {
    /// Of so many connections.
    pub(super) fn of(connections: usize) -> Self {
        Self {
            all: (connections / 2).max(1),
            taken: Mutex::default(),
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    fn of(places: &web::Data<Places>, network: String) -> Self {
        let lost = Arc::new(Notify::new());
        let mut taken = places.taken();
        if taken.count() >= places.all {
            taken.lose();
        }
        taken.last += 1;
        let number = taken.last;
        let own = taken.of.entry(network.clone()).or_default();
        own.insert(number, Arc::clone(&lost));
        drop(taken);
        Self {
            places: web::Data::clone(places),
            network,
            number,
            lost,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().leave(&self.network, self.number);
    }
}

/// A place for a stranger's body; none where places are not counted.
pub(super) fn take(request: &HttpRequest) -> Option<Place> {
    let places = request.app_data::<web::Data<Places>>()?;
    Some(Place::of(places, peer(request)))
}

/// Waits until a place is lost to somebody else; for ever with none.
pub(super) async fn lost(place: Option<&Place>) {
    match place {
        Some(place) => place.lost.notified().await,
        None => pending().await,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn is_lost(place: &Place) -> bool {
        lost(Some(place)).now_or_never().is_some()
    }

    #[test]
    fn the_network_that_has_most_loses_its_oldest_to_whoever_comes() {
        // Half of the connections.
        let places = web::Data::new(Places::of(8));
        let take = |network: &str| Place::of(&places, network.to_owned());
        let mut crowd = vec![take("1"), take("1"), take("1")];
        let other = take("2");
        assert!(!crowd.iter().any(is_lost) && !is_lost(&other));
        let next = take("2");
        let of_crowd: Vec<_> = crowd.iter().map(is_lost).collect();
        assert_eq!(of_crowd, [true, false, false]);
        assert!(!is_lost(&other) && !is_lost(&next));
        // Who lost a place and goes leaves no other one.
        drop(crowd.remove(0));
        assert_eq!(places.taken().count(), 4);
        drop(crowd);
        let more = [take("3"), take("3")];
        assert!(!is_lost(&other) && !is_lost(&next) && !more.iter().any(is_lost));
        drop((other, next, more));
        assert!(places.taken().of.is_empty());
    }
}
