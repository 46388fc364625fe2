//! An instrument of an optician against a standard.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::finding::{Origin, compare, limit_not_known, summary, tell, within};
use super::lens::check_step;
use super::reading::{InstrumentReading, Limit};
use crate::input::{InputError, InputProblem, absurd, count};
use crate::law::instrument::InstrumentKind;
use crate::quantity::{Dioptre, plain};
use crate::refusal::JudgeError;
use crate::rules::{Edition, InstrumentLimits, OpticalInstrumentRules, Part, RuleSet};
use crate::slip::{self, Slips};
use crate::stage::{self, TestStage};
use crate::standard::Standard;
use crate::verdict::{Bars, Grounds, Verdict, Words};

/// The most readings of one instrument.
const MOST_READINGS: usize = 100;

/// An instrument of an optician, read on a standard.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpticalInstrument {
    /// The day of the readings; picks the edition, and the standard's certificate must hold on it.
    pub inspected_on: NaiveDate,
    /// At which stage of its life it is tested; an inspection in use where nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<TestStage>,
    /// What the instrument is: one of those of the trade.
    #[serde(deserialize_with = "of_the_trade")]
    pub kind: InstrumentKind,
    /// The smallest step the instrument shows, in dioptres; it decides the zero error of a focimeter.
    /// Without it only what every step allows or forbids is firm.
    pub resolution: Option<Dioptre>,
    /// The standard lenses, model eye or gauge.
    pub standard: Standard,
    /// The expanded uncertainty of the standard's power, in dioptres, as its certificate gives it. One
    /// greater than a limit makes the standard unsuitable; without it no reading of a power conforms.
    pub standard_uncertainty: Option<Dioptre>,
    /// The readings, 1 to 100.
    pub readings: Vec<InstrumentReading>,
    /// Whether whoever entered the values confirmed one that looked like a slip.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// Judges the readings of an instrument by the rules in force on their day.
///
/// Refuses no readings or more than 100, and a length of zero.
pub fn judge_instrument(rules: &RuleSet, input: &OpticalInstrument) -> Result<Verdict, JudgeError> {
    let edition = rules.edition_on::<OpticalInstrumentRules>(input.inspected_on)?;
    let (Some(limits), Some((zh, en))) = (edition.rules.of_kind(input.kind), words(input.kind))
    else {
        let why = NOT_OF_THE_TRADE;
        return Err(InputError::at("kind", InputProblem::OutOfScope { why }).into());
    };
    check(input)?;
    let slips = doubt(rules, input)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    slips.note(&mut grounds);
    input.standard.check(input.inspected_on, &mut grounds);
    if !limits.is_mandatory {
        let words = Words::new(
            "该器具未列入眼镜制配强制检定计量器具清单，按应可溯源、非强制检定处理（目录原文未核对）。",
            "This instrument is not on the list of those of the trade that must be verified: it should be traceable (the catalogue itself was not checked).",
        );
        grounds.note("NOT_MANDATORY", words);
    }
    let mark = grounds.mark();
    let least = judge_readings(edition, limits, input, &mut grounds);
    check_uncertainty(mark, input, least, &mut grounds);
    name_left_out(edition, limits, input, least, &mut grounds);
    let summary = summary(&grounds, zh, en);
    tell(&mut grounds);
    Ok(grounds.conclude(summary))
}

fn check(input: &OpticalInstrument) -> Result<(), InputError> {
    count("readings", input.readings.len(), (1, MOST_READINGS))?;
    check_step(input.resolution)?;
    let uncertainty = input.standard_uncertainty.unwrap_or_default();
    let why = "an uncertainty is not below zero";
    absurd("standard_uncertainty", uncertainty < Dioptre::ZERO, why)?;
    for (index, reading) in input.readings.iter().enumerate() {
        match reading {
            InstrumentReading::PupillaryDistance { nominal, .. }
            | InstrumentReading::CurvatureRadius { nominal, .. }
                if nominal.is_zero() =>
            {
                let field = format!("readings[{index}].nominal");
                return Err(InputError::at(field, InputProblem::NotPositive));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Refuses readings that look like slips.
fn doubt<'a>(rules: &'a RuleSet, input: &OpticalInstrument) -> Result<Slips<'a>, InputError> {
    let power: slip::Row = |rules| &rules.optical_instrument;
    let (size, axis): (slip::Row, slip::Row) = (|rules| &rules.size, |rules| &rules.axis);
    let mut slips = Slips::of(rules, input.inspected_on, input.confirmed);
    for (index, reading) in input.readings.iter().enumerate() {
        let (row, found, expected) = match reading {
            InstrumentReading::Sphere { nominal, indicated }
            | InstrumentReading::Cylinder { nominal, indicated } => {
                (power, indicated.value(), nominal.value())
            }
            InstrumentReading::PupillaryDistance { nominal, indicated }
            | InstrumentReading::CurvatureRadius { nominal, indicated } => {
                (size, indicated.value(), nominal.value())
            }
            InstrumentReading::Prism { nominal, indicated } => {
                (power, indicated.value(), nominal.value())
            }
            InstrumentReading::Axis { nominal, indicated } => {
                (axis, indicated.value(), nominal.value())
            }
        };
        let at = format_args!("readings[{index}].indicated");
        // Of an axis the error is the angle between both.
        let (error, _) = reading.error();
        slips.check_apart(row, at, (found, expected), error.abs())?;
    }
    Ok(slips)
}

/// Names every quantity whose limit is known and that was not read, and an uncertainty that was not given
/// though a limit of a power hangs on it.
fn name_left_out(
    edition: Edition<'_, OpticalInstrumentRules>,
    limits: &InstrumentLimits,
    input: &OpticalInstrument,
    least: Option<Decimal>,
    grounds: &mut Grounds,
) {
    let wanted = [
        (limits.zero.is_some(), "ZERO", "零位", "zero"),
        (limits.sphere.is_some(), "SPHERE", "球镜", "sphere"),
        (limits.cylinder.is_some(), "CYLINDER", "柱镜", "cylinder"),
        (limits.axis.is_some(), "AXIS", "轴位", "axis"),
        (
            limits.pupillary_distance.is_some(),
            "PUPILLARY_DISTANCE",
            "瞳距",
            "pupillary distance",
        ),
    ];
    let is_read = |code: &str| input.readings.iter().any(|one| one.aspect().code == code);
    let is_open = |(is_wanted, code, ..): &&(bool, &str, _, _)| *is_wanted && !is_read(code);
    let open = wanted.iter().filter(is_open);
    let (zh, en): (Vec<&str>, Vec<&str>) = open.map(|(.., zh, en)| (*zh, *en)).unzip();
    let stage = stage::told(input.stage, &edition.rules.stages, grounds);
    for row in edition.rules.parts.at(stage) {
        match row.part {
            Part::FullTest => grounds.lacks(row),
            Part::EveryQuantity if !zh.is_empty() => {
                let words = Words::new(
                    format!("未测量：{}", zh.join("、")),
                    format!("not read: {}", en.join(", ")),
                );
                grounds.lacks_as(row, row.part.code(), words);
            }
            Part::StandardUncertainty
                if least.is_some() && input.standard_uncertainty.is_none() =>
            {
                grounds.lacks(row);
            }
            _ => {}
        }
    }
}

/// Holds every reading against its limit. The least limit of a power; nothing where none was read.
fn judge_readings(
    edition: Edition<'_, OpticalInstrumentRules>,
    limits: &InstrumentLimits,
    input: &OpticalInstrument,
    grounds: &mut Grounds,
) -> Option<Decimal> {
    let origin = Origin {
        head: edition.head,
        suggests: Some(&edition.rules.violation),
    };
    let (mut unknown, mut least) = (Vec::new(), None::<Decimal>);
    for (index, reading) in input.readings.iter().enumerate() {
        let (aspect, (error, unit)) = (reading.aspect(), reading.error());
        let known = reading.limits(limits, input.resolution);
        let (Some(strict), Some(loose)) = (known.first(), known.last()) else {
            if !unknown.contains(&aspect.code) {
                unknown.push(aspect.code);
                limit_not_known(grounds, aspect.zh, aspect.en);
            }
            continue;
        };
        if reading.is_power() {
            least = Some(least.map_or(strict.value, |known| known.min(strict.value)));
        }
        let number = index + 1;
        let subject = Some((format!("第{number}次读数，"), format!("reading {number}")));
        // Beyond every limit it is said against the greatest, which is what makes it firm.
        let is_beyond = error.abs() > loose.value;
        let limit = if is_beyond { loose } else { strict };
        let cite = origin.row(limit.row.clone(), limit.source, limit.provenance);
        let bound = within(error, limit.value, unit);
        let mark = grounds.mark();
        let passes = compare(grounds, aspect, subject, &bound, cite);
        if !passes && !is_beyond {
            grounds.hold_since(mark);
            let words = resolution_decides(strict, loose);
            grounds.reservation(Part::FocimeterStep.code(), words);
        }
    }
    least
}

/// Nobody knows which of the limits of the zero it is.
fn resolution_decides(strict: &Limit<'_>, loose: &Limit<'_>) -> Words {
    let (strict, loose) = (plain(strict.value), plain(loose.value));
    Words::new(
        format!("未写明仪器的分辨力：零位按限值±{strict}D不合格，按±{loose}D合格"),
        format!(
            "the resolution was not given: by the limit of ±{strict} D the zero fails, by that of ±{loose} D it conforms"
        ),
    )
}

/// A standard that is known worse than the least limit of a power decides nothing but what fails by more than
/// it may be wrong.
fn check_uncertainty(
    mark: usize,
    input: &OpticalInstrument,
    least: Option<Decimal>,
    grounds: &mut Grounds,
) {
    if let (Some(uncertainty), Some(least)) = (input.standard_uncertainty, least)
        && uncertainty.value() > least
    {
        let words = Words::new(
            format!(
                "标准器不确定度{}D大于最大允许误差{least}D，不能用于判定",
                plain(uncertainty.value())
            ),
            format!(
                "the uncertainty of the standard is {uncertainty}, above the limit of {least} D"
            ),
        );
        grounds.obstacle(Bars::Passing, "STANDARD_UNSUITABLE", words);
        grounds.hold_within_of(mark, Dioptre::UNIT, uncertainty.value());
    }
}

const NOT_OF_THE_TRADE: &str = "it is no instrument of an optician";

fn of_the_trade<'de, D: Deserializer<'de>>(from: D) -> Result<InstrumentKind, D::Error> {
    let kind = InstrumentKind::deserialize(from)?;
    match words(kind) {
        Some(_) => Ok(kind),
        None => Err(D::Error::custom(NOT_OF_THE_TRADE)),
    }
}

/// What an instrument of the trade is called.
fn words(kind: InstrumentKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        InstrumentKind::Focimeter => ("焦度计", "focimeter"),
        InstrumentKind::Refractometer => ("验光仪", "refractometer"),
        InstrumentKind::Pupilometer => ("瞳距仪", "pupilometer"),
        InstrumentKind::TrialLensSet => ("验光镜片箱", "trial lens set"),
        InstrumentKind::Phoropter => ("综合验光仪", "phoropter"),
        InstrumentKind::Keratometer => ("角膜曲率计", "keratometer"),
        _ => return None,
    })
}
