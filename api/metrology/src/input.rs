//! What every family's input has in common: bounded texts and the refusal of an input.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::quantity::QuantityError;

/// The name of the goods as the stall calls them, 1 to 200 characters. It appears in the explanation
/// of a verdict and decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GoodsName(String);

impl GoodsName {
    /// The most characters in a name.
    pub const LONGEST: usize = 200;

    /// Takes a name without surrounding blanks; control characters are refused.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        bounded("goods_name", text, Self::LONGEST).map(Self)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why an officer departed from a default, 1 to 500 characters, in the officer's words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OverrideReason(String);

impl OverrideReason {
    /// The most characters in a reason.
    pub const LONGEST: usize = 500;

    /// Takes a reason without surrounding blanks; control characters are refused.
    pub fn parse(text: &str) -> Result<Self, InputError> {
        bounded("reason", text, Self::LONGEST).map(Self)
    }

    /// The reason as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn bounded(field: &'static str, text: &str, longest: usize) -> Result<String, InputError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InputError::TextEmpty { field });
    }
    if text.chars().count() > longest {
        return Err(InputError::TextTooLong { field, longest });
    }
    if text.chars().any(char::is_control) {
        return Err(InputError::TextHasControls { field });
    }
    Ok(text.to_owned())
}

/// Why an input is refused. Each names its field as the input type spells it, with a dot for what
/// lies within (`scale.max`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// A text is not the quantity the field wants; see [`QuantityError`].
    #[error("{field} is not a quantity")]
    Quantity {
        /// The field.
        field: &'static str,
        /// What is wrong with the text.
        source: QuantityError,
    },
    /// A text is empty or blank.
    #[error("{field} is empty")]
    TextEmpty {
        /// The field.
        field: &'static str,
    },
    /// A text is too long.
    #[error("{field} is longer than {longest} characters")]
    TextTooLong {
        /// The field.
        field: &'static str,
        /// The most characters allowed.
        longest: usize,
    },
    /// A text holds control characters, such as line breaks.
    #[error("{field} holds control characters")]
    TextHasControls {
        /// The field.
        field: &'static str,
    },
    /// A quantity that must be more than zero is zero.
    #[error("{field} is zero")]
    NotPositive {
        /// The field.
        field: &'static str,
    },
    /// Name and price give different classes and the officer chose the price without saying why.
    #[error("choosing the class by price against the name needs a reason")]
    ReasonRequired,
    /// The scale's Max is not above its interval.
    #[error("the scale's Max is not above its interval e")]
    ScaleMaxTooSmall,
    /// The scale has more intervals than its accuracy class knows (JJG 539, OIML R 76-1 table 3).
    #[error("no scale of this accuracy class has so many intervals")]
    ScaleHasTooManyIntervals,
}

impl InputError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Quantity { source, .. } => source.code(),
            Self::TextEmpty { .. } => "TEXT_EMPTY",
            Self::TextTooLong { .. } => "TEXT_TOO_LONG",
            Self::TextHasControls { .. } => "TEXT_HAS_CONTROLS",
            Self::NotPositive { .. } => "QUANTITY_NOT_POSITIVE",
            Self::ReasonRequired => "CLASS_REASON_REQUIRED",
            Self::ScaleMaxTooSmall => "SCALE_MAX_TOO_SMALL",
            Self::ScaleHasTooManyIntervals => "SCALE_HAS_TOO_MANY_INTERVALS",
        }
    }

    /// The field the refusal is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Quantity { field, .. }
            | Self::TextEmpty { field }
            | Self::TextTooLong { field, .. }
            | Self::TextHasControls { field }
            | Self::NotPositive { field } => field,
            Self::ReasonRequired => "category.class_by.reason",
            Self::ScaleMaxTooSmall | Self::ScaleHasTooManyIntervals => "scale.max",
        }
    }
}

impl QuantityError {
    /// This refusal, said of `field` of an input.
    pub fn at(self, field: &'static str) -> InputError {
        InputError::Quantity {
            field,
            source: self,
        }
    }
}

impl fmt::Display for GoodsName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for OverrideReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<GoodsName> for String {
    fn from(name: GoodsName) -> Self {
        name.0
    }
}

impl From<OverrideReason> for String {
    fn from(reason: OverrideReason) -> Self {
        reason.0
    }
}

impl TryFrom<String> for GoodsName {
    type Error = InputError;

    fn try_from(text: String) -> Result<Self, InputError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for OverrideReason {
    type Error = InputError;

    fn try_from(text: String) -> Result<Self, InputError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_counted_in_characters_not_bytes() {
        assert!(GoodsName::parse(&"鱼".repeat(200)).is_ok());
        let error = GoodsName::parse(&"鱼".repeat(201)).unwrap_err();
        assert_eq!(
            (error.code(), error.field()),
            ("TEXT_TOO_LONG", "goods_name")
        );
    }

    #[test]
    fn a_blank_or_broken_name_is_refused() {
        assert_eq!(GoodsName::parse("  ").unwrap_err().code(), "TEXT_EMPTY");
        assert_eq!(
            GoodsName::parse("a\nb").unwrap_err().code(),
            "TEXT_HAS_CONTROLS"
        );
        assert_eq!(GoodsName::parse(" 猪肉 ").unwrap().as_str(), "猪肉");
    }

    #[test]
    fn a_quantity_refusal_names_its_field() {
        let error = crate::quantity::Gram::parse("x").unwrap_err().at("settled");
        assert_eq!(
            (error.code(), error.field()),
            ("QUANTITY_NOT_DECIMAL", "settled")
        );
    }
}
