//! The input: one text in which units are written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Text;

/// One text as it was seen: a price tag, a label, a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LegalUnitsText {
    /// The day the text was seen; picks the edition of the rules.
    pub seen_on: NaiveDate,
    /// The text as printed, its lines joined by blanks.
    pub text: Text<2000>,
    /// What the text serves.
    #[serde(rename = "use")]
    pub text_use: TextUse,
}

/// What a text serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TextUse {
    /// A price tag or a price board.
    PriceTag,
    /// The label of goods.
    Label,
    /// A receipt or an invoice.
    Receipt,
    /// An advertisement.
    Advertisement,
    /// A contract on goods for export, or a label that it asks for.
    ExportContract,
    /// A medical document or instrument.
    Medical,
    /// A text of old times, or literature.
    Literature,
    /// The trade in gems.
    Gems,
}
