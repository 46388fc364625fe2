//! One running period of one case.
//!
//! A clock keeps the rule it rests on, the calendar it was computed with and both readings of its
//! end. It never stops work: where a calendar is missing it says so and can be recomputed. What
//! was late stays late.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, YearNotLoaded};
use super::deadline::{DeadlineRule, Unit};

/// Working days left at which a clock first warns. Our choice; no rule says it.
pub const WARN_WORKING_DAYS: u32 = 5;
/// Working days left at which a clock warns urgently. Our choice; no rule says it.
pub const URGENT_WORKING_DAYS: u32 = 2;

/// Why time does not count.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumIter,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PauseCause {
    /// A sample is being tested, inspected, quarantined or appraised (检测、检验、检疫、鉴定).
    Testing,
    /// A right holder identifies goods or supports the identification (权利人辨认、鉴别).
    Identification,
}

/// When a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// On a known day. Both are the same for working days.
    On {
        /// Moved over holidays of the notice only. The office is warned of this one.
        literal: NaiveDate,
        /// Moved over every day off. Late is only who misses this one.
        moved: NaiveDate,
    },
    /// Nobody can say before the calendar of that year is loaded.
    CalendarMissing {
        /// The year.
        year: i32,
    },
}

/// How near the end is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Warning {
    /// At most [`WARN_WORKING_DAYS`] left.
    Soon,
    /// At most [`URGENT_WORKING_DAYS`] left.
    Urgent,
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
    /// The duty is done.
    Satisfied {
        /// In time or not.
        punctuality: Punctuality,
    },
    /// The due day is not known, because a calendar is missing.
    Unknown,
}

/// The rule given for a new computation is not the one the clock rests on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the clock rests on {clock}, not on {given}")]
pub struct OtherRule {
    /// Rule and edition of the clock.
    pub clock: String,
    /// Rule and edition that were given.
    pub given: String,
}

/// One running period, with everything needed to recompute it years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Id of the deadline rule.
    pub rule_id: String,
    /// Its instrument.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// Its article.
    pub article: String,
    /// The opening day in China; it is not counted.
    pub started_on: NaiveDate,
    /// When the period ends.
    pub due: Due,
    /// The calendar that `due` was computed with.
    pub calendar_version: String,
    /// The day on which the duty was done.
    pub satisfied_on: Option<NaiveDate>,
}

impl Clock {
    /// Starts a period. Never fails, so that an intake is never lost for want of a calendar.
    #[must_use]
    pub fn start(rule: &DeadlineRule, started_on: NaiveDate, calendar: &Calendar) -> Self {
        Self {
            rule_id: rule.id.clone(),
            instrument: rule.instrument.clone(),
            edition: rule.edition.clone(),
            article: rule.article.clone(),
            started_on,
            due: due(rule, started_on, calendar)
                .unwrap_or_else(|YearNotLoaded { year }| Due::CalendarMissing { year }),
            calendar_version: calendar.version().to_owned(),
            satisfied_on: None,
        }
    }

    /// The same period by another calendar; the caller keeps the old clock beside it. Refuses
    /// any other rule or edition: a period keeps the law it was opened under.
    pub fn recompute(&self, rule: &DeadlineRule, calendar: &Calendar) -> Result<Self, OtherRule> {
        if rule.id != self.rule_id || rule.edition != self.edition {
            return Err(OtherRule {
                clock: format!("{}, {}", self.rule_id, self.edition),
                given: format!("{}, {}", rule.id, rule.edition),
            });
        }
        Ok(Self {
            satisfied_on: self.satisfied_on,
            ..Self::start(rule, self.started_on, calendar)
        })
    }

    /// Marks the duty as done. The first time counts: done again later, it was still done then.
    #[must_use]
    pub fn satisfy(mut self, on: NaiveDate) -> Self {
        self.satisfied_on = self.satisfied_on.or(Some(on));
        self
    }

    /// How the clock stands on that day.
    #[must_use]
    pub fn state_on(&self, date: NaiveDate, calendar: &Calendar) -> ClockState {
        if let Some(satisfied_on) = self.satisfied_on {
            return ClockState::Satisfied {
                punctuality: self.punctuality(satisfied_on),
            };
        }
        let Due::On { literal, moved } = self.due else {
            return ClockState::Unknown;
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
            Due::On { .. } => Punctuality::InTime,
        }
    }
}

fn due(rule: &DeadlineRule, start: NaiveDate, calendar: &Calendar) -> Result<Due, YearNotLoaded> {
    Ok(match rule.unit {
        Unit::WorkingDays => {
            let day = calendar.add_working_days(start, rule.length)?;
            Due::On {
                literal: day,
                moved: day,
            }
        }
        Unit::CalendarDays => Due::On {
            literal: calendar.due_literal(start, rule.length)?,
            moved: calendar.due_moved(start, rule.length)?,
        },
    })
}

#[cfg(test)]
mod tests;
