//! The form of the rules for dispensers of compressed and of liquefied natural gas. Each gas has an
//! instrument of law of its own, hence a family of its own; the rows are the same.

use serde::Deserialize;

use super::file::Rows;
use super::{
    DutyRow, ErrorReading, LimitRow, Parts, RangeDivisors, RequirementRow, RuleError, RunsRow,
    StageReading, ViolationsByCost,
};

rows! {
    /// The rows for one gas.
    pub struct GasRows {
        /// What a failed error or repeatability suggests.
        pub violations: ViolationsByCost,
        /// The greatest error of indication, on either side.
        pub error: LimitRow,
        /// The greatest repeatability.
        pub repeatability: LimitRow,
        /// The divisors of the repeatability.
        pub range_divisors: RangeDivisors,
        /// That the range may have to be held against the limit undivided; absent where the formula is
        /// known.
        pub range_undivided: Option<DutyRow>,
        /// Which error the limit binds.
        pub error_reading: ErrorReading,
        /// That the gas is sold by the kilogram; absent where the edition is not known to want it.
        pub unit: Option<RequirementRow>,
        /// How many runs the mean and the repeatability need.
        pub runs: RunsRow,
        /// How a verification is judged, of which the sources say nothing of its own.
        pub stages: StageReading,
        /// The parts without which nothing is found to conform.
        pub parts: Parts,
    }
}

impl GasRows {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.error.check(file, "error")?;
        self.repeatability.check(file, "repeatability")?;
        self.range_divisors.check(file)?;
        self.parts.check(file)
    }
}

/// One edition of the rules for compressed natural gas (压缩天然气加气机, JJG 996).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct CngRules(
    /// The rows.
    pub GasRows,
);

/// One edition of the rules for liquefied natural gas (液化天然气加气机, JJG 1114).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct LngRules(
    /// The rows.
    pub GasRows,
);

impl Rows for CngRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}

impl Rows for LngRules {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}
