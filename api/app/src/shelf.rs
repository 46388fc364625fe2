//! Photos of forms that came while the database was away, when nothing could be noted of them. They lie in this process alone,
//! bounded and for an hour, for the form that is sent again: it spares its reader to choose and send them twice, and promises
//! nothing.

use crate::spool::Spooled;
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{evidence::digest::Sha256, limits::FORM_PHOTO_BYTES};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How long a photo lies.
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// Most bytes that lie: the photos of four full forms.
const MOST_BYTES: u64 = 4 * FORM_PHOTO_BYTES;

/// The photos that lie here, the longest first.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<Mutex<VecDeque<Lying>>>);

#[derive(Debug)]
struct Lying {
    form: Sha256,
    since: DateTime<Utc>,
    photo: Arc<Spooled>,
}

impl Shelf {
    /// Lays photos of a form down, each once. Those that lie longest make room.
    pub(crate) fn put(&self, form: Sha256, photos: &[Arc<Spooled>], now: DateTime<Utc>) {
        let mut all = self.all();
        for photo in photos {
            all.retain(|lying| lying.form != form || lying.photo.sha256 != photo.sha256);
            all.push_back(Lying {
                form,
                since: now,
                photo: Arc::clone(photo),
            });
        }
        let mut bytes: u64 = all.iter().map(|lying| lying.photo.size_bytes).sum();
        while bytes > MOST_BYTES
            && let Some(oldest) = all.pop_front()
        {
            bytes -= oldest.photo.size_bytes;
        }
    }

    /// The photos of a form.
    pub(crate) fn of(&self, form: Sha256, now: DateTime<Utc>) -> Vec<Arc<Spooled>> {
        self.clear_old(now);
        let all = self.all();
        let own = all.iter().filter(|lying| lying.form == form);
        own.map(|lying| Arc::clone(&lying.photo)).collect()
    }

    /// Lets go of the photos of a form.
    pub(crate) fn clear(&self, form: Sha256) {
        self.all().retain(|lying| lying.form != form);
    }

    /// Lets go of what lay long enough.
    pub(crate) fn clear_old(&self, now: DateTime<Utc>) {
        self.all().retain(|lying| now < lying.since + PATIENCE);
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<Lying>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spool::Spool;

    async fn photo(spool: &Spool, bytes: &[u8]) -> Arc<Spooled> {
        let mut spooling = spool.begin(1_000).unwrap();
        spooling.write(bytes).await.unwrap();
        Arc::new(spooling.finish().await.unwrap())
    }

    #[tokio::test]
    async fn a_photo_lies_for_its_form_alone_once_and_for_an_hour() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let (one, two) = (photo(&spool, b"one").await, photo(&spool, b"two").await);
        let [form, other] = [1, 2].map(|n| Sha256::new([n; 32]));
        let (shelf, now) = (Shelf::default(), DateTime::UNIX_EPOCH);
        shelf.put(form, &[Arc::clone(&one), two], now);
        shelf.put(form, std::slice::from_ref(&one), now);
        shelf.put(other, &[one], now + TimeDelta::minutes(1));
        let count = |form, minutes| shelf.of(form, now + TimeDelta::minutes(minutes)).len();
        assert_eq!((count(form, 59), count(other, 59)), (2, 1));
        shelf.clear(other);
        assert_eq!((count(form, 59), count(other, 59)), (2, 0));
        assert_eq!(count(form, 60), 0);
    }
}
