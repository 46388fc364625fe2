//! The arithmetic of the gas dispenser rules. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::{Gas, GasDispenser, UnitShown};
use crate::exact::Ratio;
use crate::given;
use crate::input::InputError;
use crate::quantity::{Percent, plain};
use crate::refusal::JudgeError;
use crate::rules::{CngRules, EditionHead, GasRows, LngRules, Part, RuleSet};
use crate::series::{self, Limits, OtherReading, Series, error_in_percent};
use crate::slip::Slips;
use crate::stage;
use crate::verdict::{Bars, CheckResult, Cite, Grounds, Verdict, Words};

/// The unit shown to the customer.
const UNIT: &str = "UNIT";

/// Judges one test of a gas dispenser by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded. Refuses a
/// mass of zero, an indication that is not near its reference, too many runs, no run where mass is
/// shown, and a day for which no edition is loaded.
pub fn judge(rules: &RuleSet, input: &GasDispenser) -> Result<Verdict, JudgeError> {
    input.check()?;
    let slips = doubt(rules, input)?;
    let mut grounds = Grounds::new(rules);
    let day = input.tested_on;
    let edition: Option<(&EditionHead, &GasRows)> = match input.gas {
        Gas::Cng => {
            let edition = rules.edition_on::<CngRules>(day)?;
            grounds.apply(edition);
            Some((edition.head, &edition.rules.0))
        }
        Gas::Lng => {
            let edition = rules.edition_on::<LngRules>(day)?;
            grounds.apply(edition);
            Some((edition.head, &edition.rules.0))
        }
        Gas::Hydrogen => None,
    };
    slips.note(&mut grounds);
    input.standard.check(day, &mut grounds);
    let series = series_of(input);
    match edition {
        Some((head, rows)) => judge_by(head, rows, (input, &series), &mut grounds),
        None => leave(&series, &mut grounds),
    }
    let summary = summary(input, &series, &grounds);
    say_plainly(&series, &mut grounds);
    Ok(grounds.conclude(summary))
}

/// Refuses a mass shown that looks like a slip beside its reference.
fn doubt<'a>(rules: &'a RuleSet, input: &GasDispenser) -> Result<Slips<'a>, InputError> {
    let runs = input.runs.iter();
    let runs = runs.map(|run| (run.indicated.value(), run.reference.value()));
    let mut slips = Slips::of(rules, input.tested_on, input.confirmed);
    slips.check_runs(|rules| &rules.gas_dispenser, runs)?;
    Ok(slips)
}

fn series_of(input: &GasDispenser) -> Series {
    let errors = input.runs.iter().filter_map(|run| {
        let reference = Ratio::from(run.reference.value());
        error_in_percent(run.indicated.value().into(), &reference)
    });
    Series {
        subject: None,
        title: Words::default(),
        errors: errors.collect(),
    }
}

fn judge_by(
    head: &EditionHead,
    rows: &GasRows,
    (input, series): (&GasDispenser, &Series),
    grounds: &mut Grounds,
) {
    judge_unit(head, rows, input.unit, grounds);
    let runs = series.errors.len();
    if runs > 0 {
        let limits = Limits {
            head,
            name: name(input.gas),
            error: &rows.error,
            repeatability: Some((&rows.repeatability, &rows.range_divisors)),
            other_reading: rows.range_undivided.as_ref().map(OtherReading::Undivided),
            reading: &rows.error_reading,
            violations: &rows.violations,
            least_runs: rows.runs.least,
        };
        limits.judge(series, grounds);
    }
    let stage = stage::told(input.stage, &rows.stages, grounds);
    for row in rows.parts.at(stage) {
        match row.part {
            Part::FullTest => grounds.lacks(row),
            Part::Runs if runs < usize::from(rows.runs.least) => {
                let words = Words::new(
                    format!("仅{runs}次测量，无法判定重复性"),
                    format!("{runs} run only; the repeatability cannot be judged"),
                );
                grounds.lacks_as(row, "SINGLE_RUN", words);
            }
            Part::UnitShown if input.unit == UnitShown::NotSeen => grounds.lacks(row),
            _ => {}
        }
    }
}

fn judge_unit(head: &EditionHead, rows: &GasRows, unit: UnitShown, grounds: &mut Grounds) {
    let Some(row) = &rows.unit else {
        return;
    };
    let (result, zh, en) = match unit {
        UnitShown::Kilogram => (
            CheckResult::Passes,
            "以千克显示",
            "the customer is shown kilograms",
        ),
        UnitShown::CubicMetre => (
            CheckResult::Fails,
            "以立方米显示，应以千克显示",
            "the customer is shown cubic metres where kilograms are wanted",
        ),
        UnitShown::NotSeen => (
            CheckResult::NotAssessed,
            "未检查显示单位",
            "the unit shown was not looked at",
        ),
    };
    let cite = Cite {
        head,
        article: row.article.as_str(),
        row: "unit".to_owned(),
        provenance: row.provenance,
        suggests: row.violation.as_ref(),
    };
    grounds.require(UNIT, None, result, cite, Words::new(zh, en));
}

/// No limit is known: the errors are shown, nothing is judged.
fn leave(series: &Series, grounds: &mut Grounds) {
    for (index, error) in series.errors.iter().enumerate() {
        grounds.number_of(format!("E of run {}", index + 1), error, Percent::UNIT);
    }
    grounds.ratio("mean E", &series.mean(), Percent::UNIT);
    let words = Words::new(
        "加氢机的最大允许误差未知",
        "the permissible error of a hydrogen dispenser is not known",
    );
    grounds.obstacle(Bars::Passing, "LIMIT_NOT_KNOWN", words);
}

/// What a customer gets of 10 kg that are shown, else what fails besides.
fn say_plainly(series: &Series, grounds: &mut Grounds) {
    let given = if series.errors.is_empty() {
        Words::new("没有做加气测量", "no filling was measured")
    } else {
        let missing = given::missing_of(Decimal::from(10_000), &series.mean());
        let (zh, en) = given::less_or_more(&missing, 0, ("克", "g"));
        Words::new(
            format!("加10千克{zh}"),
            format!("a filling of 10 kg gives {en}"),
        )
    };
    let failing = grounds.first_failing();
    match failing.is_none_or(|finding| finding.check == series::ERROR_MEAN) {
        true => grounds.tell(&given),
        false => grounds.tell_first(&given),
    }
}

fn name(gas: Gas) -> &'static str {
    match gas {
        Gas::Cng => "CNG",
        Gas::Lng => "LNG",
        Gas::Hydrogen => "hydrogen",
    }
}

fn summary(input: &GasDispenser, series: &Series, grounds: &Grounds) -> Words {
    let (station, dispenser) = (&input.station, &input.dispenser);
    let who = Words::new(
        format!("{station}，{dispenser}"),
        format!("{station}, {dispenser}"),
    );
    let mean = plain(series.mean().shown(4).0);
    let detail = Words::new(
        format!("平均示值误差{mean}%"),
        format!("mean error {mean} %"),
    );
    grounds.sentence(&who, &detail)
}
