//! What a computed grade rests on, kept with it, so that anybody can compute it again.

use serde::{Deserialize, Serialize};

use super::{Assessment, CappedFormula, Facts, Interval, Record, Sentence};
use crate::id::{CaseId, FindingId, InstrumentId};

/// What a computed grade rests on and what is said with it. A grade of formula 2026-1 has none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The settled findings.
    pub findings: Vec<FindingId>,
    /// The cases whose penalties stand.
    pub cases: Vec<CaseId>,
    /// The instruments in use.
    pub instruments: Vec<InstrumentId>,
    /// Between what the share of passed tests of the quantity lies.
    pub interval: Option<Interval>,
    /// What is said before the letter.
    pub sentences: Vec<Sentence>,
    /// What it was computed from. Grades of before this was kept have none until the next night.
    #[serde(default)]
    pub facts: Option<Facts>,
}

impl Basis {
    /// What an assessment of a record by a formula rests on.
    #[must_use]
    pub fn of(formula: &CappedFormula, record: &Record<'_>, assessed: &Assessment) -> Self {
        Self {
            findings: record.tests.iter().map(|test| test.id).collect(),
            cases: record.penalties.iter().map(|it| it.case).collect(),
            instruments: record.instruments.iter().map(|it| it.id).collect(),
            interval: assessed.interval,
            sentences: assessed.sentences.clone(),
            facts: Some(Facts::of(formula, record)),
        }
    }
}
