//! One period and its end: length and unit, the days that do not count, and both readings of a
//! last day on which nobody works.
//!
//! A pause takes its days out of the count, whatever the unit; it never brings the end nearer. A
//! pause that begins after the end changes nothing: time that has run out does not come back.

use super::calendar::{Calendar, YearNotLoaded};
use super::pause::Pause;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

words! {
    /// What a statutory period counts.
    pub enum Unit as "PeriodUnit" {
        /// Working days by the notice of the year.
        WorkingDays,
        /// All days; only the last one may move.
        CalendarDays,
        /// Months up to the same day, or to the last of a month that has no such day.
        Months,
        /// Years up to the same day.
        Years,
        /// Nothing: the bureau sets the day.
        DayGiven,
    }
}

/// When a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// On a known day. Both are the same for working days.
    On {
        /// Moved over holidays of the notice only. The office is warned of this one.
        literal: NaiveDate,
        /// Moved over every day off. Late is only who misses this one.
        moved: NaiveDate,
    },
    /// Nobody can say before the calendar of that year is loaded.
    CalendarMissing {
        /// The year.
        year: i32,
        /// The first day on which it can end, whatever the notice will say; none in rows of an earlier version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_before: Option<NaiveDate>,
    },
    /// Nobody can say before time counts again.
    Paused {
        /// The first day that is not counted.
        since: NaiveDate,
    },
}

/// What a period is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period<'a> {
    /// The opening day; it is not counted.
    pub(super) opened_on: NaiveDate,
    /// The day that the bureau set, where the rule leaves it to the bureau.
    pub(super) set_for: Option<NaiveDate>,
    /// How many units, extensions included.
    pub(super) length: u32,
    /// What the length counts.
    pub(super) unit: Unit,
    /// Days that do not count, in order.
    pub(super) pauses: &'a [Pause],
}

impl Period<'_> {
    /// When it ends by that calendar.
    pub(super) fn due(&self, calendar: &Calendar) -> Due {
        let mut counted = 0;
        loop {
            let pauses = self.pauses.get(..counted).unwrap_or_default();
            let due = match self.end(pauses, calendar) {
                Ok((literal, moved)) => Due::On { literal, moved },
                Err(YearNotLoaded { year }) => Due::CalendarMissing {
                    year,
                    not_before: self.not_before(calendar),
                },
            };
            let Some(next) = self.pauses.get(counted) else {
                return due;
            };
            match due {
                Due::On { moved, .. } if next.from > moved => return due,
                _ if next.until.is_none() => return Due::Paused { since: next.from },
                _ => counted += 1,
            }
        }
    }

    /// The first day on which it can end, by what is certain: an unknown day may be a working day, and only adds days if
    /// it is none. A pause counts if it began by the end that the ones before it leave.
    fn not_before(&self, calendar: &Calendar) -> Option<NaiveDate> {
        let mut counted = 0;
        loop {
            let pauses = self.pauses.get(..counted).unwrap_or_default();
            let earliest = self.earliest(pauses, calendar).ok()?;
            match self.pauses.get(counted) {
                Some(next) if next.from <= earliest => {
                    next.until?;
                    counted += 1;
                }
                _ => return Some(earliest),
            }
        }
    }

    fn earliest(&self, pauses: &[Pause], calendar: &Calendar) -> Result<NaiveDate, YearNotLoaded> {
        let counts = |date: NaiveDate| !pauses.iter().any(|pause| pause.covers(date));
        let last = match self.unit {
            Unit::WorkingDays => {
                return nth(self.opened_on, self.length, |date| {
                    Ok(counts(date) && !calendar.is_surely_off(date))
                });
            }
            Unit::CalendarDays => nth(self.opened_on, self.length, |date| Ok(counts(date)))?,
            Unit::Months => months_after(self.opened_on, self.length)?,
            Unit::Years => years_after(self.opened_on, self.length)?,
            Unit::DayGiven => self.set_for.unwrap_or(self.opened_on),
        };
        first(last, |date| {
            Ok(!calendar.is_surely_holiday(date) && counts(date))
        })
    }

    fn end(
        &self,
        pauses: &[Pause],
        calendar: &Calendar,
    ) -> Result<(NaiveDate, NaiveDate), YearNotLoaded> {
        let counts = |date: NaiveDate| !pauses.iter().any(|pause| pause.covers(date));
        let last = match self.unit {
            Unit::WorkingDays => {
                let last = nth(self.opened_on, self.length, |date| {
                    Ok(counts(date) && calendar.is_working_day(date)?)
                })?;
                return Ok((last, last));
            }
            Unit::CalendarDays => nth(self.opened_on, self.length, |date| Ok(counts(date)))?,
            Unit::Months => months_after(self.opened_on, self.length)?,
            Unit::Years => years_after(self.opened_on, self.length)?,
            Unit::DayGiven => self.set_for.unwrap_or(self.opened_on),
        };
        let literal = first(last, |date| {
            Ok(!calendar.is_notice_holiday(date)? && counts(date))
        })?;
        let moved = first(last, |date| {
            Ok(calendar.is_working_day(date)? && counts(date))
        })?;
        Ok((literal, moved))
    }
}

/// The end of that many years, before anybody asks which days are off.
pub(super) fn years_after(start: NaiveDate, years: u32) -> Result<NaiveDate, YearNotLoaded> {
    let months = years.checked_mul(12).ok_or_else(beyond)?;
    months_after(start, months)
}

/// The same of that many months: the same day, or the last of a month that has no such day.
pub(super) fn months_after(start: NaiveDate, months: u32) -> Result<NaiveDate, YearNotLoaded> {
    start
        .checked_add_months(Months::new(months))
        .ok_or_else(beyond)
}

/// Beyond the last date that can be written there is no year to load.
fn beyond() -> YearNotLoaded {
    YearNotLoaded {
        year: NaiveDate::MAX.year(),
    }
}

/// The `n`-th day after `start` that counts.
fn nth(
    start: NaiveDate,
    n: u32,
    counts: impl Fn(NaiveDate) -> Result<bool, YearNotLoaded>,
) -> Result<NaiveDate, YearNotLoaded> {
    let mut date = start;
    let mut left = n;
    while left > 0 {
        date = next(date)?;
        if counts(date)? {
            left -= 1;
        }
    }
    Ok(date)
}

/// That day, or the first after it that will do.
fn first(
    from: NaiveDate,
    will_do: impl Fn(NaiveDate) -> Result<bool, YearNotLoaded>,
) -> Result<NaiveDate, YearNotLoaded> {
    let mut date = from;
    while !will_do(date)? {
        date = next(date)?;
    }
    Ok(date)
}

fn next(date: NaiveDate) -> Result<NaiveDate, YearNotLoaded> {
    date.checked_add_days(Days::new(1)).ok_or_else(beyond)
}
