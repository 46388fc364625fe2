//! Room in memory for what is on its way. One network has a share of it and not all: whoever sends hundreds of bodies as slowly as
//! they may come keeps nobody else's phone out.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Some bytes for all networks together.
pub(super) struct Room {
    free: Semaphore,
    share_bytes: u32,
    /// What each network has now.
    taken: Mutex<BTreeMap<String, u32>>,
}

/// What a network has, until it is dropped.
pub(super) struct Taken<'a> {
    room: &'a Room,
    network: String,
    bytes: u32,
    _of_all: SemaphorePermit<'a>,
}

impl Room {
    /// Room for so many bytes, and how many of them one network has at most.
    pub(super) const fn new(bytes: usize, share_bytes: u32) -> Self {
        Self {
            free: Semaphore::const_new(bytes),
            share_bytes,
            taken: Mutex::new(BTreeMap::new()),
        }
    }

    /// So many bytes for a network; nothing where it, or everybody, has too many.
    pub(super) fn take(&self, network: String, bytes: u32) -> Option<Taken<'_>> {
        let of_all = self.free.try_acquire_many(bytes).ok()?;
        let mut taken = self.taken();
        let own = taken.get(&network).copied().unwrap_or(0);
        let own = own
            .checked_add(bytes)
            .filter(|own| *own <= self.share_bytes)?;
        taken.insert(network.clone(), own);
        drop(taken);
        Some(Taken {
            room: self,
            network,
            bytes,
            _of_all: of_all,
        })
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<String, u32>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut taken = self.room.taken();
        let own = taken.remove(&self.network).unwrap_or(0);
        let left = own.saturating_sub(self.bytes);
        if left > 0 {
            taken.insert(std::mem::take(&mut self.network), left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_leaves_room_to_others_and_has_its_share_again() {
        let room = Room::new(100, 40);
        let take = |network: &str, bytes| room.take(network.to_owned(), bytes);
        let first = take("1", 30);
        let second = take("1", 10);
        assert!(first.is_some() && second.is_some());
        assert!(take("1", 1).is_none());
        let others = [take("2", 40), take("3", 20)];
        assert!(others.iter().all(Option::is_some));
        // Nothing is left for anybody.
        assert!(take("4", 1).is_none());
        drop(first);
        assert!(take("1", 31).is_none());
        assert!(take("1", 30).is_some());
        drop((second, others));
        assert!(room.taken().is_empty());
        assert!(take("4", 40).is_some());
    }
}
