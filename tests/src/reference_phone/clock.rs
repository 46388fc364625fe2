//! The clocks of a phone: one that its owner and the network set, in a zone, and a counter that nobody sets and
//! that begins anew whenever the phone starts.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeDelta, Utc};
use liangxin_domain::law::calendar::shanghai_date;
use serde_json::{Value, json};

use crate::chance::Chance;

/// By so many millionths a counter runs fast or slow; the server allows a thousand.
const DRIFT: u64 = 900;

/// The clocks of one phone. They go on whatever becomes of the app.
#[derive(Debug)]
pub struct Clocks {
    began: DateTime<Utc>,
    /// By how many millionths the counter runs fast.
    fast: i64,
    boot: String,
    /// By how much the clock that is shown is ahead.
    off: TimeDelta,
    zone_hours: i32,
}

impl Clocks {
    /// Those of a phone that started within the month before, and whose clock is right.
    pub fn new(now: DateTime<Utc>, chance: &mut Chance) -> Self {
        Self {
            began: now - seconds(chance.between(60, 30 * 86_400)),
            fast: signed(chance.between(0, 2 * DRIFT)) - signed(DRIFT),
            boot: chance.uuid().to_string(),
            off: TimeDelta::zero(),
            zone_hours: 8,
        }
    }

    /// The phone starts anew.
    pub fn start(&mut self, now: DateTime<Utc>, chance: &mut Chance) {
        self.began = now;
        self.boot = chance.uuid().to_string();
    }

    /// Somebody sets the clock: right, some hours off, or more than a year, in any zone.
    pub fn set(&mut self, chance: &mut Chance) {
        let most = chance.pick(&[0, 3 * 3_600, 3 * 86_400, 400 * 86_400]);
        self.off = seconds(chance.between(0, 2 * most + 1)) - seconds(most);
        self.zone_hours = match chance.between(0, 2) {
            0 => 8,
            _ => i32::try_from(chance.between(0, 27)).unwrap_or(20) - 12,
        };
    }

    /// By how much the clock that is shown is ahead.
    pub const fn off(&self) -> TimeDelta {
        self.off
    }

    /// What the counter shows, in milliseconds.
    pub fn counter(&self, now: DateTime<Utc>) -> i64 {
        let ran = (now - self.began).num_milliseconds();
        ran + ran * self.fast / 1_000_000
    }

    /// What the server told, as the anchor of what happens from then on.
    pub fn anchor(&self, server_time: &Value, asked: i64, now: DateTime<Utc>) -> Value {
        json!({
            "serverTime": server_time,
            "askedMonotonicMs": asked.to_string(),
            "monotonicMs": self.counter(now).to_string(),
            "bootId": self.boot,
        })
    }

    /// What the phone says of this moment, beside the last anchor that it has.
    pub fn occurred(&self, now: DateTime<Utc>, anchor: Option<&Value>) -> Value {
        let mut said = json!({
            "wall": self.wall(now).to_rfc3339_opts(SecondsFormat::Millis, false),
            "monotonicMs": self.counter(now).to_string(),
            "bootId": self.boot,
        });
        if let Some(anchor) = anchor {
            said["anchor"] = anchor.clone();
        }
        said
    }

    /// The day that the phone takes it for: by the counter where an anchor of this run tells, else the one that it
    /// shows.
    pub fn day(&self, now: DateTime<Utc>, anchor: Option<&Value>) -> NaiveDate {
        let reckoned = || {
            let anchor = anchor.filter(|anchor| anchor["bootId"] == self.boot.as_str())?;
            let told: DateTime<Utc> = anchor["serverTime"].as_str()?.parse().ok()?;
            let then: i64 = anchor["monotonicMs"].as_str()?.parse().ok()?;
            Some(shanghai_date(
                told + TimeDelta::milliseconds(self.counter(now) - then),
            ))
        };
        reckoned().unwrap_or_else(|| self.wall(now).date_naive())
    }

    fn wall(&self, now: DateTime<Utc>) -> DateTime<FixedOffset> {
        let utc = (now + self.off).fixed_offset();
        let zone = FixedOffset::east_opt(self.zone_hours * 3_600);
        zone.map_or(utc, |zone| utc.with_timezone(&zone))
    }
}

pub(super) fn seconds(number: u64) -> TimeDelta {
    TimeDelta::seconds(signed(number))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
