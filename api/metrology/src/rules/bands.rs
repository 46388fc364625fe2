//! A table of bands: up to which quantity which limit holds.

use std::fmt::Display;

use serde::Deserialize;

use super::{BandProblem, Provenance, RuleError, RuleText};

/// One band: for `over < q <= up_to` the limit holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band<Q, L = Q> {
    /// The quantity the band starts above.
    pub over: Q,
    /// The greatest quantity in the band; absent in a last row that has no end.
    pub up_to: Option<Q>,
    /// The limit within the band.
    pub limit: L,
    /// How well the row is known.
    pub provenance: Provenance,
    /// The article or table the row is from.
    pub source: RuleText,
}

/// Bands without gaps from zero up to where the table falls silent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Bands<Q, L = Q>(Vec<Band<Q, L>>);

impl<Q: Copy + Ord + Default + Display, L> Bands<Q, L> {
    /// The rows, smallest first.
    pub fn rows(&self) -> &[Band<Q, L>] {
        &self.0
    }

    /// The band `quantity` lies in, its end included; nothing above the table. Zero lies in the first.
    pub fn at(&self, quantity: Q) -> Option<&Band<Q, L>> {
        self.0
            .iter()
            .find(|band| band.up_to.is_none_or(|end| quantity <= end))
    }

    /// Where the table falls silent; nothing where it never does.
    pub fn end(&self) -> Option<Q> {
        self.0.last().and_then(|band| band.up_to)
    }

    /// Refuses a table that is empty, unsorted or has gaps; names file, table and row.
    pub fn check(&self, file: &str, table: &str) -> Result<(), RuleError> {
        if self.0.is_empty() {
            return Err(RuleError::row(file, table, BandProblem::Empty));
        }
        let mut before = None;
        for (index, band) in self.0.iter().enumerate() {
            if let Some(problem) = band.problem_after(before) {
                let row = format!("{table}, row {}", index + 1);
                return Err(RuleError::row(file, row, problem));
            }
            before = Some(band.up_to);
        }
        Ok(())
    }
}

impl<Q: Copy + Ord + Default + Display, L: Default + PartialEq> Bands<Q, L> {
    /// Refuses what [`Bands::check`] refuses, and a limit of zero.
    pub fn check_with_limits(&self, file: &str, table: &str) -> Result<(), RuleError> {
        self.check(file, table)?;
        match self.0.iter().position(|band| band.limit == L::default()) {
            None => Ok(()),
            Some(index) => {
                let row = format!("{table}, row {}", index + 1);
                Err(RuleError::row(file, row, BandProblem::NoLimit))
            }
        }
    }
}

impl<Q: Copy + Ord + Default + Display, L> Band<Q, L> {
    /// The band in mathematics: `m <= 1 kg`, `1 kg < m <= 2 kg`, `m > 4 kg`.
    pub fn range(&self, symbol: &str) -> String {
        let over = (self.over != Q::default()).then(|| self.over.to_string());
        let end = self.up_to.map(|end| end.to_string());
        match (over, end) {
            (None, Some(end)) => joined!(symbol, " <= ", &end),
            (Some(over), Some(end)) => joined!(&over, " < ", symbol, " <= ", &end),
            (Some(over), None) => joined!(symbol, " > ", &over),
            (None, None) => joined!("any ", symbol),
        }
    }

    /// `before` is where the row before ends, if there is one; an inner nothing is no end at all.
    fn problem_after(&self, before: Option<Option<Q>>) -> Option<BandProblem> {
        match before {
            None if self.over != Q::default() => return Some(BandProblem::NotFromZero),
            Some(None) => return Some(BandProblem::Unsorted),
            Some(Some(end)) if self.over != end => {
                let (expected, found) = (end.to_string(), self.over.to_string());
                return Some(BandProblem::Gap { expected, found });
            }
            _ => {}
        }
        let ends_early = self.up_to.is_some_and(|end| end <= self.over);
        ends_early.then_some(BandProblem::Unsorted)
    }
}
