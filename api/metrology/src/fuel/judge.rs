//! The arithmetic of the fuel dispenser rules. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::volume::{Constants, litres};
use super::{
    FlowPoint, FlowPointKind, FuelDispenser, FuelRun, SealState, SelfLock, Transducer, TypeMatch,
    words,
};
use crate::exact::Ratio;
use crate::input::InputError;
use crate::quantity::{Celsius, Yuan};
use crate::refusal::JudgeError;
use crate::rules::{Edition, FuelRules, Part, PointLimits, RequiredPart, RequirementRow, RuleSet};
use crate::series::{self, Limits, OtherReading, Series};
use crate::slip::Slips;
use crate::stage;
use crate::verdict::{Bars, Bound, CheckResult, Cite, Comparison, Grounds, Verdict, Words};

/// The sum paid against price times volume.
const PAYMENT: &str = "PAYMENT";

/// Judges one test of a fuel dispenser by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded. Refuses a
/// zero where a volume, a neck constant, a payment step or a flow must be positive, lists without rows
/// or with too many, a nozzle or a point given twice, a reading that no measure of that size can give,
/// a sum paid without its price, and a day for which no edition is loaded.
pub fn judge(rules: &RuleSet, input: &FuelDispenser) -> Result<Verdict, JudgeError> {
    input.check()?;
    let slips = doubt(rules, input)?;
    let edition = rules.edition_on::<FuelRules>(input.tested_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    slips.note(&mut grounds);
    for measure in input.measures() {
        measure.standard.check(input.tested_on, &mut grounds);
    }
    let mut test = Test {
        edition,
        input,
        grounds,
        is_payment_open: false,
        is_payment_judged: false,
        means: Vec::new(),
    };
    test.check_scope();
    for index in 0..input.nozzles.len() {
        test.judge_nozzle(index);
    }
    test.judge_checklist();
    test.name_left_out();
    test.note_conditions();
    test.note_bias();
    Ok(test.close())
}

/// Refuses volumes, sums and temperatures that look like slips.
fn doubt<'a>(rules: &'a RuleSet, input: &FuelDispenser) -> Result<Slips<'a>, InputError> {
    let mut slips = Slips::of(rules, input.tested_on, input.confirmed);
    for (at, run, measure) in input.fillings() {
        let (shown, nominal) = (run.indicated.value(), measure.nominal.value());
        let field = format_args!("{at}.indicated");
        slips.check(|rules| &rules.fuel_dispenser, field, shown, nominal)?;
        let field = format_args!("{at}.neck_reading");
        let in_neck = run.in_neck(measure);
        slips.check_part(|rules| &rules.measure_neck, field, in_neck, nominal)?;
        let (nozzle, measure) = (run.oil_at_nozzle.value(), run.oil_in_measure.value());
        let field = format_args!("{at}.oil_at_nozzle");
        slips.check(|rules| &rules.oil_temperature, field, nozzle, measure)?;
        if let Some((price, paid)) = run.unit_price.zip(run.paid) {
            let due = price.value() * run.indicated.value() * Decimal::new(1, 3);
            let field = format_args!("{at}.paid");
            slips.check(|rules| &rules.money, field, paid.value(), due)?;
        }
    }
    Ok(slips)
}

/// One test on its way to a verdict.
struct Test<'a> {
    edition: Edition<'a, FuelRules>,
    input: &'a FuelDispenser,
    grounds: Grounds,
    /// Whether a sum paid was given and could not be judged.
    is_payment_open: bool,
    is_payment_judged: bool,
    /// For each point its limit of error and its mean error, in per cent.
    means: Vec<(Ratio, Ratio)>,
}

impl<'a> Test<'a> {
    fn check_scope(&mut self) {
        let Some((scope, flow)) = self.edition.rules.scope.as_ref().zip(self.input.max_flow) else {
            return;
        };
        self.grounds
            .rely_on("scope: maximum flow", scope.provenance);
        if flow > scope.max_flow {
            let words = words::flow_out_of_scope(flow, scope.max_flow);
            self.grounds
                .obstacle(Bars::Everything, "FLOW_OUT_OF_SCOPE", words);
        }
    }

    fn judge_nozzle(&mut self, index: usize) {
        let nozzle = &self.input.nozzles[index];
        for point in &nozzle.points {
            self.judge_point(index, point);
        }
    }

    fn judge_point(&mut self, nozzle: usize, point: &FlowPoint) {
        let rules = self.edition.rules;
        let (name, limits) = limits_of(rules, point.point);
        let subject = format!("nozzle {}, {}", nozzle + 1, words::point_en(point.point));
        let title = words::point_title(&self.input.nozzles[nozzle].name, point.point);
        let measure = point.measure.as_ref().unwrap_or(&self.input.measure);
        let constants = Constants::new(rules, self.input.fuel, measure, &mut self.grounds);
        constants.show(&subject, &mut self.grounds);
        let mut errors = Vec::new();
        for (index, run) in point.runs.iter().enumerate() {
            let run_subject = format!("{subject}, run {}", index + 1);
            errors.extend(constants.error(run, &run_subject, &mut self.grounds));
            self.judge_payment(run, run_subject, (&title, index));
        }
        let series = Series {
            subject: Some(subject),
            title: title.clone(),
            errors,
        };
        let limits = Limits {
            head: self.edition.head,
            name,
            error: &limits.error,
            repeatability: Some((&limits.repeatability, &rules.range_divisors)),
            other_reading: limits
                .repeatability_before
                .as_ref()
                .map(OtherReading::Before),
            reading: &rules.error_reading,
            violations: &rules.violations,
            least_runs: rules.runs.least,
        };
        limits.judge(&series, &mut self.grounds);
        let limit = Ratio::from(limits.error.limit.value());
        self.means.push((limit, series.mean()));
        self.grounds
            .rely_on("runs at a point", rules.runs.provenance);
    }

    fn judge_payment(&mut self, run: &FuelRun, subject: String, place: (&Words, usize)) {
        let Some((price, paid)) = run.unit_price.zip(run.paid) else {
            return;
        };
        let due = Ratio::from(price.value()) * Ratio::from(run.indicated.value()) / 1000;
        self.grounds
            .number_of(format!("price due of {subject}"), &due, Yuan::UNIT);
        let Some((row, step)) = self
            .edition
            .rules
            .payment
            .as_ref()
            .zip(self.input.payment_step)
        else {
            self.is_payment_open = true;
            return;
        };
        let bound = Bound {
            measured: Ratio::from(paid.value()) - due,
            limit: step.value().into(),
            unit: Yuan::UNIT,
            comparison: Comparison::Within,
        };
        let mut cite = cite(self.edition, row, "payment");
        if !bound.measured.is_above_zero() {
            // Too little was asked: the instrument fails, the customer lost nothing.
            cite.suggests = Some(&self.edition.rules.violations.failed);
        }
        let volume = litres(run.indicated);
        self.is_payment_judged = true;
        self.grounds
            .compare(PAYMENT, Some(subject), &bound, cite, |judged| {
                words::payment(place, (price, paid), &volume, judged)
            });
    }

    fn judge_checklist(&mut self) {
        let (rules, seen) = (self.edition.rules, self.input.checklist);
        let rows = [
            (Some(&rules.seals), words::seals(seen.seals)),
            (rules.self_lock.as_ref(), words::self_lock(seen.self_lock)),
            (
                rules.type_match.as_ref(),
                words::type_match(seen.type_match),
            ),
            (
                rules.own_transducer.as_ref(),
                words::transducer(seen.transducer),
            ),
        ];
        for (row, seen) in rows {
            match row {
                Some(row) => {
                    let cite = cite(self.edition, row, seen.row);
                    self.grounds
                        .require(seen.check, None, seen.result, cite, seen.words);
                }
                // An edition that does not ask for it cannot be failed by it.
                None if seen.result == CheckResult::Fails => {
                    let words = words::not_in_edition(&seen.words);
                    self.grounds.note("NOT_ASKED_BY_EDITION", words);
                }
                None => {}
            }
        }
    }

    fn note_conditions(&mut self) {
        let conditions = &self.edition.rules.conditions;
        let runs: Vec<_> = self.input.runs().map(|(_, run)| run).collect();
        let is_apart = |run: &&FuelRun| {
            run.oil_at_nozzle.minus(run.oil_in_measure).abs() > conditions.difference_up_to.value()
        };
        if runs.iter().copied().any(|run| is_apart(&run)) {
            let words = words::temperatures_apart(conditions.difference_up_to);
            self.grounds.note("TEMPERATURE_DIFFERENCE", words);
        }
        let is_hot = |oil: Celsius| oil > conditions.oil_up_to;
        if runs
            .iter()
            .any(|run| is_hot(run.oil_at_nozzle) || is_hot(run.oil_in_measure))
        {
            let words = words::oil_hot(conditions.oil_up_to);
            self.grounds.note("OIL_TEMPERATURE", words);
        }
        let (from, up_to) = (conditions.ambient_from, conditions.ambient_up_to);
        if self
            .input
            .ambient
            .is_some_and(|air| air < from || air > up_to)
        {
            let words = words::ambient_outside(from, up_to);
            self.grounds.note("AMBIENT_TEMPERATURE", words);
        }
    }

    /// Errors of several nozzles that all cost the customer. A hint of this project, not law.
    fn note_bias(&mut self) {
        let bias = &self.edition.rules.systematic_bias;
        let share = Ratio::from(bias.share_of_limit.value()) / 100;
        let is_biased = |(limit, mean): &(Ratio, Ratio)| *mean > limit.clone() * share.clone();
        if self.input.nozzles.len() >= usize::from(bias.nozzles) && self.means.iter().all(is_biased)
        {
            let words = words::biased(bias.share_of_limit);
            self.grounds.note("SYSTEMATIC_BIAS", words);
        }
    }

    /// Names every part that was not done, or only in part.
    fn name_left_out(&mut self) {
        let seen = self.input.checklist;
        let rules = self.edition.rules;
        let stage = stage::told(self.input.stage, &rules.stages, &mut self.grounds);
        for row in rules.parts.at(stage) {
            let is_undone = match row.part {
                Part::FullTest => true,
                Part::FlowPoints => {
                    self.name_flow_points(row);
                    false
                }
                Part::Runs => {
                    self.name_runs(row);
                    false
                }
                Part::Seals => seen.seals == SealState::NotSeen,
                Part::SelfLock => seen.self_lock == SelfLock::NotSeen,
                Part::TypeMatch => seen.type_match == TypeMatch::NotSeen,
                Part::Transducer => seen.transducer == Transducer::NotSeen,
                Part::Payment => !self.is_payment_judged,
                Part::MaxFlow => self.input.max_flow.is_none(),
                _ => false,
            };
            if is_undone {
                self.grounds.lacks(row);
            }
        }
    }

    fn name_flow_points(&mut self, row: &RequiredPart) {
        for nozzle in &self.input.nozzles {
            for wanted in [FlowPointKind::Q1, FlowPointKind::Q2] {
                if nozzle.points.iter().all(|point| point.point != wanted) {
                    let words = words::point_left_out(&nozzle.name, wanted);
                    self.grounds.lacks_as(row, row.part.code(), words);
                }
            }
        }
    }

    fn name_runs(&mut self, row: &RequiredPart) {
        let least = self.edition.rules.runs.least;
        for nozzle in &self.input.nozzles {
            for point in &nozzle.points {
                let runs = point.runs.len();
                if runs < usize::from(least) {
                    let title = words::point_title(&nozzle.name, point.point);
                    let words = words::too_few_runs(&title, runs, least);
                    self.grounds.lacks_as(row, row.part.code(), words);
                }
            }
        }
    }

    /// What a customer gets less or more, else what fails besides.
    fn say_plainly(&mut self) {
        let given = words::given(words::worst_mean(&self.means));
        let failing = self.grounds.first_failing();
        let is_of_error = failing.is_none_or(|finding| finding.check == series::ERROR_MEAN);
        match is_of_error {
            true => self.grounds.tell(&given),
            false => self.grounds.tell_first(&given),
        }
    }

    fn close(mut self) -> Verdict {
        if self.is_payment_open {
            let words = words::payment_not_examined(self.edition.rules.payment.is_some());
            self.grounds.note("PAYMENT_NOT_EXAMINED", words);
        }
        let detail = words::greatest_mean(&self.means);
        let summary = self.grounds.sentence(&words::who(self.input), &detail);
        self.say_plainly();
        self.grounds.conclude(summary)
    }
}

fn limits_of(rules: &FuelRules, kind: FlowPointKind) -> (&'static str, &PointLimits) {
    match kind {
        FlowPointKind::Q1 | FlowPointKind::Q2 => ("flow point", &rules.flow_point),
        FlowPointKind::MinimumQuantity => ("minimum measured quantity", &rules.minimum_quantity),
    }
}

fn cite<'a>(edition: Edition<'a, FuelRules>, row: &'a RequirementRow, name: &str) -> Cite<'a> {
    Cite {
        head: edition.head,
        article: row.article.as_str(),
        row: name.to_owned(),
        provenance: row.provenance,
        suggests: row.violation.as_ref(),
    }
}
