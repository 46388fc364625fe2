//! The course of the test of a scale, from the input to the verdict.

use super::course::Test;
use super::test::ScaleTest;
use super::{bands_of, check, plate, trials};
use crate::refusal::JudgeError;
use crate::rules::{RuleSet, ScaleRules, WeightRules};
use crate::verdict::{Grounds, Verdict};

/// Judges the test of one scale by the rules in force on its day.
///
/// Pure and exact: the same rules and input give the same verdict, and nothing is rounded but a price
/// to pay, where the rule commands it. Refuses what cannot be (loads above Max, weights that do not
/// add up to the greatest load, partial ranges out of order), an accuracy class that the edition does
/// not cover, and a day for which an edition that is needed is not loaded.
pub fn judge(rules: &RuleSet, input: &ScaleTest) -> Result<Verdict, JudgeError> {
    check::check(input)?;
    let edition = rules.edition_of::<ScaleRules>(input.scheme, input.tested_on)?;
    let table = rules.edition_on::<WeightRules>(input.tested_on)?;
    bands_of(edition.rules, input.plate.class, "plate.class")?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    grounds.apply(table);
    let mut test = Test::new(edition, input, grounds);
    test.examine_weights(table);
    plate::examine(&mut test);
    test.examine_zero()?;
    test.examine_weighing();
    plate::examine_load_points(&mut test);
    test.examine_eccentricity()?;
    trials::examine_repeatability(&mut test);
    trials::examine_discrimination(&mut test);
    trials::examine_prices(&mut test);
    Ok(test.conclude())
}
