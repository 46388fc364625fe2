//! Tries at secrets that people choose, while they are being compared.
//!
//! Only a wrong try is counted, so that neither a busy server nor many right tries at once close a door. What is
//! not decided yet might be wrong: as many tries go on at once as could all be wrong without reaching the brake,
//! and the others wait for them. So a thousand guesses sent at once are compared as often as a thousand in a row.
//! Each process counts what is under way by itself; replicas together overstep a brake by one try each at most.

use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    accounts::throttle::Throttle,
    actor::Actor,
    evidence::digest::Sha256,
    law::calendar::shanghai_date,
    refusal::{Code, Refusal},
};
use std::{
    collections::HashMap,
    future::Future,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::timeout};

/// How long a try waits for those before it. An operation has a shorter time of its own; this is for whoever has none.
const PATIENCE: Duration = Duration::from_secs(60);

/// What wrong tries are counted under: a keyed hash of a name or an address, and how many cost nothing.
pub type Brake = (Sha256, i32);

/// What a comparison found: what follows if the secret was right, or the refusal of a wrong one.
pub type Compared<T> = Result<Result<T, Refusal>, AppError>;

/// The tries of one process that are being compared.
#[derive(Debug, Default)]
pub struct Tries {
    /// Held while a try is let in, so that of two at once each sees the other.
    door: tokio::sync::Mutex<()>,
    under_way: Mutex<HashMap<Sha256, Number>>,
    ended: Notify,
}

/// What is under way with a brake.
#[derive(Debug, Clone, Copy, Default)]
struct Number {
    /// How many tries.
    tries: i32,
    /// How many wrong ones were remembered when the last of them began.
    failures: i32,
}

/// A try that is being compared. It ends with this, also if whoever tried goes away.
struct UnderWay<'a> {
    tries: &'a Tries,
    brakes: &'a [Brake],
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut under_way = self.tries.under_way();
        for (key, _) in self.brakes {
            if let Some(number) = under_way.get_mut(key) {
                number.tries -= 1;
                if number.tries == 0 {
                    under_way.remove(key);
                }
            }
        }
        drop(under_way);
        self.tries.ended.notify_waiters();
    }
}

impl Tries {
    fn under_way(&self) -> MutexGuard<'_, HashMap<Sha256, Number>> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// What others have under way with each brake.
    fn others(&self, brakes: &[Brake]) -> Vec<Number> {
        let under_way = self.under_way();
        let number = |(key, _): &Brake| under_way.get(key).copied().unwrap_or_default();
        brakes.iter().map(number).collect()
    }

    fn enter<'a>(&'a self, brakes: &'a [Brake], remembered: &[i32]) -> UnderWay<'a> {
        let mut under_way = self.under_way();
        for ((key, _), failures) in brakes.iter().zip(remembered) {
            let number = under_way.entry(*key).or_default();
            number.tries += 1;
            number.failures = *failures;
        }
        drop(under_way);
        UnderWay {
            tries: self,
            brakes,
        }
    }
}

impl App {
    /// Compares a secret that somebody tries, unless a brake tells them to wait. A wrong one is counted before it is
    /// refused; a comparison that failed is not.
    pub async fn tried<T>(
        &self,
        brakes: &[Brake],
        compare: impl Future<Output = Compared<T>>,
    ) -> Result<T, AppError> {
        self.tried_noting(brakes, compare, async |_| Ok(())).await
    }

    /// As [`App::tried`]; a wrong one is noted in the transaction in which it is counted, so that the time of the answer does
    /// not tell whether there is anything to note.
    pub async fn tried_noting<T>(
        &self,
        brakes: &[Brake],
        compare: impl Future<Output = Compared<T>>,
        note: impl AsyncFnOnce(&Work) -> Result<(), AppError>,
    ) -> Result<T, AppError> {
        let entered = timeout(PATIENCE, self.let_in(brakes)).await;
        let under_way = entered.map_err(|e| AppError::unavailable("wait for other tries", e))??;
        let compared = compare.await?;
        if compared.is_err() {
            let work = self.work(&Actor::Anonymous).await?;
            for (key, _) in brakes {
                let locked = store::throttles::lock(&work, *key, self.ids.bytes()).await?;
                let after = Throttle::failed(Some(locked.before), work.now());
                store::throttles::save(&work, &locked, after).await?;
            }
            note(&work).await?;
            work.commit().await?;
        }
        // Not before it was counted: whoever waits looks at what is remembered.
        drop(under_way);
        Ok(compared?)
    }

    async fn let_in<'a>(&'a self, brakes: &'a [Brake]) -> Result<UnderWay<'a>, AppError> {
        loop {
            let ended = self.tries.ended.notified();
            tokio::pin!(ended);
            ended.as_mut().enable();
            if let Some(under_way) = self.enter(brakes).await? {
                return Ok(under_way);
            }
            ended.await;
        }
    }

    /// Lets a try in if it may be compared now; nothing if it has to wait for others.
    async fn enter<'a>(&'a self, brakes: &'a [Brake]) -> Result<Option<UnderWay<'a>>, AppError> {
        let _door = self.tries.door.lock().await;
        // Before the look at what is remembered: a try that ends in between is counted twice, never not at all.
        let others = self.tries.others(brakes);
        // Whoever waits is woken by every end, and would ask the database each time.
        let is_full = |(others, (_, free)): (&Number, &Brake)| {
            others.tries > 0 && others.tries + others.failures >= *free
        };
        if others.iter().zip(brakes).any(is_full) {
            return Ok(None);
        }
        let mut remembered = Vec::with_capacity(brakes.len());
        let mut waits_for_others = false;
        for ((key, free), others) in brakes.iter().zip(others) {
            let now = self.now();
            let known = store::throttles::find(&self.db, shanghai_date(now), *key).await?;
            let wait = known.map_or(0, |known| known.wait_seconds(*free, now));
            if wait > 0 {
                let refusal = Refusal::of(Code::TooManyAttempts);
                return Err(refusal.with(wait.to_string()).into());
            }
            let failures = known.map_or(0, |known| known.failures);
            waits_for_others |= others.tries > 0 && failures + others.tries >= *free;
            remembered.push(failures);
        }
        Ok((!waits_for_others).then(|| self.tries.enter(brakes, &remembered)))
    }
}
