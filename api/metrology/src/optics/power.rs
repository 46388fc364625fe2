//! Power, cylinder, axis and addition of a lens, finished or not.

use rust_decimal::Decimal;

use super::finding::{Aspect, Origin, compare, leave, limit_not_known, within};
use super::lens::{Powers, WEAKEST_CYLINDER, angle_between};
use crate::input::Checked;
use crate::quantity::{Degree, DegreeDifference, Dioptre};
use crate::rules::{Bands, LensPowerRules};
use crate::slip::{self, Slips};
use crate::verdict::{Bars, Grounds, Words};

const SPHERE: Aspect = Aspect::new("SPHERE", "球镜顶焦度", "sphere");
const MERIDIAN_1: Aspect = Aspect::new(
    "POWER_MERIDIAN_1",
    "第一主子午面（较高）顶焦度",
    "power of the higher principal meridian",
);
const MERIDIAN_2: Aspect = Aspect::new(
    "POWER_MERIDIAN_2",
    "第二主子午面（较低）顶焦度",
    "power of the lower principal meridian",
);
const CYLINDER: Aspect = Aspect::new("CYLINDER", "柱镜顶焦度", "size of the cylinder");
const AXIS: Aspect = Aspect::new("AXIS", "柱镜轴位", "axis of the cylinder");
const ADDITION: Aspect = Aspect::new("ADDITION", "附加顶焦度", "addition");

/// The lens wanted beside the lens found.
#[derive(Debug, Clone)]
pub(super) struct LensPair {
    pub wanted: Powers,
    pub found: Powers,
    /// Whose it is, in both languages, where there are two.
    pub subject: Option<(String, String)>,
}

impl LensPair {
    /// Refuses a lens found that looks like a slip; `at` is where its values are.
    pub(super) fn doubt(&self, slips: &mut Slips<'_>, row: slip::Row, at: &str) -> Checked {
        let Self { wanted, found, .. } = self;
        for (found, wanted) in [(found.high, wanted.high), (found.low, wanted.low)] {
            let field = format_args!("{at}.sphere");
            slips.check(row, field, found.value(), wanted.value())?;
        }
        // A lens ground without its cylinder is a mistake and no slip.
        if found.cylinder.is_zero() {
            return Ok(());
        }
        let field = format_args!("{at}.cylinder");
        slips.check(row, field, found.cylinder.value(), wanted.cylinder.value())
    }

    /// Refuses an axis found that looks like a slip. Each is given with its cylinder as it was written: in plus and
    /// in minus form one lens has two axes, and numbers of both are not compared.
    pub(super) fn doubt_axis(
        &self,
        slips: &mut Slips<'_>,
        at: &str,
        wanted: (Dioptre, Option<Degree>),
        found: (Dioptre, Option<Degree>),
    ) -> Checked {
        let is_plus = |(cylinder, _): (Dioptre, Option<Degree>)| cylinder > Dioptre::ZERO;
        let is_weak = self.wanted.cylinder.min(self.found.cylinder).value() < WEAKEST_CYLINDER;
        if is_weak || is_plus(wanted) != is_plus(found) {
            return Ok(());
        }
        let (Some(one), Some(other)) = (wanted.1, found.1) else {
            return Ok(());
        };
        let field = format_args!("{at}.axis");
        // One axis is written as 0 and as 180 degrees; a digit is lost from the latter.
        let written = |axis: Degree| match axis.value() {
            none if none.is_zero() => Decimal::from(180),
            degrees => degrees,
        };
        let values = (written(other), written(one));
        slips.check_apart(
            |rules| &rules.axis,
            field,
            values,
            angle_between(one, other),
        )
    }

    /// Both principal meridians and the cylinder. The least limit applied, for the check of the
    /// focimeter; nothing where a limit is not known.
    pub(super) fn power(
        &self,
        rules: &LensPowerRules,
        origin: Origin<'_>,
        grounds: &mut Grounds,
    ) -> Option<Dioptre> {
        let Self { wanted, found, .. } = self;
        let strongest = wanted.strongest;
        let columns = rules.cylinder.at(wanted.cylinder);
        let cylinder = columns.and_then(|band| Some((band, band.limit.at(strongest)?)));
        let (Some(meridian), Some((column, cylinder))) = (rules.meridian.at(strongest), cylinder)
        else {
            limit_not_known(grounds, "顶焦度", "the power");
            return None;
        };
        let row = format!("power, {}", meridian.range("|D|"));
        let aspects = match wanted.cylinder.is_zero() && found.cylinder.is_zero() {
            true => vec![(SPHERE, wanted.high, found.high)],
            false => vec![
                (MERIDIAN_1, wanted.high, found.high),
                (MERIDIAN_2, wanted.low, found.low),
            ],
        };
        for (aspect, wanted, found) in aspects {
            self.record(grounds, format!("{} wanted", aspect.en), wanted);
            self.record(grounds, format!("{} found", aspect.en), found);
            let bound = within(found.minus(wanted), meridian.limit.value(), Dioptre::UNIT);
            let cite = origin.band(row.clone(), meridian);
            compare(grounds, aspect, self.subject.clone(), &bound, cite);
        }
        let (columns, rows) = (column.range("|C|"), cylinder.range("|D|"));
        let deviation = found.cylinder.minus(wanted.cylinder);
        let bound = within(deviation, cylinder.limit.value(), Dioptre::UNIT);
        let cite = origin.band(format!("cylinder, {columns}, {rows}"), cylinder);
        compare(grounds, CYLINDER, self.subject.clone(), &bound, cite);
        Some(meridian.limit.min(cylinder.limit))
    }

    /// The axis, by the size of the cylinder wanted alone.
    pub(super) fn axis(
        &self,
        bands: &Bands<Dioptre, DegreeDifference>,
        origin: Origin<'_>,
        grounds: &mut Grounds,
    ) {
        let Self { wanted, found, .. } = self;
        if wanted.cylinder.is_zero() {
            let why = ("无柱镜", "there is no cylinder");
            return leave(grounds, AXIS, self.subject.clone(), origin, why);
        }
        let (Some(one), Some(other)) = (wanted.axis, found.axis) else {
            let why = ("未给出轴位或未测得柱镜", "no axis was given or found");
            return leave(grounds, AXIS, self.subject.clone(), origin, why);
        };
        let Some(band) = bands.at(wanted.cylinder) else {
            return limit_not_known(grounds, "轴位", "the axis");
        };
        let apart = angle_between(one, other);
        let bound = within(apart, band.limit.value(), DegreeDifference::UNIT);
        let cite = origin.band(format!("axis, {}", band.range("|C|")), band);
        compare(grounds, AXIS, self.subject.clone(), &bound, cite);
    }

    fn record(&self, grounds: &mut Grounds, name: String, power: Dioptre) {
        let name = match &self.subject {
            Some((_, en)) => format!("{name}, {en}"),
            None => name,
        };
        grounds.number_of(name, &power.value().into(), Dioptre::UNIT);
    }
}

/// The addition; one that was not wanted counts as zero. Neither wanted nor found: nothing to say.
pub(super) fn addition(
    bands: &Bands<Dioptre>,
    origin: Origin<'_>,
    (wanted, found): (Option<Dioptre>, Option<Dioptre>),
    subject: Option<(String, String)>,
    grounds: &mut Grounds,
) {
    let Some(found) = found else {
        if wanted.is_some() {
            let why = ("未测量", "it was not measured");
            leave(grounds, ADDITION, subject, origin, why);
        }
        return;
    };
    let wanted = wanted.unwrap_or_default();
    let Some(band) = bands.at(wanted) else {
        return limit_not_known(grounds, "附加顶焦度", "the addition");
    };
    let bound = within(found.minus(wanted), band.limit.value(), Dioptre::UNIT);
    let cite = origin.band(format!("addition, {}", band.range("Add")), band);
    compare(grounds, ADDITION, subject, &bound, cite);
}

/// A focimeter whose resolution is coarser than a limit cannot decide it: of the powers found since a place only
/// what fails by more than one of its steps is firm.
pub(super) fn check_resolution(
    mark: usize,
    resolution: Option<Dioptre>,
    limits: &[Option<Dioptre>],
    grounds: &mut Grounds,
) {
    let least = limits.iter().flatten().min();
    if let (Some(resolution), Some(least)) = (resolution, least)
        && resolution > *least
    {
        let words = Words::new(
            format!(
                "焦度计分辨力{}大于允差{}，不能用于判定",
                resolution.amount().zh(),
                least.amount().zh()
            ),
            format!(
                "the focimeter resolves {}, coarser than the limit of {}",
                resolution.amount().en(),
                least.amount().en()
            ),
        );
        grounds.obstacle(Bars::Passing, "STANDARD_UNSUITABLE", words);
        grounds.hold_within_of(mark, Dioptre::UNIT, resolution.value());
    }
}
