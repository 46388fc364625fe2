//! A table of bands: up to which quantity which limit holds.

use std::fmt::Display;

use serde::Deserialize;

use super::{BandProblem, Provenance, RuleError, RuleText};

/// One band: for `over < q <= up_to` the limit holds. Start, end and limit share the unit `Q`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band<Q> {
    /// The quantity the band starts above.
    pub over: Q,
    /// The greatest quantity in the band.
    pub up_to: Q,
    /// The limit within the band.
    pub limit: Q,
    /// How well the row is known.
    pub provenance: Provenance,
    /// The article or table the row is from.
    pub source: RuleText,
}

/// Bands without gaps from zero up to where the table falls silent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Bands<Q>(Vec<Band<Q>>);

impl<Q: Copy + Ord + Default + Display> Bands<Q> {
    /// The rows, smallest first.
    pub fn rows(&self) -> &[Band<Q>] {
        &self.0
    }

    /// The band `quantity` lies in, its end included; nothing above the table. Zero lies in the first.
    pub fn at(&self, quantity: Q) -> Option<&Band<Q>> {
        self.0.iter().find(|band| quantity <= band.up_to)
    }

    pub(super) fn check(&self, file: &str, table: &str) -> Result<(), RuleError> {
        if self.0.is_empty() {
            return Err(RuleError::row(file, table, BandProblem::Empty));
        }
        let mut end = None;
        for (index, band) in self.0.iter().enumerate() {
            if let Some(problem) = band.problem_after(end) {
                return Err(RuleError::row(
                    file,
                    format!("{table}, row {}", index + 1),
                    problem,
                ));
            }
            end = Some(band.up_to);
        }
        Ok(())
    }
}

impl<Q: Copy + Ord + Default + Display> Band<Q> {
    fn problem_after(&self, end: Option<Q>) -> Option<BandProblem> {
        let zero = Q::default();
        match end {
            None if self.over != zero => return Some(BandProblem::NotFromZero),
            Some(end) if self.over != end => {
                let (expected, found) = (end.to_string(), self.over.to_string());
                return Some(BandProblem::Gap { expected, found });
            }
            _ => {}
        }
        if self.up_to <= self.over {
            return Some(BandProblem::Unsorted);
        }
        (self.limit == zero).then_some(BandProblem::NoLimit)
    }
}
