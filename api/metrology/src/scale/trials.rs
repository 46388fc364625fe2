//! Repeatability, discrimination and the price to pay.

use rust_decimal::{Decimal, RoundingStrategy};

use super::course::Test;
use super::test::{DiscriminationTrial, IndicationAfter, ShownPrice};
use super::words::{self, Subject, gram};
use crate::quantity::{Gram, Yuan};
use crate::verdict::{Bound, CheckResult, Comparison, Rounding};

/// The spread of the indications of one load against the error permitted at it.
const REPEATABILITY: &str = "REPEATABILITY";
/// Whether a small weight changes the indication.
const DISCRIMINATION: &str = "DISCRIMINATION";
/// The price shown against unit price times net mass.
const PRICE: &str = "PRICE";

/// The greatest indication of a load less the least is at most the error permitted at the load.
pub(super) fn examine_repeatability(test: &mut Test<'_>) {
    let row = &test.edition.rules.repeatability;
    for repeated in &test.input.repeatability {
        let subject = Subject::load(repeated.load);
        let greatest = repeated.indications.iter().max().copied();
        let least = repeated.indications.iter().min().copied();
        let spread = greatest
            .unwrap_or_default()
            .minus(least.unwrap_or_default());
        let Some(permitted) = test.permitted(repeated.load) else {
            test.leave_without_limit(REPEATABILITY, subject);
            continue;
        };
        let bound = Bound {
            measured: spread.into(),
            limit: permitted.limit.into(),
            unit: Gram::UNIT,
            comparison: Comparison::AtMost,
        };
        let provenance = permitted.provenance.max(row.provenance);
        let cite = test.cite(row.source.as_str(), permitted.row, provenance);
        test.compare(REPEATABILITY, subject, &bound, cite);
    }
}

/// A weight of 1.4 `d` must change the indication. A smaller one that does not, or a greater one that
/// does, says nothing.
pub(super) fn examine_discrimination(test: &mut Test<'_>) {
    let row = &test.edition.rules.discrimination;
    for trial in &test.input.discrimination {
        let Some(range) = test.input.plate.range_of(trial.load) else {
            continue;
        };
        let wanted = row.extra_in_d.grams(range.d());
        let result = discriminates(trial, wanted);
        test.discriminates |= result != CheckResult::NotAssessed;
        let label = format!(
            "discrimination: {} d, d = {}",
            row.extra_in_d.value(),
            gram(range.d())
        );
        let cite = test.cite(row.source.as_str(), label, row.provenance);
        let subject = Subject::load(trial.load);
        let words = words::discrimination(trial, wanted, &subject, result);
        test.require(DISCRIMINATION, (subject, result), cite, words);
    }
}

fn discriminates(trial: &DiscriminationTrial, wanted: Decimal) -> CheckResult {
    let extra = trial.extra.value();
    match trial.indication {
        IndicationAfter::Changed if extra <= wanted => CheckResult::Passes,
        IndicationAfter::Unchanged if extra >= wanted => CheckResult::Fails,
        IndicationAfter::Changed | IndicationAfter::Unchanged => CheckResult::NotAssessed,
    }
}

/// Unit price times net mass, rounded as the rule commands, is the price to pay.
pub(super) fn examine_prices(test: &mut Test<'_>) {
    let row = &test.edition.rules.price;
    for (index, price) in test.input.price.iter().enumerate() {
        let due = due(price, row.rounding, row.decimals);
        test.grounds.rounded_by(row.rounding);
        let name = format!("price due, price {}", index + 1);
        test.grounds.number_of(name, &due.into(), Yuan::UNIT);
        let bound = Bound {
            measured: (price.shown.value() - due).into(),
            limit: row.limit.value().into(),
            unit: Yuan::UNIT,
            comparison: Comparison::Within,
        };
        let label = format!("price to pay: within {}", row.limit);
        let cite = test.cite(row.source.as_str(), label, row.provenance);
        test.compare(PRICE, Subject::price(index + 1, price), &bound, cite);
    }
}

/// The product has at most 25 digits, so a decimal holds it exactly until it is rounded.
fn due(price: &ShownPrice, rounding: Rounding, decimals: u8) -> Decimal {
    let kilograms = price.net.value() * Decimal::new(1, 3);
    let exact = price.unit_price.value() * kilograms;
    let strategy = match rounding {
        Rounding::None => return exact,
        Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::Up => RoundingStrategy::AwayFromZero,
    };
    exact.round_dp_with_strategy(u32::from(decimals), strategy)
}
