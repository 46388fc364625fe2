//! When a work is: its moment, and when the server heard of what it writes.

use super::Work;
use crate::ports::ids::Ids;
use chrono::{DateTime, DurationRound as _, NaiveDate, TimeDelta, Utc};
use liangxin_domain::law::calendar::{shanghai_date, shanghai_start_of};
use uuid::Uuid;

/// How exactly the rows of a work say when they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// To the moment.
    Moment,
    /// To the day in China: nothing that is written at the same moment is found by it.
    Day,
}

impl Work {
    /// The same work, whose rows from here on say so exactly when they were written.
    #[must_use]
    pub fn dated(self, dating: Dating) -> Self {
        Self { dating, ..self }
    }

    /// The moment of this work, or what its rows say instead: the beginning of its day.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self.dating {
            Dating::Moment => self.began_at,
            Dating::Day => shanghai_start_of(self.today()),
        }
    }

    /// The day of this work in China.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        shanghai_date(self.began_at)
    }

    /// From when on jobs of this work are due. How long a job waits is watched, so that a day says too little; a minute is no
    /// moment, and a job that is done says its day alone.
    pub(super) fn due_at(&self) -> DateTime<Utc> {
        match self.dating {
            Dating::Moment => self.began_at,
            Dating::Day => {
                let minute = self.began_at.duration_trunc(TimeDelta::minutes(1));
                minute.unwrap_or(self.began_at)
            }
        }
    }

    /// A new id for a row of this work, which tells no more of its time than the row.
    #[must_use]
    pub fn new_id(&self, ids: &Ids) -> Uuid {
        match self.dating {
            Dating::Moment => ids.uuid(self.began_at),
            Dating::Day => ids.uuid_of_day(self.now()),
        }
    }

    /// The same work, of which the server heard before, if a moment is given: it was held until now.
    #[must_use]
    pub fn heard(self, at: Option<DateTime<Utc>>) -> Self {
        Self {
            heard_at: at,
            ..self
        }
    }

    /// When the server heard of what this work writes: not after it, and long before it where it was held.
    #[must_use]
    pub fn heard_at(&self) -> DateTime<Utc> {
        self.heard_at.unwrap_or_else(|| self.now())
    }
}
