//! One running period of one matter.
//!
//! A clock keeps the rule it rests on, the calendar it was computed with, both readings of its
//! end, and what was done to it: pauses, extensions, former ends. It never stops work: where a
//! calendar is missing it says so and can be recomputed. What was late stays late.

mod apply;
mod check;
mod done;

pub use super::pause::{Pause, PauseCause};
pub use super::period::Due;
pub use apply::{Basis, applied};
pub use check::Warned;
pub use done::{Extension, FormerEnd, Replaced};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::deadline::DeadlineRule;
use super::period::{Period, Unit};
use super::provenance::Provenance;

/// Working days left at which a clock first warns. Our choice; no rule says it.
pub const WARN_WORKING_DAYS: u32 = 5;
/// Working days left at which a clock warns urgently. Our choice; no rule says it.
pub const URGENT_WORKING_DAYS: u32 = 2;

words! {
    /// How near the end is.
    pub enum Warning {
        /// At most [`WARN_WORKING_DAYS`] left.
        Soon,
        /// At most [`URGENT_WORKING_DAYS`] left.
        Urgent,
    }
}

/// Whether a duty was done in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Punctuality {
    /// Not after the later reading of the due day.
    InTime,
    /// After it.
    Late {
        /// Calendar days after it.
        days: i64,
    },
    /// The due day is not known, because a calendar is missing.
    Unknown,
}

/// How a clock stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Time is left.
    Running {
        /// Working days after that day up to the earlier reading; nothing if a calendar on the
        /// way is missing.
        working_days_left: Option<u32>,
    },
    /// Little time is left.
    DueSoon {
        /// How little.
        warning: Warning,
        /// Working days after that day up to the earlier reading.
        working_days_left: u32,
    },
    /// The later reading of the due day has passed.
    Overdue {
        /// Calendar days since.
        days: i64,
    },
    /// Time does not count at present.
    Paused {
        /// The first day that is not counted.
        since: NaiveDate,
    },
    /// The duty is done.
    Satisfied {
        /// In time or not.
        punctuality: Punctuality,
    },
    /// The duty fell away.
    Lapsed {
        /// Whether time had run out by then.
        punctuality: Punctuality,
    },
    /// The due day is not known, because a calendar is missing.
    Unknown,
}

/// One running period, with everything needed to recompute it years later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Id of the deadline rule.
    pub rule_id: String,
    /// Its instrument.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// Its article.
    pub article: String,
    /// How well the rule is known.
    pub provenance: Provenance,
    /// How many units the rule gives, extensions not included.
    pub length: u32,
    /// What they count.
    pub unit: Unit,
    /// The opening day in China; it is not counted.
    pub started_on: NaiveDate,
    /// The day that the bureau set, where the rule leaves it to the bureau.
    pub set_for: Option<NaiveDate>,
    /// Extensions, in order.
    pub extensions: Vec<Extension>,
    /// Days that do not count, in order; at most the last one is open.
    pub pauses: Vec<Pause>,
    /// When the period ends.
    pub due: Due,
    /// The calendar that `due` was computed with.
    pub calendar_version: String,
    /// The day on which the duty was done.
    pub satisfied_on: Option<NaiveDate>,
    /// The day on which the duty fell away.
    pub lapsed_on: Option<NaiveDate>,
    /// Ends that it had before, oldest first.
    pub former: Vec<FormerEnd>,
}

impl Clock {
    /// Starts a period. Never fails, so that an intake is never lost for want of a calendar.
    #[must_use]
    pub fn start(rule: &DeadlineRule, started_on: NaiveDate, calendar: &Calendar) -> Self {
        Self::open(rule, (started_on, None), calendar)
    }

    /// Starts a period that ends on the day that the bureau set.
    #[must_use]
    pub fn start_until(
        rule: &DeadlineRule,
        (started_on, until): (NaiveDate, NaiveDate),
        calendar: &Calendar,
    ) -> Self {
        Self::open(rule, (started_on, Some(until)), calendar)
    }

    fn open(
        rule: &DeadlineRule,
        (started_on, set_for): (NaiveDate, Option<NaiveDate>),
        calendar: &Calendar,
    ) -> Self {
        Self {
            rule_id: rule.id.clone(),
            instrument: rule.instrument.clone(),
            edition: rule.edition.clone(),
            article: rule.article.clone(),
            provenance: rule.provenance,
            length: rule.length,
            unit: rule.unit,
            started_on,
            set_for,
            extensions: Vec::new(),
            pauses: Vec::new(),
            due: Due::Paused { since: started_on },
            calendar_version: String::new(),
            satisfied_on: None,
            lapsed_on: None,
            former: Vec::new(),
        }
        .timed(calendar)
    }

    /// The same clock with its end computed anew.
    fn timed(mut self, calendar: &Calendar) -> Self {
        let granted: u32 = self
            .extensions
            .iter()
            .map(|extension| extension.length)
            .sum();
        self.due = Period {
            opened_on: self.started_on,
            set_for: self.set_for,
            length: self.length.saturating_add(granted),
            unit: self.unit,
            pauses: &self.pauses,
        }
        .due(calendar);
        calendar.version().clone_into(&mut self.calendar_version);
        self
    }

    /// The same period by another calendar; the old end is kept if it was another. The length is
    /// the clock's own: a period keeps the law it was opened under.
    #[must_use]
    pub fn recompute(&self, calendar: &Calendar, on: NaiveDate) -> Self {
        let mut new = self.clone().timed(calendar);
        // That more is known of an end that nobody knows yet makes it no other end.
        let waits = match (new.due, self.due) {
            (Due::CalendarMissing { year, .. }, Due::CalendarMissing { year: before, .. }) => {
                year == before
            }
            _ => false,
        };
        if new.due != self.due && !waits {
            new.former.push(self.former_end(on, Replaced::Calendar));
        }
        new
    }

    /// The same period under another edition of its rule, for asking what a change of law would
    /// do. Nothing is kept of the old one.
    #[must_use]
    pub fn under(&self, rule: &DeadlineRule, calendar: &Calendar) -> Self {
        Self {
            instrument: rule.instrument.clone(),
            edition: rule.edition.clone(),
            article: rule.article.clone(),
            provenance: rule.provenance,
            length: rule.length,
            unit: rule.unit,
            ..self.clone()
        }
        .timed(calendar)
    }

    /// The first day on which it can end: the earlier reading of its end, or what is certain while a calendar is missing.
    /// Nothing while time does not count.
    #[must_use]
    pub const fn not_before(&self) -> Option<NaiveDate> {
        match self.due {
            Due::On { literal, .. } => Some(literal),
            Due::CalendarMissing { not_before, .. } => not_before,
            Due::Paused { .. } => None,
        }
    }

    fn former_end(&self, on: NaiveDate, cause: Replaced) -> FormerEnd {
        FormerEnd {
            started_on: self.started_on,
            due: self.due,
            calendar_version: self.calendar_version.clone(),
            replaced_on: on,
            cause,
        }
    }

    /// Whether the duty is neither done nor fallen away.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.satisfied_on.is_none() && self.lapsed_on.is_none()
    }

    /// Whether time ran out on an earlier period of this clock before it began anew.
    #[must_use]
    pub fn was_late_before(&self) -> bool {
        self.former.iter().any(FormerEnd::was_late)
    }

    /// How the clock stands on that day.
    #[must_use]
    pub fn state_on(&self, date: NaiveDate, calendar: &Calendar) -> ClockState {
        if let Some(satisfied_on) = self.satisfied_on {
            return ClockState::Satisfied {
                punctuality: self.punctuality(satisfied_on),
            };
        }
        if let Some(lapsed_on) = self.lapsed_on {
            return ClockState::Lapsed {
                punctuality: self.punctuality(lapsed_on),
            };
        }
        let (literal, moved) = match self.due {
            Due::On { literal, moved } => (literal, moved),
            Due::CalendarMissing { .. } => return ClockState::Unknown,
            Due::Paused { since } => return ClockState::Paused { since },
        };
        if date > moved {
            return ClockState::Overdue {
                days: (date - moved).num_days(),
            };
        }
        let Ok(left) = calendar.working_days_between(date, literal) else {
            return ClockState::Running {
                working_days_left: None,
            };
        };
        let warning = if left > WARN_WORKING_DAYS {
            return ClockState::Running {
                working_days_left: Some(left),
            };
        } else if left > URGENT_WORKING_DAYS {
            Warning::Soon
        } else {
            Warning::Urgent
        };
        ClockState::DueSoon {
            warning,
            working_days_left: left,
        }
    }

    fn punctuality(&self, satisfied_on: NaiveDate) -> Punctuality {
        match self.due {
            Due::CalendarMissing { .. } => Punctuality::Unknown,
            Due::On { moved, .. } if satisfied_on > moved => Punctuality::Late {
                days: (satisfied_on - moved).num_days(),
            },
            // Time was left when it stopped counting, and none has passed since.
            Due::On { .. } | Due::Paused { .. } => Punctuality::InTime,
        }
    }
}

#[cfg(test)]
mod tests;
