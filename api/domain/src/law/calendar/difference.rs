//! What a year would change of the calendar as it is, day by day, for whoever has to confirm it.

use super::{Calendar, CalendarYear};
use chrono::{Datelike as _, NaiveDate};
use std::collections::BTreeSet;

words! {
    /// What people do on a day.
    pub enum DayUse as "CalendarDayUse" {
        /// They work.
        Working,
        /// They have it off.
        Off,
        /// Nobody knows: the calendar lacks the year.
        Unknown,
    }
}

/// A day that a year would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangedDay {
    /// The day.
    pub date: NaiveDate,
    /// As it is.
    pub before: DayUse,
    /// As it would be.
    pub after: DayUse,
}

impl Calendar {
    /// The days that a year would change, in order. Of a year that nobody knows yet those that its notice names: on the
    /// others people work from Monday to Friday.
    #[must_use]
    pub fn changed_by(&self, year: &CalendarYear) -> Vec<ChangedDay> {
        let then = self.clone().with_year(year, self.version());
        let is_known = self.years().any(|known| known == year.year());
        let mut days: BTreeSet<NaiveDate> = year.days.keys().copied().collect();
        if is_known {
            let first = NaiveDate::from_yo_opt(year.year(), 1);
            let own = first.into_iter().flat_map(|first| first.iter_days());
            days.extend(own.take_while(|day| day.year() == year.year()));
        }
        let changed = days.into_iter().map(|date| ChangedDay {
            date,
            before: self.use_of(date),
            after: then.use_of(date),
        });
        changed.filter(|day| day.before != day.after).collect()
    }

    fn use_of(&self, date: NaiveDate) -> DayUse {
        match self.is_working_day(date) {
            Ok(true) => DayUse::Working,
            Ok(false) => DayUse::Off,
            Err(_) => DayUse::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year(csv: &str) -> CalendarYear {
        CalendarYear::parse(&format!("date,kind,occasion\n{csv}"), 2027).unwrap()
    }

    #[test]
    fn of_an_unknown_year_the_days_of_the_notice_are_told_and_of_a_known_one_the_changes() {
        let calendar = Calendar::parse("date,kind,occasion\n2026-01-01,off,x\n", "test").unwrap();
        let first = year("2027-01-01,off,x\n2027-01-02,work,x\n2026-12-31,off,x\n");
        let told = |day: &ChangedDay| (day.date.to_string(), day.before, day.after);
        let changed: Vec<_> = calendar.changed_by(&first).iter().map(told).collect();
        let due = |date: &str, before, after| (day(date).to_string(), before, after);
        assert_eq!(
            changed,
            [
                due("2026-12-31", DayUse::Working, DayUse::Off),
                due("2027-01-01", DayUse::Unknown, DayUse::Off),
                due("2027-01-02", DayUse::Unknown, DayUse::Working),
            ]
        );
        let loaded = calendar.with_year(&first, "test");
        let second = year("2027-01-01,off,x\n2027-01-04,off,x\n");
        let changed: Vec<_> = loaded.changed_by(&second).iter().map(told).collect();
        assert_eq!(
            changed,
            [
                due("2027-01-02", DayUse::Working, DayUse::Off),
                due("2027-01-04", DayUse::Working, DayUse::Off),
            ],
            "the first of January stays, a swapped Saturday is one no more"
        );
        assert!(loaded.changed_by(&first).is_empty());
    }
}
