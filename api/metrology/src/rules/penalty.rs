//! What binds a seller of goods for which no permitted shortage is prescribed.

use super::ViolationCode;
use super::file::Rows;

rows! {
    /// The part of the quantity penalty rule that sets a limit.
    pub struct PenaltyRules {
        /// Goods without a prescribed shortage.
        pub goods_without_limit: GoodsWithoutLimit,
    }

    /// Goods without a prescribed shortage: the difference may not exceed the maximum permissible
    /// error of the instrument.
    pub struct GoodsWithoutLimit {
        /// The code of the violation that a failure suggests.
        pub violation: ViolationCode,
    } with article
}

impl Rows for PenaltyRules {}
