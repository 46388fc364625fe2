//! A quantity of goods of whichever kind the label states.

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::quantity::{Gram, Millilitre, Millimetre, Piece, QuantityError, SquareCentimetre};

/// What a package holds, or how far off a balance may be: text with its unit, which says the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// A mass, base unit gram.
    Mass(Gram),
    /// A volume at 20 °C, base unit millilitre.
    Volume(Millilitre),
    /// A length, base unit millimetre.
    Length(Millimetre),
    /// An area, base unit square centimetre.
    Area(SquareCentimetre),
    /// A number of items.
    Count(Piece),
}

/// Reads text as a quantity of one kind.
type Reader = fn(&str) -> Result<Content, QuantityError>;

impl Content {
    /// Reads decimal text with its unit, such as `"498.5 g"` or `"0.75 L"`. A unit of no kind that a
    /// label states is refused.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let readers: [Reader; 5] = [
            |text| Gram::read(text).map(Self::Mass),
            |text| Millilitre::read(text).map(Self::Volume),
            |text| Millimetre::read(text).map(Self::Length),
            |text| SquareCentimetre::read(text).map(Self::Area),
            |text| Piece::read(text).map(Self::Count),
        ];
        let mut answer = Err(QuantityError::NotDecimal);
        for read in readers {
            answer = read(text);
            if !matches!(answer, Err(QuantityError::UnitMismatch { .. })) {
                break;
            }
        }
        answer
    }

    /// The exact value in the base unit of its kind.
    pub fn value(self) -> Decimal {
        match self {
            Self::Mass(mass) => mass.value(),
            Self::Volume(volume) => volume.value(),
            Self::Length(length) => length.value(),
            Self::Area(area) => area.value(),
            Self::Count(count) => count.value(),
        }
    }

    /// The symbol of the base unit of its kind.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Mass(_) => Gram::UNIT,
            Self::Volume(_) => Millilitre::UNIT,
            Self::Length(_) => Millimetre::UNIT,
            Self::Area(_) => SquareCentimetre::UNIT,
            Self::Count(_) => Piece::UNIT,
        }
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Mass(mass) => mass.serialize(serializer),
            Self::Volume(volume) => volume.serialize(serializer),
            Self::Length(length) => length.serialize(serializer),
            Self::Area(area) => area.serialize(serializer),
            Self::Count(count) => count.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text)
            .map_err(|error| D::Error::custom(format_args!("{}: {error}", error.code())))
    }
}
