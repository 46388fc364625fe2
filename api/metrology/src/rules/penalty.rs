//! What binds a seller of goods for which no permitted shortage is prescribed.

use serde::Deserialize;

use super::file::Document;
use super::{Family, PickedBy, Provenance, RuleError, RuleText, ViolationCode};

/// The part of the quantity penalty rule that sets a limit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyRules {
    /// Goods without a prescribed shortage.
    pub goods_without_limit: GoodsWithoutLimit,
}

/// Goods without a prescribed shortage: the difference may not exceed the maximum permissible error
/// of the instrument.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodsWithoutLimit {
    /// The article.
    pub article: RuleText,
    /// The code of the violation that a failure suggests.
    pub violation: ViolationCode,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

impl Family for PenaltyRules {
    const NAME: &'static str = "quantity_penalty";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.quantity_penalty.as_ref()
    }

    fn check(&self, _: &str) -> Result<(), RuleError> {
        Ok(())
    }
}
