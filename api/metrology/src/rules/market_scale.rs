//! How wrong the coarsest scale of a market may be, for a check whose instrument nobody named.

use super::file::Rows;
use super::{Bands, RuleError};
use crate::quantity::Gram;

rows! {
    /// One edition of the convention.
    pub struct MarketScaleRules {
        /// The greatest error, on either side, by the mass weighed.
        pub error: Bands<Gram>,
    }
}

impl Rows for MarketScaleRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.error.check_with_limits(file, "error")
    }
}
