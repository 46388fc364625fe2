//! The arithmetic of the fuel dispenser rules. Numbers come from the rule set, never from here.

use super::volume::{Constants, litres};
use super::{FlowPoint, FlowPointKind, FuelDispenser, FuelRun, words};
use crate::exact::Ratio;
use crate::quantity::{Celsius, Yuan};
use crate::refusal::JudgeError;
use crate::rules::{Edition, FuelRules, PointLimits, RequirementRow, RuleSet};
use crate::series::{Limits, Series};
use crate::verdict::{Bound, CheckResult, Cite, Comparison, Grounds, Verdict, Words};

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
    let edition = rules.edition_on::<FuelRules>(input.tested_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    for measure in input.measures() {
        measure.standard.check(input.tested_on, &mut grounds);
    }
    let mut test = Test {
        edition,
        input,
        grounds,
        is_firm_failure: false,
        left_out: Vec::new(),
        means: Vec::new(),
    };
    test.check_scope();
    for index in 0..input.nozzles.len() {
        test.judge_nozzle(index);
    }
    test.judge_checklist();
    test.note_conditions();
    test.note_bias();
    Ok(test.close())
}

/// One test on its way to a verdict.
struct Test<'a> {
    edition: Edition<'a, FuelRules>,
    input: &'a FuelDispenser,
    grounds: Grounds,
    /// Whether something fails that no further run could mend.
    is_firm_failure: bool,
    /// What a full test would have had besides.
    left_out: Vec<(&'static str, Words)>,
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
            self.grounds.obstacle("FLOW_OUT_OF_SCOPE", words);
        }
    }

    fn judge_nozzle(&mut self, index: usize) {
        let nozzle = &self.input.nozzles[index];
        for point in &nozzle.points {
            self.judge_point(index, point);
        }
        let Some(row) = &self.edition.rules.both_flow_points else {
            return;
        };
        self.grounds
            .rely_on("flow points Q1 and Q2", row.provenance);
        for wanted in [FlowPointKind::Q1, FlowPointKind::Q2] {
            if nozzle.points.iter().all(|point| point.point != wanted) {
                let words = words::point_left_out(&nozzle.name, wanted);
                self.left_out.push(("FLOW_POINT_LEFT_OUT", words));
            }
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
            reading: &rules.error_reading,
            violations: &rules.violations,
        };
        let passes = limits.judge(&series, &mut self.grounds);
        let limit = Ratio::from(limits.error.limit.value());
        self.means.push((limit, series.mean()));
        self.grounds
            .rely_on("runs at a point", rules.runs.provenance);
        if point.runs.len() < usize::from(rules.runs.least) {
            let words = words::too_few_runs(&title, point.runs.len(), rules.runs.least);
            self.left_out.push(("TOO_FEW_RUNS", words));
        } else {
            self.is_firm_failure |= !passes;
        }
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
            let words = words::payment_not_examined(self.edition.rules.payment.is_some());
            // One note says it for all runs.
            self.left_out.push(("PAYMENT_NOT_EXAMINED", words));
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
        let passes = self
            .grounds
            .compare(PAYMENT, Some(subject), &bound, cite, |judged| {
                words::payment(place, (price, paid), &volume, judged)
            });
        self.is_firm_failure |= !passes;
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
                    self.is_firm_failure |= seen.result == CheckResult::Fails;
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
        let runs = self.input.nozzles.iter().flat_map(|nozzle| &nozzle.points);
        let runs: Vec<_> = runs.flat_map(|point| &point.runs).collect();
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

    /// What was left out leaves an indication only, unless something fails that it could not mend.
    fn close(mut self) -> Verdict {
        let mut said: Vec<(&str, Words)> = Vec::new();
        for (code, words) in std::mem::take(&mut self.left_out) {
            if said.contains(&(code, words.clone())) {
                continue;
            }
            said.push((code, words.clone()));
            if self.is_firm_failure || code == "PAYMENT_NOT_EXAMINED" {
                self.grounds.note(code, words);
            } else {
                self.grounds.reservation(code, words);
            }
        }
        let summary = words::summary(self.input, self.grounds.outcome(), &self.means);
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
