//! What was done to a clock: extensions, ends that others took the place of.

use super::Due;
use crate::id::UserId;
use chrono::NaiveDate;

/// One extension that somebody who may has granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extension {
    /// Who.
    pub by: UserId,
    /// The day on which it was granted.
    pub on: NaiveDate,
    /// How many units.
    pub length: u32,
}

words! {
    /// Why an end was replaced by another.
    pub enum Replaced as "EndReplaced" {
        /// The period began anew.
        Restart,
        /// A calendar year was loaded or corrected.
        Calendar,
    }
}

/// An end that a clock had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerEnd {
    /// The opening day of the period that it belonged to.
    pub started_on: NaiveDate,
    /// The end.
    pub due: Due,
    /// The calendar that it was computed with.
    pub calendar_version: String,
    /// When another took its place.
    pub replaced_on: NaiveDate,
    /// Why.
    pub cause: Replaced,
}

impl FormerEnd {
    /// Whether the period was over when it began anew: a restart hides no delay.
    #[must_use]
    pub fn was_late(&self) -> bool {
        self.cause == Replaced::Restart
            && matches!(self.due, Due::On { moved, .. } if self.replaced_on > moved)
    }
}
