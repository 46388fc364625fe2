//! Code sets: the grounds and results that an officer picks from, as the law of the day has them.
//!
//! The rows are `law/code-sets.toml`. Which code fits a matter is a person's judgement; that the
//! code exists on that day, and carries the words that it needs, is checked here.

use chrono::NaiveDate;
use serde::Deserialize;

use super::edition::{self, Dated, LawError};
use super::file::LawFile;
use super::provenance::Provenance;
use crate::refusal::{Code, Refusal};
use crate::text::{Line, Narrative};

const FILE: &str = "code-sets.toml";

words! {
    /// What the codes of a set are for.
    pub enum CodeSet {
        /// Why a complaint is not accepted (不予受理).
        Refusal,
        /// Why a mediation ends without agreement (终止调解).
        Termination,
        /// Why no case is filed (不予立案).
        NotFiled,
        /// What an inspection found (检查结果).
        Result,
    }
}

/// What has to stand beside a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    /// Nothing.
    #[default]
    Nothing,
    /// The officer's own words.
    Reason,
    /// The officer's words, and the provision that names the ground.
    ReasonAndCitation,
}

/// One edition of one code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeRow {
    /// The set.
    pub set: CodeSet,
    /// The code, such as `REF_1_NO_COMPETENCE`; unique across the sets.
    pub code: String,
    /// What it says, in Chinese.
    pub text_zh: String,
    /// What it says, in English.
    pub text_en: String,
    /// What has to stand beside it.
    #[serde(default)]
    pub needs: Needs,
    /// The codes of a deployed publicity system for the same thing.
    #[serde(default)]
    pub deployed: Vec<String>,
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// The article.
    pub article: String,
    /// The first day on which the code may be used.
    pub valid_from: NaiveDate,
    /// The last day; open while in force.
    pub valid_to: Option<NaiveDate>,
    /// How well it is known.
    pub provenance: Provenance,
}

impl Dated for CodeRow {
    fn id(&self) -> &str {
        &self.code
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }
}

impl Needs {
    /// Refuses a decision that lacks the words that its code needs.
    pub fn check(self, reason: Option<&Narrative>, citation: Option<&Line>) -> Result<(), Refusal> {
        let (needs_reason, needs_citation) = match self {
            Self::Nothing => (false, false),
            Self::Reason => (true, false),
            Self::ReasonAndCitation => (true, true),
        };
        if needs_reason && reason.is_none() {
            return Err(Refusal::on(Code::FieldRequired, "reason"));
        }
        if needs_citation && citation.is_none() {
            return Err(Refusal::on(Code::FieldRequired, "citation"));
        }
        Ok(())
    }
}

/// All editions of all codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSets(Vec<CodeRow>);

impl CodeSets {
    /// The sets this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/code-sets.toml"))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let rows: Vec<CodeRow> = file.take_rows("code")?;
        file.finish()?;
        edition::check_editions(FILE, &rows)?;
        for row in &rows {
            let elsewhere = |other: &&CodeRow| other.code == row.code && other.set != row.set;
            if rows.iter().any(|other| elsewhere(&other)) {
                return Err(LawError::Invalid {
                    file: FILE,
                    row: row.code.clone(),
                    reason: "the code stands in two sets".to_owned(),
                });
            }
        }
        Ok(Self(rows))
    }

    /// Every edition, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &CodeRow> {
        self.0.iter()
    }

    /// The code of that set as it stands on that day.
    pub fn get_on(&self, set: CodeSet, code: &str, day: NaiveDate) -> Result<&CodeRow, LawError> {
        let row = edition::get_on(&self.0, code, day)?;
        if row.set == set {
            Ok(row)
        } else {
            Err(LawError::UnknownRule {
                id: format!("{set}/{code}"),
            })
        }
    }

    /// The codes of a set on that day, in the order of the file.
    pub fn list_on(&self, set: CodeSet, day: NaiveDate) -> impl Iterator<Item = &CodeRow> {
        self.0
            .iter()
            .filter(move |row| row.set == set && row.applies_on(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::state::NotFiledGround;
    use strum::IntoEnumIterator as _;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn codes(set: CodeSet, on: &str) -> Vec<String> {
        let sets = CodeSets::embedded().unwrap();
        sets.list_on(set, day(on))
            .map(|row| row.code.clone())
            .collect()
    }

    #[test]
    fn order_121_has_one_ground_more_of_each_kind() {
        assert_eq!(codes(CodeSet::Refusal, "2026-04-14").len(), 6);
        assert_eq!(codes(CodeSet::Refusal, "2026-04-15").len(), 7);
        assert_eq!(codes(CodeSet::Termination, "2026-04-14").len(), 7);
        assert_eq!(codes(CodeSet::Termination, "2026-04-15").len(), 8);
        assert!(!codes(CodeSet::Refusal, "2026-04-14").contains(&"REF_6_IDENTITY".to_owned()));
    }

    #[test]
    fn other_mediation_bodies_left_the_second_ground() {
        let sets = CodeSets::embedded().unwrap();
        let text = |on| {
            let row = sets.get_on(CodeSet::Refusal, "REF_2_ALREADY_HANDLED", day(on));
            row.unwrap().text_en.clone()
        };
        assert!(text("2026-04-14").contains("another lawful mediation body"));
        assert!(!text("2026-04-15").contains("mediation body"));
    }

    #[test]
    fn another_ground_needs_words_and_a_citation() {
        let sets = CodeSets::embedded().unwrap();
        for (set, code) in [
            (CodeSet::Refusal, "REF_7_OTHER"),
            (CodeSet::Termination, "TERM_8"),
            (CodeSet::NotFiled, "NF_4_OTHER"),
        ] {
            let row = sets.get_on(set, code, day("2026-11-23")).unwrap();
            let words = Narrative::parse("x", "reason").unwrap();
            let provision = Line::parse("x", "citation").unwrap();
            let check = |reason, citation| row.needs.check(reason, citation);
            let refused = |reason, citation| check(reason, citation).unwrap_err().field;
            assert_eq!(refused(None, Some(&provision)), Some("reason"), "{code}");
            assert_eq!(refused(Some(&words), None), Some("citation"), "{code}");
            assert!(check(Some(&words), Some(&provision)).is_ok());
        }
    }

    #[test]
    fn every_ground_of_not_filing_is_a_row_and_every_row_a_ground() {
        let sets = CodeSets::embedded().unwrap();
        let on = day("2026-11-23");
        let grounds = NotFiledGround::iter().map(|ground| ground.row_on(&sets, on).unwrap());
        let mut known: Vec<_> = grounds.map(|row| row.code.clone()).collect();
        let mut listed = codes(CodeSet::NotFiled, "2026-11-23");
        known.sort();
        listed.sort();
        assert_eq!(known, listed);
    }

    #[test]
    fn a_code_belongs_to_its_set_and_its_days() {
        let sets = CodeSets::embedded().unwrap();
        let on = day("2026-11-23");
        assert!(
            sets.get_on(CodeSet::Termination, "REF_5_MATERIAL", on)
                .is_err()
        );
        assert!(sets.get_on(CodeSet::Refusal, "REF_5_MATERIAL", on).is_ok());
        let before = sets.get_on(CodeSet::Refusal, "REF_6_IDENTITY", day("2026-04-14"));
        assert!(matches!(before, Err(LawError::NotInForce { .. })));
    }

    #[test]
    fn a_code_in_two_sets_and_one_twice_on_a_day_are_refused() {
        let row = "[[code]]\nset = \"refusal\"\ncode = \"A\"\ntext_zh = \"一\"\ntext_en = \"one\"\ninstrument = \"i\"\nedition = \"1\"\narticle = \"a\"\nvalid_from = \"2026-01-01\"\nprovenance = \"proposal\"\n";
        let later = row
            .replace("refusal", "result")
            .replace("valid_from", "valid_to = \"2025-12-31\"\nvalid_from")
            .replace("2026-01-01", "2025-01-01");
        assert!(matches!(
            CodeSets::parse(&format!("{row}{later}")),
            Err(LawError::Invalid { .. })
        ));
        assert!(matches!(
            CodeSets::parse(&format!("{row}{row}")),
            Err(LawError::Overlap { .. })
        ));
    }
}
