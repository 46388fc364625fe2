//! When something on a visit happened: what its phone says of it, and between which moments it can have been. A phone's clock
//! may be wrong, set back, or of another zone; its counter of milliseconds never goes back until the phone starts anew. So the
//! claim is kept as it was said, and the server reckons the time that is sure: not before the inspectors were sent, not after
//! it heard of it, and as far from what it told the phone as the phone's counter says. Some counters stand still while the
//! phone sleeps; where the clock says another time than the counter nobody knows which of the two is wrong, and the time
//! reaches to both. What contradicts is marked and never refused: whoever is refused for a wrong clock has no way on but to
//! forge a time.

use crate::{
    law::calendar::shanghai_date,
    limits::{ANCHOR_SECONDS, BOOT_ID_CHARS, COUNTER_MILLISECONDS, ZONE_CHARS},
    refusal::{Code, Refusal},
};
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

mod reckoning;

pub use reckoning::{Known, Reading};

/// By one part in so many a phone's counter may run fast or slow. Crystals keep to a tenth of that; our choice.
const DRIFT: i64 = 1_000;

/// What reading counters and moments in whole milliseconds may lose.
const ROUNDING: i64 = 2;

words! {
    /// What contradicts the time of an entry.
    pub enum TimeMark as "TimeMark" {
        /// It came after the record was closed.
        Late,
        /// It came before the arrival of whoever wrote it.
        BeforeArrival,
        /// The phone's clock shows a time at which it cannot have been.
        ClockDoubted,
        /// What follows from it is another thing at the one end of the time than at the other; a person decides.
        DayDecides,
        /// The measurement tells a day before the first on which it can have been made.
        DayDoubted,
    }
}

/// One run of a phone's counter, from one start of the phone to the next, as the phone names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BootId(String);

impl BootId {
    /// Reads one: 1 to 64 visible characters of ASCII.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        name(text, BOOT_ID_CHARS, field).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A time zone by its name, such as `Asia/Shanghai`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

impl Zone {
    /// Reads one: 1 to 64 visible characters of ASCII. Which zones there are is not known here, and changes.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        name(text, ZONE_CHARS, field).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn name(text: &str, most: usize, field: &'static str) -> Result<String, Refusal> {
    if text.len() > most {
        return Err(Refusal::on(Code::FieldTooLong, field).with(most.to_string()));
    }
    if text.is_empty() || !text.chars().all(|sign| sign.is_ascii_graphic()) {
        return Err(Refusal::on(Code::FieldFormat, field));
    }
    Ok(text.to_owned())
}

/// What a phone's counter shows, in milliseconds. It should run on while the phone sleeps; not every app can see one that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counter(i64);

impl Counter {
    /// Reads one from digits.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Refusal> {
        if !text.bytes().all(|sign| sign.is_ascii_digit()) {
            return Err(Refusal::on(Code::FieldFormat, field));
        }
        let shown: i64 = text
            .parse()
            .map_err(|_| Refusal::on(Code::FieldFormat, field))?;
        if shown > COUNTER_MILLISECONDS {
            return Err(Refusal::on(Code::OutOfRange, field));
        }
        Ok(Self(shown))
    }

    /// The number.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
    }
}

/// What the server said its time was, beside what the phone's counter showed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The answer.
    pub server_time: DateTime<Utc>,
    /// When the phone asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Counter>,
    /// When the answer came.
    pub answered: Counter,
    /// The run of the counter.
    pub boot: BootId,
}

impl Anchor {
    /// The server read its clock after it was asked and before its answer came.
    fn readings(&self) -> [Reading; 2] {
        let asked = self.asked.unwrap_or(self.answered);
        let travelled = match self.asked {
            Some(_) => TimeDelta::zero(),
            None => TimeDelta::seconds(ANCHOR_SECONDS),
        };
        let reading = |counter, earliest, latest| Reading {
            boot: self.boot.clone(),
            counter,
            earliest,
            latest,
        };
        let latest = self.server_time.checked_add_signed(travelled);
        [
            reading(asked, None, latest),
            reading(self.answered, Some(self.server_time), None),
        ]
    }
}

/// What a phone says of when something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What its clock showed, with the offset.
    pub wall: DateTime<FixedOffset>,
    /// The zone that it was set to, if it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// What its counter showed.
    pub counter: Counter,
    /// The run of the counter.
    pub boot: BootId,
    /// What it last heard of the server's time; nothing where it heard nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
}

/// Between which moments something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Not before it.
    pub earliest: DateTime<Utc>,
    /// Not after it.
    pub latest: DateTime<Utc>,
}

impl Span {
    /// The time between two moments; where the clocks of two servers differ, the later one.
    #[must_use]
    pub fn between(earliest: DateTime<Utc>, latest: DateTime<Utc>) -> Self {
        Self {
            earliest: earliest.min(latest),
            latest,
        }
    }

    /// Whether it begins before it ends.
    fn is_one(&self) -> bool {
        self.earliest <= self.latest
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(&self, moment: DateTime<Utc>) -> bool {
        (self.earliest..=self.latest).contains(&moment)
    }

    /// The moment in it that is nearest to another one.
    #[must_use]
    pub fn nearest(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        moment.min(self.latest).max(self.earliest)
    }
}

/// When something happened, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurred {
    /// What the phone said; nothing where it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// When the server heard of it.
    pub received_at: DateTime<Utc>,
    /// Between which moments it was.
    pub span: Span,
    /// What contradicts it.
    #[serde(default)]
    pub marks: BTreeSet<TimeMark>,
}

impl Occurred {
    /// What follows from a claim and from what the server knows.
    #[must_use]
    pub fn of(claim: Option<Claim>, known: &Known<'_>) -> Self {
        let (span, agrees) = match &claim {
            Some(claim) => claim.span(known),
            None => (known.sure(), true),
        };
        Self {
            claim,
            received_at: known.received_at,
            span,
            marks: (!agrees)
                .then_some(TimeMark::ClockDoubted)
                .into_iter()
                .collect(),
        }
    }

    /// That of a write of which nothing is said: the moment at which the server heard of it.
    #[must_use]
    pub fn heard(now: DateTime<Utc>) -> Self {
        Self::of(
            None,
            &Known {
                sent_at: now,
                received_at: now,
                readings: &[],
            },
        )
    }

    /// The same with more marks.
    #[must_use]
    pub fn marked(mut self, marks: impl IntoIterator<Item = TimeMark>) -> Self {
        self.marks.extend(marks);
        self
    }

    /// The moment that rules are asked about: the claim where that can be, else the nearest that can; without a claim that
    /// at which the server heard of it.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        match &self.claim {
            Some(claim) => self.span.nearest(claim.wall.to_utc()),
            None => self.span.latest,
        }
    }

    /// The day of that moment in China.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        shanghai_date(self.at())
    }

    /// Whether it was surely after a moment. Of what no phone tells the time, the server knows when it heard of it.
    #[must_use]
    pub fn is_after(&self, moment: DateTime<Utc>) -> bool {
        match &self.claim {
            Some(_) => self.span.earliest > moment,
            None => self.received_at >= moment,
        }
    }

    /// The first and the last day on which it can have been.
    #[must_use]
    pub fn days(&self) -> [NaiveDate; 2] {
        [self.span.earliest, self.span.latest].map(shanghai_date)
    }

    /// Whether a day is the one that the phone's own clock showed, in its zone or in China: apps reckon days by either.
    #[must_use]
    pub fn shows(&self, day: NaiveDate) -> bool {
        self.claim.as_ref().is_some_and(|Claim { wall, .. }| {
            [wall.date_naive(), shanghai_date(wall.to_utc())].contains(&day)
        })
    }

    /// What its phone's counter showed, and when that was, for what the same phone sends later.
    #[must_use]
    pub fn reading(&self) -> Option<Reading> {
        let claim = self.claim.as_ref()?;
        Some(Reading {
            boot: claim.boot.clone(),
            counter: claim.counter,
            earliest: Some(self.span.earliest),
            latest: Some(self.span.latest),
        })
    }
}

#[cfg(test)]
mod tests;
