//! What bounds a grade whatever the points say: caps, vetoes and missing evidence.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::days::{after, is_within};
use super::formula::{CapKind, CapRow, CappedFormula, Offences, VetoRow};
use super::record::{PenaltyFact, Record, Test};
use super::words;
use crate::law::violation::ViolationCode;
use crate::ratings::grade::Grade;
use crate::ratings::score::Reason;

/// The caps and vetoes of a day.
pub(super) struct Bounds<'a> {
    caps: Vec<&'a CapRow>,
    vetoes: Vec<&'a VetoRow>,
}

impl<'a> Bounds<'a> {
    /// What holds on a day.
    pub(super) fn of(formula: &'a CappedFormula, record: &Record<'_>, on: NaiveDate) -> Self {
        let caps = formula.caps.iter();
        let mut caps: Vec<_> = caps
            .filter(|row| holds(formula, record, (row, on)))
            .collect();
        // Of the rows of one kind the lowest one says it.
        caps.sort_by_key(|row| (row.kind, std::cmp::Reverse(row.to)));
        caps.dedup_by_key(|row| row.kind);
        Self {
            caps,
            vetoes: formula
                .vetoes
                .iter()
                .filter(|row| vetoed(formula, record, (row, on)) == Vetoed::Now)
                .collect(),
        }
    }

    /// Whether the grade is D.
    pub(super) fn has_veto(&self) -> bool {
        !self.vetoes.is_empty()
    }

    /// What the caps leave of a grade.
    pub(super) fn lower(&self, reached: Grade) -> Grade {
        // The words of a grade stand from the best to the worst one.
        self.caps.iter().map(|row| row.to).fold(reached, Grade::max)
    }

    /// Why.
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let vetoes = self.vetoes.iter().map(|row| words::veto(row));
        vetoes
            .chain(self.caps.iter().map(|row| words::cap(row)))
            .collect()
    }
}

/// What is missing for a grade.
pub(super) fn missing(formula: &CappedFormula, record: &Record<'_>, on: NaiveDate) -> Vec<Reason> {
    let least = &formula.evidence;
    let mut missing = Vec::new();
    let found = count(record.official(formula, least.months, on));
    let days = record.official(formula, least.months, on);
    let days = days
        .map(|test| test.found_on)
        .collect::<BTreeSet<_>>()
        .len();
    if found < least.tests {
        missing.push(words::few_tests(found, least.tests));
    } else if usize::try_from(least.days).is_ok_and(|least| days < least) {
        missing.push(words::few_days(days, least.days));
    }
    let has_quantity = formula.quantity(record.merchant.venue).is_some_and(|row| {
        record
            .recent(least.months, on)
            .any(|test| row.counts.contains(&test.indicator))
    });
    if !has_quantity {
        missing.push(words::no_quantity());
    }
    if on < after(record.merchant.opened_on, least.months_known) {
        missing.push(words::known_too_short(least.months_known));
    }
    missing.into_iter().map(Reason::from).collect()
}

/// How many there are; as many as can be written where there are more.
pub(super) fn count<'a>(tests: impl Iterator<Item = &'a Test>) -> u32 {
    u32::try_from(tests.count()).unwrap_or(u32::MAX)
}

fn holds(formula: &CappedFormula, record: &Record<'_>, (row, on): (&CapRow, NaiveDate)) -> bool {
    let passed = || {
        record
            .official(formula, row.months, on)
            .filter(|test| test.passed)
    };
    let offence = |is_one: fn(&Offences, &ViolationCode) -> bool| {
        record.grave_penalties(on).any(|penalty| {
            is_within(penalty.served_on, row.months, on)
                && penalty
                    .charges
                    .iter()
                    .any(|charge| is_one(&formula.offences, &charge.violation))
        })
    };
    match row.kind {
        CapKind::MeasuringPenalty => offence(|of, code| of.measuring.contains(code)),
        // What is in neither list is none of a measuring offence.
        CapKind::DutyPenalty => offence(|of, code| !of.measuring.contains(code)),
        CapKind::OverdueInstrument => record
            .instruments
            .iter()
            .filter_map(|instrument| instrument.validity.days_over(on))
            .any(|days| days >= row.days),
        CapKind::GrossShortage => record
            .recent(row.months, on)
            .any(|test| is_gross(test, row)),
        CapKind::RepeatedViolation => is_repeated(record, (row, on)),
        CapKind::OverdueCorrection => record
            .penalties(on)
            .any(|penalty| is_correction_overdue(penalty, (row, on))),
        CapKind::NoPromise => !record.merchant.is_committed(on),
        CapKind::FewTests | CapKind::NoRecentTest => passed().count() < row.tests,
        CapKind::AfterVeto => formula
            .vetoes
            .iter()
            .any(|veto| vetoed(formula, record, (veto, on)) == Vetoed::Lately),
    }
}

/// Only a test that was not passed says how much was missing.
fn is_gross(test: &Test, row: &CapRow) -> bool {
    !test.passed && test.times.is_some_and(|times| times >= row.times)
}

/// Two acts with one violation in common: from the second decision on, until it is put right, and at least
/// for the months of the row.
fn is_repeated(record: &Record<'_>, (row, on): (&CapRow, NaiveDate)) -> bool {
    let has_one_before = |second: &PenaltyFact| {
        record.grave_penalties(on).any(|first| {
            first.case != second.case
                && is_within(first.served_on, row.within_months, second.served_on)
                && shares_a_violation(first, second)
        })
    };
    record.grave_penalties(on).any(|second| {
        let lasts = is_within(second.served_on, row.months, on) || !second.is_corrected(on);
        lasts && has_one_before(second)
    })
}

fn shares_a_violation(one: &PenaltyFact, other: &PenaltyFact) -> bool {
    one.charges.iter().any(|charge| {
        other
            .charges
            .iter()
            .any(|again| again.violation == charge.violation)
    })
}

/// From the day after the last one on, until it is put right, and at least for the months of the row.
fn is_correction_overdue(penalty: &PenaltyFact, (row, on): (&CapRow, NaiveDate)) -> bool {
    let was_late = penalty
        .corrected_on
        .is_none_or(|day| day > penalty.correct_by);
    let is_over = penalty.correct_by < on;
    let lasts = is_within(penalty.correct_by, row.months, on) || !penalty.is_corrected(on);
    was_late && is_over && lasts
}

/// How a veto stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Vetoed {
    /// There is none.
    Never,
    /// One ended not long ago.
    Lately,
    /// One holds.
    Now,
}

fn vetoed(
    formula: &CappedFormula,
    record: &Record<'_>,
    (row, on): (&VetoRow, NaiveDate),
) -> Vetoed {
    record
        .penalties(on)
        .filter(|penalty| is_vetoed_by(penalty, row))
        .map(|penalty| {
            let end = end_of_veto(formula, record, (penalty, on));
            if on < end {
                Vetoed::Now
            } else if on < after(end, formula.stay.after_months) {
                Vetoed::Lately
            } else {
                Vetoed::Never
            }
        })
        .max()
        .unwrap_or(Vetoed::Never)
}

/// Whether a penalty is one of a row.
pub(super) fn is_vetoed_by(penalty: &PenaltyFact, row: &VetoRow) -> bool {
    penalty.charges.iter().any(|charge| {
        row.codes.contains(&charge.violation)
            || charge.is_grave && row.grave_codes.contains(&charge.violation)
    })
}

/// The first day without the veto: after its full stay, or by credit repair with its conditions.
fn end_of_veto(
    formula: &CappedFormula,
    record: &Record<'_>,
    (penalty, on): (&PenaltyFact, NaiveDate),
) -> NaiveDate {
    let stay = &formula.stay;
    let full = after(penalty.served_on, stay.months);
    let earliest = after(penalty.served_on, stay.repair_months);
    let Some(repaired) = penalty.repaired_on.filter(|day| *day <= on) else {
        return full;
    };
    let end = repaired.max(earliest);
    let mut days: Vec<_> = record
        .tests(end)
        .filter(|test| formula.is_test(test) && test.passed && test.found_on > penalty.served_on)
        .map(|test| test.found_on)
        .collect();
    days.sort_unstable();
    days.dedup();
    let has_new = record
        .penalties(on)
        .any(|other| other.case != penalty.case && other.served_on > penalty.served_on);
    let is_met = penalty.is_corrected(end) && days.len() >= stay.reinspections && !has_new;
    if is_met { end.min(full) } else { full }
}
