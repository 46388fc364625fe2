//! The brake on guessed receipt codes. Wrong tries fill a vessel that drains by itself; while it
//! stands above its mark, every further try needs a proof of work. Nobody is shut out: a person pays
//! a second of the phone's time, a guesser pays it for each of 2^90 codes.
//!
//! Three vessels, because an address alone proves nothing (a village shares one, a guesser has
//! thousands): all tries together, the tries at codes that begin alike (whoever saw a part of a code
//! guesses the rest), and the tries from one address. The numbers are proposals.

use crate::accounts::throttle::Throttle;
use chrono::{DateTime, TimeDelta, Utc};

/// One vessel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vessel {
    /// As many wrong tries cost nothing.
    pub free: i32,
    /// One wrong try is forgotten after so many seconds.
    pub drain_seconds: i64,
}

/// All tries together.
pub const GLOBAL: Vessel = Vessel {
    free: 60,
    drain_seconds: 60,
};
/// Tries at codes with the same first group.
pub const LOCATOR: Vessel = Vessel {
    free: 5,
    drain_seconds: 600,
};
/// Tries from one network address.
pub const ADDRESS: Vessel = Vessel {
    free: 20,
    drain_seconds: 60,
};

/// Zero bits that the easiest proof needs: a fraction of a second on an old phone.
pub const EASIEST_BITS: u8 = 16;
/// Zero bits that the hardest proof needs: about half a minute, and never more.
pub const HARDEST_BITS: u8 = 22;

impl Vessel {
    /// How many wrong tries are still remembered.
    #[must_use]
    pub fn level(self, before: Throttle, now: DateTime<Utc>) -> i32 {
        let quiet = (now - before.last_failed_at).num_seconds().max(0);
        let drained = i32::try_from(quiet / self.drain_seconds).unwrap_or(i32::MAX);
        before.failures.saturating_sub(drained).max(0)
    }

    /// The vessel with one more wrong try in it.
    #[must_use]
    pub fn with_one_more(self, before: Throttle, now: DateTime<Utc>) -> Throttle {
        let level = self.level(before, now);
        let quiet = (now - before.last_failed_at).num_seconds().max(0);
        Throttle {
            failures: level.saturating_add(1),
            // The part of a drop that drained already is not lost, or a busy vessel never drained.
            last_failed_at: match level {
                0 => now,
                _ => now - TimeDelta::seconds(quiet % self.drain_seconds),
            },
        }
    }

    /// The zero bits that a proof needs now; none while the brake is off. Each doubling of the wrong
    /// tries doubles the work.
    #[must_use]
    pub fn bits(self, before: Throttle, now: DateTime<Utc>) -> Option<u8> {
        let level = self.level(before, now);
        if level < self.free {
            return None;
        }
        let doublings = (level / self.free.max(1)).max(1).ilog2();
        let more = u8::try_from(doublings).unwrap_or(u8::MAX);
        Some(EASIEST_BITS.saturating_add(more).min(HARDEST_BITS))
    }

    /// Seconds until the brake is off again, if nobody tries meanwhile.
    #[must_use]
    pub fn wait_seconds(self, before: Throttle, now: DateTime<Utc>) -> i64 {
        let over = i64::from(self.level(before, now) - self.free);
        if over < 0 {
            0
        } else {
            (over + 1) * self.drain_seconds
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(failures: i32) -> Throttle {
        Throttle {
            failures,
            last_failed_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_brake_goes_on_at_the_mark_and_the_work_doubles_with_the_tries() {
        let now = DateTime::UNIX_EPOCH;
        let bits = |level| LOCATOR.bits(full(level), now);
        assert_eq!(
            [0, 4, 5, 9, 10, 20, 40].map(bits),
            [None, None, Some(16), Some(16), Some(17), Some(18), Some(19)]
        );
        assert_eq!(bits(i32::MAX), Some(HARDEST_BITS));
    }

    #[test]
    fn wrong_tries_are_forgotten_one_by_one() {
        let after = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        assert_eq!(ADDRESS.level(full(21), after(59)), 21);
        assert_eq!(ADDRESS.level(full(21), after(120)), 19);
        assert_eq!(ADDRESS.bits(full(21), after(120)), None);
        assert_eq!(ADDRESS.wait_seconds(full(21), after(0)), 120);
        assert_eq!(
            ADDRESS.bits(full(21), after(ADDRESS.wait_seconds(full(21), after(0)))),
            None
        );
        assert_eq!(ADDRESS.level(full(3), after(100_000)), 0);
    }

    #[test]
    fn a_busy_vessel_drains_all_the_same() {
        let mut throttle = full(30);
        for step in 1..=120 {
            let now = DateTime::UNIX_EPOCH + TimeDelta::seconds(30 * step);
            // A right try counts and is taken back.
            throttle = ADDRESS.with_one_more(throttle, now);
            throttle.failures -= 1;
        }
        assert_eq!(throttle.failures, 0);
    }

    #[test]
    fn a_slow_guesser_never_meets_the_brake_and_never_arrives() {
        let mut throttle = full(0);
        for minute in 0..1000 {
            let now = DateTime::UNIX_EPOCH + TimeDelta::minutes(minute);
            assert_eq!(GLOBAL.bits(throttle, now), None);
            throttle = GLOBAL.with_one_more(throttle, now);
        }
    }
}
