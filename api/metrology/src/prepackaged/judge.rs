//! The order of judging a lot. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::doubt::Doubt;
use super::sample::Sample;
use super::{PrepackagedLot, Tester, deficiency, goods, tare, words};
use crate::exact::Ratio;
use crate::input::{InputError, InputProblem, contradiction, positive};
use crate::prepackaged::Content;
use crate::refusal::JudgeError;
use crate::rules::{DeficiencyRules, Edition, Part, PlanRow, RuleSet, SamplingRules, Statement};
use crate::slip::Slips;
use crate::verdict::{Bars, Bound, CheckResult, Cite, Comparison, Grounds, Verdict, Words};

/// The mean content against Qn less λ s.
const AVERAGE: &str = "AVERAGE";
/// Packages short by more than T and at most 2 T.
const T1_COUNT: &str = "T1_COUNT";
/// Packages short by more than 2 T.
const T2_COUNT: &str = "T2_COUNT";

/// More rows than any plan asks for.
const MOST_ROWS: usize = 200;

/// Judges one lot by the rules in force on the day of its inspection.
///
/// Pure and exact: the same rules and input give the same verdict. Refuses a labelled quantity of zero
/// or outside the scope, a lot without packages, more packages than the plan takes, contents of
/// another kind than the label, and a day for which an edition is not loaded.
pub fn judge(rules: &RuleSet, input: &PrepackagedLot) -> Result<Verdict, JudgeError> {
    check_input(input)?;
    let table = rules.edition_of::<DeficiencyRules>(input.scheme, input.inspected_on)?;
    let edition = rules.edition_of::<SamplingRules>(input.scheme, input.inspected_on)?;
    let called = (input.goods, &input.goods_name);
    goods::refuse_left_out(called, &edition.rules.excluded)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(table);
    grounds.apply(edition);
    grounds.number(
        "Qn",
        input.nominal.content().value(),
        input.nominal.content().unit(),
    );
    let mut slips = Slips::of(rules, input.inspected_on, input.confirmed);
    let doubted = (&mut grounds, &mut slips);
    let t = deficiency::tolerable(table, edition.rules, input, doubted)?;
    tare::doubt(input, &mut slips)?;
    let sample = Sample::of(input, &mut slips)?;
    slips.note(&mut grounds);
    tare::check_instrument(edition.rules, input, t, &mut grounds);
    let by_tare = tare::check_tare(edition.rules, input, t, &mut grounds);
    tare::note_density(input, &mut grounds);
    consider_statements(edition.rules, input, &mut grounds);
    let doubt = Doubt::of((rules, edition.rules), input, t, &mut grounds).besides(by_tare);
    let told = words::found(&sample, t, input);
    match edition.rules.row_for(input.lot_size, input.is_destructive) {
        Some(row) => Check {
            edition,
            input,
            row,
            sample,
            t,
            doubt,
        }
        .run(&mut grounds)?,
        None => grounds.obstacle(
            Bars::Passing,
            "PLAN_UNKNOWN",
            Words::new(
                format!("未见该规则对批量{}件的抽样方案", input.lot_size),
                format!(
                    "the sampling plan for a lot of {} is not known",
                    input.lot_size
                ),
            ),
        ),
    }
    let summary = grounds.sentence(&words::who(input), &Words::default());
    grounds.tell(&told);
    Ok(grounds.conclude(summary))
}

fn check_input(input: &PrepackagedLot) -> Result<(), InputError> {
    let qn = input.nominal.content();
    goods::refuse_excluded(input.goods)?;
    positive("nominal.qn", qn.value().is_zero())?;
    positive("lot_size", input.lot_size == 0)?;
    check_rows("packages", input.packages.len())?;
    if let Some(test) = &input.tare_test {
        check_rows("tare_test.tares", test.tares.len())?;
    }
    if let Some(density) = input.density {
        positive("density", density.is_zero())?;
        let why = "the labelled quantity is no volume";
        contradiction("density", !matches!(qn, Content::Volume(_)), why)?;
    }
    let Some(instrument) = &input.standard else {
        return Ok(());
    };
    let is_balance = matches!(instrument.uncertainty, Content::Mass(_)) && input.density.is_some();
    if is_balance || instrument.uncertainty.is_of_kind(qn) {
        return Ok(());
    }
    let why = "it is of another kind than what was measured";
    let field = "standard.uncertainty";
    Err(InputError::at(field, InputProblem::Contradicts { why }))
}

fn check_rows(field: &'static str, rows: usize) -> Result<(), InputError> {
    match rows {
        0 => Err(InputError::at(field, InputProblem::TooFew { least: 1 })),
        1..=MOST_ROWS => Ok(()),
        _ => Err(InputError::at(
            field,
            InputProblem::TooMany { most: MOST_ROWS },
        )),
    }
}

/// What the outcome rests on besides numbers: the rule of the lot, the tester, the assumed plan.
fn consider_statements(rules: &SamplingRules, input: &PrepackagedLot, grounds: &mut Grounds) {
    let says =
        |statement: &Statement| Words::new(statement.text_zh.as_str(), statement.text_en.as_str());
    let verdict = &rules.lot_verdict;
    grounds.rely_on(
        &format!("{}: verdict of the lot", verdict.source),
        verdict.provenance,
    );
    if let Some(assumption) = &rules.assumption {
        grounds.rely_on(
            &format!("{}: assumed plan", assumption.source),
            assumption.provenance,
        );
        grounds.note("PLAN_ASSUMED", says(assumption));
    }
    if let (Some(density), Some(_)) = (&rules.density, input.density) {
        grounds.rely_on(&density.source.to_string(), density.provenance);
        grounds.number("reference temperature", density.reference.value(), "°C");
    }
    if let (Some(rule), Tester::Field) = (&rules.tester, &input.tester) {
        for row in rules.parts.in_use().filter(|row| row.part == Part::Tester) {
            grounds.lacks_as(row, row.part.code(), says(rule));
        }
    }
    if let Some(own) = &input.own_deficiency {
        grounds.note(
            "OWN_DEFICIENCY",
            Words::new(
                format!("允许短缺量按{}", own.document),
                format!("the tolerable deficiency is that of {}", own.document),
            ),
        );
    }
}

/// One lot on its way to a verdict.
struct Check<'a> {
    edition: Edition<'a, SamplingRules>,
    input: &'a PrepackagedLot,
    row: &'a PlanRow,
    sample: Sample,
    t: Decimal,
    doubt: Doubt,
}

impl Check<'_> {
    fn run(&self, grounds: &mut Grounds) -> Result<(), JudgeError> {
        let (n, given) = (self.n(), self.input.packages.len());
        let together = self
            .row
            .second
            .as_ref()
            .map(|second| second.together as usize);
        let most = together.unwrap_or(n);
        if given > most {
            return Err(InputError::at("packages", InputProblem::TooMany { most }).into());
        }
        grounds.number("n", Decimal::from(n), "");
        let is_whole = given == n || Some(given) == together;
        if !is_whole {
            let wanted = if given < n { n } else { most };
            let words = Words::new(
                format!("只检验了{given}件，抽样方案要求{wanted}件"),
                format!("packages tested: {given}; the plan asks for {wanted}"),
            );
            let parts = self.edition.rules.parts.in_use();
            for row in parts.filter(|row| row.part == Part::Sample) {
                grounds.lacks_as(row, row.part.code(), words.clone());
            }
        }
        self.average(grounds);
        self.count_t1(grounds);
        let twice = self.t + self.t;
        let t2 = self.sample.short(twice, None);
        let beyond = |error| self.sample.short(twice + error, None).len();
        self.count(
            (T2_COUNT, "T2"),
            (&t2, beyond),
            self.row.allowed_t2,
            grounds,
        );
        Ok(())
    }

    fn n(&self) -> usize {
        self.row.sample_of(self.input.lot_size) as usize
    }

    fn cite(&self) -> Cite<'_> {
        Cite {
            head: self.edition.head,
            article: self.edition.rules.article.as_str(),
            row: format!("{}: {}", self.row.source, self.row.range()),
            provenance: self.row.provenance,
            suggests: self.edition.rules.violation.as_ref(),
        }
    }

    fn average(&self, grounds: &mut Grounds) {
        let Some(lambda) = self.row.lambda else {
            let zh = "批量不大于10件，不检验平均实际含量";
            let en = "a lot this small has no average test";
            grounds.note("NO_AVERAGE_TEST", Words::new(zh, en));
            return;
        };
        let n = self.row.average_sample.map_or(self.n(), |n| n as usize);
        if self.input.packages.len() < n {
            let zh = "件数不足，未作平均实际含量检验";
            let en =
                "too few packages for the average test, whose factor belongs to the full sample";
            let words = Words::new(zh, en);
            grounds.require(AVERAGE, None, CheckResult::NotAssessed, self.cite(), words);
            return;
        }
        let unit = self.input.nominal.content().unit();
        let average = self.sample.average(n, lambda);
        grounds.number("lambda", lambda, "");
        grounds.ratio("mean", &average.mean, unit);
        grounds.ratio("s", &average.deviation, unit);
        let bound = Bound {
            measured: average.mean,
            limit: average.limit,
            unit,
            comparison: Comparison::AtLeast,
        };
        let mark = grounds.mark();
        let said = |judged: &_| words::average(judged, unit);
        grounds.compare(AVERAGE, None, &bound, self.cite(), said);
        // Every content may be wrong by as much, and so may their mean.
        let is_firm = self
            .doubt
            .error()
            .is_some_and(|error| bound.measured.clone() + Ratio::from(error) < bound.limit);
        if !is_firm {
            grounds.hold_since(mark);
        }
    }

    fn count_t1(&self, grounds: &mut Grounds) {
        let t1 = self.sample.short(self.t, Some(self.t + self.t));
        let Some(allowed) = self.row.allowed_t1 else {
            if !t1.is_empty() {
                let zh = "有短缺大于允许短缺量的件，未见该批量允许的件数";
                let en = "packages are short by more than T, and how many a lot of this size may have is not known";
                grounds.obstacle(Bars::Passing, "T1_LIMIT_UNKNOWN", Words::new(zh, en));
            }
            return;
        };
        let n = self.n();
        let first: Vec<usize> = t1.iter().copied().filter(|number| *number <= n).collect();
        let open = self.row.second.as_ref().filter(|second| {
            first.len() > allowed as usize && first.len() < second.rejected_from as usize
        });
        match open {
            Some(second) if self.input.packages.len() > n => {
                let beyond = |error| self.sample.short(self.t + error, None).len();
                self.count((T1_COUNT, "T1"), (&t1, beyond), second.allowed_t1, grounds);
            }
            Some(_) => grounds.obstacle(
                Bars::Passing,
                "SECOND_SAMPLE_NEEDED",
                Words::new(
                    "第一样本不能判定，须抽第二样本",
                    "the first sample leaves the lot open; a second one is needed",
                ),
            ),
            None => {
                let beyond = |error| {
                    let all = self.sample.short(self.t + error, None);
                    all.into_iter().filter(|number| *number <= n).count()
                };
                self.count((T1_COUNT, "T1"), (&first, beyond), allowed, grounds);
            }
        }
    }

    /// Counts the packages of a class; `beyond` says how many are short by so much more that an error
    /// of that size could not bring them back.
    fn count(
        &self,
        (check, class): (&'static str, &str),
        (packages, beyond): (&[usize], impl FnOnce(Decimal) -> usize),
        allowed: u32,
        grounds: &mut Grounds,
    ) {
        let bound = Bound {
            measured: Ratio::from(i128::try_from(packages.len()).unwrap_or(i128::MAX)),
            limit: Ratio::from(i128::from(allowed)),
            unit: "",
            comparison: Comparison::AtMost,
        };
        let mark = grounds.mark();
        grounds.compare(check, None, &bound, self.cite(), |judged| {
            words::count(class, packages, judged)
        });
        let is_firm = self
            .doubt
            .error()
            .is_some_and(|error| beyond(error) > allowed as usize);
        if !is_firm {
            grounds.hold_since(mark);
        }
    }
}
