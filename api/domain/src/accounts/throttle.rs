//! The brake on guessed passwords. It counts strangers per account and address, per account wherever they are, and per
//! address, so neither one account nor many can be tried quickly, from one place or from many; and a device that signed in
//! before for itself, so strangers do not lock its owner out.

use chrono::{DateTime, TimeDelta, Utc};

/// Wrong tries for one account from one network address, or from one known device, that cost nothing.
pub const FREE_FOR_ACCOUNT: i32 = 5;
/// Wrong tries for one account from all devices that it does not know, wherever they are, that cost nothing: ten addresses at
/// once. Beyond them one guess is compared in a quarter of an hour, about a hundred a day.
pub const FREE_FOR_STRANGERS: i32 = 50;
/// Wrong tries from one network address that cost nothing: a whole office may share one.
pub const FREE_FOR_ADDRESS: i32 = 50;
/// The first wait after that, in seconds; it doubles with each further wrong try.
const FIRST_WAIT_SECONDS: i64 = 30;
/// The longest wait, in seconds.
const LONGEST_WAIT_SECONDS: i64 = 15 * 60;
/// After this long without a wrong try the count starts again, in seconds.
pub const FORGET_SECONDS: i64 = 60 * 60;

/// What is remembered about one name or address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    /// Wrong tries since it was last clean.
    pub failures: i32,
    /// When the last one came.
    pub last_failed_at: DateTime<Utc>,
}

impl Throttle {
    /// Seconds until the next try is allowed, when `free` wrong tries cost nothing; zero if it is
    /// allowed now.
    #[must_use]
    pub fn wait_seconds(&self, free: i32, now: DateTime<Utc>) -> i64 {
        let over = self.failures - free;
        if over < 0 {
            return 0;
        }
        let wait = FIRST_WAIT_SECONDS
            .saturating_mul(1 << over.min(10))
            .min(LONGEST_WAIT_SECONDS);
        (self.last_failed_at + TimeDelta::seconds(wait) - now)
            .num_seconds()
            .max(0)
    }

    /// Counts one more wrong try.
    #[must_use]
    pub fn failed(before: Option<Self>, now: DateTime<Utc>) -> Self {
        let failures = match before {
            Some(old) if (now - old.last_failed_at).num_seconds() < FORGET_SECONDS => {
                old.failures + 1
            }
            _ => 1,
        };
        Self {
            failures,
            last_failed_at: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_tries_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let now = DateTime::UNIX_EPOCH;
        let mut throttle = None;
        let mut waits = Vec::new();
        for _ in 0..14 {
            let next = Throttle::failed(throttle, now);
            waits.push(next.wait_seconds(FREE_FOR_ACCOUNT, now));
            throttle = Some(next);
        }
        assert_eq!(&waits[..8], [0, 0, 0, 0, 30, 60, 120, 240]);
        assert_eq!(waits[13], 900);
    }

    #[test]
    fn an_hour_of_quiet_forgives() {
        let old = Throttle {
            failures: 40,
            last_failed_at: DateTime::UNIX_EPOCH,
        };
        let later = DateTime::UNIX_EPOCH + TimeDelta::hours(1);
        assert_eq!(Throttle::failed(Some(old), later).failures, 1);
    }
}
