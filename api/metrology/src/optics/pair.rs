//! A finished pair of spectacles against its prescription.

use rust_decimal::Decimal;

use super::centring::{self, Centring};
use super::finding::{Origin, of_eye, summary, tell};
use super::lens::{Eye, HorizontalPrism, VerticalPrism};
use super::other;
use super::power::{LensPair, addition, check_resolution};
use super::prism::{HORIZONTAL, PrismPair, VERTICAL};
use super::spectacles::{EyeValues, Spectacles};
use crate::input::InputError;
use crate::quantity::{Dioptre, Millimetre, PrismDioptre};
use crate::refusal::JudgeError;
use crate::rules::{Edition, LensPowerRules, Part, RuleSet, SpectacleRules};
use crate::slip::{self, Slips};
use crate::verdict::{Grounds, Verdict, Words};

/// Judges a finished pair of spectacles by the rules in force when it was made.
///
/// Refuses a pair inspected before it was made, a prescribed cylinder without its axis, a prescribed
/// pupillary distance that is not the sum of both eyes, a prescribed difference of height, distances
/// of zero, and powers no lens has.
pub fn judge_spectacles(rules: &RuleSet, input: &Spectacles) -> Result<Verdict, JudgeError> {
    input.check()?;
    let eyes = [Eye::Right, Eye::Left];
    let mut pairs = Vec::new();
    for eye in eyes {
        pairs.push(LensPair {
            wanted: input.prescription.powers("prescription", eye)?,
            found: input.measured.powers("measured", eye)?,
            subject: of_eye(eye),
        });
    }
    let slips = doubt(rules, input, &pairs)?;
    let edition = rules.edition_on::<SpectacleRules>(input.made_on)?;
    let lenses = rules.edition_on::<LensPowerRules>(input.made_on)?;
    let mut grounds = Grounds::new(rules);
    slips.note(&mut grounds);
    input.standard.check(input.inspected_on, &mut grounds);
    let judged = (input, pairs.as_slice());
    Ok(
        match edition.rules.other_standard(input.kind, input.made_on) {
            Some(row) => other::judge((edition, row), lenses, judged, grounds),
            None => by_standard(edition, lenses, judged, grounds),
        },
    )
}

/// Refuses values that look like slips.
fn doubt<'a>(
    rules: &'a RuleSet,
    input: &Spectacles,
    pairs: &[LensPair],
) -> Result<Slips<'a>, InputError> {
    let (power, size): (slip::Row, slip::Row) = (|rules| &rules.spectacles, |rules| &rules.size);
    let mut slips = Slips::of(rules, input.inspected_on, input.confirmed);
    let (wanted, found) = (&input.prescription, &input.measured);
    if let (Some(wanted), Some(found)) = (centring::distance_of(wanted), found.pd) {
        slips.check(size, "measured.pd", found.value(), wanted)?;
    }
    // Of a distance prescribed for both eyes each has about a half.
    let half = wanted.pd.map(|both| both.value() / Decimal::TWO);
    for (eye, pair) in [Eye::Right, Eye::Left].into_iter().zip(pairs) {
        let at = format!("measured.{}", eye.field());
        pair.doubt(&mut slips, power, &at)?;
        let (wanted, found) = (wanted.of(eye), found.of(eye));
        let axes = [wanted, found].map(|lens| (lens.cylinder, lens.axis));
        pair.doubt_axis(&mut slips, &at, axes[0], axes[1])?;
        if let (Some(wanted), Some(found)) = (wanted.addition, found.addition) {
            let at = format_args!("{at}.addition");
            slips.check(power, at, found.value(), wanted.value())?;
        }
        if let (Some(wanted), Some(found)) = (wanted.pd.map(Millimetre::value).or(half), found.pd) {
            slips.check(size, format_args!("{at}.pd"), found.value(), wanted)?;
        }
        for (name, wanted, found) in prism_amounts(wanted, found) {
            let at = format_args!("{at}.{name}.amount");
            slips.check(power, at, found.value(), wanted.value())?;
        }
    }
    Ok(slips)
}

/// Prism that was prescribed beside prism that was found. A lens ground without its prism is a mistake and no
/// slip.
fn prism_amounts(
    wanted: &EyeValues,
    found: &EyeValues,
) -> impl Iterator<Item = (&'static str, PrismDioptre, PrismDioptre)> {
    let across = |values: &EyeValues| values.prism_horizontal.map(|prism| prism.amount);
    let upright = |values: &EyeValues| values.prism_vertical.map(|prism| prism.amount);
    let both = [
        ("prism_horizontal", across(wanted), across(found)),
        ("prism_vertical", upright(wanted), upright(found)),
    ];
    let measured = both
        .into_iter()
        .filter_map(|(name, wanted, found)| Some((name, wanted?, found?)));
    measured.filter(|(_, _, found)| !found.is_zero())
}

/// Judges a pair made to order by the standard of such pairs.
fn by_standard(
    edition: Edition<'_, SpectacleRules>,
    lenses: Edition<'_, LensPowerRules>,
    (input, pairs): (&Spectacles, &[LensPair]),
    mut grounds: Grounds,
) -> Verdict {
    let eyes = [Eye::Right, Eye::Left];
    grounds.apply(edition);
    grounds.apply(lenses);
    note_standing(edition, lenses, &mut grounds);
    let origin = Origin {
        head: edition.head,
        suggests: Some(&edition.rules.violation),
    };
    let lens_origin = Origin {
        head: lenses.head,
        ..origin
    };
    let (mut limits, mark) = (Vec::new(), grounds.mark());
    for (eye, pair) in eyes.into_iter().zip(pairs) {
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
    check_resolution(mark, input.resolution, &limits, &mut grounds);
    let strongest = pairs.iter().map(|pair| pair.wanted.strongest).collect();
    Centring::new(edition.rules, origin, input, strongest).judge(&mut grounds);
    name_left_out(edition.rules, input, &mut grounds);
    let (name_zh, name_en) = input.kind.words();
    let summary = summary(&grounds, name_zh, name_en);
    tell(&mut grounds);
    grounds.conclude(summary)
}

/// Names every part that was not measured.
fn name_left_out(rules: &SpectacleRules, input: &Spectacles, grounds: &mut Grounds) {
    let (wanted, found) = (&input.prescription, &input.measured);
    let eyes = || [Eye::Right, Eye::Left].map(|eye| (wanted.of(eye), found.of(eye)));
    for row in rules.parts.in_use() {
        let is_left_out = match row.part {
            Part::Axis => eyes().iter().any(|(wanted, found)| {
                let has_cylinder = !wanted.cylinder.is_zero() && !found.cylinder.is_zero();
                has_cylinder && found.axis.is_none()
            }),
            Part::CentreDistance => centring::distance_is_left_out(input),
            Part::CentreHeight => centring::height_is_left_out(input),
            Part::Prism => eyes().iter().any(|(wanted, found)| {
                let across = wanted.prism_horizontal.is_some() && found.prism_horizontal.is_none();
                across || (wanted.prism_vertical.is_some() && found.prism_vertical.is_none())
            }),
            Part::Addition => eyes()
                .iter()
                .any(|(wanted, found)| wanted.addition.is_some() && found.addition.is_none()),
            Part::FocimeterStep => input.resolution.is_none(),
            _ => false,
        };
        if is_left_out {
            grounds.lacks(row);
        }
    }
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
