//! The arithmetic of the charger rules. Numbers come from the rule set, never from here.

use rust_decimal::Decimal;

use super::{ChargerClass, ClockCheck, Current, EvCharger};
use crate::exact::Ratio;
use crate::given;
use crate::input::InputError;
use crate::quantity::{Amount, KilowattHour, Second, plain};
use crate::refusal::JudgeError;
use crate::rules::{AcChargerRules, ChargerRows, DcChargerRules, EditionHead, Part, RuleSet};
use crate::series::{self, Limits, Series, error_in_percent};
use crate::slip::Slips;
use crate::stage;
use crate::verdict::{Bound, Cite, Comparison, Grounds, Verdict, Words};

/// The error of the clock.
const CLOCK: &str = "CLOCK";
/// The step in which energy is shown.
const ENERGY_STEP: &str = "ENERGY_STEP";

/// Judges one test of a charger by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded. Refuses an
/// energy or a step of zero, an indication that is not near its reference, no run or too many, and a
/// day for which no edition is loaded.
pub fn judge(rules: &RuleSet, input: &EvCharger) -> Result<Verdict, JudgeError> {
    input.check()?;
    let slips = doubt(rules, input)?;
    let mut grounds = Grounds::new(rules);
    let day = input.tested_on;
    let (head, rows): (&EditionHead, &ChargerRows) = match input.current {
        Current::Ac => {
            let edition = rules.edition_on::<AcChargerRules>(day)?;
            grounds.apply(edition);
            (edition.head, &edition.rules.0)
        }
        Current::Dc => {
            let edition = rules.edition_on::<DcChargerRules>(day)?;
            grounds.apply(edition);
            (edition.head, &edition.rules.0)
        }
    };
    slips.note(&mut grounds);
    input.standard.check(day, &mut grounds);
    let series = series_of(input);
    let limits = Limits {
        head,
        name: class_name(input.class),
        error: rows.error.of(input.class),
        repeatability: None,
        other_reading: None,
        reading: &rows.error_reading,
        violations: &rows.violations,
        least_runs: rows.runs.least,
    };
    limits.judge(&series, &mut grounds);
    if let Some(clock) = &input.clock {
        judge_clock(head, rows, clock, &mut grounds);
    }
    if let Some(step) = input.energy_step {
        judge_step(head, rows, step, &mut grounds);
    }
    name_left_out(rows, input, &mut grounds);
    let mean = plain(series.mean().shown(4).0);
    let (operator, charger) = (&input.operator, &input.charger);
    let who = Words::new(
        format!("{operator}，{charger}"),
        format!("{operator}, {charger}"),
    );
    let detail = Words::new(
        format!("平均电能示值误差{mean}%"),
        format!("mean error of energy {mean} %"),
    );
    let summary = grounds.sentence(&who, &detail);
    say_plainly(&series, &mut grounds);
    Ok(grounds.conclude(summary))
}

/// What a customer gets of 10 kWh that are shown, else what fails besides.
fn say_plainly(series: &Series, grounds: &mut Grounds) {
    let missing = given::missing_of(Decimal::TEN, &series.mean());
    let (zh, en) = given::less_or_more(&missing, 3, ("千瓦时", "kWh"));
    let given = Words::new(
        format!("充10千瓦时{zh}"),
        format!("a charge of 10 kWh gives {en}"),
    );
    let failing = grounds.first_failing();
    match failing.is_none_or(|finding| finding.check == series::ERROR_MEAN) {
        true => grounds.tell(&given),
        false => grounds.tell_first(&given),
    }
}

/// Names every part that was not done, or only in part.
fn name_left_out(rows: &ChargerRows, input: &EvCharger, grounds: &mut Grounds) {
    let (runs, least) = (input.runs.len(), rows.runs.least);
    let stage = stage::told(input.stage, &rows.stages, grounds);
    for row in rows.parts.at(stage) {
        match row.part {
            Part::FullTest => grounds.lacks(row),
            Part::Runs if runs < usize::from(least) => {
                let words = Words::new(
                    format!("仅{runs}次测量，至少应为{least}次"),
                    format!("runs made: {runs} of at least {least}"),
                );
                grounds.lacks_as(row, row.part.code(), words);
            }
            Part::Clock if input.clock.is_none() => grounds.lacks(row),
            Part::EnergyStep if input.energy_step.is_none() => grounds.lacks(row),
            _ => {}
        }
    }
}

/// Refuses an energy shown that looks like a slip beside its reference, and a step beside the least of them. What a
/// clock is off by has nothing beside it: one may be hours off.
fn doubt<'a>(rules: &'a RuleSet, input: &EvCharger) -> Result<Slips<'a>, InputError> {
    let runs = input.runs.iter();
    let runs = runs.map(|run| (run.indicated.value(), run.reference.value()));
    let mut slips = Slips::of(rules, input.tested_on, input.confirmed);
    slips.check_runs(|rules| &rules.ev_charger, runs)?;
    let least = input.runs.iter().map(|run| run.reference).min();
    if let (Some(step), Some(least)) = (input.energy_step, least) {
        slips.check_error("energy_step", step.value(), least.value())?;
    }
    Ok(slips)
}

fn series_of(input: &EvCharger) -> Series {
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

fn class_name(class: ChargerClass) -> &'static str {
    match class {
        ChargerClass::Class1 => "class 1",
        ChargerClass::Class2 => "class 2",
    }
}

fn judge_clock(head: &EditionHead, rows: &ChargerRows, clock: &ClockCheck, grounds: &mut Grounds) {
    let row = rows.clock.of(clock.stage);
    let bound = Bound {
        measured: clock.off_by.value().into(),
        limit: row.limit.value().into(),
        unit: Second::UNIT,
        comparison: Comparison::AtMost,
    };
    let cite = Cite {
        head,
        article: row.article.as_str(),
        row: format!("clock: {:?}", clock.stage).to_lowercase(),
        provenance: row.provenance,
        suggests: Some(&rows.violations.failed),
    };
    grounds.compare(CLOCK, None, &bound, cite, |judged| {
        let (zh, en) = series::outcome(judged.passes);
        let said = |amount: &Amount| Amount::as_said(amount.value(), Second::UNIT);
        // Minutes where both are whole minutes: two units side by side compare badly.
        let (off, limit) = match (said(&judged.measured), said(&judged.limit)) {
            (off, limit) if off.unit() == limit.unit() => (off, limit),
            _ => (judged.measured.clone(), judged.limit.clone()),
        };
        Words::new(
            format!("时钟误差{}，限值{}；{zh}", off.zh(), limit.zh()),
            format!("the clock is off by {off}, limit {limit}; {en}"),
        )
    });
}

fn judge_step(head: &EditionHead, rows: &ChargerRows, step: KilowattHour, grounds: &mut Grounds) {
    let row = &rows.energy_step;
    let bound = Bound {
        measured: step.value().into(),
        limit: row.limit.value().into(),
        unit: KilowattHour::UNIT,
        comparison: Comparison::AtMost,
    };
    let cite = Cite {
        head,
        article: row.article.as_str(),
        row: "energy step".to_owned(),
        provenance: row.provenance,
        suggests: Some(&rows.violations.failed),
    };
    grounds.compare(ENERGY_STEP, None, &bound, cite, |judged| {
        let (zh, en) = series::outcome(judged.passes);
        let (step, limit) = (judged.measured.value(), judged.limit.value());
        Words::new(
            format!("电能显示分辨力{step}千瓦时，限值{limit}千瓦时；{zh}"),
            format!("energy is shown in steps of {step} kWh, limit {limit} kWh; {en}"),
        )
    });
}
