//! The desk: what lies with an office, whatever it is, by the day on which something has to have been done.

use crate::{
    id::{MerchantId, UserId},
    law::{
        calendar::Calendar,
        clock::{URGENT_WORKING_DAYS, WARN_WORKING_DAYS},
    },
    text::Line,
};
use chrono::NaiveDate;

words! {
    /// What lies on a desk.
    pub enum MatterKind as "MatterKind" {
        /// A report.
        Report,
        /// A complaint.
        Complaint,
        /// A case.
        Case,
        /// A reward.
        Reward,
    }
}

words! {
    /// How near the first end of the office's periods is.
    pub enum DueClass as "DueClass" {
        /// It has passed.
        Overdue,
        /// Today, or at most two working days away.
        WithinTwo,
        /// Today, or at most five working days away; those within two are among them.
        WithinFive,
        /// Further away.
        Later,
        /// The office has no period to keep at present.
        Undated,
    }
}

/// Which matters of a desk are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of one kind.
    pub kind: Option<MatterKind>,
    /// So near their end.
    pub due: Option<DueClass>,
    /// Of this officer: who took the report in, handles the complaint, investigates the case, screened the reward.
    pub owner: Option<UserId>,
    /// With exactly this number.
    pub number: Option<Line>,
    /// About this merchant.
    pub merchant: Option<MerchantId>,
    /// Of an officer of exactly this name, as [`Self::owner`], or about a merchant for which somebody of this name acts.
    pub person: Option<Line>,
    /// About the stalls of this market.
    pub market: Option<MerchantId>,
    /// Those that are over as well; by number they always are.
    pub with_over: bool,
}

/// Which open periods of an office are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WantedClocks {
    /// That run on matters of one kind.
    pub kind: Option<MatterKind>,
    /// So near their end.
    pub due: Option<DueClass>,
    /// On matters of this officer, as on the desk.
    pub owner: Option<UserId>,
}

/// A range of days: the first one, and the first one behind it.
pub type Span = (Option<NaiveDate>, Option<NaiveDate>);

impl DueClass {
    /// The days of the class, seen from `today`; nothing for what has no day.
    #[must_use]
    pub fn span(self, today: NaiveDate, calendar: &Calendar) -> Option<Span> {
        // What ends on a day off behind the last working day is as near as that day.
        let behind = |days| Some(calendar.likely_after(today, days + 1));
        match self {
            Self::Overdue => Some((None, Some(today))),
            Self::WithinTwo => Some((Some(today), behind(URGENT_WORKING_DAYS))),
            Self::WithinFive => Some((Some(today), behind(WARN_WORKING_DAYS))),
            Self::Later => Some((behind(WARN_WORKING_DAYS), None)),
            Self::Undated => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn two_and_five_days_are_working_days_and_a_holiday_behind_them_is_as_near() {
        let csv = include_str!("../../../fixtures/holidays-2023-2026.csv");
        let calendar = Calendar::parse(csv, "test").unwrap();
        // Monday 28 September 2026: Tuesday and Wednesday, then National Day up to the seventh of October.
        let today = day("2026-09-28");
        let two = DueClass::WithinTwo.span(today, &calendar);
        assert_eq!(two, Some((Some(today), Some(day("2026-10-08")))));
        let overdue = DueClass::Overdue.span(today, &calendar);
        assert_eq!(overdue, Some((None, Some(today))));
        // Eighth, ninth, tenth (a swapped Saturday), twelfth.
        let (_, five) = DueClass::WithinFive.span(today, &calendar).unwrap();
        assert_eq!(five, Some(day("2026-10-12")));
        let (later, none) = DueClass::Later.span(today, &calendar).unwrap();
        assert_eq!((later, none), (five, None));
    }
}
