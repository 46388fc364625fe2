//! The input: a finished pair of spectacles and its prescription.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lens::{Eye, HorizontalPrism, Powers, VerticalPrism, check_addition, check_step};
use crate::input::{InputError, InputProblem, contradiction};
use crate::quantity::{Degree, Dioptre, Millimetre};
use crate::standard::Standard;

/// A finished pair of spectacles (配装眼镜), prescribed and measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spectacles {
    /// The day the pair was made; picks the editions of GB 13511.1 and of the lens standard.
    pub made_on: NaiveDate,
    /// The day it was measured; the standard's certificate must hold on it.
    pub inspected_on: NaiveDate,
    /// What the pair is for.
    pub kind: SpectacleKind,
    /// The focimeter (焦度计) it was measured with.
    pub standard: Standard,
    /// The smallest step the focimeter shows, in dioptres.
    pub resolution: Option<Dioptre>,
    /// What was prescribed.
    pub prescription: SpectacleValues,
    /// What was found.
    pub measured: SpectacleValues,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What a pair of spectacles is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SpectacleKind {
    /// For seeing far, or for far and near (table 1).
    Distance,
    /// Made to order for reading (近用): the distance of the centres has a limit of its own.
    Reading,
    /// Ready-made for reading (老视成镜): a standard of its own since 2019. The prescription is what the
    /// pair says of itself.
    ReadyReading,
    /// Progressive (渐变焦): a standard of its own.
    Progressive,
}

/// The values of a pair, prescribed or found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SpectacleValues {
    /// The distance of the optical centres (光学中心水平距离), in millimetres: prescribed, the
    /// pupillary distance. Where it is absent, the sum of both eyes.
    pub pd: Option<Millimetre>,
    /// How much higher one optical centre lies than the other (光学中心高度差), in millimetres. Only
    /// measured; a prescription has none.
    pub height_difference: Option<Millimetre>,
    /// The right eye.
    pub right: EyeValues,
    /// The left eye.
    pub left: EyeValues,
}

/// The values of one eye, prescribed or found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EyeValues {
    /// Sphere, in dioptres.
    pub sphere: Dioptre,
    /// Cylinder, in dioptres, in plus or minus form; zero without one.
    pub cylinder: Dioptre,
    /// The axis of the cylinder as written, in degrees.
    pub axis: Option<Degree>,
    /// The addition for near, in dioptres.
    pub addition: Option<Dioptre>,
    /// Horizontal prism.
    pub prism_horizontal: Option<HorizontalPrism>,
    /// Vertical prism.
    pub prism_vertical: Option<VerticalPrism>,
    /// From the middle of the nose to the optical centre (单侧), in millimetres.
    pub pd: Option<Millimetre>,
}

impl SpectacleKind {
    /// Whether the one limit of reading spectacles holds for the distance of the centres.
    pub(super) fn is_for_reading(self) -> bool {
        match self {
            Self::Reading | Self::ReadyReading => true,
            Self::Distance | Self::Progressive => false,
        }
    }

    /// What such a pair is called.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Distance | Self::Reading => ("配装眼镜", "spectacles"),
            Self::ReadyReading => ("老视成镜", "ready-made reading spectacles"),
            Self::Progressive => ("渐变焦眼镜", "progressive spectacles"),
        }
    }
}

impl Spectacles {
    /// Refuses what no pair can be.
    pub(super) fn check(&self) -> Result<(), InputError> {
        let why = "the pair was made before it was inspected";
        contradiction("made_on", self.made_on > self.inspected_on, why)?;
        check_step(self.resolution)?;
        let prescription = &self.prescription;
        prescription.check("prescription")?;
        self.measured.check("measured")?;
        let why = "a prescription has no difference of height";
        let has_height = prescription.height_difference.is_some();
        contradiction("prescription.height_difference", has_height, why)?;
        for eye in [Eye::Right, Eye::Left] {
            let values = prescription.of(eye);
            if values.axis.is_none() && !values.cylinder.is_zero() {
                let why = "a prescribed cylinder has an axis";
                let field = format!("prescription.{}.axis", eye.field());
                return Err(InputError::at(field, InputProblem::Required { why }));
            }
        }
        if let (Some(both), Some(right), Some(left)) =
            (prescription.pd, prescription.right.pd, prescription.left.pd)
            && both.value() != right.value() + left.value()
        {
            let why = "it is the sum of both eyes";
            let problem = InputProblem::Contradicts { why };
            return Err(InputError::at("prescription.pd", problem));
        }
        Ok(())
    }
}

impl SpectacleValues {
    pub(super) fn of(&self, eye: Eye) -> &EyeValues {
        match eye {
            Eye::Right => &self.right,
            Eye::Left => &self.left,
        }
    }

    fn check(&self, field: &str) -> Result<(), InputError> {
        check_length(format!("{field}.pd"), self.pd)?;
        let height = format!("{field}.height_difference");
        if self.height_difference.is_some_and(is_too_long) {
            return Err(InputError::at(height, TOO_LONG));
        }
        for eye in [Eye::Right, Eye::Left] {
            let values = self.of(eye);
            let field = format!("{field}.{}", eye.field());
            check_length(format!("{field}.pd"), values.pd)?;
            check_addition(&field, values.addition)?;
        }
        Ok(())
    }

    pub(super) fn powers(&self, field: &str, eye: Eye) -> Result<Powers, InputError> {
        let EyeValues {
            sphere,
            cylinder,
            axis,
            ..
        } = self.of(eye);
        let field = format!("{field}.{}", eye.field());
        Powers::read(&field, *sphere, *cylinder, *axis)
    }
}

const TOO_LONG: InputProblem = InputProblem::Absurd {
    why: "no frame is so wide",
};

fn is_too_long(length: Millimetre) -> bool {
    length.value() > 150.into()
}

fn check_length(field: String, length: Option<Millimetre>) -> Result<(), InputError> {
    match length {
        Some(length) if length.is_zero() => Err(InputError::at(field, InputProblem::NotPositive)),
        Some(length) if is_too_long(length) => Err(InputError::at(field, TOO_LONG)),
        _ => Ok(()),
    }
}
