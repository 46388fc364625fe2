//! The dated law that is built into the program: statutory periods, violations and their ranges,
//! reward schemes, the rating formula, measurement rules, the working days of 2023 to 2026 and the
//! divisions of Hunan. Later editions come from files of the same shape; a stored verdict or due
//! date names the edition that it rests on, so that an older one stays readable.

use crate::app::Law;
use liangxin_domain::{
    evidence::check::Bounds,
    law::{
        calendar::{Calendar, CalendarError},
        case_rule::CaseRules,
        code_set::CodeSets,
        deadline::DeadlineRules,
        edition::LawError,
        threshold::Thresholds,
        violation::Violations,
        visit_rule::VisitRules,
    },
    metrology::rules::{RuleError, RuleSet},
    notices::form::Forms,
    places::division::{DivisionError, DivisionRow, Divisions},
    ratings::Formulas,
    rewards::scheme::RewardSchemes,
};
use serde::Deserialize;
use std::sync::Arc;

/// The yearly notices of the General Office of the State Council on holidays.
const HOLIDAYS: &str = include_str!("../../../fixtures/holidays-2023-2026.csv");
/// What a due date that rests on [`HOLIDAYS`] names.
const HOLIDAYS_VERSION: &str = "cn-2023-2026/1";
/// The codes of GB/T 2260 within Hunan.
const DIVISIONS: &str = include_str!("../../../fixtures/hunan-divisions.json");

/// Why the built-in law cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The list of holidays is no calendar.
    #[error("the built-in calendar cannot be read")]
    Calendar(#[from] CalendarError),
    /// The list of divisions has not the shape of one.
    #[error("the built-in list of divisions cannot be read")]
    DivisionList(#[from] serde_json::Error),
    /// The divisions make no tree.
    #[error("the built-in divisions make no tree")]
    Divisions(#[from] DivisionError),
    /// A file of deadlines, violations, reward schemes or the rating formula is mistaken.
    #[error("the built-in law cannot be read")]
    Law(#[from] LawError),
    /// A file of measurement rules is mistaken.
    #[error("the built-in measurement rules cannot be read")]
    Rules(#[from] RuleError),
}

/// Reads the law that is built in. It fails only if the program was built with a damaged file.
pub fn law() -> Result<Law, ReferenceError> {
    Ok(Law {
        calendar: Arc::new(Calendar::parse(HOLIDAYS, HOLIDAYS_VERSION)?),
        deadlines: DeadlineRules::embedded()?,
        violations: Violations::embedded()?,
        code_sets: CodeSets::embedded()?,
        thresholds: Thresholds::embedded()?,
        case_rules: CaseRules::embedded()?,
        visit_rules: VisitRules::embedded()?,
        photo_bounds: Bounds::embedded()?,
        schemes: RewardSchemes::embedded()?,
        papers: Forms::embedded()?,
        formulas: Formulas::embedded()?,
        rules: Arc::new(RuleSet::embedded()?),
        divisions: divisions()?,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedDivision {
    code: String,
    name: String,
    parent: Option<String>,
    level: String,
}

fn divisions() -> Result<Divisions, ReferenceError> {
    let listed: Vec<ListedDivision> = serde_json::from_str(DIVISIONS)?;
    let rows = listed.iter().map(|division| DivisionRow {
        code: &division.code,
        name: &division.name,
        parent: division.parent.as_deref(),
        level: &division.level,
    });
    Ok(Divisions::from_rows(rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn the_law_that_is_built_in_can_be_read() {
        let law = law().unwrap();
        assert_eq!(law.calendar.version(), "cn-2023-2026/1");
        let labour_day = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
        assert_eq!(law.calendar.is_working_day(labour_day), Ok(false));
    }

    #[test]
    fn every_division_of_hunan_is_known() {
        let divisions = divisions().unwrap();
        let tianxin = divisions.find("430103".parse().unwrap()).unwrap();
        assert_eq!(tianxin.name, "天心区");
        assert_eq!(divisions.iter().count(), 149);
    }
}
