//! Repeated runs of one instrument: the mean error, each run's error and the repeatability.
//!
//! The error of a run is `(indicated - true) / true` in per cent, so above zero the customer received
//! less than was shown. The repeatability is the range of the errors over the divisor `d_n` of the
//! number of runs. Everything is an exact fraction until it is shown.

use std::ops::Add as _;

use crate::exact::Ratio;
use crate::quantity::{Percent, plain};
use crate::rules::{
    BindingError, DutyRow, EditionHead, ErrorReading, LimitRow, Provenance, RangeDivisors,
    ViolationCode, ViolationsByCost,
};
use crate::verdict::{Bound, CheckResult, Cite, Comparison, Grounds, Judged, Words};

/// The mean error of the runs against the limit of error.
pub(crate) const ERROR_MEAN: &str = "ERROR_MEAN";
/// The error of a single run against the limit of error.
pub(crate) const ERROR_RUN: &str = "ERROR_RUN";
/// The repeatability of the runs against its limit.
pub(crate) const REPEATABILITY: &str = "REPEATABILITY";

/// Decimals of a percentage in a sentence, unless more are needed to tell it from its limit.
const SAID_DECIMALS: u32 = 3;
/// The most decimals that are said.
const MOST_DECIMALS: u32 = 9;

/// What a series is judged by.
pub(crate) struct Limits<'a> {
    pub head: &'a EditionHead,
    /// What the rows are called: `flow point`, `CNG`.
    pub name: &'a str,
    pub error: &'a LimitRow,
    /// The limit of repeatability and the divisors it needs, where there is one.
    pub repeatability: Option<(&'a LimitRow, &'a RangeDivisors)>,
    /// Only what both readings of the repeatability say is firm.
    pub other_reading: Option<OtherReading<'a>>,
    pub reading: &'a ErrorReading,
    pub violations: &'a ViolationsByCost,
    /// The least number of runs of a whole test.
    pub least_runs: u8,
}

/// What the text about the repeatability may mean besides, where it was not seen.
pub(crate) enum OtherReading<'a> {
    /// The range itself is held against the limit, not divided.
    Undivided(&'a DutyRow),
    /// The limit of the edition before still holds.
    Before(&'a LimitRow),
}

/// The errors of one point, in per cent, in the order of the runs.
pub(crate) struct Series {
    /// `nozzle 1, Q1`; nothing where the measurement has one series only.
    pub subject: Option<String>,
    /// What people call it; nothing where the measurement has one series only.
    pub title: Words,
    pub errors: Vec<Ratio>,
}

/// The error `(indicated - reference) / reference` in per cent; nothing for a reference of zero.
pub(crate) fn error_in_percent(indicated: Ratio, reference: &Ratio) -> Option<Ratio> {
    let error = (indicated - reference.clone()).over(reference)?;
    Some(error * Ratio::from(100))
}

impl Series {
    /// The mean of the errors; zero of none.
    pub(crate) fn mean(&self) -> Ratio {
        let sum = self.errors.iter().cloned().fold(Ratio::zero(), Ratio::add);
        sum.over(&count(self.errors.len()))
            .unwrap_or_else(Ratio::zero)
    }

    fn named(&self, what: &str) -> String {
        match &self.subject {
            Some(subject) => format!("{what} of {subject}"),
            None => what.to_owned(),
        }
    }

    fn run(&self, index: usize) -> String {
        let run = format!("run {}", index + 1);
        match &self.subject {
            Some(subject) => format!("{subject}, {run}"),
            None => run,
        }
    }
}

impl Limits<'_> {
    /// Records numbers and findings of a series. Of a series with too few runs a failure is firm only
    /// where no further run could undo it.
    pub(crate) fn judge(&self, series: &Series, grounds: &mut Grounds) {
        let mark = grounds.mark();
        for (index, error) in series.errors.iter().enumerate() {
            grounds.number_of(format!("E of {}", series.run(index)), error, Percent::UNIT);
        }
        let mean = series.mean();
        grounds.number_of(series.named("mean E"), &mean, Percent::UNIT);
        let mean_passes = self.judge_mean(series, mean, grounds);
        self.judge_runs(series, mean_passes, grounds);
        self.judge_repeatability(series, grounds);
        let is_whole = series.errors.len() >= usize::from(self.least_runs);
        if !is_whole && !self.is_beyond_mending(series, grounds) {
            grounds.hold_since(mark);
        }
    }

    /// Whether no further run could bring the series within its limits. Without a limit of repeatability
    /// (chargers) nothing bounds how far the next run may lie. Runs that repeat lie within the
    /// limit of repeatability times the greatest divisor of each other, and where their mean is within
    /// its limit none of them is further beyond that limit than so much.
    fn is_beyond_mending(&self, series: &Series, grounds: &mut Grounds) -> bool {
        let limit_of_error = Ratio::from(self.error.limit.value());
        let is_over = |error: &Ratio| error.abs() > limit_of_error;
        if self.reading.compare == BindingError::EachRun && series.errors.iter().any(is_over) {
            return true;
        }
        let Some((limit, divisors)) = self.repeatability else {
            return false;
        };
        let greatest = divisors.greatest();
        let limit = match self.other_reading {
            Some(OtherReading::Before(before)) => limit.limit.max(before.limit),
            _ => limit.limit,
        };
        let widest = Ratio::from(limit.value() * greatest.divisor);
        let extremes = series.errors.iter().max().zip(series.errors.iter().min());
        let Some((most, least)) = extremes else {
            return false;
        };
        let furthest = most.abs().max(least.abs());
        let is_beyond = most.clone() - least.clone() > widest || furthest > limit_of_error + widest;
        if is_beyond {
            grounds.rely_on("greatest d_n", greatest.provenance);
        }
        is_beyond
    }

    fn judge_mean(&self, series: &Series, mean: Ratio, grounds: &mut Grounds) -> bool {
        let violation = self.violation_of(&mean);
        let cite = self.cite(self.error, "error", violation);
        let bound = self.error_bound(mean);
        grounds.compare(ERROR_MEAN, series.subject.clone(), &bound, cite, |judged| {
            said(
                &series.title,
                ("平均示值误差", "mean error"),
                &bound,
                judged,
            )
        })
    }

    /// Judges the runs that bind. The reading of which error binds decides only where the other one
    /// would have given another result.
    fn judge_runs(&self, series: &Series, mean_passes: bool, grounds: &mut Grounds) {
        let limit = Ratio::from(self.error.limit.value());
        let mut any_beyond = false;
        for (index, error) in series.errors.iter().enumerate() {
            let is_beyond = error.abs() > limit;
            any_beyond |= is_beyond;
            if is_beyond && self.reading.compare == BindingError::Mean {
                self.leave_run(series, index, grounds);
            } else {
                self.judge_run(series, index, grounds);
            }
        }
        if any_beyond && mean_passes {
            let ErrorReading {
                text_zh,
                text_en,
                provenance,
                ..
            } = self.reading;
            grounds.rely_on("reading: which error the limit binds", *provenance);
            let said = Words::new(
                format!("平均值在最大允许误差内，但有单次误差超出。{text_zh}"),
                format!("the mean is within the limit and a single run is beyond it. {text_en}"),
            );
            let text = titled(&series.title, said);
            match self.reading.compare {
                BindingError::Mean => grounds.reservation("RUN_BEYOND_LIMIT", text),
                BindingError::EachRun => grounds.note("RUN_BEYOND_LIMIT", text),
            }
        }
    }

    fn judge_run(&self, series: &Series, index: usize, grounds: &mut Grounds) {
        let error = series.errors[index].clone();
        let cite = self.cite(self.error, "error", self.violation_of(&error));
        let bound = self.error_bound(error);
        let (zh, en) = run_names(index);
        grounds.compare(ERROR_RUN, Some(series.run(index)), &bound, cite, |judged| {
            said(&series.title, (&zh, &en), &bound, judged)
        });
    }

    /// A run beyond the limit where only the mean binds: kept in sight, without a result.
    fn leave_run(&self, series: &Series, index: usize, grounds: &mut Grounds) {
        let error = &series.errors[index];
        let cite = self.cite(self.error, "error", self.violation_of(error));
        let (zh, en) = run_names(index);
        let limit = self.error.limit.value();
        let (error, limit) = (percent(error, &limit.into()), plain(limit));
        let said = Words::new(
            format!("{zh}{error}%，超出±{limit}%；以平均值为准，单次不作判定"),
            format!("{en} {error} %, beyond {limit} %; the mean binds, a single run is not judged"),
        );
        let words = titled(&series.title, said);
        let subject = Some(series.run(index));
        grounds.require(ERROR_RUN, subject, CheckResult::NotAssessed, cite, words);
    }

    fn judge_repeatability(&self, series: &Series, grounds: &mut Grounds) {
        let Some((limit, divisors)) = self.repeatability else {
            return;
        };
        let runs = series.errors.len();
        let extremes = series.errors.iter().max().zip(series.errors.iter().min());
        let (Some(row), Some((most, least))) = (divisors.of(runs), extremes) else {
            return;
        };
        let range = most.clone() - least.clone();
        let divisor = Ratio::from(row.divisor);
        grounds.number_of(series.named("E_max - E_min"), &range, Percent::UNIT);
        grounds.number_of(series.named("d_n"), &divisor, "");
        grounds.rely_on(&format!("d_n for {runs} runs"), row.provenance);
        // The divisor was checked to be above zero when the rules were read.
        let measured = range.clone().over(&divisor).unwrap_or_else(Ratio::zero);
        grounds.number_of(series.named("E_n"), &measured, Percent::UNIT);
        let cite = self.cite(limit, "repeatability", &self.violations.failed);
        let bound = Bound {
            measured,
            limit: limit.limit.value().into(),
            unit: Percent::UNIT,
            comparison: Comparison::AtMost,
        };
        let subject = series.subject.clone();
        let mark = grounds.mark();
        let passes = grounds.compare(REPEATABILITY, subject, &bound, cite, |judged| {
            said(&series.title, ("重复性", "repeatability"), &bound, judged)
        });
        let Some(other) = &self.other_reading else {
            return;
        };
        if other.passes(&range, &bound) != passes {
            let words = titled(&series.title, other.said(&range, &bound));
            grounds.hold_since(mark);
            grounds.rely_on("reading: repeatability", other.provenance());
            grounds.reservation("REPEATABILITY_READING", words);
        }
    }

    /// Above zero the customer received less than was shown.
    fn violation_of(&self, error: &Ratio) -> &ViolationCode {
        if error.is_above_zero() {
            &self.violations.short
        } else {
            &self.violations.failed
        }
    }

    fn error_bound(&self, error: Ratio) -> Bound {
        Bound {
            measured: error,
            limit: self.error.limit.value().into(),
            unit: Percent::UNIT,
            comparison: Comparison::Within,
        }
    }

    fn cite<'c>(&'c self, row: &'c LimitRow, what: &str, suggests: &'c ViolationCode) -> Cite<'c> {
        Cite {
            head: self.head,
            article: row.article.as_str(),
            row: format!("{}: {what}", self.name),
            provenance: row.provenance,
            suggests: Some(suggests),
        }
    }
}

impl OtherReading<'_> {
    fn passes(&self, range: &Ratio, bound: &Bound) -> bool {
        match self {
            Self::Undivided(_) => *range <= bound.limit,
            Self::Before(row) => bound.measured <= Ratio::from(row.limit.value()),
        }
    }

    fn provenance(&self) -> Provenance {
        match self {
            Self::Undivided(row) => row.provenance,
            Self::Before(row) => row.provenance,
        }
    }

    /// Both readings; the one that divides by less, or has less of a limit, is the one that fails.
    fn said(&self, range: &Ratio, bound: &Bound) -> Words {
        let shown = |value: &Ratio, limit: &Ratio| percent(value, limit);
        let (measured, limit) = (
            shown(&bound.measured, &bound.limit),
            shown(&bound.limit, &bound.limit),
        );
        match self {
            Self::Undivided(_) => {
                let range = shown(range, &bound.limit);
                Words::new(
                    format!(
                        "重复性公式原文未见：极差{range}%不合格，除以极差系数得{measured}%合格"
                    ),
                    format!(
                        "the formula of the repeatability was not seen: the range of {range} % fails, over d_n it is {measured} % and conforms"
                    ),
                )
            }
            Self::Before(row) => {
                let before = plain(row.limit.value());
                Words::new(
                    format!(
                        "重复性限值原文未见：{measured}%按{limit}%不合格，按上一版的{before}%合格"
                    ),
                    format!(
                        "the limit of the repeatability was not seen: {measured} % fails by {limit} %, by {before} % of the edition before it conforms"
                    ),
                )
            }
        }
    }
}

/// What is said, under the title of the series where it has one.
fn titled(title: &Words, said: Words) -> Words {
    if title.is_empty() {
        return said;
    }
    Words::new(
        format!("{}：{}", title.zh, said.zh),
        format!("{}: {}", title.en, said.en),
    )
}

fn count(runs: usize) -> Ratio {
    // A list of runs has a handful of rows; its length always fits.
    Ratio::from(i128::try_from(runs).unwrap_or(0))
}

fn run_names(index: usize) -> (String, String) {
    let run = index + 1;
    (format!("第{run}次示值误差"), format!("error of run {run}:"))
}

/// A percentage with as few decimals as tell it from the limit that it is held against.
fn percent(value: &Ratio, limit: &Ratio) -> String {
    let is_equal = value.abs() == *limit;
    let told = (SAID_DECIMALS..MOST_DECIMALS).find(|decimals| {
        let (shown, _) = value.shown(*decimals);
        is_equal || Ratio::from(shown.abs()) != *limit
    });
    plain(value.shown(told.unwrap_or(MOST_DECIMALS)).0)
}

fn said(title: &Words, what: (&str, &str), bound: &Bound, judged: &Judged) -> Words {
    let measured = percent(&bound.measured, &bound.limit);
    let limit = percent(&bound.limit, &bound.limit);
    let side = if bound.comparison == Comparison::Within {
        "±"
    } else {
        ""
    };
    let (outcome_zh, outcome_en) = outcome(judged.passes);
    let (what_zh, what_en) = what;
    let said = Words::new(
        format!("{what_zh}{measured}%，限值{side}{limit}%；{outcome_zh}"),
        format!("{what_en} {measured} %, limit {side}{limit} %; {outcome_en}"),
    );
    titled(title, said)
}

/// What a check comes to, in both languages.
pub(crate) fn outcome(passes: bool) -> (&'static str, &'static str) {
    if passes {
        ("合格", "conforms")
    } else {
        ("不合格", "fails")
    }
}
