//! A calendar as a file: one day a line, and what can be wrong with it.

use chrono::NaiveDate;

pub(super) const HEADER: &str = "date,kind,occasion";

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
    /// An occasion of the law is missing, or has fewer days off than the law gives.
    #[error("{occasion} has {found} days off in the file; the law gives at least {fewest}")]
    TooFewDays {
        /// The occasion.
        occasion: &'static str,
        /// How many days off the file lists for it.
        found: usize,
        /// How many it has to list.
        fewest: usize,
    },
    /// An occasion that has its name from a day does not have that day off.
    #[error("{occasion} is not off on its own day")]
    NotOnItsDay {
        /// The occasion.
        occasion: &'static str,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub(super) enum DayKind {
    Off,
    Work,
}

/// One line of a file.
pub(super) struct Listed<'a> {
    pub(super) line: usize,
    pub(super) date: NaiveDate,
    pub(super) kind: DayKind,
    pub(super) occasion: &'a str,
}

/// The lines of a file after its header, with their numbers.
pub(super) fn read_days(csv: &str) -> Result<Vec<Listed<'_>>, CalendarError> {
    // A spreadsheet likes to begin a file with a byte order mark.
    let csv = csv.strip_prefix('\u{FEFF}').unwrap_or(csv);
    let mut lines = csv.lines().enumerate();
    if lines.next().is_none_or(|(_, first)| first.trim() != HEADER) {
        return Err(CalendarError::Header);
    }
    lines
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(index, text)| read_day(index + 1, text))
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
            Self::Version
            | Self::NotLoaded { .. }
            | Self::TooFewDays { .. }
            | Self::NotOnItsDay { .. } => None,
        }
    }
}

fn read_day(line: usize, text: &str) -> Result<Listed<'_>, CalendarError> {
    let columns: Vec<&str> = text.trim().split(',').collect();
    let [date, kind, occasion] = columns.as_slice() else {
        return Err(CalendarError::Columns { line });
    };
    let date = date
        .parse()
        .map_err(|source| CalendarError::Date { line, source })?;
    let kind = kind
        .parse()
        .map_err(|_unknown| CalendarError::Kind { line })?;
    Ok(Listed {
        line,
        date,
        kind,
        occasion,
    })
}
