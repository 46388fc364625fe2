//! The share and the points of each indicator.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::days::is_within;
use super::formula::{CappedFormula, IndicatorRow, Measure};
use super::record::{InUse, Record, Test};
use crate::ratings::ratio::Points;
use crate::ratings::score::{Reason, ReasonCode, ScoreError};

/// How far back looks count that do not decay, in months.
const LOOK_MONTHS: u32 = 12;
/// How far back penalties count for the points, in months.
const PENALTY_MONTHS: u32 = 24;

/// Between what a share lies, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// At least.
    pub low: u32,
    /// At most.
    pub high: u32,
}

/// What an indicator gave.
pub(super) struct Share<'a> {
    row: &'a IndicatorRow,
    weight: Points,
    earned: Points,
    /// Whether anything of its own is behind it.
    is_seen: bool,
}

/// The share of each indicator of the venue, in the order of the formula.
pub(super) fn shares<'a>(
    formula: &'a CappedFormula,
    record: &Record<'_>,
    on: NaiveDate,
) -> Result<Vec<Share<'a>>, ScoreError> {
    let rows = formula.indicators_for(record.merchant.venue);
    rows.map(|row| {
        let own = own_share(formula, record, (row, on));
        let share = own.or_else(|| unseen(formula, row.measure));
        let weight = Points::quotient(row.weight, 1);
        let (weight, share) = weight.zip(share).ok_or(ScoreError::TooFine)?;
        Ok(Share {
            row,
            weight,
            earned: weight.times(share).ok_or(ScoreError::TooFine)?,
            is_seen: own.is_some(),
        })
    })
    .collect()
}

/// The points of all of them.
pub(super) fn sum(shares: &[Share<'_>]) -> Result<Points, ScoreError> {
    shares.iter().try_fold(Points::ZERO, |sum, share| {
        sum.plus(share.earned).ok_or(ScoreError::TooFine)
    })
}

/// What an indicator gives where nobody looked: the rate of its kind for what officials test, nothing for
/// what the merchant says of itself.
fn unseen(formula: &CappedFormula, measure: Measure) -> Option<Points> {
    match measure {
        Measure::Records => Some(Points::ZERO),
        _ => formula.rate(),
    }
}

fn own_share(
    formula: &CappedFormula,
    record: &Record<'_>,
    (row, on): (&IndicatorRow, NaiveDate),
) -> Option<Points> {
    match row.measure {
        Measure::Promise => Points::quotient(u32::from(record.merchant.is_committed(on)), 1),
        Measure::Ledger => of_instruments(record, |it| it.is_on_file),
        Measure::Verification => of_instruments(record, |it| it.validity.holds(on)),
        Measure::Clean => Points::quotient(1, 1),
        Measure::Penalties => {
            let recent = record
                .penalties(on)
                .filter(|penalty| is_within(penalty.served_on, PENALTY_MONTHS, on));
            let left = 2_usize.saturating_sub(recent.count());
            Points::quotient(u32::try_from(left).ok()?, 2)
        }
        Measure::Quantity => smoothed(formula, record, (row, on)),
        Measure::Seals => {
            let weighed = weigh(formula, record.tests(on), (row, on), |_| 1);
            Points::quotient(weighed.passed, weighed.all)
        }
        Measure::Looks | Measure::Records => {
            let looks = record.recent(LOOK_MONTHS, on);
            let weighed = weigh(formula, looks, (row, on), |_| 1);
            Points::quotient(weighed.passed, weighed.all)
        }
    }
}

/// A share of what is in use; nothing where nothing is known to be.
fn of_instruments(record: &Record<'_>, is_good: impl Fn(&InUse) -> bool) -> Option<Points> {
    let good = record.instruments.iter().filter(|it| is_good(it)).count();
    let all = record.instruments.len();
    Points::quotient(u32::try_from(good).ok()?, u32::try_from(all).ok()?)
}

/// Tests in halves: a recent one weighs two.
#[derive(Default)]
struct Weighed {
    passed: u32,
    all: u32,
}

fn weigh<'a>(
    formula: &CappedFormula,
    tests: impl Iterator<Item = &'a Test>,
    (row, on): (&IndicatorRow, NaiveDate),
    severity: impl Fn(&Test) -> u32,
) -> Weighed {
    tests
        .filter(|test| row.counts.contains(&test.indicator))
        .fold(Weighed::default(), |sum, test| {
            let halves = formula.halves(test.found_on, on);
            let (passed, weight) = match test.passed {
                true => (halves, halves),
                false => (0, halves.saturating_mul(severity(test))),
            };
            Weighed {
                passed: sum.passed.saturating_add(passed),
                all: sum.all.saturating_add(weight),
            }
        })
}

/// (passed + prior x rate) / (all + prior). Never nothing: without a test it is the rate.
fn smoothed(
    formula: &CappedFormula,
    record: &Record<'_>,
    (row, on): (&IndicatorRow, NaiveDate),
) -> Option<Points> {
    let severity = |test: &Test| formula.severity(test.times);
    let Weighed { passed, all } = weigh(formula, record.tests(on), (row, on), severity);
    if all == 0 {
        return None;
    }
    let (prior, rate) = (formula.tests.prior, formula.tests.rate_percent);
    // In hundredths of a half test, so that everything is whole.
    let above = passed.saturating_mul(100).saturating_add(2 * prior * rate);
    let below = all.saturating_add(2 * prior).saturating_mul(100);
    Points::quotient(above, below)
}

/// Where nine of ten true shares lie that would give these tests of the quantity (Wilson's interval), by plain
/// counts of the months of the evidence.
pub(super) fn interval(
    formula: &CappedFormula,
    record: &Record<'_>,
    on: NaiveDate,
) -> Option<Interval> {
    let row = formula.quantity(record.merchant.venue)?;
    let counted = || {
        record
            .recent(formula.evidence.months, on)
            .filter(|test| row.counts.contains(&test.indicator))
    };
    let all = u64::try_from(counted().count())
        .ok()
        .filter(|all| *all > 0)?;
    let passed = u64::try_from(counted().filter(|test| test.passed).count()).ok()?;
    Some(wilson(passed, all))
}

/// With z = 1.645, in thousandths, rounded outwards.
fn wilson(passed: u64, all: u64) -> Interval {
    /// z in thousandths.
    const Z: u128 = 1_645;
    const ONE: u128 = 1_000;
    let (passed, all) = (u128::from(passed), u128::from(all));
    // Everything times 2 (n + z²): low and high are (2k + z² -+ z √(z² + 4k(n - k) / n)).
    let square = Z * Z;
    let middle = 2 * passed * ONE * ONE + square;
    // z √(…) in millionths: √ of the inner value times a million, with z in thousandths.
    let inner = square + 4 * passed * (all - passed) * ONE * ONE / all;
    let reach = Z * (inner.isqrt() + u128::from(!is_square(inner)));
    let below = 2 * (all * ONE * ONE + square);
    let low = middle.saturating_sub(reach) * ONE / below;
    let high = ((middle + reach) * ONE).div_ceil(below).min(ONE);
    Interval {
        low: u32::try_from(low).unwrap_or(0),
        high: u32::try_from(high).unwrap_or(1_000),
    }
}

fn is_square(number: u128) -> bool {
    number.isqrt().pow(2) == number
}

/// Indicator by indicator, where the points come from.
pub(super) fn reasons(shares: &[Share<'_>]) -> Vec<Reason> {
    shares.iter().map(reason).collect()
}

fn reason(share: &Share<'_>) -> Reason {
    let (got, of) = (share.earned.tenths(), share.weight.tenths());
    let decimal = |tenths: i64| format!("{}.{}", tenths / 10, tenths % 10);
    let (name_zh, name_en) = (&share.row.name_zh, &share.row.name_en);
    let (note_zh, note_en) = match share.is_seen {
        true => ("", ""),
        false => ("（尚未检查）", " (nobody looked yet)"),
    };
    Reason {
        code: match share.is_seen {
            true => ReasonCode::IndicatorPoints,
            false => ReasonCode::IndicatorNotAssessed,
        },
        indicator: Some(share.row.id.clone()),
        zh: format!(
            "{name_zh}{note_zh}：满分{}，得{}分",
            decimal(of),
            decimal(got)
        ),
        en: format!(
            "{name_en}{note_en}: {} of {} points",
            decimal(got),
            decimal(of)
        ),
        points_tenths: Some(got),
        possible_tenths: Some(of),
    }
}
