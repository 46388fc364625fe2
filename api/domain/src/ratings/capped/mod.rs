//! Formula 2027-1: the grade is the lowest one of what the points reach and what each cap leaves, and a
//! veto makes it D. What nobody looked at keeps its weight, so that it never raises a grade. It refuses
//! to know who asks and where the facts are kept: a [`Record`] holds all that counts, of any age, and a
//! grade can be computed again for any day.

mod basis;
mod bounds;
mod days;
mod facts;
mod formula;
mod points;
mod record;
mod sentence;
mod told;
mod words;

pub use basis::Basis;
pub use facts::{Device, Facts, Punished, Tested};
pub use formula::CappedFormula;
pub use points::Interval;
pub use record::{Charged, InUse, PenaltyFact, Record, SeenMark, Test, Validity};
pub use sentence::Sentence;
pub use told::Part;

use chrono::NaiveDate;

use super::grade::Grade;
use super::score::{Score, ScoreError};
use bounds::Bounds;

/// A grade with all that it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The grade, its points and its reasons; without points while not assessed.
    pub score: Score,
    /// Settled official tests that count for the evidence.
    pub tests: u32,
    /// Between what the true share of passed tests of the quantity lies, nine times of ten; nothing without a test.
    pub interval: Option<Interval>,
    /// At most three plain sentences of settled facts, the worst one first.
    pub sentences: Vec<Sentence>,
}

/// Computes the grade for a day. What came after the day does not count.
pub fn assess(
    formula: &CappedFormula,
    record: &Record<'_>,
    on: NaiveDate,
) -> Result<Assessment, ScoreError> {
    let shares = points::shares(formula, record, on)?;
    let points = points::sum(&shares)?;
    let bounds = Bounds::of(formula, record, on);
    let missing = bounds::missing(formula, record, on);
    let reached = formula.grade_of(points.tenths());
    let grade = if bounds.has_veto() {
        Grade::D
    } else if missing.is_empty() {
        bounds.lower(reached)
    } else {
        Grade::N
    };
    let mut reasons = points::reasons(&shares);
    if grade == Grade::N {
        // Whoever is not assessed has no points, whole or in part.
        reasons = missing;
    }
    reasons.extend(bounds.reasons());
    Ok(Assessment {
        score: Score {
            points_tenths: (grade != Grade::N).then(|| points.tenths()),
            grade,
            formula_version: formula.version().to_owned(),
            reasons,
        },
        tests: bounds::count(record.official(formula, formula.evidence.months, on)),
        interval: points::interval(formula, record, on),
        sentences: sentence::sentences(formula, record, on),
    })
}

#[cfg(test)]
mod tests;
