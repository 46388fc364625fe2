//! A finished pair of spectacles against its prescription.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::centring::Centring;
use super::finding::{Origin, of_eye, summary};
use super::lens::{Eye, HorizontalPrism, Powers, VerticalPrism, check_addition};
use super::power::{LensPair, addition, check_resolution};
use super::prism::{HORIZONTAL, PrismPair, VERTICAL};
use crate::input::{InputError, InputProblem};
use crate::measurement::Measurement;
use crate::quantity::{Degree, Dioptre, Millimetre};
use crate::refusal::JudgeError;
use crate::rules::{Edition, LensPowerRules, RuleSet, SpectacleRules};
use crate::standard::Standard;
use crate::verdict::{Grounds, Verdict, Words};

/// A finished pair of spectacles (配装眼镜), prescribed and measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
}

/// What a pair of spectacles is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SpectacleKind {
    /// For seeing far, or for far and near (table 1).
    Distance,
    /// For reading (老视成镜, 近用): the distance of the centres has a limit of its own.
    Reading,
}

/// The values of a pair, prescribed or found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    fn powers(&self, field: &str, eye: Eye) -> Result<Powers, InputError> {
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

/// Judges a finished pair of spectacles by the rules in force when it was made.
///
/// Refuses a pair inspected before it was made, a prescribed cylinder without its axis, a prescribed
/// pupillary distance that is not the sum of both eyes, a prescribed difference of height, distances
/// of zero, and powers no lens has.
pub fn judge_spectacles(rules: &RuleSet, input: &Spectacles) -> Result<Verdict, JudgeError> {
    check(input)?;
    let eyes = [Eye::Right, Eye::Left];
    let mut pairs = Vec::new();
    for eye in eyes {
        pairs.push(LensPair {
            wanted: input.prescription.powers("prescription", eye)?,
            found: input.measured.powers("measured", eye)?,
            subject: of_eye(eye),
        });
    }
    let edition = rules.edition_on::<SpectacleRules>(input.made_on)?;
    let lenses = rules.edition_on::<LensPowerRules>(input.made_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    grounds.apply(lenses);
    input.standard.check(input.inspected_on, &mut grounds);
    note_standing(edition, lenses, &mut grounds);
    let origin = Origin {
        head: edition.head,
        suggests: Some(&edition.rules.violation),
    };
    let lens_origin = Origin {
        head: lenses.head,
        ..origin
    };
    let mut limits = Vec::new();
    for (eye, pair) in eyes.into_iter().zip(&pairs) {
        limits.push(pair.power(lenses.rules, lens_origin, &mut grounds));
        pair.axis(&edition.rules.axis, origin, &mut grounds);
        let (wanted, found) = (input.prescription.of(eye), input.measured.of(eye));
        let additions = (wanted.addition, found.addition);
        let bands = &lenses.rules.addition;
        addition(bands, lens_origin, additions, of_eye(eye), &mut grounds);
        for prism in prisms(edition.rules, eye, (wanted, found), pair.wanted.strongest) {
            prism.judge(origin, &mut grounds);
        }
    }
    check_resolution(input.resolution, &limits, &mut grounds);
    let strongest = pairs.iter().map(|pair| pair.wanted.strongest).collect();
    Centring::new(edition.rules, origin, input, strongest).judge(&mut grounds);
    let summary = summary(&grounds, "配装眼镜", "spectacles");
    Ok(grounds.conclude(summary, Measurement::Spectacles(Box::new(input.clone()))))
}

fn check(input: &Spectacles) -> Result<(), InputError> {
    if input.made_on > input.inspected_on {
        let why = "the pair was made before it was inspected";
        return Err(InputError::at("made_on", InputProblem::Contradicts { why }));
    }
    if input.resolution.is_some_and(|step| step <= Dioptre::ZERO) {
        return Err(InputError::at("resolution", InputProblem::NotPositive));
    }
    let prescription = &input.prescription;
    prescription.check("prescription")?;
    input.measured.check("measured")?;
    if prescription.height_difference.is_some() {
        let why = "a prescription has no difference of height";
        let field = "prescription.height_difference";
        return Err(InputError::at(field, InputProblem::Contradicts { why }));
    }
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

fn note_standing(
    edition: Edition<'_, SpectacleRules>,
    lenses: Edition<'_, LensPowerRules>,
    grounds: &mut Grounds,
) {
    if !edition.rules.is_recommended {
        return;
    }
    let (number, lens_number) = (&edition.head.number, &lenses.head.number);
    let words = Words::new(
        format!(
            "{number}为推荐性标准，轴位、光学中心和棱镜度不合格的法律依据不是强制性标准；顶焦度按强制性标准{lens_number}判定。"
        ),
        format!(
            "{number} is a recommended standard: a failure in axis, centres or prism does not rest on a mandatory standard. Power is held against {lens_number}, which is mandatory."
        ),
    );
    grounds.note("RECOMMENDED_STANDARD", words);
}

fn prisms<'a>(
    rules: &'a SpectacleRules,
    eye: Eye,
    (wanted, found): (&EyeValues, &EyeValues),
    power: Dioptre,
) -> [PrismPair<'a>; 2] {
    let across = |values: &EyeValues| values.prism_horizontal.map(HorizontalPrism::signed);
    let upright = |values: &EyeValues| values.prism_vertical.map(VerticalPrism::signed);
    let horizontal = PrismPair {
        aspect: HORIZONTAL,
        eye,
        wanted: across(wanted),
        found: across(found),
        power,
        bands: &rules.prism_horizontal,
    };
    let vertical = PrismPair {
        aspect: VERTICAL,
        eye,
        wanted: upright(wanted),
        found: upright(found),
        power,
        bands: &rules.prism_vertical,
    };
    [horizontal, vertical]
}
