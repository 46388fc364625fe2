//! The arithmetic of the test of a scale. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::test::{LoadReceptor, ScaleReading, ScaleTest};
use super::words::{self, Subject, gram};
use super::{ScaleClass, band_at, bands_of, modes, weights};
use crate::exact::Ratio;
use crate::input::{InputError, InputProblem};
use crate::quantity::Gram;
use crate::refusal::JudgeError;
use crate::rules::{
    Band, Edition, Provenance, ScaleRules, Scheme, StageRow, ViolationCode, WeightRules,
};
use crate::stage::TestStage;
use crate::verdict::{Bars, Bound, CheckResult, Cite, Comparison, Grounds, Outcome, Verdict};

/// The error of a reading of the weighing test against the error permitted at the load.
const WEIGHING: &str = "WEIGHING";
/// The error of a reading with the load off centre against the error permitted at the load.
const ECCENTRICITY: &str = "ECCENTRICITY";
/// The zero error against the permitted error of zero-setting.
const ZERO_SETTING: &str = "ZERO_SETTING";

/// The half of an interval by which rounding hides the true indication.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// One test on its way to a verdict.
pub(super) struct Test<'a> {
    pub edition: Edition<'a, ScaleRules>,
    pub input: &'a ScaleTest,
    pub grounds: Grounds,
    /// What becomes of the initial error; nothing on initial verification.
    stage: Option<&'a StageRow>,
    zero_error: Decimal,
    is_rounding_inside: bool,
    /// Whether a trial says whether the scale discriminates.
    pub discriminates: bool,
    /// The readings of the weighing test that are beyond the error permitted.
    failing: Vec<&'a ScaleReading>,
    /// Whether a key or mode changes what a load shows.
    pub is_suspicious: bool,
    checked: usize,
}

/// The error permitted at a load, to either side, in grams.
pub(super) struct Permitted<'a> {
    pub limit: Decimal,
    pub row: String,
    pub article: &'a str,
    pub provenance: Provenance,
}

impl<'a> Test<'a> {
    pub(super) fn new(
        edition: Edition<'a, ScaleRules>,
        input: &'a ScaleTest,
        mut grounds: Grounds,
    ) -> Self {
        let stage = match input.stage {
            TestStage::Initial => None,
            TestStage::Subsequent => Some(&edition.rules.subsequent),
            TestStage::InService | TestStage::QuickLook => Some(&edition.rules.in_service),
        };
        if input.scheme != Scheme::Cn {
            grounds.note("NOT_LAW", words::not_law());
        }
        Self {
            edition,
            input,
            grounds,
            stage,
            zero_error: Decimal::ZERO,
            is_rounding_inside: false,
            discriminates: false,
            failing: Vec::new(),
            is_suspicious: false,
            checked: 0,
        }
    }

    /// The initial bands of the scale's class; that the edition has them was checked at the start.
    pub(super) fn bands(&self) -> &'a [Band<crate::quantity::Intervals>] {
        bands_of(self.edition.rules, self.class(), "plate.class").unwrap_or_default()
    }

    pub(super) fn class(&self) -> ScaleClass {
        self.input.plate.class
    }

    /// The violation that a failure suggests at this stage.
    pub(super) fn violation(&self) -> Option<&'a ViolationCode> {
        self.stage.and_then(|stage| stage.violation.as_ref())
    }

    /// The error permitted at a load; nothing where the table is silent.
    pub(super) fn permitted(&self, load: Gram) -> Option<Permitted<'a>> {
        let e = self.input.plate.range_of(load)?.e;
        let band = band_at(self.bands(), e, load)?;
        let factor = self.stage.map_or(1, |stage| stage.factor.get());
        let row = format!(
            "class {} scale, {}: {factor} x {}, e = {}, {}",
            self.class(),
            words::stage_en(self.input.stage),
            band.limit,
            gram(e),
            band.range("load"),
        );
        let provenance = self
            .stage
            .map_or(band.provenance, |row| row.provenance.max(band.provenance));
        Some(Permitted {
            limit: e.value() * band.limit.value() * Decimal::from(factor),
            row,
            article: band.source.as_str(),
            provenance,
        })
    }

    pub(super) fn cite(
        &self,
        article: &'a str,
        row: impl Into<String>,
        provenance: Provenance,
    ) -> Cite<'a> {
        Cite {
            head: self.edition.head,
            article,
            row: row.into(),
            provenance,
            suggests: self.violation(),
        }
    }

    /// Compares and keeps count for the sentence.
    pub(super) fn compare(
        &mut self,
        check: &'static str,
        subject: Subject,
        bound: &Bound,
        cite: Cite<'_>,
    ) -> bool {
        self.checked += 1;
        let at = Some(subject.name.clone());
        let said = |judged: &_| words::compared(check, &subject, bound.comparison, judged);
        self.grounds.compare(check, at, bound, cite, said)
    }

    /// Records a requirement without a number and keeps count for the sentence.
    pub(super) fn require(
        &mut self,
        check: &'static str,
        (subject, result): (Subject, CheckResult),
        cite: Cite<'_>,
        words: crate::verdict::Words,
    ) {
        self.checked += 1;
        let at = Some(subject.name.clone());
        self.grounds.require(check, at, result, cite, words);
    }

    /// How wrong the weights may be beyond what a test allows them; nothing where nobody knows.
    pub(super) fn examine_weights(&mut self, table: Edition<'a, WeightRules>) -> Option<Decimal> {
        let (weights, grounds) = (&self.input.weights, &mut self.grounds);
        let day = self.input.tested_on;
        let holds = weights.standard.check_as(Bars::Passing, day, grounds);
        let greatest = self.input.weighing.iter().map(|reading| reading.load).max();
        let error = match greatest.and_then(|load| self.permitted(load)) {
            Some(permitted) => {
                weights::check_fineness(table, weights, permitted.limit, &mut self.grounds)
            }
            None => Some(Decimal::ZERO),
        };
        error.filter(|_| holds)
    }

    /// The error of a reading before the zero error is taken off.
    pub(super) fn error(&mut self, reading: &ScaleReading) -> Decimal {
        let raw = reading.indication.minus(reading.load);
        match (
            reading.added_small_weights,
            self.input.plate.range_of(reading.load),
        ) {
            (Some(added), Some(range)) => raw + range.e.value() * HALF - added.value(),
            _ => {
                self.is_rounding_inside = true;
                raw
            }
        }
    }

    pub(super) fn examine_zero(&mut self) -> Result<(), JudgeError> {
        let (Some(zero), Some(range)) = (&self.input.zero, self.input.plate.ranges.first()) else {
            return Ok(());
        };
        let row = &self.edition.rules.zero;
        if !zero.load.is_zero() && zero.load.value() != row.tracking_load.grams(range.e) {
            let why = "the zero error is found at no load, or at the load for zero tracking";
            return Err(InputError::at("zero.load", InputProblem::OutOfScope { why }).into());
        }
        self.zero_error = self.error(zero);
        let value = Ratio::from(self.zero_error);
        self.grounds.ratio("E0", &value, Gram::UNIT);
        let bound = Bound {
            measured: value,
            limit: row.limit.grams(range.e).into(),
            unit: Gram::UNIT,
            comparison: Comparison::Within,
        };
        let label = format!("zero-setting: {}, e = {}", row.limit, gram(range.e));
        let cite = self.cite(row.source.as_str(), label, row.provenance);
        self.compare(ZERO_SETTING, Subject::load(zero.load), &bound, cite);
        Ok(())
    }

    pub(super) fn examine_weighing(&mut self) {
        for reading in &self.input.weighing {
            if !self.examine_reading(WEIGHING, Subject::load(reading.load), reading) {
                self.failing.push(reading);
            }
        }
    }

    /// Whether the error of a reading is within the one permitted, as far as it can be said.
    fn examine_reading(
        &mut self,
        check: &'static str,
        subject: Subject,
        reading: &ScaleReading,
    ) -> bool {
        let error = self.error(reading);
        let corrected = error - self.zero_error;
        for (name, value) in [("E", error), ("Ec", corrected)] {
            let name = format!("{name} of {check}, {}", subject.name);
            self.grounds.number_of(name, &value.into(), Gram::UNIT);
        }
        let Some(permitted) = self.permitted(reading.load) else {
            self.leave_without_limit(check, subject);
            return true;
        };
        let bound = Bound {
            measured: corrected.into(),
            limit: permitted.limit.into(),
            unit: Gram::UNIT,
            comparison: Comparison::Within,
        };
        let cite = self.cite(permitted.article, permitted.row, permitted.provenance);
        // Nobody read the zero, or not finely: an error that a right zero could explain is no firm one.
        let zero = &self.edition.rules.zero;
        let is_fine = |zero: &ScaleReading| zero.added_small_weights.is_some();
        let is_known = self.input.zero.as_ref().is_some_and(is_fine);
        let unknown_zero = match self.input.plate.ranges.first() {
            Some(range) if !is_known => zero.limit.grams(range.e),
            _ => Decimal::ZERO,
        };
        let mark = self.grounds.mark();
        let passes = self.compare(check, subject, &bound, cite);
        if corrected.abs() <= permitted.limit + unknown_zero {
            self.grounds.hold_since(mark);
            if !passes && self.input.zero.is_some() {
                let words = words::zero_not_fine();
                self.grounds.reservation("ZERO_NOT_FINE", words);
            }
        }
        passes
    }

    /// The table of errors ends below the load: the plate fails for its number of intervals, and this
    /// load cannot be judged.
    pub(super) fn leave_without_limit(&mut self, check: &'static str, subject: Subject) {
        let row = format!("class {} scale: above the table of errors", self.class());
        let last = self.bands().last();
        let (article, provenance) = last.map_or(("", Provenance::Unverified), |band| {
            (band.source.as_str(), band.provenance)
        });
        let cite = self.cite(article, row, provenance);
        let words = words::without_limit(check, &subject);
        self.require(check, (subject, CheckResult::NotAssessed), cite, words);
    }

    /// The load that the eccentricity test asks for; nothing where loads roll, of which only the greatest
    /// is known.
    pub(super) fn eccentric_load(&self) -> Option<Ratio> {
        let (row, plate) = (&self.edition.rules.eccentricity, &self.input.plate);
        let part = match (plate.receptor, plate.supports) {
            (LoadReceptor::Rolling, _) => return None,
            (LoadReceptor::Hopper, _) => row.hopper_part.get(),
            (_, few) if few <= row.few_supports.get() => row.few_part.get(),
            (_, many) => many - 1,
        };
        let tare = plate.additive_tare.unwrap_or_default();
        Some(Ratio::from(plate.max().value() + tare.value()) / i128::from(part))
    }

    pub(super) fn examine_eccentricity(&mut self) -> Result<(), JudgeError> {
        let row = &self.edition.rules.eccentricity;
        let max = Ratio::from(self.input.plate.max().value());
        let share = Ratio::from(row.rolling_at_most.value()) / 100;
        let expected = self.eccentric_load();
        for (index, place) in self.input.eccentricity.iter().enumerate() {
            let load = Ratio::from(place.load.value());
            match &expected {
                None if load > max.clone() * share.clone() => {
                    let field = format!("eccentricity[{index}].load");
                    let why = "a rolling load is at most a share of Max";
                    let problem = InputProblem::OutOfScope { why };
                    return Err(InputError::at(field, problem).into());
                }
                Some(expected) if load != *expected => {
                    let expected = expected.shown(4).0;
                    self.grounds
                        .note("ECCENTRICITY_LOAD", words::other_load(place, expected));
                }
                _ => {}
            }
            let subject = Subject::place(place.position.as_str(), place.load);
            self.grounds.rely_on("eccentric loads", row.provenance);
            self.examine_reading(ECCENTRICITY, subject, &place.reading());
        }
        Ok(())
    }

    pub(super) fn conclude(mut self) -> Verdict {
        if self.is_rounding_inside {
            self.grounds.note("ROUNDING_INSIDE", words::rounding());
        }
        let detail = words::none_beyond(self.checked);
        let outcome = self.grounds.outcome();
        let is_open = outcome == Outcome::ScreeningOnly && self.grounds.fails();
        let plain = match self.is_suspicious {
            true => Some(modes::leave_as_it_is()),
            // A failure that something missing could undo is neither an answer nor none.
            false if is_open => None,
            false => words::plainly(self.input, outcome, &self.failing),
        };
        match plain {
            Some(plain) => self.grounds.say_plainly(plain),
            None => self.grounds.tell_first(&words::nothing_found(self.checked)),
        }
        let summary = self.grounds.sentence(&words::who(self.input), &detail);
        self.grounds.conclude(summary)
    }
}
