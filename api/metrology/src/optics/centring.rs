//! The places of the optical centres: their distance, each eye's part of it, their heights.

use rust_decimal::Decimal;

use super::finding::{Aspect, Origin, compare, leave, limit_not_known, of_eye, within};
use super::lens::Eye;
use super::spectacles::{EyeValues, SpectacleValues, Spectacles};
use crate::exact::Ratio;
use crate::quantity::{Dioptre, Millimetre, PrismDioptre};
use crate::rules::{Bands, CentreLimit, Reading, SpectacleRules};
use crate::verdict::{Bound, Grounds, Words};

const CENTRE_DISTANCE: Aspect = Aspect::new(
    "CENTRE_DISTANCE",
    "光学中心水平距离",
    "distance of the optical centres",
);
const CENTRE_DISTANCE_EYE: Aspect = Aspect::new(
    "CENTRE_DISTANCE_EYE",
    "光学中心单侧水平距离",
    "distance of the optical centre from the nose",
);
const CENTRE_HEIGHT: Aspect = Aspect::new(
    "CENTRE_HEIGHT",
    "光学中心垂直互差",
    "difference of height of the optical centres",
);

/// The prescriptions' step, in dioptres; the tables of centres are printed in it.
const STEP: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

const NOT_GIVEN: (&str, &str) = ("未给出或未测量", "it was not given or not measured");

/// The centres of one pair on their way to findings.
pub(super) struct Centring<'a> {
    rules: &'a SpectacleRules,
    origin: Origin<'a>,
    input: &'a Spectacles,
    /// The strongest meridians prescribed, right and left.
    strongest: Vec<Dioptre>,
    /// The codes of the readings noted so far: each is said once.
    noted: Vec<&'static str>,
}

impl<'a> Centring<'a> {
    pub(super) fn new(
        rules: &'a SpectacleRules,
        origin: Origin<'a>,
        input: &'a Spectacles,
        strongest: Vec<Dioptre>,
    ) -> Self {
        Self {
            rules,
            origin,
            input,
            strongest,
            noted: Vec::new(),
        }
    }

    pub(super) fn judge(mut self, grounds: &mut Grounds) {
        self.distance(grounds);
        let strongest = self.strongest.clone();
        for (eye, power) in [Eye::Right, Eye::Left].into_iter().zip(strongest) {
            self.eye(eye, power, grounds);
        }
        self.height(grounds);
    }

    fn distance(&mut self, grounds: &mut Grounds) {
        let Spectacles {
            prescription,
            measured,
            kind,
            ..
        } = self.input;
        let (Some(wanted), Some(found)) = (distance_of(prescription), distance_of(measured)) else {
            return leave(grounds, CENTRE_DISTANCE, None, self.origin, NOT_GIVEN);
        };
        let eyes = [&prescription.right, &prescription.left];
        let mut prisms = eyes.iter().filter_map(|eye| eye.prism_horizontal);
        if prisms.any(|prism| !prism.amount.is_zero()) {
            return self.leave_to_prism(CENTRE_DISTANCE, None, grounds);
        }
        let shift = found - wanted;
        match kind.is_for_reading() {
            true => {
                let row = &self.rules.reading_centre_distance;
                let bound = within(shift, row.limit.value(), Millimetre::UNIT);
                let source = row.source.as_str();
                let name = "centre distance, reading".to_owned();
                let cite = self.origin.row(name, source, row.provenance);
                compare(grounds, CENTRE_DISTANCE, None, &bound, cite);
            }
            false => {
                let bands = &self.rules.centre_distance;
                self.by_stronger_lens(CENTRE_DISTANCE, bands, shift, grounds);
            }
        }
    }

    /// One eye, where both its values are given: its share of the tolerance at the power of its lens.
    fn eye(&mut self, eye: Eye, power: Dioptre, grounds: &mut Grounds) {
        let wanted = self.input.prescription.of(eye);
        let found = self.input.measured.of(eye);
        let subject = of_eye(eye);
        let (one, other) = match (wanted.pd, found.pd) {
            (Some(one), Some(other)) => (one, other),
            // Beside the distance of both it is a value of its own, and nobody prescribed one.
            (None, Some(_)) if self.input.measured.pd.is_some() => {
                return leave(
                    grounds,
                    CENTRE_DISTANCE_EYE,
                    subject,
                    self.origin,
                    NOT_GIVEN,
                );
            }
            _ => return,
        };
        if self.input.kind.is_for_reading() {
            let why = (
                "老视镜单侧允差未知",
                "no limit is known for one eye of reading spectacles",
            );
            return leave(grounds, CENTRE_DISTANCE_EYE, subject, self.origin, why);
        }
        if wanted
            .prism_horizontal
            .is_some_and(|prism| !prism.amount.is_zero())
        {
            return self.leave_to_prism(CENTRE_DISTANCE_EYE, subject, grounds);
        }
        let share = &self.rules.each_eye;
        let Some(band) = self.rules.centre_distance.at(power) else {
            return limit_not_known(grounds, CENTRE_DISTANCE_EYE.zh, CENTRE_DISTANCE_EYE.en);
        };
        self.note_step(power, grounds);
        let divisor = share.divisor.get();
        grounds.rely_on("centre of one eye", share.provenance);
        let bound = shift_bound(band.limit, other.minus(one), power, divisor);
        let name = format!(
            "centre distance of one eye, 1/{divisor}, {}",
            band.range("|D|")
        );
        let cite = self.origin.band(name, band);
        compare(grounds, CENTRE_DISTANCE_EYE, subject, &bound, cite);
    }

    fn height(&mut self, grounds: &mut Grounds) {
        let Some(difference) = self.input.measured.height_difference else {
            return leave(grounds, CENTRE_HEIGHT, None, self.origin, NOT_GIVEN);
        };
        let prescription = &self.input.prescription;
        let eyes = [&prescription.right, &prescription.left];
        let mut prisms = eyes.iter().filter_map(|eye| eye.prism_vertical);
        if prisms.any(|prism| !prism.amount.is_zero()) {
            return self.leave_to_prism(CENTRE_HEIGHT, None, grounds);
        }
        let bands = &self.rules.centre_height;
        self.by_stronger_lens(CENTRE_HEIGHT, bands, difference.value(), grounds);
    }

    /// Both lenses together: the stronger one picks the band.
    fn by_stronger_lens(
        &mut self,
        aspect: Aspect,
        bands: &Bands<Dioptre, CentreLimit>,
        shift: Decimal,
        grounds: &mut Grounds,
    ) {
        let power = self.strongest.iter().copied().max().unwrap_or_default();
        let Some(band) = bands.at(power) else {
            return limit_not_known(grounds, aspect.zh, aspect.en);
        };
        if self
            .strongest
            .iter()
            .any(|one| bands.at(*one) != Some(band))
        {
            let reading = &self.rules.readings.stronger_lens;
            self.rely("STRONGER_LENS", "reading: stronger lens", reading, grounds);
        }
        self.note_step(power, grounds);
        let bound = shift_bound(band.limit, shift, power, 1);
        let name = format!("{}, {}", aspect.en, band.range("|D|"));
        let cite = self.origin.band(name, band);
        compare(grounds, aspect, None, &bound, cite);
    }

    fn leave_to_prism(
        &mut self,
        aspect: Aspect,
        subject: Option<(String, String)>,
        grounds: &mut Grounds,
    ) {
        let reading = &self.rules.readings.prism_moves_centre;
        let name = "reading: prism moves the centre";
        self.rely("PRISM_MOVES_CENTRE", name, reading, grounds);
        let why = ("处方有棱镜", "prism is prescribed");
        leave(grounds, aspect, subject, self.origin, why);
    }

    /// A power that is no multiple of the step may lie between two printed bands.
    fn note_step(&mut self, power: Dioptre, grounds: &mut Grounds) {
        if !(power.value() % STEP).is_zero() {
            let reading = &self.rules.readings.band_between_steps;
            let name = "reading: band between steps";
            self.rely("BAND_BETWEEN_STEPS", name, reading, grounds);
        }
    }

    /// Relies on a reading and notes it the first time.
    fn rely(&mut self, code: &'static str, row: &str, reading: &Reading, grounds: &mut Grounds) {
        if self.noted.contains(&code) {
            return;
        }
        self.noted.push(code);
        grounds.rely_on(row, reading.provenance);
        let words = Words::new(reading.text_zh.as_str(), reading.text_en.as_str());
        grounds.note(code, words);
    }
}

/// Whether the distance of the centres was not measured where no prescribed prism moves them, or that
/// of an eye of its own.
pub(super) fn distance_is_left_out(input: &Spectacles) -> bool {
    let (wanted, found) = (&input.prescription, &input.measured);
    let eyes = [Eye::Right, Eye::Left].map(|eye| (wanted.of(eye), found.of(eye)));
    if eyes
        .iter()
        .any(|(wanted, _)| has(wanted.prism_horizontal.map(|prism| prism.amount)))
    {
        return false;
    }
    let is_one_eye_left_out = |(wanted, found): &(&EyeValues, &EyeValues)| {
        !input.kind.is_for_reading() && wanted.pd.is_some() && found.pd.is_none()
    };
    distance_of(wanted).is_none()
        || distance_of(found).is_none()
        || eyes.iter().any(is_one_eye_left_out)
}

/// Whether the difference of height was not measured where no prescribed prism makes one.
pub(super) fn height_is_left_out(input: &Spectacles) -> bool {
    let eyes = [&input.prescription.right, &input.prescription.left];
    let is_moved = |eye: &&EyeValues| has(eye.prism_vertical.map(|prism| prism.amount));
    input.measured.height_difference.is_none() && !eyes.iter().any(is_moved)
}

fn has(prism: Option<PrismDioptre>) -> bool {
    prism.is_some_and(|amount| !amount.is_zero())
}

/// The distance of both centres, in millimetres: as given, or the sum of both eyes.
pub(super) fn distance_of(values: &SpectacleValues) -> Option<Decimal> {
    match (values.pd, values.right.pd, values.left.pd) {
        (Some(both), ..) => Some(both.value()),
        (None, Some(right), Some(left)) => Some(right.value() + left.value()),
        _ => None,
    }
}

/// A displacement beside its limit; as prism, Δ = |D| · mm / 10, where the limit is one.
fn shift_bound(limit: CentreLimit, shift: Decimal, power: Dioptre, divisor: u8) -> Bound {
    let share = |limit: Decimal| Ratio::from(limit) / i128::from(divisor);
    match limit {
        CentreLimit::Length(limit) => within(shift, share(limit.value()), Millimetre::UNIT),
        CentreLimit::Prism(limit) => {
            let prism = Ratio::from(power.value().abs() * shift) / 10;
            within(prism, share(limit.value()), PrismDioptre::UNIT)
        }
    }
}
