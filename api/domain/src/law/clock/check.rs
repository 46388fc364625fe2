//! When somebody has to look at a clock again: the days on which it begins to warn.

use super::{Clock, ClockState, Due, URGENT_WORKING_DAYS, WARN_WORKING_DAYS, Warning};
use crate::law::calendar::Calendar;
use chrono::{Days, NaiveDate};

words! {
    /// How far the office has been warned of the end that a clock has now.
    #[derive(Default)]
    pub enum Warned {
        /// Not at all.
        #[default]
        None,
        /// That little time is left.
        Soon,
        /// That very little time is left.
        Urgent,
        /// That time is over.
        Overdue,
    }
}

impl Clock {
    /// What the office must have been told of by that day. Nothing while the clock is paused or is
    /// over. Where a calendar is missing, the first day on which it can end is warned of; that time is over, nobody can
    /// say.
    #[must_use]
    pub fn warning_on(&self, date: NaiveDate, calendar: &Calendar) -> Warned {
        match self.state_on(date, calendar) {
            ClockState::DueSoon {
                warning: Warning::Soon,
                ..
            } => Warned::Soon,
            ClockState::DueSoon {
                warning: Warning::Urgent,
                ..
            } => Warned::Urgent,
            ClockState::Overdue { .. } => Warned::Overdue,
            ClockState::Running { .. }
            | ClockState::Paused { .. }
            | ClockState::Satisfied { .. }
            | ClockState::Lapsed { .. } => Warned::None,
            ClockState::Unknown => self.warning_before(date, calendar),
        }
    }

    /// The first day on which there is more to tell than `warned`; nothing if that day will never
    /// come, or cannot be known yet.
    #[must_use]
    pub fn next_check(&self, warned: Warned, calendar: &Calendar) -> Option<NaiveDate> {
        if !self.is_open() {
            return None;
        }
        let (literal, moved) = match self.due {
            Due::On { literal, moved } => (literal, moved),
            Due::CalendarMissing { .. } => return self.next_check_before(warned, calendar),
            Due::Paused { .. } => return None,
        };
        match warned {
            Warned::None => Some(first_day_with(WARN_WORKING_DAYS, literal, calendar)),
            Warned::Soon => Some(first_day_with(URGENT_WORKING_DAYS, literal, calendar)),
            Warned::Urgent => moved.succ_opt(),
            Warned::Overdue => None,
        }
    }

    fn warning_before(&self, date: NaiveDate, calendar: &Calendar) -> Warned {
        let Some(earliest) = self.not_before() else {
            return Warned::None;
        };
        match calendar.likely_working_days_between(date, earliest) {
            0..=URGENT_WORKING_DAYS => Warned::Urgent,
            left if left <= WARN_WORKING_DAYS => Warned::Soon,
            _ => Warned::None,
        }
    }

    fn next_check_before(&self, warned: Warned, calendar: &Calendar) -> Option<NaiveDate> {
        let left = match warned {
            Warned::None => WARN_WORKING_DAYS,
            Warned::Soon => URGENT_WORKING_DAYS,
            // Whether it is over is known when the calendar is there, which computes it anew.
            Warned::Urgent | Warned::Overdue => return None,
        };
        let earliest = self.not_before()?;
        let mut day = earliest;
        while let Some(before) = day.pred_opt() {
            if calendar.likely_working_days_between(before, earliest) > left {
                break;
            }
            day = before;
        }
        Some(day)
    }
}

/// The first day on which at most that many working days are left. Where the calendar of the way
/// there is missing, the last day itself.
fn first_day_with(left: u32, last: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let mut day = last;
    while let Some(before) = day.checked_sub_days(Days::new(1)) {
        match calendar.working_days_between(before, last) {
            Ok(count) if count <= left => day = before,
            _ => break,
        }
    }
    day
}
