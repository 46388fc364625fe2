//! The form of the checklists: one template for each kind of venue.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::file::Rows;
use super::{BandProblem, Parts, RuleError, RuleText, ViolationCode};
use crate::law::venue::{ChecklistWord, Venue};

rows! {
    /// The checklist of one kind of venue.
    pub struct ChecklistRules {
        /// The kind of venue.
        #[serde(with = "ChecklistWord")]
        pub venue: Venue,
        /// The rows, in the order in which they are asked.
        pub rows: Vec<ChecklistRow>,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }

    /// One question of a checklist.
    pub struct ChecklistRow {
        /// Its name, such as `ORG-01`; kept from edition to edition for the same duty.
        pub id: RuleText,
        /// Instrument of law and article.
        pub article: RuleText,
        /// What is required, in Chinese.
        pub requirement_zh: RuleText,
        /// What is required, in English.
        pub requirement_en: RuleText,
        /// Advice on how to look, in Chinese. Advice, not law.
        pub how_to_check_zh: RuleText,
        /// Advice on how to look, in English.
        pub how_to_check_en: RuleText,
        /// The answers that are allowed beside "not seen".
        pub answer: AnswersAllowed,
        /// The code of the violation that a "no" suggests, where one fits.
        pub violation: Option<ViolationCode>,
    } with source
}

/// The answers that a row allows beside "not seen".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AnswersAllowed {
    /// The requirement concerns every venue of the kind.
    YesNo,
    /// It may not concern the venue at all.
    YesNoNotApplicable,
}

impl Rows for ChecklistRules {
    /// One template for each kind of venue is in force side by side.
    fn variant(&self) -> &str {
        self.venue.checklist_word()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.rows.is_empty() {
            return Err(RuleError::row(file, "rows", BandProblem::Empty));
        }
        let mut seen = BTreeSet::new();
        for row in &self.rows {
            if !seen.insert(row.id.as_str()) {
                let name = format!("rows, {}", row.id);
                return Err(RuleError::row(file, name, BandProblem::Repeated));
            }
        }
        self.parts.check(file)
    }
}

#[cfg(test)]
mod tests {
    use crate::law::venue::Venue;
    use crate::rules::{BandProblem, ChecklistRules, RuleError, RuleSet};

    const STALL: &str = include_str!("../../rules/checklist-stall-2025.toml");

    fn day() -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn checklists_of_two_venues_are_in_force_side_by_side_and_each_is_found() {
        let rules = RuleSet::embedded().unwrap();
        let pick = |venue: Venue| {
            let edition = rules.edition_where::<ChecklistRules>(day(), venue.checklist_word());
            edition.unwrap().rules.venue
        };
        assert_eq!(pick(Venue::Stall), Venue::Stall);
        assert_eq!(pick(Venue::Packer), Venue::Packer);
    }

    #[test]
    fn no_checklist_is_found_without_a_venue() {
        let rules = RuleSet::embedded().unwrap();
        assert!(rules.edition_on::<ChecklistRules>(day()).is_err());
    }

    #[test]
    fn two_checklists_of_a_venue_on_a_day_are_refused() {
        let other = STALL.replace("checklist-stall-2025", "checklist-stall-2026");
        let refused = RuleSet::from_sources([("a.toml", STALL), ("b.toml", other.as_str())]);
        assert!(matches!(refused, Err(RuleError::Overlap { .. })));
    }

    #[test]
    fn two_rows_of_one_name_are_refused() {
        let twice = STALL.replace("id = \"STL-02\"", "id = \"STL-01\"");
        let refused = RuleSet::from_sources([("a.toml", twice)]);
        let problem = BandProblem::Repeated;
        assert!(matches!(refused, Err(RuleError::Row { problem: found, .. }) if found == problem));
    }
}
