//! What binds a seller of goods for which no permitted shortage is prescribed.

use super::file::Rows;
use super::{Parts, RuleError, ViolationCode};

rows! {
    /// The part of the quantity penalty rule that sets a limit.
    pub struct PenaltyRules {
        /// Goods without a prescribed shortage.
        pub goods_without_limit: GoodsWithoutLimit,
        /// The parts without which nothing is found to conform, where a rule file lists them.
        pub parts: Option<Parts>,
    }

    /// Goods without a prescribed shortage: the difference may not exceed the maximum permissible
    /// error of the instrument.
    pub struct GoodsWithoutLimit {
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
    } with article
}

impl Rows for PenaltyRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.parts
            .as_ref()
            .map_or(Ok(()), |parts| parts.check(file))
    }
}
