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

mod difference;

pub use difference::{ChangedDay, DayUse};

use crate::{commands, id::CommandId, text::Text};
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

commands! {
    /// What makes a year of the calendar: one person loads it, a second one puts it in force.
    NewYear:

    /// Load a year.
    LoadCalendarYear {
        /// The year.
        year: i32,
        /// What to call this version, such as the number of the notice.
        version: Text<40>,
        /// The file.
        csv: String,
    } => LoadCalendar;
    /// Put a loaded year in force, as a second person.
    ConfirmCalendarYear {
        /// The write that loaded it.
        draft: CommandId,
    } => ConfirmCalendar;
}

const HEADER: &str = "date,kind,occasion";

/// China has had one time zone without summer time since 1992.
const SHANGHAI_OFFSET: TimeDelta = TimeDelta::hours(8);

/// Why a text is not a calendar. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The first line does not name the columns.
    #[error("a calendar starts with the line `{HEADER}`")]
    Header,
    /// The version is blank, so that a stored date could not say what it rests on.
    #[error("a calendar needs a version")]
    Version,
    /// The line has not three columns.
    #[error("calendar line {line}: expected date, kind and occasion")]
    Columns {
        /// The line.
        line: usize,
    },
    /// The first column is not a date.
    #[error("calendar line {line}: the date is not a date")]
    Date {
        /// The line.
        line: usize,
        /// What the parser said.
        source: chrono::ParseError,
    },
    /// The second column is neither `off` nor `work`.
    #[error("calendar line {line}: the kind is neither `off` nor `work`")]
    Kind {
        /// The line.
        line: usize,
    },
    /// A swapped working day is no Saturday or Sunday: the columns were mixed up, or the year.
    #[error("calendar line {line}: {date} is a working day anyway")]
    PlainWorkingDay {
        /// The line.
        line: usize,
        /// The date.
        date: NaiveDate,
    },
    /// The file of one year lists a day that its notice cannot rule.
    #[error("calendar line {line}: {date} does not belong to the notice of {year}")]
    OtherYear {
        /// The line.
        line: usize,
        /// The date.
        date: NaiveDate,
        /// The year of the notice.
        year: i32,
    },
    /// The first of January of the year is not listed as off.
    #[error("the file does not load the year {year}: 1 January is not listed as off")]
    NotLoaded {
        /// The year.
        year: i32,
    },
    /// The date was listed before.
    #[error("calendar line {line}: {date} is listed twice")]
    Duplicate {
        /// The line.
        line: usize,
        /// The date.
        date: NaiveDate,
    },
}

/// The holiday notice of a year is not loaded, so that no day of it can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the working-day calendar of {year} is not loaded")]
pub struct YearNotLoaded {
    /// The year.
    pub year: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
enum DayKind {
    Off,
    Work,
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
        for (line, date, kind) in read_days(csv)? {
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
        for (line, date, kind) in read_days(csv)? {
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

/// The lines of a file after its header, with their numbers.
fn read_days(csv: &str) -> Result<Vec<(usize, NaiveDate, DayKind)>, CalendarError> {
    // A spreadsheet likes to begin a file with a byte order mark.
    let csv = csv.strip_prefix('\u{FEFF}').unwrap_or(csv);
    let mut lines = csv.lines().enumerate();
    if lines.next().is_none_or(|(_, first)| first.trim() != HEADER) {
        return Err(CalendarError::Header);
    }
    lines
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(index, text)| {
            let line = index + 1;
            read_day(line, text).map(|(date, kind)| (line, date, kind))
        })
        .collect()
}

impl CalendarError {
    /// The line that is mistaken, if it is one.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Columns { line }
            | Self::Date { line, .. }
            | Self::Kind { line }
            | Self::PlainWorkingDay { line, .. }
            | Self::OtherYear { line, .. }
            | Self::Duplicate { line, .. } => Some(*line),
            Self::Header => Some(1),
            Self::Version | Self::NotLoaded { .. } => None,
        }
    }
}

fn read_day(line: usize, text: &str) -> Result<(NaiveDate, DayKind), CalendarError> {
    let columns: Vec<&str> = text.trim().split(',').collect();
    let [date, kind, _occasion] = columns.as_slice() else {
        return Err(CalendarError::Columns { line });
    };
    let date = date
        .parse()
        .map_err(|source| CalendarError::Date { line, source })?;
    let kind = kind
        .parse()
        .map_err(|_unknown| CalendarError::Kind { line })?;
    Ok((date, kind))
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
