//! The dated sets of grounds, read from `law/complaint-grounds.toml`.

use super::ground::{Grounds, RefusalGround, TerminationGround};
use crate::law::{
    edition::{self, Dated, LawError},
    file::LawFile,
    provenance::Provenance,
};
use chrono::NaiveDate;
use serde::Deserialize;

const FILE: &str = "complaint-grounds.toml";

/// What a ground is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    /// Refusing a complaint.
    Refusal,
    /// Terminating a mediation.
    Termination,
}

/// One edition of one ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundRule {
    /// Stable code; successive editions share it.
    pub id: String,
    /// What it is for.
    pub kind: GroundKind,
    /// What it is about, in Chinese.
    pub text_zh: String,
    /// What it is about, in English.
    pub text_en: String,
    /// The instrument, by its Chinese title.
    pub instrument: String,
    /// Its edition.
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

impl Dated for GroundRule {
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

/// All editions of all grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundRules(Vec<GroundRule>);

impl GroundRules {
    /// The grounds this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/complaint-grounds.toml"))
    }

    /// The grounds for a complaint that was received on that day.
    #[must_use]
    pub fn in_force(&self, received_on: NaiveDate) -> Grounds {
        let on = |kind| {
            self.0.iter().filter(move |rule| {
                let begun = rule.valid_from <= received_on;
                let over = rule.valid_to.is_some_and(|last| last < received_on);
                rule.kind == kind && begun && !over
            })
        };
        Grounds {
            refusal: on(GroundKind::Refusal)
                .filter_map(|rule| rule.id.parse().ok())
                .collect(),
            termination: on(GroundKind::Termination)
                .filter_map(|rule| rule.id.parse().ok())
                .collect(),
        }
    }

    /// The edition of a ground for a complaint that was received on that day.
    pub fn rule_on(&self, id: &str, received_on: NaiveDate) -> Result<&GroundRule, LawError> {
        edition::get_on(&self.0, id, received_on)
    }

    fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let rules: Vec<GroundRule> = file.take_rows("ground")?;
        file.finish()?;
        let is_known = |rule: &GroundRule| match rule.kind {
            GroundKind::Refusal => rule.id.parse::<RefusalGround>().is_ok(),
            GroundKind::Termination => rule.id.parse::<TerminationGround>().is_ok(),
        };
        if let Some(unknown) = rules.iter().find(|rule| !is_known(rule)) {
            return Err(LawError::Invalid {
                file: FILE,
                row: unknown.id.clone(),
                reason: "no state machine knows this ground".to_owned(),
            });
        }
        edition::check_editions(FILE, &rules)?;
        Ok(Self(rules))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn april_2026_brought_identity_and_death_as_grounds() {
        let rules = GroundRules::embedded().unwrap();
        let before = rules.in_force("2026-04-14".parse().unwrap());
        let after = rules.in_force("2026-04-15".parse().unwrap());
        assert_eq!((before.refusal.len(), before.termination.len()), (6, 7));
        assert_eq!((after.refusal.len(), after.termination.len()), (7, 8));
        assert!(!before.refusal.contains(&RefusalGround::Identity));
        assert!(!before.termination.contains(&TerminationGround::PartyGone));
    }

    #[test]
    fn a_ground_that_no_machine_knows_is_a_mistake_in_the_file() {
        let text = include_str!("../../law/complaint-grounds.toml").replace("TERM_8", "TERM_9");
        assert!(matches!(
            GroundRules::parse(&text),
            Err(LawError::Invalid { .. })
        ));
    }
}
