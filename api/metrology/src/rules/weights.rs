//! The errors of standard weights, and how fine they must be for the scale they test.

use std::num::NonZeroU8;

use super::file::Rows;
use super::{BandProblem, Provenance, RuleError};
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
        /// Class E1, where there are weights of it.
        pub e1: Option<Gram>,
        /// Class E2, where there are weights of it.
        pub e2: Option<Gram>,
        /// Class F1.
        pub f1: Option<Gram>,
        /// Class F2.
        pub f2: Option<Gram>,
        /// Class M1.
        pub m1: Gram,
        /// Class M1-2, of heavy weights.
        pub m12: Option<Gram>,
        /// Class M2.
        pub m2: Gram,
        /// Class M2-3, of heavy weights.
        pub m23: Option<Gram>,
        /// Class M3.
        pub m3: Gram,
        /// How well the errors of the classes E1 to F2 are known; as well as the others where absent.
        pub fine: Option<Provenance>,
    } with source
}

impl WeightRow {
    /// The error of a class, where there are weights of it, and how well it is known.
    pub fn of(&self, class: WeightClass) -> Option<(Gram, Provenance)> {
        let fine = self.fine.unwrap_or(self.provenance).max(self.provenance);
        let (error, provenance) = match class {
            WeightClass::E1 => (self.e1, fine),
            WeightClass::E2 => (self.e2, fine),
            WeightClass::F1 => (self.f1, fine),
            WeightClass::F2 => (self.f2, fine),
            WeightClass::M1 => (Some(self.m1), self.provenance),
            WeightClass::M12 => (self.m12, self.provenance),
            WeightClass::M2 => (Some(self.m2), self.provenance),
            WeightClass::M23 => (self.m23, self.provenance),
            WeightClass::M3 => (Some(self.m3), self.provenance),
        };
        Some((error?, provenance))
    }

    /// Whether no class is finer than one before it.
    fn is_sorted(&self) -> bool {
        let all = [
            self.e1,
            self.e2,
            self.f1,
            self.f2,
            Some(self.m1),
            self.m12,
            Some(self.m2),
            self.m23,
            Some(self.m3),
        ];
        let known: Vec<Gram> = all.into_iter().flatten().collect();
        known.is_sorted() && known.iter().all(|error| !error.is_zero())
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
            if !row.is_sorted() {
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
