//! What binds a seller of goods for which no permitted shortage is prescribed.

use serde::Deserialize;

use super::{Provenance, RuleText};

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
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}
