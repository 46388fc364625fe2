//! Where an instrument stands in its period, and what says so.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::mark::{MarkSeen, VerificationMark};
use super::{
    IntervalError, Term, VerificationStatus, corresponding_day, status, term, valid_until,
};
use crate::input::{InputError, InputProblem};
use crate::rules::{InstrumentRow, Period};

/// Where an instrument stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Within the period that ends on `last`.
    Valid { last: NaiveDate, days_left: u32 },
    /// Verified once and for all.
    ValidForGood,
    /// Past the period that ended on `last`.
    Overdue { last: NaiveDate, days: u32 },
    /// No verification that counts.
    Unverified,
    /// Failed its verification.
    Failed,
    /// The last day is one of several by the rules, and the day asked for lies among them: the interval
    /// is known as a range only, or it ends on the corresponding day or on the day before.
    Open {
        earliest: NaiveDate,
        latest: NaiveDate,
    },
    /// Nobody knows the end of the period.
    Unknown,
}

/// What says where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// The date on the certificate.
    Certificate,
    /// The interval printed on mark or certificate.
    Printed,
    /// The interval of the catalogue.
    Catalogue,
    /// The use-life of the catalogue, after which the instrument is exchanged.
    UseLife,
    /// What was seen, without any date.
    Seen,
}

/// Takes certificate, printed interval and catalogue in this order. `is_compulsory` says that an
/// instrument without a mark is unverified, rather than checked in another way.
pub(super) fn standing(
    input: &VerificationMark,
    row: Option<&InstrumentRow>,
    is_compulsory: bool,
) -> Result<(Standing, Basis), InputError> {
    check_printed(input)?;
    if input.mark == MarkSeen::Failed {
        return Ok((Standing::Failed, Basis::Seen));
    }
    let on = input.inspected_on;
    if let Some(last) = input.certificate_valid_until {
        return Ok((placed(last, on), Basis::Certificate));
    }
    let unverified = if is_compulsory {
        Standing::Unverified
    } else {
        Standing::Unknown
    };
    let verified_on = match (input.mark, input.verified_on) {
        (MarkSeen::Forged, _) | (MarkSeen::Absent, None) => {
            return Ok((unverified, Basis::Seen));
        }
        (_, None) => return Ok((Standing::Unknown, Basis::Seen)),
        (_, Some(day)) => day,
    };
    if let Some(months) = input.interval_printed_months {
        let last = last_day(verified_on, months, "interval_printed_months")?;
        return Ok((
            between(last, ends(verified_on, months, last), on),
            Basis::Printed,
        ));
    }
    let Some((period, row)) = row.and_then(|row| Some((row.period?, row))) else {
        return Ok((Standing::Unknown, Basis::Seen));
    };
    let basis = match period {
        Period::FirstOnlyWithUseLife { .. } => Basis::UseLife,
        Period::FirstOnly | Period::Periodic { .. } => Basis::Catalogue,
    };
    Ok((by_row(verified_on, on, (row, period))?, basis))
}

/// The last day by the most lenient reading: the corresponding day, where the month has one. Most
/// certificates print the day before it, some the day itself.
fn ends(verified_on: NaiveDate, months: u32, last: NaiveDate) -> NaiveDate {
    corresponding_day(verified_on, months).unwrap_or(last)
}

/// The term that the catalogue gives a verification; nothing where it gives none.
pub(super) fn by_catalogue(
    verified_on: NaiveDate,
    row: &InstrumentRow,
) -> Result<Option<Term>, InputError> {
    let term = row.period.map(|period| term(verified_on, period));
    term.transpose()
        .map_err(|error| absurd("verified_on", error))
}

/// The least and the most months between two verifications by the catalogue; nothing where it wants no
/// second one.
pub(super) fn months(row: &InstrumentRow) -> Option<(Decimal, Decimal)> {
    match row.period? {
        Period::Periodic {
            months,
            months_at_most,
        } => {
            let most = months_at_most.unwrap_or(months);
            Some((months.get().into(), most.get().into()))
        }
        Period::FirstOnly | Period::FirstOnlyWithUseLife { .. } => None,
    }
}

/// How many months lie between two days: whole ones, and the rest in days of a month of 31.
pub(super) fn months_between(first: NaiveDate, last: NaiveDate) -> Decimal {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let days = i64::from(last.day()) - i64::from(first.day());
    Decimal::from(months(last) - months(first)) + Decimal::from(days) / Decimal::from(31)
}

fn by_row(
    verified_on: NaiveDate,
    on: NaiveDate,
    (row, period): (&InstrumentRow, Period),
) -> Result<Standing, InputError> {
    let months = match period {
        Period::Periodic {
            months,
            months_at_most,
        } => months_at_most.unwrap_or(months),
        Period::FirstOnlyWithUseLife { months } => months,
        Period::FirstOnly => return Ok(Standing::ValidForGood),
    };
    let months = u32::from(months.get());
    Ok(match by_catalogue(verified_on, row)? {
        Some(Term::Until(last)) => between(last, ends(verified_on, months, last), on),
        Some(Term::Between { earliest, latest }) => {
            between(earliest, ends(verified_on, months, latest), on)
        }
        Some(Term::ForGood) => Standing::ValidForGood,
        None => Standing::Unknown,
    })
}

/// Within the shortest reading it is valid by every one; past the longest, overdue by every one.
fn between(earliest: NaiveDate, latest: NaiveDate, on: NaiveDate) -> Standing {
    if earliest < on && on <= latest {
        return Standing::Open { earliest, latest };
    }
    placed(if on <= earliest { earliest } else { latest }, on)
}

fn placed(last: NaiveDate, on: NaiveDate) -> Standing {
    match status(Some(last), on) {
        VerificationStatus::Valid { days_left } => Standing::Valid { last, days_left },
        VerificationStatus::Overdue { days } => Standing::Overdue { last, days },
        VerificationStatus::Unknown => Standing::Unknown,
    }
}

/// Refuses an interval no instrument has and a certificate that ends before the verification, also
/// where another date decides.
fn check_printed(input: &VerificationMark) -> Result<(), InputError> {
    let Some(verified_on) = input.verified_on else {
        // Only the interval is looked at; it is the same on every day far from the calendar's end.
        return match input.interval_printed_months {
            Some(months) => {
                last_day(input.inspected_on, months, "interval_printed_months").map(drop)
            }
            None => Ok(()),
        };
    };
    if let Some(months) = input.interval_printed_months {
        last_day(verified_on, months, "interval_printed_months")?;
    }
    let certificate = input.certificate_valid_until;
    if certificate.is_some_and(|last| valid_until(verified_on, 1, Some(last)).is_err()) {
        let why = "the certificate ends before the verification";
        return Err(InputError::at(
            "certificate_valid_until",
            InputProblem::Contradicts { why },
        ));
    }
    Ok(())
}

fn last_day(
    verified_on: NaiveDate,
    months: u32,
    field: &'static str,
) -> Result<NaiveDate, InputError> {
    valid_until(verified_on, months, None).map_err(|error| absurd(field, error))
}

fn absurd(field: &'static str, error: IntervalError) -> InputError {
    let why = match error {
        IntervalError::MonthsOutOfRange => "an interval is 1 to 600 months",
        IntervalError::EndsBeforeVerification | IntervalError::DateOutOfRange => {
            "the end of the period is outside the calendar"
        }
    };
    InputError::at(field, InputProblem::Absurd { why })
}
