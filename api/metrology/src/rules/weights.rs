//! The errors of standard weights, and how fine they must be for the scale they test.

use std::num::NonZeroU8;

use super::file::Rows;
use super::{BandProblem, RuleError};
use crate::quantity::Gram;
use crate::scale::WeightClass;

rows! {
    /// The permissible errors of weights of one edition.
    pub struct WeightRules {
        /// The errors of the weights of a load, added up, may be at most one part of so many of the
        /// error permitted to the scale at that load.
        pub part_of_error: PartRow,
        /// The errors of single weights.
        pub rows: Vec<WeightRow>,
    }

    /// How fine weights must be.
    pub struct PartRow {
        /// One part of how many.
        pub part: NonZeroU8,
    } with source

    /// The permissible errors, to either side, of a weight of a nominal mass.
    pub struct WeightRow {
        /// The nominal mass.
        pub nominal: Gram,
        /// Class M1.
        pub m1: Gram,
        /// Class M2.
        pub m2: Gram,
        /// Class M3.
        pub m3: Gram,
    } with source
}

impl WeightRow {
    /// The error of a class.
    pub fn of(&self, class: WeightClass) -> Gram {
        match class {
            WeightClass::M1 => self.m1,
            WeightClass::M2 => self.m2,
            WeightClass::M3 => self.m3,
        }
    }
}

impl WeightRules {
    /// The row of a nominal mass, if the table has one.
    pub fn row(&self, nominal: Gram) -> Option<&WeightRow> {
        self.rows.iter().find(|row| row.nominal == nominal)
    }
}

impl Rows for WeightRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        if self.rows.is_empty() {
            return Err(RuleError::row(file, "rows", BandProblem::Empty));
        }
        for (index, row) in self.rows.iter().enumerate() {
            let at = |problem| RuleError::row(file, format!("rows, row {}", index + 1), problem);
            if row.m1.is_zero() || row.m1 > row.m2 || row.m2 > row.m3 {
                return Err(at(BandProblem::NoLimit));
            }
            // Heaviest first, so that no nominal mass comes twice.
            let is_sorted = self
                .rows
                .get(index + 1)
                .is_none_or(|next| next.nominal < row.nominal);
            if !is_sorted || row.nominal.is_zero() {
                return Err(at(BandProblem::Unsorted));
            }
        }
        Ok(())
    }
}
