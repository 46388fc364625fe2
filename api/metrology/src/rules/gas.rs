//! The form of the rules for dispensers of compressed and of liquefied natural gas. Each gas has an
//! instrument of law of its own, hence a family of its own; the rows are the same.

use serde::Deserialize;

use super::file::Document;
use super::series::check_limit;
use super::{
    ErrorReading, Family, LimitRow, PickedBy, RangeDivisors, RequirementRow, RuleError,
    ViolationsByCost,
};

/// The rows for one gas.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GasRows {
    /// What a failed error or repeatability suggests.
    pub violations: ViolationsByCost,
    /// The greatest error of indication, on either side.
    pub error: LimitRow,
    /// The greatest repeatability.
    pub repeatability: LimitRow,
    /// The divisors of the repeatability.
    pub range_divisors: RangeDivisors,
    /// Which error the limit binds.
    pub error_reading: ErrorReading,
    /// That the gas is sold by the kilogram; absent where the edition is not known to want it.
    pub unit: Option<RequirementRow>,
}

impl GasRows {
    fn check(&self, file: &str) -> Result<(), RuleError> {
        check_limit(file, "error", &self.error)?;
        check_limit(file, "repeatability", &self.repeatability)?;
        self.range_divisors.check(file)
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

impl Family for CngRules {
    const NAME: &'static str = "cng_dispenser";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.cng_dispenser.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}

impl Family for LngRules {
    const NAME: &'static str = "lng_dispenser";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.lng_dispenser.as_ref()
    }

    fn check(&self, file: &str) -> Result<(), RuleError> {
        self.0.check(file)
    }
}
