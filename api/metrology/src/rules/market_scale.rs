//! How wrong the coarsest scale of a market may be, for a check whose instrument nobody named.

use super::file::Rows;
use super::{Band, Bands, RuleError};
use crate::quantity::Gram;

rows! {
    /// One edition of the convention.
    pub struct MarketScaleRules {
        /// The greatest error, on either side, by the mass weighed.
        pub error: Bands<Gram>,
        /// The greatest error of the scale of a sale where goods are heavier than food scales of a market weigh: that of a
        /// platform scale.
        pub platform: Band<Gram>,
    }
}

impl MarketScaleRules {
    /// The greatest error of a scale on which so much was sold; nothing where no scale bounds it.
    pub fn of_sale(&self, mass: Gram) -> Option<&Band<Gram>> {
        if mass <= self.platform.over {
            return self.error.at(mass);
        }
        let is_within = self.platform.up_to.is_none_or(|end| mass <= end);
        is_within.then_some(&self.platform)
    }
}

impl Rows for MarketScaleRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.error.check_with_limits(file, "error")
    }
}
