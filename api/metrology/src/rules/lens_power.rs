//! The form of the rules for lenses before they are cut: power, cylinder, axis, addition, thickness.

use serde::Deserialize;

use super::file::Rows;
use super::{Bands, Parts, Provenance, RuleError, RuleText};
use crate::quantity::{DegreeDifference, Dioptre, Millimetre};

/// A limit that does not depend on anything: it may be missed by so much on either side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LensLimit<L> {
    /// The limit.
    pub limit: L,
    /// How well the row is known.
    pub provenance: Provenance,
    /// The article or table the row is from.
    pub source: RuleText,
}

impl<L: Default + PartialEq> LensLimit<L> {
    /// Refuses a limit of zero.
    pub(super) fn check(&self, file: &str, row: &str) -> Result<(), RuleError> {
        RuleError::if_zero(&self.limit, file, row)
    }
}

rows! {
    /// One edition of the tolerances of uncut lenses (GB 10810.1, GB 45184).
    pub struct LensPowerRules {
        /// Of the power in each principal meridian, in dioptres, by the strongest meridian (column
        /// A).
        pub meridian: Bands<Dioptre>,
        /// Of the cylinder, in dioptres: by its size, then by the strongest meridian (columns B).
        pub cylinder: Bands<Dioptre, Bands<Dioptre>>,
        /// Of the cylinder axis of an uncut lens, in degrees, by the size of the cylinder.
        pub axis: Bands<Dioptre, DegreeDifference>,
        /// Of the addition, in dioptres, by the addition.
        pub addition: Bands<Dioptre>,
        /// Of the thickness, in millimetres.
        pub thickness: LensLimit<Millimetre>,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }
}

impl Rows for LensPowerRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.meridian.check_with_limits(file, "meridian")?;
        self.cylinder.check(file, "cylinder")?;
        for band in self.cylinder.rows() {
            let table = format!("cylinder, {}", band.range("|C|"));
            band.limit.check_with_limits(file, &table)?;
        }
        self.axis.check_with_limits(file, "axis")?;
        self.addition.check_with_limits(file, "addition")?;
        self.thickness.check(file, "thickness")?;
        self.parts.check(file)
    }
}
