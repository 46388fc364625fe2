//! Deadline rules: how long an office or a person has for a duty, by which article.
//!
//! Lengths are data in `law/deadlines.toml`, picked by the day that opens the period. What a
//! period means for one case is a [`Clock`](super::clock::Clock).

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::calendar::{Calendar, YearNotLoaded};
use super::edition::{self, Dated, LawError};
use super::file::LawFile;
use super::pause::PauseCause;
pub use super::period::Unit;
use super::period::{Due, Period, months_after, years_after};
use super::provenance::Provenance;
use crate::accounts::role::Role;

const FILE: &str = "deadlines.toml";

words! {
    /// The procedure that a deadline belongs to.
    pub enum Track {
        /// A consumer dispute (投诉).
        Complaint,
        /// A tip-off (举报).
        Report,
        /// Both of them.
        Intake,
        /// A penalty case.
        Case,
        /// A random inspection.
        Inspection,
        /// A public rating.
        Rating,
        /// A reward for a report.
        Reward,
    }
}

words! {
    /// Whose duty a period is.
    // The office is warned before the end of its own; of any other it is told only that it is over.
    #[derive(Default)]
    pub enum Bearer as "ClockBearer" {
        /// The office's.
        #[default]
        Office,
        /// A citizen's or a merchant's: what they do not do by then they need not do any more, or may not.
        Party,
        /// Another authority's, such as the police.
        Other,
    }
}

/// How far a rule lets somebody extend its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRule {
    /// How many units each time.
    pub length: u32,
    /// What it counts; the same as the period itself.
    pub unit: Unit,
    /// How often.
    pub times: usize,
    /// Who may.
    pub by: Role,
    /// Whether the heads together may extend once more after that, by a length that they fix.
    #[serde(default)]
    pub further: bool,
}

/// One edition of one deadline.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// Stable id, such as `R-VERIFY`; successive editions share it.
    pub id: String,
    /// The procedure it belongs to.
    pub track: Track,
    /// What has to be done, in Chinese.
    pub duty_zh: String,
    /// What has to be done, in English.
    pub duty_en: String,
    /// Whose duty it is.
    #[serde(default)]
    pub bearer: Bearer,
    /// How many units; none where the bureau sets the day.
    #[serde(default)]
    pub length: u32,
    /// What they count.
    pub unit: Unit,
    /// How far it may be extended; not at all if absent.
    pub extension: Option<ExtensionRule>,
    /// What stops the count.
    #[serde(default)]
    pub pauses: Vec<PauseCause>,
    /// The rule whose running period a given day must not outlast.
    pub within: Option<String>,
    /// The event that opens the period, in Chinese.
    pub starts_zh: String,
    /// The event that opens the period, in English.
    pub starts_en: String,
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its edition: order number, year, amendments.
    pub edition: String,
    /// The article.
    pub article: String,
    /// The first day on which this row may be applied.
    pub valid_from: NaiveDate,
    /// The last day on which it applies; open while in force.
    pub valid_to: Option<NaiveDate>,
    /// How well it is known.
    pub provenance: Provenance,
}

impl Dated for DeadlineRule {
    fn id(&self) -> &str {
        &self.id
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }
}

/// The rules that code names: each must have a row for today, or a period could not open.
pub const NAMED: [&str; 45] = [
    "C-ACCEPT",
    "C-DISPATCH",
    "C-IDPROOF",
    "C-LIMIT",
    "C-MEDIATE",
    "C-RECUSE",
    "C-TERMNOTE",
    "CR-ACCEPT",
    "CR-BARRED",
    "CR-DECIDE",
    "CR-FROM",
    "D-LIMIT",
    "D-LIMIT-5",
    "DP-GENERAL",
    "DP-LIGHT",
    "DP-UNDONE",
    "J-DISPUTE",
    "P-AUDIT",
    "P-CLOSE",
    "P-CORRECT",
    "P-DECIDE",
    "P-DEFEND",
    "P-ENFORCE",
    "P-FILE",
    "P-HEARING",
    "P-PAY",
    "P-PUBNOTICE",
    "P-REMIND",
    "P-SERVE",
    "P-SIMPLE",
    "PR-ANSWER",
    "PR-DECIDE",
    "PR-GOODS",
    "PR-HANDOVER",
    "PR-REVIEW",
    "R-FROMMED",
    "R-NOTCOMP",
    "R-VERIFY",
    "RT-BADGE",
    "RT-OBJECTION",
    "RT-PRENOTICE",
    "RW-APPLY",
    "RW-CLAIM",
    "RW-OBJECT",
    "RW-TELL",
];

impl DeadlineRule {
    /// Whether a period that opened on `start` is over on `day`, by the later reading. Days that
    /// lie before every reading of the end need no calendar, so that an old matter in time is in
    /// time also where the year of its end has no notice yet.
    pub fn is_over(
        &self,
        start: NaiveDate,
        day: NaiveDate,
        calendar: &Calendar,
    ) -> Result<bool, YearNotLoaded> {
        let earliest = match self.unit {
            Unit::Months => months_after(start, self.length)?,
            Unit::Years => years_after(start, self.length)?,
            Unit::WorkingDays | Unit::CalendarDays => start
                .checked_add_days(Days::new(u64::from(self.length)))
                .unwrap_or(NaiveDate::MAX),
            Unit::DayGiven => start,
        };
        if day <= earliest {
            return Ok(false);
        }
        let period = Period {
            opened_on: start,
            set_for: None,
            length: self.length,
            unit: self.unit,
            pauses: &[],
        };
        match period.due(calendar) {
            Due::On { moved, .. } => Ok(day > moved),
            Due::CalendarMissing { year, .. } => Err(YearNotLoaded { year }),
            Due::Paused { .. } => Ok(false),
        }
    }

    /// The last day of a time in which nobody has to do anything, so that no day off moves it: months and
    /// years to the same day, or to the last of a month that has no such day. Only those have one.
    #[must_use]
    pub fn plain_end(&self, start: NaiveDate) -> NaiveDate {
        let end = match self.unit {
            Unit::Months => months_after(start, self.length).ok(),
            Unit::Years => years_after(start, self.length).ok(),
            Unit::CalendarDays => start.checked_add_days(Days::new(u64::from(self.length))),
            Unit::WorkingDays | Unit::DayGiven => None,
        };
        end.unwrap_or(NaiveDate::MAX)
    }

    fn check(&self) -> Result<(), LawError> {
        let refuse = |reason: &str| {
            Err(LawError::Invalid {
                file: FILE,
                row: self.id.clone(),
                reason: reason.to_owned(),
            })
        };
        match (self.unit, self.length) {
            (Unit::DayGiven, 1..) => return refuse("a day that the bureau sets has no length"),
            (Unit::WorkingDays | Unit::CalendarDays | Unit::Months | Unit::Years, 0) => {
                return refuse("a period has at least one day");
            }
            (Unit::WorkingDays | Unit::CalendarDays, 3661..)
            | (Unit::Months, 1201..)
            | (Unit::Years, 101..) => {
                return refuse("nobody waits that long: is the unit right?");
            }
            _ => {}
        }
        let Some(extension) = self.extension else {
            return Ok(());
        };
        if extension.unit != self.unit {
            return refuse("an extension counts what the period counts");
        }
        if extension.length == 0 || extension.times == 0 {
            return refuse("an extension has a length, and is possible at least once");
        }
        Ok(())
    }
}

/// All editions of all deadlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRules(Vec<DeadlineRule>);

impl DeadlineRules {
    /// The rules this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/deadlines.toml"))
    }

    /// Every edition, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &DeadlineRule> {
        self.0.iter()
    }

    /// The edition of rule `id` for a period that opens on that day.
    pub fn rule_on(&self, id: &str, date: NaiveDate) -> Result<&DeadlineRule, LawError> {
        edition::get_on(&self.0, id, date)
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let rules: Vec<DeadlineRule> = file.take_rows("deadline")?;
        file.finish()?;
        Self::checked(rules)
    }

    /// These rules with those of a text, which may hold a part of the file: what it says about an
    /// id takes the place of every edition of that id.
    pub fn with_part(&self, text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let part: Vec<DeadlineRule> = file.take_rows("deadline")?;
        file.finish()?;
        let is_kept = |rule: &&DeadlineRule| !part.iter().any(|new| new.id == rule.id);
        let kept: Vec<_> = self.0.iter().filter(is_kept).cloned().collect();
        Self::checked(kept.into_iter().chain(part).collect())
    }

    fn checked(rules: Vec<DeadlineRule>) -> Result<Self, LawError> {
        rules.iter().try_for_each(DeadlineRule::check)?;
        if let Some(lost) = rules.iter().find(|rule| {
            let within = rule.within.as_ref();
            within.is_some_and(|id| !rules.iter().any(|other| other.id == *id))
        }) {
            return Err(LawError::Invalid {
                file: FILE,
                row: lost.id.clone(),
                reason: "`within` names no rule".to_owned(),
            });
        }
        edition::check_editions(FILE, &rules)?;
        Ok(Self(rules))
    }
}

#[cfg(test)]
mod tests;
