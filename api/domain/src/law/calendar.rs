//! Working days of the People's Republic and the end of periods.
//!
//! Rules: the opening day is not counted, counting starts on the next day; a last day on a
//! statutory holiday moves to the first day after it (《市场监督管理投诉举报处理办法》, Order 121,
//! article 45; 《市场监督管理行政处罚程序规定》, Order 2, article 80). Weekends are swapped by the
//! yearly notice of the State Council, so that a year without its notice is an error, never a
//! guess from Monday to Friday.
//!
//! An administrator loads a year from a file when its notice is out, and a second person confirms it; a
//! [`CalendarYear`] is one such load, laid over the years that are known already.
//!
//! This also holds for periods in calendar days: their arithmetic needs no notice, but whether
//! the last day is a holiday does, and a date that might still move is not a due date.

mod complete;
mod difference;
mod file;

pub use complete::{CalendarMonth, lawful_days_off};
pub use difference::{ChangedDay, DayUse};
pub use file::CalendarError;
use file::{DayKind, Listed, read_days};

use crate::{commands, id::DraftId, limits::CALENDAR_VERSION_CHARS, text::Text};
use std::collections::{BTreeMap, BTreeSet};

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday,
};

commands! {
    /// What makes a year of the calendar: one person loads it, a second one puts it in force.
    NewYear:

    /// Load a year.
    LoadCalendarYear {
        /// The year.
        year: i32,
        /// What to call this version, such as the number of the notice.
        version: Text<CALENDAR_VERSION_CHARS>,
        /// The file.
        csv: String,
    } => LoadCalendar;
    /// Put a loaded year in force, as a second person.
    ConfirmCalendarYear {
        /// The year as it was loaded.
        draft: DraftId,
    } => ConfirmCalendar;
}

/// China has had one time zone without summer time since 1992.
const SHANGHAI_OFFSET: TimeDelta = TimeDelta::hours(8);

/// The holiday notice of a year is not loaded, so that no day of it can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the working-day calendar of {year} is not loaded")]
pub struct YearNotLoaded {
    /// The year.
    pub year: i32,
}

/// Days off and swapped working days of the loaded years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    version: String,
    days: BTreeMap<NaiveDate, DayKind>,
    years: BTreeSet<i32>,
}

impl Calendar {
    /// Reads `date,kind,occasion` lines, kind being `off` or `work`.
    ///
    /// A year counts as loaded if its first of January is listed as off: that day is off in every
    /// year, while a stray day of late December may come with the notice of its neighbour.
    pub fn parse(csv: &str, version: &str) -> Result<Self, CalendarError> {
        if version.trim().is_empty() {
            return Err(CalendarError::Version);
        }
        let mut days = BTreeMap::new();
        for Listed {
            line, date, kind, ..
        } in read_days(csv)?
        {
            if days.insert(date, kind).is_some() {
                return Err(CalendarError::Duplicate { line, date });
            }
        }
        let years = days
            .iter()
            .filter(|(date, kind)| date.ordinal() == 1 && **kind == DayKind::Off)
            .map(|(date, _)| date.year())
            .collect();
        Ok(Self {
            version: version.to_owned(),
            days,
            years,
        })
    }

    /// The same calendar with a year laid over it: what was known of that year is forgotten, and a
    /// day of a neighbour that the notice swaps is swapped.
    #[must_use]
    pub fn with_year(mut self, year: &CalendarYear, version: &str) -> Self {
        self.days.retain(|date, _| date.year() != year.year);
        self.days.extend(&year.days);
        self.years.insert(year.year);
        version.clone_into(&mut self.version);
        self
    }

    /// What a stored due date names as the calendar it rests on.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The loaded years, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.iter().copied()
    }

    /// Whether people work on that day: the notice decides, else Monday to Friday.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, YearNotLoaded> {
        Ok(match self.listed(date)? {
            Some(kind) => kind == DayKind::Work,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        })
    }

    /// The `days`-th working day after `start`; `start` itself is not counted.
    pub fn add_working_days(
        &self,
        start: NaiveDate,
        days: u32,
    ) -> Result<NaiveDate, YearNotLoaded> {
        let mut date = start;
        let mut left = days;
        while left > 0 {
            date = next(date)?;
            if self.is_working_day(date)? {
                left -= 1;
            }
        }
        Ok(date)
    }

    /// How many working days come after `from`, up to and including `to`.
    pub fn working_days_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<u32, YearNotLoaded> {
        let mut count = 0;
        let mut date = from;
        while date < to {
            date = next(date)?;
            if self.is_working_day(date)? {
                count += 1;
            }
        }
        Ok(count)
    }

    /// The end of a period of calendar days that moves only over the holidays of the notice: the
    /// narrow reading of "statutory holiday".
    pub fn due_literal(&self, start: NaiveDate, days: u32) -> Result<NaiveDate, YearNotLoaded> {
        let mut date = later(start, days)?;
        while self.listed(date)? == Some(DayKind::Off) {
            date = next(date)?;
        }
        Ok(date)
    }

    /// The end of a period of calendar days that moves over every day on which nobody works: the
    /// wide reading, never earlier than [`Self::due_literal`].
    pub fn due_moved(&self, start: NaiveDate, days: u32) -> Result<NaiveDate, YearNotLoaded> {
        let mut date = later(start, days)?;
        while !self.is_working_day(date)? {
            date = next(date)?;
        }
        Ok(date)
    }

    /// Whether the notice of the year gives that day off: the narrow reading of "statutory holiday".
    pub fn is_notice_holiday(&self, date: NaiveDate) -> Result<bool, YearNotLoaded> {
        Ok(self.listed(date)? == Some(DayKind::Off))
    }

    /// Whether that day is a holiday by what is known: of a year without notice its first day alone, which is off in every
    /// year.
    pub(super) fn is_surely_holiday(&self, date: NaiveDate) -> bool {
        self.is_notice_holiday(date).unwrap_or(date.ordinal() == 1)
    }

    /// Whether nobody works on that day by what is known; of a year without notice a Saturday may be swapped.
    pub(super) fn is_surely_off(&self, date: NaiveDate) -> bool {
        self.is_working_day(date)
            .map_or(date.ordinal() == 1, |works| !works)
    }

    /// The `days`-th working day after `from`; where the notice is missing, from Monday to Friday. For looking ahead, never
    /// for an end.
    #[must_use]
    pub fn likely_after(&self, from: NaiveDate, days: u32) -> NaiveDate {
        let mut date = from;
        let mut left = days;
        while left > 0 {
            let Some(next) = date.succ_opt() else {
                return date;
            };
            left -= self.likely_working_days_between(date, next);
            date = next;
        }
        date
    }

    /// How many days from Monday to Friday come after `from`, up to and including `to`, where the notice is missing; else
    /// working days. For warning early, never for an end.
    pub(super) fn likely_working_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let is_weekday =
            |date: NaiveDate| date.weekday().number_from_monday() <= 5 && date.ordinal() != 1;
        let days = from.iter_days().skip(1).take_while(|date| *date <= to);
        let worked = days.filter(|date| self.is_working_day(*date).unwrap_or(is_weekday(*date)));
        u32::try_from(worked.count()).unwrap_or(u32::MAX)
    }

    fn listed(&self, date: NaiveDate) -> Result<Option<DayKind>, YearNotLoaded> {
        if !self.years.contains(&date.year()) {
            return Err(YearNotLoaded { year: date.year() });
        }
        Ok(self.days.get(&date).copied())
    }
}

/// The working days of one year, as its notice has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarYear {
    year: i32,
    days: BTreeMap<NaiveDate, DayKind>,
}

impl CalendarYear {
    /// Reads the file of one year. Stricter than [`Calendar::parse`], because a person typed it: a
    /// day of another year is refused unless it lies in the neighbouring month, and so is a swapped
    /// working day that is no Saturday or Sunday.
    pub fn parse(csv: &str, year: i32) -> Result<Self, CalendarError> {
        let mut days = BTreeMap::new();
        for Listed {
            line, date, kind, ..
        } in read_days(csv)?
        {
            let is_own = date.year() == year
                || (date.year() == year - 1 && date.month() == 12)
                || (date.year() == year + 1 && date.month() == 1);
            if !is_own {
                return Err(CalendarError::OtherYear { line, date, year });
            }
            let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            if kind == DayKind::Work && !is_weekend {
                return Err(CalendarError::PlainWorkingDay { line, date });
            }
            if days.insert(date, kind).is_some() {
                return Err(CalendarError::Duplicate { line, date });
            }
        }
        let first = NaiveDate::from_yo_opt(year, 1);
        if first.and_then(|first| days.get(&first)) != Some(&DayKind::Off) {
            return Err(CalendarError::NotLoaded { year });
        }
        Ok(Self { year, days })
    }

    /// The year.
    #[must_use]
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// How many days the notice gives off and how many weekend days it takes, in the year itself.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let own = self
            .days
            .iter()
            .filter(|(date, _)| date.year() == self.year);
        let off = own
            .clone()
            .filter(|(_, kind)| **kind == DayKind::Off)
            .count();
        (off, own.count() - off)
    }
}

/// The day in China on which that moment falls.
#[must_use]
pub fn shanghai_date(moment: DateTime<Utc>) -> NaiveDate {
    (moment.naive_utc() + SHANGHAI_OFFSET).date()
}

/// The moment at which clocks in China show a time.
#[must_use]
pub fn shanghai_moment(shown: NaiveDateTime) -> DateTime<Utc> {
    (shown - SHANGHAI_OFFSET).and_utc()
}

/// The moment at which a day in China begins.
#[must_use]
pub fn shanghai_start_of(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - SHANGHAI_OFFSET).and_utc()
}

/// The moment at which a day in China is over.
#[must_use]
pub fn shanghai_end_of(day: NaiveDate) -> DateTime<Utc> {
    shanghai_start_of(day.succ_opt().unwrap_or(day))
}

fn next(date: NaiveDate) -> Result<NaiveDate, YearNotLoaded> {
    later(date, 1)
}

/// Beyond the last date that can be written there is no year to load.
fn later(date: NaiveDate, days: u32) -> Result<NaiveDate, YearNotLoaded> {
    date.checked_add_days(Days::new(u64::from(days)))
        .ok_or(YearNotLoaded {
            year: NaiveDate::MAX.year(),
        })
}

#[cfg(test)]
mod tests;
