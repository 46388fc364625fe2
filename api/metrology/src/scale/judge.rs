//! The course of the test of a scale, from the input to the verdict.

use rust_decimal::Decimal;

use super::course::Test;
use super::test::{ScaleKind, ScaleTest};
use super::{bands_of, check, modes, parts, plate, tare, trials, words};
use crate::input::InputError;
use crate::quantity::Gram;
use crate::refusal::JudgeError;
use crate::rules::{
    Edition, NoEdition, PriceComputingRow, RuleSet, ScaleRules, Scheme, WeightRules,
};
use crate::slip::{self, Slips};
use crate::verdict::{Grounds, Verdict};

/// How far an indication may lie from the load.
const LOADED: slip::Row = |rules| &rules.scale_test;
/// How far one at no load, or right after a tare, may lie from zero.
const ZERO: slip::Row = |rules| &rules.scale_zero;

/// Judges the test of one scale by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded but a price
/// to pay, where the rule commands it. Refuses what cannot be (loads above Max, weights that do not
/// add up to the greatest load, partial ranges out of order), an accuracy class that the edition does
/// not cover, and a day for which an edition that is needed is not loaded.
pub fn judge(rules: &RuleSet, input: &ScaleTest) -> Result<Verdict, JudgeError> {
    check::check(input)?;
    let slips = doubt(rules, input)?;
    let edition = edition(rules, input)?;
    let table = rules.edition_on::<WeightRules>(input.tested_on)?;
    bands_of(edition.rules, input.plate.class, "plate.class")?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    grounds.apply(table);
    slips.note(&mut grounds);
    if edition.rules.price_computing.is_some() && input.kind().is_none() {
        grounds.note("SCALE_KIND_ASSUMED", words::kind_assumed());
    }
    let mut test = Test::new(edition, input, grounds);
    let of_weights = test.examine_weights(table);
    plate::examine(&mut test);
    // Nothing lies on the scale yet.
    test.examine_zero()?;
    let mark = test.grounds.mark();
    test.examine_weighing();
    test.examine_eccentricity()?;
    test.grounds.hold_within(mark, of_weights);
    // What differs from one weighing of a load to the next is not the error of the weights.
    trials::examine_repeatability(&mut test);
    trials::examine_discrimination(&mut test);
    trials::examine_prices(&mut test);
    let mark = test.grounds.mark();
    tare::examine(&mut test);
    test.grounds.hold_within(mark, of_weights);
    modes::examine(&mut test, rules);
    parts::examine(&mut test);
    Ok(test.conclude())
}

/// Refuses indications and prices that look like slips.
fn doubt<'a>(rules: &'a RuleSet, input: &ScaleTest) -> Result<Slips<'a>, InputError> {
    let mut slips = Slips::of(rules, input.tested_on, input.confirmed);
    let mut check = |row: slip::Row, field: std::fmt::Arguments<'_>, shown: Gram, load: Gram| {
        let range = input
            .plate
            .range_of(load)
            .or(input.plate.ranges.first().copied());
        let e = range.map_or(Decimal::ONE, |range| range.e.value());
        let in_e = |mass: Gram| mass.value().checked_div(e).unwrap_or(mass.value());
        slips.check(row, field, in_e(shown), in_e(load))
    };
    if let Some(zero) = &input.zero {
        let at = format_args!("zero.indication");
        check(ZERO, at, zero.indication, zero.load)?;
    }
    for (index, reading) in input.weighing.iter().enumerate() {
        let at = format_args!("weighing[{index}].indication");
        check(LOADED, at, reading.indication, reading.load)?;
    }
    for (index, place) in input.eccentricity.iter().enumerate() {
        let at = format_args!("eccentricity[{index}].indication");
        check(LOADED, at, place.indication, place.load)?;
    }
    for (index, repeated) in input.repeatability.iter().enumerate() {
        for (run, indication) in repeated.indications.iter().enumerate() {
            let at = format_args!("repeatability[{index}].indications[{run}]");
            check(LOADED, at, *indication, repeated.load)?;
        }
    }
    for (index, row) in input.tare.iter().enumerate() {
        let at = format_args!("tare[{index}].indication");
        let rule = if row.load.is_zero() { ZERO } else { LOADED };
        check(rule, at, row.indication, row.load)?;
    }
    for (index, reading) in input.modes.iter().enumerate() {
        let at = format_args!("modes[{index}].indication");
        check(LOADED, at, reading.indication, reading.load)?;
    }
    for (index, price) in input.price.iter().enumerate() {
        let at = format_args!("price[{index}].shown");
        let due = price.unit_price.value() * price.net.value() * Decimal::new(1, 3);
        slips.check(|rules| &rules.money, at, price.shown.value(), due)?;
    }
    Ok(slips)
}

/// The edition of the kind of scale: one that covers price-computing scales alone, where one is in
/// force and the scale may be such a scale, else the one for all.
fn edition<'a>(
    rules: &'a RuleSet,
    input: &ScaleTest,
) -> Result<Edition<'a, ScaleRules>, NoEdition> {
    let all = rules.edition_of::<ScaleRules>(input.scheme, input.tested_on);
    if input.scheme != Scheme::Cn {
        return all;
    }
    let alone = rules.edition_where::<ScaleRules>(input.tested_on, ScaleRules::PRICE_COMPUTING);
    let is_price_computing = |row: &PriceComputingRow| match input.kind() {
        Some(kind) => kind == ScaleKind::PriceComputing,
        None => input.plate.max() <= row.max_up_to,
    };
    match alone {
        Ok(edition)
            if edition
                .rules
                .price_computing
                .as_ref()
                .is_some_and(is_price_computing) =>
        {
            Ok(edition)
        }
        _ => all,
    }
}
