//! How far a value may lie from what it is checked against before it is taken for a slip.

use rust_decimal::Decimal;

use super::file::Rows;
use super::{BandProblem, RuleError};

rows! {
    /// One edition of the convention, by family.
    #[expect(missing_docs, reason = "one key for each family that compares a value")]
    pub struct SlipRules {
        pub retail_weighing: SlipRow,
        pub prepackaged_lot: SlipRow,
        pub scale_test: SlipRow,
        pub spectacles: SlipRow,
        pub uncut_lens: SlipRow,
        pub optical_instrument: SlipRow,
    }

    /// What is doubtful, and what cannot be.
    pub struct SlipRow {
        /// More than so many times the value it is checked against, or less than that part of it, is
        /// doubtful.
        pub doubtful: Decimal,
        /// More than so many times it is refused whatever the caller confirms.
        pub absurd: Option<Decimal>,
        /// Only a difference above this is doubtful, in the base unit of the family: a light load, a
        /// weak lens.
        pub apart: Option<Decimal>,
    } with source
}

impl Rows for SlipRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        let rows = [
            ("retail_weighing", &self.retail_weighing),
            ("prepackaged_lot", &self.prepackaged_lot),
            ("scale_test", &self.scale_test),
            ("spectacles", &self.spectacles),
            ("uncut_lens", &self.uncut_lens),
            ("optical_instrument", &self.optical_instrument),
        ];
        let is_sound = |row: &SlipRow| {
            row.doubtful > Decimal::ONE && row.absurd.is_none_or(|factor| factor > row.doubtful)
        };
        match rows.into_iter().find(|(_, row)| !is_sound(row)) {
            Some((name, _)) => Err(RuleError::row(file, name, BandProblem::Unsorted)),
            None => Ok(()),
        }
    }
}
