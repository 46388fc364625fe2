//! The tare test: how exactly a scale takes a tare, and how it weighs goods beside one.

use rust_decimal::Decimal;

use super::course::Test;
use super::test::{ScaleTest, TareReading};
use super::words::{self, Subject, gram};
use crate::exact::Ratio;
use crate::input::{Checked, InputError, InputProblem, contradiction, count, positive};
use crate::quantity::Gram;
use crate::verdict::{Bound, Comparison};

/// What is shown after a tare was taken, with nothing else on the scale, against the error permitted.
const TARE_SETTING: &str = "TARE_SETTING";
/// The error of a net weighing against the error permitted at the net load.
const TARE_WEIGHING: &str = "TARE_WEIGHING";

/// Refuses a tare that the plate does not state or does not reach, and a load that does not go on the
/// scale beside it.
pub(super) fn check(input: &ScaleTest) -> Checked {
    count("tare", input.tare.len(), (0, 12))?;
    let plate = &input.plate;
    let why = "a scale takes no more tare than it bears";
    let is_above = plate
        .subtractive_tare
        .is_some_and(|most| most > plate.max());
    contradiction("plate.subtractive_tare", is_above, why)?;
    for (index, row) in input.tare.iter().enumerate() {
        let at = format!("tare[{index}].tare");
        positive(at.clone(), row.tare.is_zero())?;
        let reaches = |most: Option<Gram>| most.is_some_and(|most| row.tare <= most);
        let is_additive = reaches(plate.additive_tare);
        let stated = |most: &Gram| !most.is_zero();
        let subtractive = plate.subtractive_tare.filter(stated);
        let additive = plate.additive_tare;
        let Some(_) = additive.or(subtractive) else {
            let why = "a tare test needs the greatest tare of the plate";
            let problem = InputProblem::Required { why };
            return Err(InputError::at("plate.subtractive_tare", problem));
        };
        let is_within = is_additive || reaches(subtractive);
        let why = "the tare is above the greatest of the plate";
        contradiction(at, !is_within, why)?;
        let load = match is_additive {
            true => row.load.value(),
            false => row.load.value() + row.tare.value(),
        };
        let why = "tare and load together are above Max";
        let at = format!("tare[{index}].load");
        contradiction(at, load > plate.max().value(), why)?;
    }
    Ok(())
}

/// Judges every reading beside a tare.
pub(super) fn examine(test: &mut Test<'_>) {
    for row in &test.input.tare {
        if row.load.is_zero() {
            examine_setting(test, row);
        } else {
            examine_net(test, row);
        }
    }
}

/// What was read right after the tare of a net weighing.
fn setting_of<'a>(input: &'a ScaleTest, row: &TareReading) -> Option<&'a TareReading> {
    let is_setting = |other: &&TareReading| other.load.is_zero() && other.tare == row.tare;
    input.tare.iter().find(is_setting)
}

/// Whether a net weighing stands without what was read right after its tare.
pub(super) fn lacks_setting(input: &ScaleTest) -> bool {
    let is_alone = |row: &TareReading| setting_of(input, row).is_none();
    input.tare.iter().any(is_alone)
}

fn examine_setting(test: &mut Test<'_>, row: &TareReading) {
    let Some(range) = test.input.plate.ranges.first() else {
        return;
    };
    let rule = &test.edition.rules.tare;
    let error = test.error(&row.reading());
    let bound = Bound {
        measured: error.into(),
        limit: rule.limit.grams(range.e).into(),
        unit: Gram::UNIT,
        comparison: Comparison::Within,
    };
    let label = format!("tare-setting: {}, e = {}", rule.limit, gram(range.e));
    let cite = test.cite(rule.source.as_str(), label, rule.provenance);
    test.compare(
        TARE_SETTING,
        Subject::tare(row.tare, row.load),
        &bound,
        cite,
    );
}

fn examine_net(test: &mut Test<'_>, row: &TareReading) {
    let subject = Subject::tare(row.tare, row.load);
    let setting = setting_of(test.input, row);
    let offset = setting.map(|setting| test.error(&setting.reading()));
    let corrected = test.error(&row.reading()) - offset.unwrap_or_default();
    let name = format!("Ec of {TARE_WEIGHING}, {}", subject.name);
    test.grounds
        .number_of(name, &Ratio::from(corrected), Gram::UNIT);
    let Some(permitted) = test.permitted(row.load) else {
        return test.leave_without_limit(TARE_WEIGHING, subject);
    };
    let bound = Bound {
        measured: corrected.into(),
        limit: permitted.limit.into(),
        unit: Gram::UNIT,
        comparison: Comparison::Within,
    };
    let rule = &test.edition.rules.tare;
    let provenance = permitted.provenance.max(rule.provenance);
    let cite = test.cite(permitted.article, permitted.row, provenance);
    // Nobody read what the empty scale shows after the tare, or not finely: what that could explain is no
    // firm failure.
    let is_known = setting.is_some_and(|setting| setting.added_small_weights.is_some());
    let unknown = match test.input.plate.ranges.first() {
        Some(range) if !is_known => rule.limit.grams(range.e),
        _ => Decimal::ZERO,
    };
    let mark = test.grounds.mark();
    let passes = test.compare(TARE_WEIGHING, subject, &bound, cite);
    if corrected.abs() <= permitted.limit + unknown {
        test.grounds.hold_since(mark);
        if !passes && setting.is_some() {
            let words = words::tare_not_fine();
            test.grounds.reservation("TARE_SETTING_NOT_FINE", words);
        }
    }
}
