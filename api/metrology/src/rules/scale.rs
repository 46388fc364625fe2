//! Maximum permissible errors of weighing instruments, in intervals `e`.

use std::num::NonZeroU8;

use serde::Deserialize;

use super::{Bands, Provenance, RuleError, RuleText};
use crate::quantity::Intervals;
use crate::scale::ScaleClass;

/// The permissible errors of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleRules {
    /// Errors on initial verification, by accuracy class.
    pub initial: InitialErrors,
    /// What becomes of them in service.
    pub in_service: InServiceRow,
}

/// Errors on initial verification.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialErrors {
    /// Medium accuracy.
    pub class_iii: Bands<Intervals>,
    /// Ordinary accuracy.
    pub class_iiii: Bands<Intervals>,
}

/// How many times the initial error is permitted to an instrument in use.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InServiceRow {
    /// The multiple.
    pub factor: NonZeroU8,
    /// How well the row is known.
    pub provenance: Provenance,
    /// Where the row is from.
    pub source: RuleText,
}

impl ScaleRules {
    /// The initial errors of an accuracy class.
    pub fn initial_of(&self, class: ScaleClass) -> &Bands<Intervals> {
        match class {
            ScaleClass::III => &self.initial.class_iii,
            ScaleClass::IIII => &self.initial.class_iiii,
        }
    }

    pub(super) fn check(&self, file: &str) -> Result<(), RuleError> {
        self.initial.class_iii.check(file, "initial.class_iii")?;
        self.initial.class_iiii.check(file, "initial.class_iiii")
    }
}
