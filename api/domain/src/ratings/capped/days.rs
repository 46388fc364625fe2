//! Months between days, as the formula counts them.

use chrono::{Months, NaiveDate};

/// Whether less than so many months passed from a day to another one that is not earlier.
pub(super) fn is_within(from: NaiveDate, months: u32, on: NaiveDate) -> bool {
    from <= on && on < after(from, months)
}

/// The day so many months later; the last one that can be written where there is none.
pub(super) fn after(from: NaiveDate, months: u32) -> NaiveDate {
    from.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}
