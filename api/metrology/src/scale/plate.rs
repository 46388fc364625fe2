//! The plate against the class, and the loads that a weighing test must have.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::course::Test;
use super::test::WeighingRange;
use super::words::{self, Subject};
use crate::exact::Ratio;
use crate::quantity::Gram;
use crate::rules::{ClassRow, Provenance};
use crate::verdict::{Bound, CheckResult, Comparison};

/// What the plate says against what the accuracy class allows (R 76-1, table 3).
const PLATE: &str = "PLATE";

/// Compares `e`, n = Max/e and Min with the row of the class. Every partial weighing range of a
/// multi-interval scale is held to the row of its own `e`.
pub(super) fn examine(test: &mut Test<'_>) {
    let ranges = &test.input.plate.ranges;
    for (index, range) in ranges.iter().enumerate() {
        let number = (ranges.len() > 1).then_some(index + 1);
        let row = examine_interval(test, number, range);
        let Some(row) = row else { continue };
        examine_count(test, number, range, row);
        if index == 0 {
            examine_min(test, range, row);
        }
    }
}

fn examine_interval<'a>(
    test: &mut Test<'a>,
    number: Option<usize>,
    range: &WeighingRange,
) -> Option<&'a ClassRow> {
    let rules = test.edition.rules;
    let row = rules.class_row(test.class(), range.e);
    let rows = rules.rows_of(test.class());
    // Where no row has the interval, all of them together say so.
    let worst = rows.iter().map(|row| row.provenance).max();
    let provenance = row.map(|row| row.provenance).or(worst);
    let source = row.or(rows.first()).map_or("", |row| row.source.as_str());
    let label = format!("class {}: intervals e", test.class());
    let cite = test.cite(source, label, provenance.unwrap_or(Provenance::Unverified));
    let result = match row {
        Some(_) => CheckResult::Passes,
        None => CheckResult::Fails,
    };
    let subject = Subject::of_range(number, "e");
    let words = words::interval(test.class(), range.e, &subject, row.is_some());
    test.require(PLATE, (subject, result), cite, words);
    row
}

fn examine_count<'a>(
    test: &mut Test<'a>,
    number: Option<usize>,
    range: &WeighingRange,
    row: &'a ClassRow,
) {
    let Some(n) = Ratio::from(range.max.value()).over(&range.e.value().into()) else {
        return;
    };
    let least = (Comparison::AtLeast, Some(row.n_min));
    let most = (Comparison::AtMost, row.n_max);
    for (comparison, limit) in [least, most] {
        let Some(limit) = limit else { continue };
        let bound = Bound {
            measured: n.clone(),
            limit: Ratio::from(i128::from(limit)),
            unit: "",
            comparison,
        };
        let cite = test.cite(row.source.as_str(), label(test, row), row.provenance);
        let subject = Subject::of_range(number, "n = Max/e");
        test.compare(PLATE, subject, &bound, cite);
    }
}

fn examine_min<'a>(test: &mut Test<'a>, range: &WeighingRange, row: &'a ClassRow) {
    let Some(min) = test.input.plate.min else {
        return;
    };
    let bound = Bound {
        measured: min.value().into(),
        limit: row.min.grams(range.e).into(),
        unit: Gram::UNIT,
        comparison: Comparison::AtLeast,
    };
    let cite = test.cite(row.source.as_str(), label(test, row), row.provenance);
    test.compare(PLATE, Subject::of_range(None, "Min"), &bound, cite);
}

fn label(test: &Test<'_>, row: &ClassRow) -> String {
    let class = test.class();
    match row.e_to {
        Some(end) => format!("class {class}, {} <= e <= {end}", row.e_from),
        None => format!("class {class}, e >= {}", row.e_from),
    }
}

/// The loads wanted that the weighing test lacks, and how many different ones it has.
pub(super) fn missing_loads(test: &Test<'_>) -> (Vec<Decimal>, usize) {
    let weighing = &test.input.weighing;
    let loads: BTreeSet<Decimal> = weighing
        .iter()
        .map(|reading| reading.load.value())
        .collect();
    let missing = wanted(test).difference(&loads).copied().collect();
    (missing, loads.len())
}

/// The loads wanted, in grams.
fn wanted(test: &Test<'_>) -> BTreeSet<Decimal> {
    let plate = &test.input.plate;
    let mut points = BTreeSet::from([plate.max().value()]);
    let mut start = Decimal::ZERO;
    for range in &plate.ranges {
        let ends = test.bands().iter().filter_map(|band| band.up_to);
        let edges = ends.map(|end| end.grams(range.e));
        points.extend(edges.filter(|edge| start < *edge && *edge <= range.max.value()));
        start = range.max.value();
    }
    let first = plate.ranges.first();
    let by_class = first.and_then(|range| {
        let row = test.edition.rules.class_row(test.class(), range.e)?;
        Some(row.min.grams(range.e))
    });
    points.extend(plate.min.map(Gram::value).or(by_class));
    points
}
