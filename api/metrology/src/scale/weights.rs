//! The standard weights of a test: how much they may be wrong, and whether that is little enough.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::words::{gram, weights_too_coarse, weights_unknown};
use crate::exact::Ratio;
use crate::quantity::{Gram, plain};
use crate::rules::{Edition, WeightRules};
use crate::standard::Standard;
use crate::verdict::{Bars, Grounds};

/// The standard weights of a test.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TestWeights {
    /// The set with its certificate.
    pub standard: Standard,
    /// The class of the weights.
    pub class: WeightClass,
    /// The nominal masses that made up the greatest load of the weighing test, one for each weight; 1
    /// to 600. Which weights made up the smaller loads is not known, and the demand on them is
    /// strictest, load for load, where the scale is loaded most.
    pub pieces: Vec<Gram>,
}

/// The accuracy class of weights (砝码等级, OIML R 111, JJG 99), finest first. A finer class than a test
/// needs is fit for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "each variant is the class of its name")]
pub enum WeightClass {
    E1,
    E2,
    F1,
    F2,
    M1,
    /// M1-2, of heavy weights.
    M12,
    M2,
    /// M2-3, of heavy weights.
    M23,
    M3,
}

impl std::fmt::Display for WeightClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::E1 => "E1",
            Self::E2 => "E2",
            Self::F1 => "F1",
            Self::F2 => "F2",
            Self::M1 => "M1",
            Self::M12 => "M12",
            Self::M2 => "M2",
            Self::M23 => "M23",
            Self::M3 => "M3",
        })
    }
}

/// Whether the errors of the weights, added up, are at most a third of the error permitted to the scale at the
/// load they make up. If not, only an error that is beyond its limit by more than that sum is the scale's for
/// certain. The sum where they are too coarse, zero where they are not, nothing where nobody knows it.
pub(super) fn check_fineness(
    edition: Edition<'_, WeightRules>,
    weights: &TestWeights,
    permitted: Decimal,
    grounds: &mut Grounds,
) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for piece in &weights.pieces {
        let row = edition.rules.row(*piece);
        let Some((error, provenance)) = row.and_then(|row| row.of(weights.class)) else {
            let words = weights_unknown(*piece, weights.class);
            grounds.obstacle(Bars::Passing, "WEIGHT_LIMIT_UNKNOWN", words);
            return None;
        };
        let label = format!("weight of {}, class {}", gram(*piece), weights.class);
        grounds.rely_on(&label, provenance);
        sum += error.value();
    }
    let row = &edition.rules.part_of_error;
    grounds.rely_on("fineness of standard weights", row.provenance);
    let allowed = Ratio::from(permitted) / i128::from(row.part.get());
    grounds.number("error_of_weights", sum, Gram::UNIT);
    grounds.ratio("error_of_weights_allowed", &allowed, Gram::UNIT);
    if Ratio::from(sum) > allowed {
        let words = weights_too_coarse(&plain(sum), &plain(permitted), row.part.get());
        grounds.obstacle(Bars::Passing, "STANDARD_UNSUITABLE", words);
        return Some(sum);
    }
    Some(Decimal::ZERO)
}
