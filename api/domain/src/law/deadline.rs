//! Deadline rules: how long an office or a person has for a duty, by which article.
//!
//! Lengths are data in `law/deadlines.toml`, picked by the day that opens the period. What a
//! period means for one case is a [`Clock`](super::clock::Clock).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, YearNotLoaded};
use super::clock::{Due, PauseCause};
use super::edition::{self, Dated, LawError};
use super::file::LawFile;
use super::period::{Period, years_after};
use super::provenance::Provenance;
use crate::accounts::role::Role;

const FILE: &str = "deadlines.toml";

/// The procedure that a deadline belongs to.
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

/// What a length counts.
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
pub enum Unit {
    /// Days on which people work by the notice of the year (工作日).
    WorkingDays,
    /// All days (日); only the last one may move.
    CalendarDays,
    /// Years (年) up to the same day; only that day may move.
    Years,
    /// Nothing: the rule leaves it to the bureau to set the day.
    DayGiven,
}

/// Whose duty, or whose chance, a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearer {
    /// The office's: it is warned before the end.
    #[default]
    Office,
    /// A citizen's or a merchant's: the office is told only that it is over.
    Party,
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
            Due::CalendarMissing { year } => Err(YearNotLoaded { year }),
            Due::Paused { .. } => Ok(false),
        }
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
            (Unit::WorkingDays | Unit::CalendarDays | Unit::Years, 0) => {
                return refuse("a period has at least one day");
            }
            (Unit::WorkingDays | Unit::CalendarDays, 3661..) | (Unit::Years, 101..) => {
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
mod tests {
    use std::error::Error as _;

    use super::*;

    const ROW: &str = r#"
[[deadline]]
id = "X-ONE"
track = "report"
duty_zh = "一"
duty_en = "one"
length = 7
unit = "working_days"
starts_zh = "起"
starts_en = "start"
instrument = "办法"
edition = "1"
article = "第一条"
valid_from = "2026-01-01"
provenance = "proposal"
"#;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rules() -> DeadlineRules {
        DeadlineRules::embedded().unwrap()
    }

    #[test]
    fn a_report_is_verified_within_fifteen_working_days() {
        let rules = rules();
        let rule = rules.rule_on("R-VERIFY", day("2026-11-23")).unwrap();
        assert_eq!((rule.length, rule.unit), (15, Unit::WorkingDays));
        assert_eq!(rule.provenance, Provenance::Verified);
        assert!(rule.article.contains("第十八条"), "{}", rule.article);
    }

    #[test]
    fn the_deadlines_of_a_case_are_those_of_order_2() {
        let lengths = [
            ("P-DEFEND", 5, Unit::WorkingDays),
            ("P-AUDIT", 10, Unit::WorkingDays),
            ("P-DECIDE", 90, Unit::CalendarDays),
            ("P-SERVE", 7, Unit::WorkingDays),
            ("P-PUBNOTICE", 30, Unit::CalendarDays),
            ("P-PAY", 15, Unit::CalendarDays),
            ("P-CLOSE", 15, Unit::WorkingDays),
        ];
        for (id, length, unit) in lengths {
            let rules = rules();
            let rule = rules.rule_on(id, day("2026-11-23")).unwrap();
            assert_eq!((rule.length, rule.unit), (length, unit), "{id}");
            assert_eq!(rule.track, Track::Case, "{id}");
        }
    }

    #[test]
    fn mediation_changed_from_working_days_to_calendar_days_in_april_2026() {
        let rules = rules();
        let before = rules.rule_on("C-MEDIATE", day("2026-04-14")).unwrap();
        assert_eq!((before.length, before.unit), (45, Unit::WorkingDays));
        let after = rules.rule_on("C-MEDIATE", day("2026-04-15")).unwrap();
        assert_eq!((after.length, after.unit), (60, Unit::CalendarDays));
    }

    #[test]
    fn an_unknown_rule_and_a_day_before_its_first_edition_are_different_errors() {
        let rules = rules();
        assert_eq!(
            rules.rule_on("R-NONE", day("2026-11-23")),
            Err(LawError::UnknownRule {
                id: "R-NONE".into()
            })
        );
        let on = day("1999-01-01");
        assert_eq!(
            rules.rule_on("R-VERIFY", on),
            Err(LawError::NotInForce {
                id: "R-VERIFY".into(),
                on
            })
        );
    }

    #[test]
    fn rows_of_one_rule_that_share_a_day_are_refused() {
        let later = ROW.replace("2026-01-01", "2026-07-01");
        assert_eq!(
            DeadlineRules::parse(&format!("{ROW}{later}")),
            Err(LawError::Overlap {
                file: FILE,
                id: "X-ONE".into(),
                on: day("2026-07-01")
            })
        );
        let ended = ROW.replace("provenance", "valid_to = \"2026-06-30\"\nprovenance");
        assert!(DeadlineRules::parse(&format!("{ended}{later}")).is_ok());
    }

    #[test]
    fn an_unknown_key_names_the_file_and_the_row() {
        let error = DeadlineRules::parse(&format!("{ROW}lenght = 3\n")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "deadlines.toml, deadline 1 (X-ONE) cannot be read"
        );
        assert!(error.source().unwrap().to_string().contains("lenght"));
    }

    #[test]
    fn a_missing_field_names_the_file_and_the_row() {
        let rows = format!("{ROW}{}", ROW.replace("article = \"第一条\"\n", ""));
        let error = DeadlineRules::parse(&rows).unwrap_err();
        assert_eq!(
            error.to_string(),
            "deadlines.toml, deadline 2 (X-ONE) cannot be read"
        );
        assert!(error.source().unwrap().to_string().contains("article"));
    }

    #[test]
    fn what_no_rule_reads_is_refused() {
        assert_eq!(
            DeadlineRules::parse(&format!("{ROW}[other]\n")),
            Err(LawError::UnknownSection {
                file: FILE,
                section: "other".into()
            })
        );
        assert_eq!(
            DeadlineRules::parse(""),
            Err(LawError::MissingSection {
                file: FILE,
                section: "deadline"
            })
        );
        assert!(matches!(
            DeadlineRules::parse("["),
            Err(LawError::Unreadable { .. })
        ));
    }

    #[test]
    fn a_period_of_no_days_and_one_that_ends_before_it_begins_are_refused() {
        let refused = |text: String| matches!(DeadlineRules::parse(&text), Err(LawError::Invalid { row, .. }) if row == "X-ONE");
        assert!(refused(ROW.replace("length = 7", "length = 0")));
        assert!(refused(
            ROW.replace("provenance", "valid_to = \"2025-12-31\"\nprovenance")
        ));
    }
}
