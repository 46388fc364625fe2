//! The input: the net content mark of one package.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::prepackaged::LotGoods;
use crate::quantity::Millimetre;
use crate::seen::Seen;
use crate::text::{GoodsName, Text};

/// The net content mark of one package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NetContentLabel {
    /// The day the goods were made or imported; picks the edition of the rules.
    pub produced_on: NaiveDate,
    /// What the goods are called; for the explanation only.
    pub goods_name: GoodsName,
    /// What goods they are, where some are left out. Where it is not said, the name of the goods tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<LotGoods>,
    /// The mark.
    pub mark: PrintedMark,
    /// What the goods are sold by.
    pub kind: QuantityKind,
    /// Whether the mark is clear and in a conspicuous place.
    pub conspicuous: Seen,
    /// The height of the lowest character of the mark; absent where it was not measured.
    pub character_height: Option<Millimetre>,
    /// What is in the package.
    pub items: PackedItems,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

tagged! {
    by "printed"
    /// The mark on the package.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum PrintedMark {
        /// There is one.
        AsRead {
            /// The whole of it as printed, such as `净含量：500 g`.
            text: Text<200>,
        },
        /// It was looked for, and there is none.
        Nowhere,
    }
}

/// What goods are sold by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuantityKind {
    /// Mass.
    Mass,
    /// Volume.
    Volume,
    /// Length.
    Length,
    /// Area.
    Area,
    /// A number of items.
    Count,
}

tagged! {
    by "items"
    /// What is in a package.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum PackedItems {
        /// One item.
        Single,
        /// Several items of the same goods and quantity.
        SameItems {
            /// Whether the quantity of one and their number are given.
            single_and_number: Seen,
            /// Whether the total is given.
            total: Seen,
        },
        /// Several items of different goods.
        DifferentItems {
            /// Whether, for each kind, the quantity of one and their number are given.
            single_and_number: Seen,
            /// Whether, for each kind, the total is given.
            total: Seen,
        },
    }
}

units! {
    /// The units of annex 1.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum LabelUnit {
        Gram = "g",
        Kilogram = "kg",
        Millilitre = "mL",
        Litre = "L",
        Millimetre = "mm",
        Centimetre = "cm",
        Metre = "m",
        SquareMillimetre = "mm²",
        SquareCentimetre = "cm²",
        SquareDecimetre = "dm²",
        SquareMetre = "m²",
    }
}

impl LabelUnit {
    /// What it measures.
    pub fn kind(self) -> QuantityKind {
        match self {
            Self::Gram | Self::Kilogram => QuantityKind::Mass,
            Self::Millilitre | Self::Litre => QuantityKind::Volume,
            Self::Millimetre | Self::Centimetre | Self::Metre => QuantityKind::Length,
            Self::SquareMillimetre
            | Self::SquareCentimetre
            | Self::SquareDecimetre
            | Self::SquareMetre => QuantityKind::Area,
        }
    }
}
