//! The days after an administrator gave access to an account. What two persons have to do for money, for names and for
//! everybody's working days one administrator could do alone, by taking accounts of others or making some: so whoever got
//! the access a short time ago is not the second of them, and is noticed before.

use crate::law::calendar::shanghai_date;
use chrono::{DateTime, Days, NaiveDate, Utc};

/// The first day on which an account may be a second person's that got its access at that moment: as many whole days later
/// as were set; none once it has come.
#[must_use]
pub fn settles_on(given_at: DateTime<Utc>, days: u16, now: DateTime<Utc>) -> Option<NaiveDate> {
    let whole = Days::new(u64::from(days) + 1);
    let first = shanghai_date(given_at).checked_add_days(whole)?;
    (shanghai_date(now) < first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn an_account_settles_after_as_many_whole_days_as_were_set() {
        // Half past eleven in the evening of 30 November in Shanghai.
        let given: DateTime<Utc> = "2026-11-30T15:30:00Z".parse().unwrap();
        let first = NaiveDate::from_ymd_opt(2026, 12, 4);
        for (hours, settles) in [(0, first), (1, first), (72, first), (73, None), (900, None)] {
            let now = given + TimeDelta::hours(hours);
            assert_eq!(settles_on(given, 3, now), settles, "after {hours} hours");
        }
    }
}
