//! Photos of a form that came back to be corrected. They wait for the corrected form, so that nobody has to
//! choose and send them twice. They belong to nothing yet and nobody has promised to keep them: they stay in
//! the spool, few and not for long, and what has no room is chosen again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_app::{app::sha256, spool::Spooled};
use liangxin_domain::evidence::digest::Sha256;

use super::answers::Ticket;

/// Most bytes of all forms together: some fifty forms with photos of today's phones. A proposal.
const MOST_BYTES: u64 = 500_000_000;

/// Most forms: however small their photos are, each is a file. A proposal.
const MOST_FORMS: usize = 1_000;

/// How long the photos of a form wait. A proposal.
const PATIENCE: TimeDelta = TimeDelta::minutes(30);

/// The photos of all forms that came back.
#[derive(Debug, Default)]
pub struct WaitingPhotos(Mutex<HashMap<Sha256, Form>>);

#[derive(Debug)]
struct Form {
    since: DateTime<Utc>,
    photos: Vec<Arc<Spooled>>,
}

impl Form {
    fn bytes(&self) -> u64 {
        self.photos.iter().map(|photo| photo.size_bytes).sum()
    }
}

impl WaitingPhotos {
    /// Lets the photos of a form wait. Those that wait longest make room; photos that are too much for all
    /// the room there is go, and the answer is false.
    pub(super) fn keep(
        &self,
        ticket: &Ticket,
        photos: Vec<Arc<Spooled>>,
        now: DateTime<Utc>,
    ) -> bool {
        let form = Form { since: now, photos };
        let most = MOST_BYTES.checked_sub(form.bytes());
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forms.remove(&key(ticket));
        forms.retain(|_, form| now - form.since <= PATIENCE);
        let Some(most) = most else {
            return false;
        };
        let mut held: u64 = forms.values().map(Form::bytes).sum();
        while held > most || forms.len() >= MOST_FORMS {
            let oldest = forms.iter().min_by_key(|(_, form)| form.since);
            let Some(oldest) = oldest.map(|(key, _)| *key) else {
                break;
            };
            held -= forms.remove(&oldest).map_or(0, |form| form.bytes());
        }
        if !form.photos.is_empty() {
            forms.insert(key(ticket), form);
        }
        true
    }

    /// The photos that wait for this form. They wait on: whoever gets no answer sends it again.
    pub(super) fn of(&self, ticket: &Ticket, now: DateTime<Utc>) -> Vec<Arc<Spooled>> {
        let forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let form = forms.get(&key(ticket));
        let form = form.filter(|form| now - form.since <= PATIENCE);
        form.map(|form| form.photos.clone()).unwrap_or_default()
    }

    /// Lets go of the photos of a form that was filed.
    pub(super) fn forget(&self, ticket: &Ticket) {
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forms.remove(&key(ticket));
    }
}

/// Only the browser with the form knows its secret, and so reaches its photos.
fn key(ticket: &Ticket) -> Sha256 {
    let known = format!("{} {}", ticket.id, ticket.secret.expose());
    Sha256::new(*sha256(known.as_bytes()).bytes())
}

#[cfg(test)]
mod tests {
    use super::super::parts::Parts;
    use super::*;
    use crate::pages::report_form::part;
    use chrono::TimeZone as _;
    use liangxin_app::spool::Spool;
    use uuid::Uuid;

    fn ticket(id: u128, secret: &str) -> Ticket {
        let id = Uuid::from_u128(id).to_string();
        Ticket::parse(&Parts::of(&[(part::ID, &id), (part::SECRET, secret)])).unwrap()
    }

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap()
    }

    async fn photo(spool: &Spool, bytes: usize) -> Arc<Spooled> {
        let mut spooling = spool.begin(1).unwrap();
        spooling.write(&vec![7; bytes]).await.unwrap();
        Arc::new(spooling.finish().await.unwrap())
    }

    const ID: u128 = 0x0193_6b7e_0000_7000_8000_0000_0000_0001;
    const SECRET: &str = "0123456789abcdef";

    #[actix_web::test]
    async fn photos_wait_for_the_form_they_came_with_until_it_is_filed() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let files = || std::fs::read_dir(directory.path()).unwrap().count();
        let waiting = WaitingPhotos::default();
        let own = ticket(ID, SECRET);
        assert!(waiting.keep(&own, vec![photo(&spool, 10).await], now()));
        for other in [ticket(ID, "fedcba9876543210"), ticket(ID + 1, SECRET)] {
            assert!(waiting.of(&other, now()).is_empty());
        }
        for _ in 0..2 {
            assert_eq!(waiting.of(&own, now()).len(), 1);
        }
        assert_eq!(files(), 1);
        waiting.forget(&own);
        assert!(waiting.of(&own, now()).is_empty());
        assert_eq!(files(), 0);
    }

    #[actix_web::test]
    async fn photos_wait_half_an_hour() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let waiting = WaitingPhotos::default();
        let own = ticket(ID, SECRET);
        for (minutes, many) in [(30, 1), (31, 0)] {
            assert!(waiting.keep(&own, vec![photo(&spool, 10).await], now()));
            let later = now() + TimeDelta::minutes(minutes);
            assert_eq!(waiting.of(&own, later).len(), many, "{minutes}");
        }
    }

    #[actix_web::test]
    async fn however_small_their_photos_are_no_more_than_so_many_forms_wait() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let waiting = WaitingPhotos::default();
        let small = photo(&spool, 1).await;
        for n in 0..=u128::try_from(MOST_FORMS).unwrap() {
            let at = now() + TimeDelta::milliseconds(i64::try_from(n).unwrap());
            assert!(waiting.keep(&ticket(ID + n, SECRET), vec![Arc::clone(&small)], at));
        }
        assert_eq!(waiting.0.lock().unwrap().len(), MOST_FORMS);
        assert!(waiting.of(&ticket(ID, SECRET), now()).is_empty());
    }

    #[actix_web::test]
    async fn the_longest_wait_makes_room_and_what_has_no_room_is_not_kept() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path().to_owned(), 0).unwrap();
        let waiting = WaitingPhotos::default();
        let many = |n: u128| ticket(ID + n, SECRET);
        // One file for all: what counts is what each form has of it.
        let large = photo(&spool, 1_000_000).await;
        for n in 0..3 {
            let at = now() + TimeDelta::seconds(i64::try_from(n).unwrap());
            assert!(waiting.keep(&many(n), vec![Arc::clone(&large); 250], at));
        }
        let kept = |n| !waiting.of(&many(n), now()).is_empty();
        assert_eq!([kept(0), kept(1), kept(2)], [false, true, true]);
        assert!(!waiting.keep(&many(4), vec![large; 501], now()));
        assert!(!kept(4));
    }
}
