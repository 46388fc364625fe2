//! From a sale to the verdict. The limit comes from the measurement, the duty from the rule set.

use rust_decimal::Decimal;

use super::input::{MONEY, MeasuredSale, Sale, SoldByMeasure};
use super::words;
use crate::input::InputError;
use crate::refusal::JudgeError;
use crate::rules::{Edition, Part, PenaltyRules, RuleSet};
use crate::slip::Slips;
use crate::verdict::{Bars, Bound, Cite, Comparison, Grounds, Verdict, Words};

/// Settled less found against the permissible error of the instrument of the sale.
const SHORTAGE: &str = "SHORTAGE";

/// Judges goods sold by volume, length or piece by the rules in force on the day of the check.
///
/// Pure and exact. Refuses a settled quantity of zero, an error of zero or as great as what was sold, a
/// quantity found (by the row of goods sold by weight) or an error that looks like a slip, and a day for
/// which no edition is loaded.
pub fn judge(rules: &RuleSet, input: &SoldByMeasure) -> Result<Verdict, JudgeError> {
    input.sale.check()?;
    let sale = input.sale.sale();
    let slips = doubt(rules, input, &sale)?;
    let edition = rules.edition_on::<PenaltyRules>(input.measured_on)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    slips.note(&mut grounds);
    if let Some(standard) = &input.standard {
        standard.check(input.measured_on, &mut grounds);
    }
    grounds.number("deviation", sale.shortage(), sale.unit);
    grounds.number("price_difference", sale.overcharge(), MONEY);
    let is_full = sale.shortage() <= Decimal::ZERO;
    match (&input.sale, sale.instrument_error) {
        // Whoever counts needs no instrument.
        (MeasuredSale::Piece { .. }, _) if is_full => nothing_short(edition, &sale, &mut grounds),
        (_, None) if is_full => {
            name_left_out(edition, input, &sale, &mut grounds);
            nothing_short(edition, &sale, &mut grounds);
        }
        (MeasuredSale::Piece { .. }, _) => {
            grounds.obstacle(Bars::Passing, "NO_LIMIT_BY_PIECE", words::no_limit());
        }
        (_, None) => {
            name_left_out(edition, input, &sale, &mut grounds);
            let words = words::error_not_given(&input.sale);
            grounds.obstacle(Bars::Passing, "INSTRUMENT_ERROR_NOT_GIVEN", words);
        }
        (_, Some(limit)) => {
            name_left_out(edition, input, &sale, &mut grounds);
            compare(edition, input, (&sale, limit), &mut grounds);
        }
    }
    match words::plainly(&sale, grounds.outcome()) {
        Some(words) => grounds.say_plainly(words),
        None => grounds.tell(&words::nothing_is_missing()),
    }
    let summary = grounds.sentence(&words::who(input, &sale), &words::found(&sale));
    Ok(grounds.conclude(summary))
}

/// Refuses values that look like slips.
fn doubt<'a>(
    rules: &'a RuleSet,
    input: &SoldByMeasure,
    sale: &Sale,
) -> Result<Slips<'a>, InputError> {
    let mut slips = Slips::of(rules, input.measured_on, input.confirmed);
    let (found, settled) = (sale.checked, sale.settled);
    slips.check(
        |rules| &rules.retail_weighing,
        "sale.checked",
        found,
        settled,
    )?;
    for (field, error) in [
        ("sale.instrument_error", sale.instrument_error),
        ("sale.standard_error", sale.standard_error),
    ] {
        if let Some(error) = error {
            slips.check_error(field, error, settled)?;
        }
    }
    Ok(slips)
}

fn name_left_out(
    edition: Edition<'_, PenaltyRules>,
    input: &SoldByMeasure,
    sale: &Sale,
    grounds: &mut Grounds,
) {
    let parts = edition.rules.parts.iter();
    for row in parts.flat_map(crate::rules::Parts::in_use) {
        let is_named = input.standard.is_some();
        match row.part {
            Part::CheckInstrument if !is_named => grounds.lacks(row),
            Part::MethodCondition if is_named && sale.standard_error.is_none() => {
                grounds.lacks_as(row, "CHECK_ERROR_NOT_GIVEN", words::check_error_not_given());
            }
            _ => {}
        }
    }
}

/// A shortage beside the most that may be missing, by a row of what the penalty rule says of goods without a limit.
fn short<'a>(
    edition: Edition<'a, PenaltyRules>,
    (sale, limit): (&Sale, Decimal),
    row: &str,
) -> (Cite<'a>, Bound) {
    let goods = &edition.rules.goods_without_limit;
    let cite = Cite {
        head: edition.head,
        article: goods.article.as_str(),
        row: row.to_owned(),
        provenance: goods.provenance,
        suggests: Some(&goods.violation),
    };
    let bound = Bound {
        measured: sale.shortage().into(),
        limit: limit.into(),
        unit: sale.unit,
        comparison: Comparison::AtMost,
    };
    (cite, bound)
}

/// Nothing is missing: no limit that anybody could name would fail that.
fn nothing_short(edition: Edition<'_, PenaltyRules>, sale: &Sale, grounds: &mut Grounds) {
    let (cite, bound) = short(edition, (sale, Decimal::ZERO), "nothing is missing");
    grounds.compare(SHORTAGE, None, &bound, cite, |_| words::nothing_short(sale));
}

fn compare(
    edition: Edition<'_, PenaltyRules>,
    input: &SoldByMeasure,
    (sale, limit): (&Sale, Decimal),
    grounds: &mut Grounds,
) {
    let row = "permissible error of the instrument of the sale";
    let (cite, bound) = short(edition, (sale, limit), row);
    let mark = grounds.mark();
    grounds.compare(SHORTAGE, None, &bound, cite, |judged| {
        words::comparison(sale, judged)
    });
    let error = sale.standard_error.filter(|_| input.standard.is_some());
    grounds.hold_within(mark, error);
    let beyond = sale.shortage() - limit;
    if let Some(error) = error.filter(|error| beyond > Decimal::ZERO && beyond <= *error) {
        let words: Words = words::within_check_error(sale, error);
        grounds.reservation("WITHIN_CHECK_ERROR", words);
    }
}
