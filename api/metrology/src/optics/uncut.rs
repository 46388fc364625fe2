//! A lens before it is cut against its nominal values.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::{Aspect, Origin, compare, leave, summary, tell, within};
use super::lens::{Powers, check_addition, check_step};
use super::power::{LensPair, addition, check_resolution};
use crate::input::{InputError, absurd, contradiction, positive};
use crate::quantity::{Degree, Dioptre, Millimetre};
use crate::refusal::JudgeError;
use crate::rules::{LensPowerRules, Part, RuleSet};
use crate::slip::{self, Slips};
use crate::standard::Standard;
use crate::verdict::{Grounds, Verdict};

const THICKNESS: Aspect = Aspect::new("THICKNESS", "厚度", "thickness");

/// A lens before it is cut (眼镜镜片), nominal and measured.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UncutLens {
    /// The day the lens was made; picks the edition, GB 10810.1-2005 or GB 45184-2024.
    pub made_on: NaiveDate,
    /// The day it was measured; the standard's certificate must hold on it.
    pub inspected_on: NaiveDate,
    /// The focimeter (焦度计) it was measured with.
    pub standard: Standard,
    /// The smallest step the focimeter shows, in dioptres.
    pub resolution: Option<Dioptre>,
    /// What the wrapper says.
    pub nominal: LensValues,
    /// What was found.
    pub measured: LensValues,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// The values of one lens, nominal or found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LensValues {
    /// Sphere, in dioptres.
    pub sphere: Dioptre,
    /// Cylinder, in dioptres, in plus or minus form; zero without one.
    pub cylinder: Dioptre,
    /// The axis of the cylinder as written, in degrees; only lenses with a mark of direction have one.
    pub axis: Option<Degree>,
    /// The addition for near, in dioptres.
    pub addition: Option<Dioptre>,
    /// The thickness (厚度), in millimetres.
    pub thickness: Option<Millimetre>,
}

impl LensValues {
    fn powers(&self, field: &str) -> Result<Powers, InputError> {
        check_addition(field, self.addition)?;
        if let Some(thickness) = self.thickness {
            let at = format!("{field}.thickness");
            positive(&at, thickness.is_zero())?;
            let why = "no lens for spectacles is so thick";
            absurd(&at, thickness.value() > 50.into(), why)?;
        }
        Powers::read(field, self.sphere, self.cylinder, self.axis)
    }
}

/// Judges a lens by the rules in force when it was made.
///
/// Refuses a lens inspected before it was made, a thickness of zero, and powers no lens has.
pub fn judge_uncut_lens(rules: &RuleSet, input: &UncutLens) -> Result<Verdict, JudgeError> {
    let why = "the lens was made before it was inspected";
    contradiction("made_on", input.made_on > input.inspected_on, why)?;
    check_step(input.resolution)?;
    let pair = LensPair {
        wanted: input.nominal.powers("nominal")?,
        found: input.measured.powers("measured")?,
        subject: None,
    };
    let slips = doubt(rules, input, &pair)?;
    let edition = rules.edition_on::<LensPowerRules>(input.made_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    slips.note(&mut grounds);
    input.standard.check(input.inspected_on, &mut grounds);
    let origin = Origin {
        head: edition.head,
        // A lens that is off does not say by itself who broke which duty.
        suggests: None,
    };
    let mark = grounds.mark();
    let limit = pair.power(edition.rules, origin, &mut grounds);
    pair.axis(&edition.rules.axis, origin, &mut grounds);
    let additions = (input.nominal.addition, input.measured.addition);
    let bands = &edition.rules.addition;
    addition(bands, origin, additions, None, &mut grounds);
    check_resolution(mark, input.resolution, &[limit], &mut grounds);
    thickness(edition.rules, origin, input, &mut grounds);
    name_left_out(edition.rules, input, &mut grounds);
    let summary = summary(&grounds, "眼镜镜片", "lens");
    tell(&mut grounds);
    Ok(grounds.conclude(summary))
}

/// Refuses values that look like slips.
fn doubt<'a>(
    rules: &'a RuleSet,
    input: &UncutLens,
    pair: &LensPair,
) -> Result<Slips<'a>, InputError> {
    let power: slip::Row = |rules| &rules.uncut_lens;
    let mut slips = Slips::of(rules, input.inspected_on, input.confirmed);
    pair.doubt(&mut slips, power, "measured")?;
    let (wanted, found) = (&input.nominal, &input.measured);
    let axes = [wanted, found].map(|lens| (lens.cylinder, lens.axis));
    pair.doubt_axis(&mut slips, "measured", axes[0], axes[1])?;
    if let (Some(wanted), Some(found)) = (wanted.addition, found.addition) {
        slips.check(power, "measured.addition", found.value(), wanted.value())?;
    }
    if let (Some(wanted), Some(found)) = (wanted.thickness, found.thickness) {
        let at = "measured.thickness";
        slips.check(|rules| &rules.size, at, found.value(), wanted.value())?;
    }
    Ok(slips)
}

/// Names every part that was not measured.
fn name_left_out(rules: &LensPowerRules, input: &UncutLens, grounds: &mut Grounds) {
    let (wanted, found) = (&input.nominal, &input.measured);
    let has_axis = wanted.axis.is_some() && !wanted.cylinder.is_zero() && !found.cylinder.is_zero();
    for row in rules.parts.in_use() {
        let is_left_out = match row.part {
            Part::Axis => has_axis && found.axis.is_none(),
            Part::Addition => wanted.addition.is_some() && found.addition.is_none(),
            Part::Thickness => wanted.thickness.is_some() && found.thickness.is_none(),
            Part::FocimeterStep => input.resolution.is_none(),
            _ => false,
        };
        if is_left_out {
            grounds.lacks(row);
        }
    }
}

fn thickness(rules: &LensPowerRules, origin: Origin<'_>, input: &UncutLens, grounds: &mut Grounds) {
    match (input.nominal.thickness, input.measured.thickness) {
        (Some(wanted), Some(found)) => {
            let row = &rules.thickness;
            let bound = within(found.minus(wanted), row.limit.value(), Millimetre::UNIT);
            let cite = origin.row("thickness".to_owned(), row.source.as_str(), row.provenance);
            compare(grounds, THICKNESS, None, &bound, cite);
        }
        (None, None) => {}
        _ => {
            let why = ("未给出或未测量", "it was not given or not measured");
            leave(grounds, THICKNESS, None, origin, why);
        }
    }
}
