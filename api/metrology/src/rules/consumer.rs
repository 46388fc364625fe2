//! What a consumer may claim from a seller who defrauds.

use std::num::NonZeroU8;

use serde::Deserialize;

use super::file::Document;
use super::{Family, PickedBy, Provenance, RuleError, RuleText};
use crate::quantity::Yuan;

/// One edition of the consumer's remedies. No verdict rests on them; a verdict mentions them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsumerRemedyRules {
    /// The remedy for fraud (Consumer Protection Law, article 55).
    pub fraud: FraudRemedy,
}

/// What is added to the compensation where there was fraud: so many times the price of the goods,
/// and at least a fixed sum.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FraudRemedy {
    /// The article.
    pub article: RuleText,
    /// How many times the price.
    pub multiple: NonZeroU8,
    /// The least sum, in yuan.
    pub least: Yuan,
    /// How well it is known.
    pub provenance: Provenance,
    /// Where it is from.
    pub source: RuleText,
}

impl Family for ConsumerRemedyRules {
    const NAME: &'static str = "consumer_remedy";
    const PICKED_BY: PickedBy = PickedBy::InspectionDate;

    fn of(document: &Document) -> Option<&Self> {
        document.consumer_remedy.as_ref()
    }

    fn check(&self, _: &str) -> Result<(), RuleError> {
        Ok(())
    }
}
