//! What a lens is: two principal meridians, an axis, prism.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::input::{Checked, InputError, InputProblem, absurd, positive};
use crate::quantity::{Degree, Dioptre, PrismDioptre};

/// Which eye a lens is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Eye {
    /// The right eye (OD).
    Right,
    /// The left eye (OS).
    Left,
}

impl Eye {
    /// The eye in Chinese and in English.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Right => ("右镜片", "right eye"),
            Self::Left => ("左镜片", "left eye"),
        }
    }

    /// The eye as the fields of an input name it.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Left => "left",
        }
    }
}

/// Prism across: its amount in prism dioptres and the side of its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HorizontalPrism {
    /// How much, in prism dioptres.
    pub amount: PrismDioptre,
    /// Towards where its base lies.
    pub base: HorizontalBase,
}

/// The side of the base of horizontal prism.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HorizontalBase {
    /// Towards the nose (BI).
    In,
    /// Towards the temple (BO).
    Out,
}

/// Prism up or down: its amount in prism dioptres and the side of its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VerticalPrism {
    /// How much, in prism dioptres.
    pub amount: PrismDioptre,
    /// Towards where its base lies.
    pub base: VerticalBase,
}

/// The side of the base of vertical prism.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum VerticalBase {
    /// Upwards (BU).
    Up,
    /// Downwards (BD).
    Down,
}

impl HorizontalPrism {
    /// In prism dioptres, base in above zero and base out below it.
    pub(super) fn signed(self) -> Decimal {
        match self.base {
            HorizontalBase::In => self.amount.value(),
            HorizontalBase::Out => -self.amount.value(),
        }
    }
}

impl VerticalPrism {
    /// In prism dioptres, base up above zero and base down below it.
    pub(super) fn signed(self) -> Decimal {
        match self.base {
            VerticalBase::Up => self.amount.value(),
            VerticalBase::Down => -self.amount.value(),
        }
    }
}

/// No lens for spectacles has a meridian stronger than this, in dioptres.
const STRONGEST: u32 = 40;

/// Lenses are ordered in steps of a quarter: of a weaker cylinder, in dioptres, no axis is asked.
pub(super) const WEAKEST_CYLINDER: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

/// The powers of a lens in a form that plus and minus cylinder share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Powers {
    /// The principal meridian of the higher power, signs counted.
    pub high: Dioptre,
    /// The principal meridian of the lower power.
    pub low: Dioptre,
    /// The size of the cylinder: higher less lower.
    pub cylinder: Dioptre,
    /// The size of the stronger principal meridian.
    pub strongest: Dioptre,
    /// The axis of the minus form; nothing without a cylinder or where it was not given.
    pub axis: Option<Degree>,
}

impl Powers {
    /// Takes sphere, cylinder and axis as written, in plus or in minus form. `field` is where they are.
    pub(super) fn read(
        field: &str,
        sphere: Dioptre,
        cylinder: Dioptre,
        axis: Option<Degree>,
    ) -> Result<Self, InputError> {
        let (one, other) = (sphere.value(), sphere.value() + cylinder.value());
        let (high, low) = (one.max(other), one.min(other));
        let strongest = high.abs().max(low.abs());
        let absurd = || {
            let why = "no lens for spectacles has a meridian above 40 D";
            InputError::at(format!("{field}.sphere"), InputProblem::Absurd { why })
        };
        if strongest > STRONGEST.into() {
            return Err(absurd());
        }
        let power = |value| Dioptre::from_value(value).ok_or_else(absurd);
        let turn = if cylinder.value() > Decimal::ZERO {
            90
        } else {
            0
        };
        let axis = axis.filter(|_| !cylinder.is_zero()).and_then(|axis| {
            Degree::from_value((axis.value() + Decimal::from(turn)) % Decimal::from(180))
        });
        Ok(Self {
            high: power(high)?,
            low: power(low)?,
            cylinder: power(high - low)?,
            strongest: power(strongest)?,
            axis,
        })
    }
}

/// How far two axes are apart, in degrees; at most 90, since an axis has no direction.
pub(super) fn angle_between(one: Degree, other: Degree) -> Decimal {
    let apart = one.minus(other).abs() % Decimal::from(180);
    apart.min(Decimal::from(180) - apart)
}

/// Refuses a smallest step that is not more than zero.
pub(super) fn check_step(resolution: Option<Dioptre>) -> Checked {
    let is_nothing = resolution.is_some_and(|step| step <= Dioptre::ZERO);
    positive("resolution", is_nothing)
}

/// Refuses an addition below zero or above what a lens can have.
pub(super) fn check_addition(field: &str, addition: Option<Dioptre>) -> Checked {
    let is_outside =
        |value: Decimal| value.is_sign_negative() && !value.is_zero() || value > STRONGEST.into();
    let is_absurd = addition.is_some_and(|addition| is_outside(addition.value()));
    let why = "an addition is from 0 to 40 D";
    absurd(format!("{field}.addition"), is_absurd, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees(text: &str) -> Degree {
        Degree::read(text).unwrap()
    }

    #[test]
    fn axes_on_either_side_of_the_half_turn_are_close() {
        for (one, other, apart) in [
            ("179 °", "1 °", 2),
            ("180 °", "0 °", 0),
            ("0 °", "90 °", 90),
            ("10 °", "170 °", 20),
        ] {
            let expected = Decimal::from(apart);
            assert_eq!(angle_between(degrees(one), degrees(other)), expected);
            assert_eq!(angle_between(degrees(other), degrees(one)), expected);
        }
    }

    #[test]
    fn plus_and_minus_form_are_the_same_lens() {
        let dioptres = |text| Dioptre::read(text).unwrap();
        let minus = Powers::read(
            "right",
            dioptres("-2.00 D"),
            dioptres("-1.00 D"),
            Some(degrees("180 °")),
        );
        let plus = Powers::read(
            "right",
            dioptres("-3.00 D"),
            dioptres("+1.00 D"),
            Some(degrees("90 °")),
        );
        assert_eq!(minus, plus);
    }
}
