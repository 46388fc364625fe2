//! What a consumer may claim from a seller who defrauds.

use std::num::NonZeroU8;

use super::file::Rows;
use crate::quantity::Yuan;

rows! {
    /// One edition of the consumer's remedies. No verdict rests on them; a verdict mentions them.
    pub struct ConsumerRemedyRules {
        /// The remedy for fraud (Consumer Protection Law, article 55).
        pub fraud: FraudRemedy,
    }

    /// What is added to the compensation where there was fraud: so many times the price of the
    /// goods, and at least a fixed sum.
    pub struct FraudRemedy {
        /// How many times the price.
        pub multiple: NonZeroU8,
        /// The least sum, in yuan.
        pub least: Yuan,
    } with article
}

impl Rows for ConsumerRemedyRules {}
