//! The time in which something happened, reckoned from all that is known of a phone's counter.

use super::{Anchor, BootId, Claim, Counter, DRIFT, ROUNDING, Span};
use crate::limits::CLOCK_AHEAD_SECONDS;
use chrono::{DateTime, TimeDelta, Utc};

/// A moment of a phone's counter, and what is known of when it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The run of the counter.
    pub boot: BootId,
    /// What the counter showed.
    pub counter: Counter,
    /// Not before it.
    pub earliest: Option<DateTime<Utc>>,
    /// Not after it.
    pub latest: Option<DateTime<Utc>>,
}

/// How a counter runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// On and on.
    Steady,
    /// It may have stood still, so that more time passed than it says.
    MayHalt,
}

impl Reading {
    /// What it says of another moment of the same run: so much later or earlier, as far as the counter can be trusted.
    fn at(&self, counter: Counter, pace: Pace) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let passed = counter.0.saturating_sub(self.counter.0);
        let slack = passed.saturating_abs() / DRIFT + ROUNDING;
        let moved = |moment: Option<DateTime<Utc>>, by| {
            let by = TimeDelta::try_milliseconds(by)?;
            moment?.checked_add_signed(by)
        };
        // So much later at least, or so much earlier at least: the other end is open.
        let (from, until) = match pace {
            Pace::Steady => (self.earliest, self.latest),
            Pace::MayHalt => (
                self.earliest.filter(|_| passed >= 0),
                self.latest.filter(|_| passed <= 0),
            ),
        };
        (
            moved(from, passed.saturating_sub(slack)),
            moved(until, passed.saturating_add(slack)),
        )
    }
}

/// What the server knows of a write beside what its phone says.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// When the inspectors were sent: nobody did anything of the visit before.
    pub sent_at: DateTime<Utc>,
    /// When the server heard of it.
    pub received_at: DateTime<Utc>,
    /// What earlier writes of the same person tell of the counter.
    pub readings: &'a [Reading],
}

impl Known<'_> {
    /// What is sure whatever a phone says.
    pub(super) fn sure(&self) -> Span {
        Span::between(self.sent_at, self.received_at)
    }
}

impl Claim {
    /// The narrowest time that all readings of its counter agree on, and whether the clock agrees too. Where they do so only
    /// if the counter stood still, it did; where they do not at all the phone tells nothing, and what is sure stays.
    pub(super) fn span(&self, known: &Known<'_>) -> (Span, bool) {
        let sure = known.sure();
        let anchor = self.anchor.iter().flat_map(Anchor::readings);
        let heard = anchor.chain(known.readings.iter().cloned());
        let of_this_run: Vec<_> = heard.filter(|it| it.boot == self.boot).collect();
        let steady = self.narrowed(sure, (&of_this_run, Pace::Steady));
        let halting = self.narrowed(sure, (&of_this_run, Pace::MayHalt));
        if steady.is_one() {
            return (self.reached(steady, halting), !self.is_off(steady));
        }
        if halting.is_one() {
            return (halting, !self.is_off(halting));
        }
        let apart = halting.earliest - halting.latest;
        (sure, apart <= tolerance() && !self.is_off(sure))
    }

    /// What readings leave of a time; no time where they contradict each other.
    fn narrowed(&self, sure: Span, (readings, pace): (&[Reading], Pace)) -> Span {
        let mut left = sure;
        for reading in readings {
            let (not_before, not_after) = reading.at(self.counter, pace);
            left.earliest = not_before.map_or(left.earliest, |it| it.max(left.earliest));
            left.latest = not_after.map_or(left.latest, |it| it.min(left.latest));
        }
        left
    }

    /// The time that the counter says, on to what the clock shows, as far as that can be if the counter stood still.
    fn reached(&self, steady: Span, halting: Span) -> Span {
        let shown = self.wall.to_utc();
        let spare = match self.is_off(steady) {
            true => tolerance(),
            false => TimeDelta::zero(),
        };
        Span {
            earliest: (shown - spare).max(halting.earliest).min(steady.earliest),
            latest: (shown + spare).min(halting.latest).max(steady.latest),
        }
    }

    /// Whether the clock shows a time outside of another one. Clocks that are some minutes off are no contradiction.
    fn is_off(&self, span: Span) -> bool {
        let shown = self.wall.to_utc();
        shown < span.earliest - tolerance() || shown > span.latest + tolerance()
    }
}

fn tolerance() -> TimeDelta {
    TimeDelta::seconds(CLOCK_AHEAD_SECONDS)
}
