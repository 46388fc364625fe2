//! Why a text is no quantity.

use rust_decimal::Decimal;

/// Why a text is not a quantity of the kind wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// Not digits with at most one decimal point between them.
    #[error("not a decimal number")]
    NotDecimal,
    /// Several parts that nobody would say so, or that could mean two things.
    #[error("not clear: {why}, at character {place}")]
    Unclear {
        /// What makes it so.
        why: &'static str,
        /// Where, counted in characters from 1.
        place: usize,
    },
    /// Below the least value, which is zero for most kinds.
    #[error("below {least}")]
    Negative {
        /// The least value, in the base unit.
        least: Decimal,
    },
    /// More decimals than the quantity has.
    #[error("more than {most} decimals")]
    TooManyDecimals {
        /// The most decimals allowed, counted in the base unit.
        most: u32,
    },
    /// Above the greatest value.
    #[error("more than {most}")]
    TooLarge {
        /// The greatest value, in the base unit.
        most: Decimal,
    },
    /// A number without a unit.
    #[error("a {kind} needs its unit, such as {wanted}")]
    UnitMissing {
        /// The base unit of the kind.
        wanted: &'static str,
        /// The kind wanted.
        kind: &'static str,
    },
    /// A unit of another kind of quantity.
    #[error("a {kind} is wanted, such as one in {wanted}, and the unit given is one of {other}")]
    UnitMismatch {
        /// The base unit of the kind wanted.
        wanted: &'static str,
        /// The kind wanted.
        kind: &'static str,
        /// The kind given.
        other: &'static str,
    },
    /// A unit that is none here, with the one to use.
    #[error("{unit} is not a unit here; use {legal}")]
    UnitNotLegal {
        /// The unit given.
        unit: String,
        /// The legal one to use.
        legal: &'static str,
    },
    /// A unit that no kind of quantity has.
    #[error("not a unit of {kind}; {wanted} is one")]
    UnitUnknown {
        /// The base unit of the kind wanted.
        wanted: &'static str,
        /// The kind wanted.
        kind: &'static str,
    },
}

impl QuantityError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotDecimal => "QUANTITY_NOT_DECIMAL",
            Self::Unclear { .. } => "QUANTITY_UNCLEAR",
            Self::Negative { .. } => "QUANTITY_NEGATIVE",
            Self::TooManyDecimals { .. } => "QUANTITY_TOO_PRECISE",
            Self::TooLarge { .. } => "QUANTITY_TOO_LARGE",
            Self::UnitMissing { .. } => "UNIT_MISSING",
            Self::UnitMismatch { .. } => "UNIT_MISMATCH",
            Self::UnitNotLegal { .. } => "UNIT_NOT_LEGAL",
            Self::UnitUnknown { .. } => "UNIT_UNKNOWN",
        }
    }
}
