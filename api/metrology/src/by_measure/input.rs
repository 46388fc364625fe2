//! The input: one check of goods sold by volume, length or piece.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::input::{Checked, absurd, positive};
use crate::quantity::{
    Amount, Kind, Millilitre, Millimetre, Piece, Quantity, Yuan, YuanPerLitre, YuanPerMetre,
    YuanPerPiece,
};
use crate::standard::Standard;
use crate::text::GoodsName;

/// One check of goods sold by volume, length or piece.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SoldByMeasure {
    /// The day of the check; picks the edition of the rules.
    pub measured_on: NaiveDate,
    /// What the goods are called; for the explanation only.
    pub goods_name: GoodsName,
    /// What was paid for and what was found.
    pub sale: MeasuredSale,
    /// What the check was made with, where its certificate was seen.
    pub standard: Option<Standard>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

tagged! {
    by "by"
    /// What was paid for and what was found, in the quantity that the goods are sold by.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    pub enum MeasuredSale {
        /// By volume: oil, wine, milk from the can.
        Volume {
            /// The price paid.
            unit_price: YuanPerLitre,
            /// The volume the price was settled by; more than zero.
            settled: Millilitre,
            /// The volume found by the check.
            checked: Millilitre,
            /// The permissible error of the instrument of the sale at this volume, by its regulation or
            /// certificate; more than zero.
            instrument_error: Option<Millilitre>,
            /// The greatest error of what the check was made with; more than zero.
            standard_error: Option<Millilitre>,
        },
        /// By length: cloth, cable, rope.
        Length {
            /// The price paid.
            unit_price: YuanPerMetre,
            /// The length the price was settled by; more than zero.
            settled: Millimetre,
            /// The length found by the check.
            checked: Millimetre,
            /// The permissible error of the instrument of the sale at this length, by its regulation or
            /// certificate; more than zero.
            instrument_error: Option<Millimetre>,
            /// The greatest error of what the check was made with; more than zero.
            standard_error: Option<Millimetre>,
        },
        /// By the piece: eggs, bread, tiles.
        Piece {
            /// The price paid.
            unit_price: YuanPerPiece,
            /// The number the price was settled by; more than zero.
            settled: Piece,
            /// The number found by the check.
            checked: Piece,
        },
    }
}

/// A sale as plain numbers in the base unit of its quantity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sale {
    pub unit: &'static str,
    pub settled: Decimal,
    pub checked: Decimal,
    /// The price of a base unit, in yuan.
    price: Decimal,
    pub instrument_error: Option<Decimal>,
    pub standard_error: Option<Decimal>,
}

/// A thousandth: a litre has a thousand millilitres, a metre a thousand millimetres.
const THOUSANDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

impl Sale {
    pub(super) fn shortage(&self) -> Decimal {
        self.settled - self.checked
    }

    /// A number in the unit of the sale.
    pub(super) fn amount(&self, value: Decimal) -> Amount {
        Amount::new(value, self.unit)
    }

    /// What was charged for goods that were not there, to the fen (a half up); never below zero.
    pub(super) fn overcharge(&self) -> Decimal {
        let to_fen = |quantity: Decimal| {
            let half_up = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
            (quantity * self.price).round_dp_with_strategy(2, half_up)
        };
        (to_fen(self.settled) - to_fen(self.checked)).max(Decimal::ZERO)
    }

    fn of<K: Kind>(
        (settled, checked): (Quantity<K>, Quantity<K>),
        price: Decimal,
        errors: (Option<Quantity<K>>, Option<Quantity<K>>),
    ) -> Self {
        Self {
            unit: Quantity::<K>::UNIT,
            settled: settled.value(),
            checked: checked.value(),
            price,
            instrument_error: errors.0.map(Quantity::value),
            standard_error: errors.1.map(Quantity::value),
        }
    }
}

impl MeasuredSale {
    pub(super) fn sale(&self) -> Sale {
        match *self {
            Self::Volume {
                unit_price,
                settled,
                checked,
                instrument_error,
                standard_error,
            } => Sale::of(
                (settled, checked),
                unit_price.value() * THOUSANDTH,
                (instrument_error, standard_error),
            ),
            Self::Length {
                unit_price,
                settled,
                checked,
                instrument_error,
                standard_error,
            } => Sale::of(
                (settled, checked),
                unit_price.value() * THOUSANDTH,
                (instrument_error, standard_error),
            ),
            Self::Piece {
                unit_price,
                settled,
                checked,
            } => Sale::of((settled, checked), unit_price.value(), (None, None)),
        }
    }

    /// Refuses what no sale can be.
    pub(super) fn check(&self) -> Checked {
        let sale = self.sale();
        positive("sale.settled", sale.settled.is_zero())?;
        let errors = [
            ("sale.instrument_error", sale.instrument_error),
            ("sale.standard_error", sale.standard_error),
        ];
        for (field, error) in errors {
            positive(field, error.is_some_and(|error| error.is_zero()))?;
            let why = "nothing is wrong by as much as was sold";
            absurd(field, error.is_some_and(|error| error >= sale.settled), why)?;
        }
        Ok(())
    }
}

/// The unit of money, for numbers on the way.
pub(super) const MONEY: &str = Yuan::UNIT;
