//! The form of the rules on tolerable deficiency: how much less one prepackage may hold than its label says.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::file::Rows;
use super::{BandProblem, Bands, Provenance, RuleError, RuleText};
use crate::quantity::{
    Gram, Kind, Millilitre, Millimetre, Percent, Piece, Quantity, SquareCentimetre,
};

rows! {
    /// One edition of the tolerable deficiency T (允许短缺量).
    pub struct DeficiencyRules {
        /// The article or annex with the table.
        pub article: RuleText,
        /// T by labelled mass; its end is the end of the scope.
        pub mass: DeficiencyTable<Gram>,
        /// T by labelled volume; its end is the end of the scope.
        pub volume: DeficiencyTable<Millilitre>,
        /// T by labelled length; absent where the rule does not cover length.
        pub length: Option<DeficiencyTable<Millimetre>>,
        /// T by labelled area; absent where the rule does not cover area.
        pub area: Option<DeficiencyTable<SquareCentimetre>>,
        /// T by labelled count; absent where the rule does not cover counts.
        pub count: Option<DeficiencyTable<Piece>>,
        /// How a T of mass is rounded; absent where no rounding is known to be commanded.
        pub mass_rounding: Option<RoundingRow<Gram>>,
        /// How a T of volume is rounded; absent where no rounding is known to be commanded.
        pub volume_rounding: Option<RoundingRow<Millilitre>>,
        /// How a T of a count is rounded.
        pub count_rounding: Option<RoundingRow<Piece>>,
    }
}

/// T by band of the labelled quantity.
pub type DeficiencyTable<Q> = Bands<Q, Tolerable<Q>>;

/// T within a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tolerable<Q> {
    /// A share of the labelled quantity.
    Share(Percent),
    /// So much, whatever the labelled quantity in the band; zero where nothing is tolerated.
    Fixed(Q),
}

impl<K: Kind> Tolerable<Quantity<K>> {
    /// T of a labelled quantity, exact, in the base unit.
    pub fn of(&self, labelled: Quantity<K>) -> Decimal {
        match self {
            Self::Share(share) => share.value() * Decimal::new(1, 2) * labelled.value(),
            Self::Fixed(fixed) => fixed.value(),
        }
    }
}

/// To which side T is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To the nearest, a half to the even digit (修约, GB/T 8170).
    Gbt8170,
    /// To the nearest, a half up.
    HalfUp,
    /// Up; an exact multiple of the step stays.
    Up,
}

/// The commanded rounding of T.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundingRow<Q> {
    /// To which side.
    pub mode: RoundingMode,
    /// The step for small labelled quantities.
    pub step: Q,
    /// The greatest labelled quantity that has the small step; absent where there is one step only.
    pub up_to: Option<Q>,
    /// The step above that; absent where there is one step only.
    pub step_above: Option<Q>,
    /// How well the row is known.
    pub provenance: Provenance,
    /// The article or table the row is from.
    pub source: RuleText,
}

impl<Q: Copy + Ord + Default> RoundingRow<Q> {
    /// The step for a labelled quantity.
    pub fn step_for(&self, labelled: Q) -> Q {
        match (self.up_to, self.step_above) {
            (Some(end), Some(above)) if labelled > end => above,
            _ => self.step,
        }
    }

    fn check(&self, file: &str, row: &str) -> Result<(), RuleError> {
        if self.step == Q::default() || self.step_above == Some(Q::default()) {
            return Err(RuleError::row(file, row, BandProblem::NoLimit));
        }
        if self.up_to.is_some() != self.step_above.is_some() {
            return Err(RuleError::row(file, row, BandProblem::Unsorted));
        }
        Ok(())
    }
}

impl Rows for DeficiencyRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.mass.check(file, "mass")?;
        self.volume.check(file, "volume")?;
        let (length, area, count) = (&self.length, &self.area, &self.count);
        length.iter().try_for_each(|it| it.check(file, "length"))?;
        area.iter().try_for_each(|it| it.check(file, "area"))?;
        count.iter().try_for_each(|it| it.check(file, "count"))?;
        let (mass, volume) = (&self.mass_rounding, &self.volume_rounding);
        mass.iter()
            .try_for_each(|row| row.check(file, "mass_rounding"))?;
        volume
            .iter()
            .try_for_each(|row| row.check(file, "volume_rounding"))?;
        let mut count = self.count_rounding.iter();
        count.try_for_each(|row| row.check(file, "count_rounding"))
    }
}
