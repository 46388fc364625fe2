//! Whether an instrument is within its verification on a day.
//!
//! [`status`], [`valid_until`] and [`term`] only add dates, for a merchant's ledger as for a verdict;
//! [`judge`] takes what an officer saw on an instrument and makes a verdict of it.
//!
//! # How an instrument is judged
//!
//! 1. The day of the inspection picks the edition of the catalogue of instruments under compulsory
//!    management (Announcement 42/2020). Verification is compulsory where the catalogue lists the
//!    instrument and it is used for trade, safety, medicine or the environment; anything else is
//!    noted and judged as an instrument that its owner has to have checked.
//! 2. The period ends on the date printed on the certificate. Without one it ends the interval after
//!    the verification, less one day: the interval printed beside the mark, else that of the
//!    catalogue. A month without the day ends it with its last day. Some certificates print the
//!    corresponding day itself: without one that day is neither valid nor overdue, and where only a
//!    range of the interval is known, no day between its ends is. An interval, or a duty, that nobody
//!    has confirmed makes no firm failure and suggests no violation; nor does such an interval make a
//!    pass, which then needs the day that the certificate names. Within a confirmed interval a genuine
//!    mark is enough, and the verdict says that an earlier day on the certificate would count.
//! 3. Verification for the first time only has no end, or ends with the use-life of the instrument.
//! 4. A mark of failure outweighs every date. A forged mark dates nothing: only a certificate helps.
//! 5. Mark, seals and signs of a cheating function are findings of their own. A sign of cheating is a
//!    suspicion: the state of the instrument is preserved and an authorised body examines it
//!    (Implementing Rules article 35). Nobody need look for seals on an instrument of a kind that has no
//!    place for one; a broken one on it is refused, since its mark tells what is broken.
//! 6. A price-computing scale with a Max of up to 100 kg made while JJF 2184-2025 is in force bears
//!    three codes and one seal.
//! 7. Without a known period an instrument never conforms; whatever else fails still fails.

mod judge;
mod mark;
mod period;
mod term;
mod words;

use chrono::{Datelike as _, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use judge::judge;
pub use mark::{
    CheatingSeen, CodeSeen, MarkSeen, Purpose, SealsSeen, ThreeCodes, VerificationMark,
};
pub use term::{Term, term};

/// The longest interval accepted, in months. The longest use-life in the catalogue of instruments is
/// ten years; anything above fifty is a slip of the keyboard.
pub const LONGEST_INTERVAL_MONTHS: u32 = 600;

/// An instrument's verification, seen on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VerificationStatus {
    /// Within the period.
    Valid {
        /// Full days left after the day asked for; 0 on the last valid day.
        days_left: u32,
    },
    /// Past the period: it must not be used (Metrology Law article 9, Implementing Rules article 22).
    Overdue {
        /// Days since the last valid day; 1 on the day after it.
        days: u32,
    },
    /// No end of the period is on record. Neither valid nor overdue.
    Unknown,
}

/// Where an instrument whose last valid day is `valid_until` stands on the day `on`.
pub fn status(valid_until: Option<NaiveDate>, on: NaiveDate) -> VerificationStatus {
    let Some(last) = valid_until else {
        return VerificationStatus::Unknown;
    };
    let days = last.signed_duration_since(on).num_days();
    // The calendar spans fewer days than a u32 counts, so saturation is never reached.
    let count = u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX);
    if days >= 0 {
        VerificationStatus::Valid { days_left: count }
    } else {
        VerificationStatus::Overdue { days: count }
    }
}

/// The last valid day of a verification.
///
/// The date printed on the certificate wins. Without one it is the day before the one that corresponds
/// to the verification `interval_months` later; where that month has no such day, its last day
/// (verified on 31 August for six months: 28 February).
pub fn valid_until(
    verified_on: NaiveDate,
    interval_months: u32,
    certificate: Option<NaiveDate>,
) -> Result<NaiveDate, IntervalError> {
    if let Some(printed) = certificate {
        return if printed >= verified_on {
            Ok(printed)
        } else {
            Err(IntervalError::EndsBeforeVerification)
        };
    }
    if interval_months == 0 || interval_months > LONGEST_INTERVAL_MONTHS {
        return Err(IntervalError::MonthsOutOfRange);
    }
    let end = verified_on
        .checked_add_months(Months::new(interval_months))
        .ok_or(IntervalError::DateOutOfRange)?;
    if end.day() != verified_on.day() {
        return Ok(end);
    }
    end.pred_opt().ok_or(IntervalError::DateOutOfRange)
}

/// The day that corresponds to a verification so many months later; nothing where the month has none.
/// Some certificates print it as the last valid day, most the day before it: without a certificate it
/// is neither valid nor overdue.
fn corresponding_day(verified_on: NaiveDate, interval_months: u32) -> Option<NaiveDate> {
    let end = verified_on.checked_add_months(Months::new(interval_months))?;
    (end.day() == verified_on.day()).then_some(end)
}

/// Why no last valid day can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntervalError {
    /// The interval is zero or above [`LONGEST_INTERVAL_MONTHS`].
    #[error("the verification interval is not between 1 and {LONGEST_INTERVAL_MONTHS} months")]
    MonthsOutOfRange,
    /// The certificate's date lies before the verification.
    #[error("the certificate ends before the verification was made")]
    EndsBeforeVerification,
    /// The end lies outside the calendar.
    #[error("the end of the period is outside the calendar")]
    DateOutOfRange,
}

impl IntervalError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MonthsOutOfRange => "INTERVAL_OUT_OF_RANGE",
            Self::EndsBeforeVerification => "CERTIFICATE_ENDS_BEFORE_VERIFICATION",
            Self::DateOutOfRange => "DATE_OUT_OF_RANGE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_last_valid_day_is_still_valid() {
        let last = Some(day(2026, 11, 23));
        assert_eq!(
            status(last, day(2026, 11, 22)),
            VerificationStatus::Valid { days_left: 1 }
        );
        assert_eq!(
            status(last, day(2026, 11, 23)),
            VerificationStatus::Valid { days_left: 0 }
        );
        assert_eq!(
            status(last, day(2026, 11, 24)),
            VerificationStatus::Overdue { days: 1 }
        );
    }

    #[test]
    fn an_instrument_without_a_date_is_unknown_not_overdue() {
        assert_eq!(status(None, day(2026, 11, 23)), VerificationStatus::Unknown);
    }

    #[test]
    fn a_year_ends_the_day_before_its_anniversary() {
        assert_eq!(valid_until(day(2026, 3, 10), 12, None), Ok(day(2027, 3, 9)));
    }

    #[test]
    fn a_month_without_the_day_ends_the_period_with_its_last_day() {
        for (verified_on, months, last) in [
            (day(2026, 8, 31), 6, day(2027, 2, 28)),
            (day(2027, 8, 31), 6, day(2028, 2, 29)),
            (day(2028, 2, 29), 12, day(2029, 2, 28)),
            (day(2028, 2, 29), 48, day(2032, 2, 28)),
            (day(2026, 5, 31), 6, day(2026, 11, 30)),
        ] {
            assert_eq!(valid_until(verified_on, months, None), Ok(last));
        }
    }

    #[test]
    fn the_date_on_the_certificate_wins() {
        let printed = day(2027, 1, 31);
        assert_eq!(
            valid_until(day(2026, 3, 10), 12, Some(printed)),
            Ok(printed)
        );
    }

    #[test]
    fn a_certificate_that_ends_before_the_verification_is_refused() {
        assert_eq!(
            valid_until(day(2026, 3, 10), 12, Some(day(2026, 3, 9))),
            Err(IntervalError::EndsBeforeVerification)
        );
    }

    #[test]
    fn an_interval_of_no_months_or_of_centuries_is_refused() {
        for months in [0, 601, u32::MAX] {
            assert_eq!(
                valid_until(day(2026, 3, 10), months, None),
                Err(IntervalError::MonthsOutOfRange)
            );
        }
        assert_eq!(
            valid_until(NaiveDate::MAX, 12, None),
            Err(IntervalError::DateOutOfRange)
        );
    }

    #[test]
    fn a_status_has_a_stable_form() {
        let form = serde_json::to_string(&VerificationStatus::Overdue { days: 3 }).unwrap();
        assert_eq!(form, r#"{"status":"OVERDUE","days":3}"#);
        let form = serde_json::to_string(&VerificationStatus::Unknown).unwrap();
        assert_eq!(form, r#"{"status":"UNKNOWN"}"#);
    }
}
