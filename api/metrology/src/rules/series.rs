//! Rows that every test by repeated runs needs: limits of error and repeatability, and how many runs
//! stand behind them.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{BandProblem, Provenance, RuleError, RuleText, ViolationCode};
use crate::quantity::Percent;

/// A limit, in per cent of the reference value unless another quantity is named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitRow<L = Percent> {
    /// The greatest error, on either side, the greatest repeatability or the coarsest step.
    pub limit: L,
    /// The clause or table.
    pub article: RuleText,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

impl<L: Default + PartialEq> LimitRow<L> {
    /// Refuses a limit of zero.
    pub(super) fn check(&self, file: &str, row: &str) -> Result<(), RuleError> {
        RuleError::if_zero(&self.limit, file, row)
    }
}

rows! {
    /// A requirement without a number of its own.
    pub struct RequirementRow {
        /// The code of the violation that a failure suggests, where there is one.
        pub violation: Option<ViolationCode>,
    } with article

    /// The divisor `d_n` (极差系数) that turns the range of `n` errors into a repeatability.
    pub struct DivisorRow {
        /// The divisor; above zero.
        pub divisor: Decimal,
    } with source

    /// The divisors of the range method, by the number of runs. One run has no range.
    pub struct RangeDivisors {
        /// For two runs.
        pub runs_2: DivisorRow,
        /// For three runs.
        pub runs_3: DivisorRow,
        /// For four runs.
        pub runs_4: DivisorRow,
        /// For five runs.
        pub runs_5: DivisorRow,
    }
}

impl RangeDivisors {
    /// The row for a number of runs; nothing where the table has none.
    pub fn of(&self, runs: usize) -> Option<&DivisorRow> {
        match runs {
            2 => Some(&self.runs_2),
            3 => Some(&self.runs_3),
            4 => Some(&self.runs_4),
            5 => Some(&self.runs_5),
            _ => None,
        }
    }

    /// The row of the greatest divisor: no number of runs makes less of a range.
    pub fn greatest(&self) -> &DivisorRow {
        let others = [&self.runs_3, &self.runs_4, &self.runs_5];
        others.into_iter().fold(&self.runs_2, |most, row| {
            if row.divisor > most.divisor {
                row
            } else {
                most
            }
        })
    }

    pub(super) fn check(&self, file: &str) -> Result<(), RuleError> {
        for runs in 2..=5 {
            if self
                .of(runs)
                .is_some_and(|row| row.divisor <= Decimal::ZERO)
            {
                let row = format!("range_divisors.runs_{runs}");
                return Err(RuleError::row(file, row, BandProblem::NoLimit));
            }
        }
        Ok(())
    }
}

/// Which error the limit binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BindingError {
    /// The mean of the runs. A single run beyond the limit is only noted.
    Mean,
    /// Every run, and with them the mean.
    EachRun,
}

rows! {
    /// The reading of which error the limit binds, where the text leaves it open.
    pub struct ErrorReading {
        /// The choice.
        pub compare: BindingError,
    } with text

    /// What a failure of an instrument suggests, by whom it costs.
    pub struct ViolationsByCost {
        /// The customer received less than was shown.
        pub short: ViolationCode,
        /// The instrument fails without a customer who received less.
        pub failed: ViolationCode,
    }
}
