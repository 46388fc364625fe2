//! Slips of the keyboard: a value so far from what it is checked against that no goods and no
//! instrument explain it. How far that is, a rule file says; a caller may confirm what is doubtful.

use std::fmt::Display;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::input::{Checked, InputError, InputProblem};
use crate::rules::{RuleSet, SlipRow, SlipRules};
use crate::verdict::{Grounds, Words};

/// The row that says how far a value may lie from another.
pub(crate) type Row = fn(&SlipRules) -> &SlipRow;

/// What is found doubtful in one measurement.
pub(crate) struct Slips<'a> {
    rules: Option<&'a SlipRules>,
    is_confirmed: bool,
    is_doubted: bool,
}

impl<'a> Slips<'a> {
    /// The rows of a day. Where none are loaded nothing is doubted.
    pub(crate) fn of(rules: &'a RuleSet, on: NaiveDate, is_confirmed: bool) -> Self {
        let edition = rules.edition_on::<SlipRules>(on).ok();
        Self {
            rules: edition.map(|edition| edition.rules),
            is_confirmed,
            is_doubted: false,
        }
    }

    /// Holds a value against the one that it is checked against. The field is written out only where it
    /// is refused.
    pub(crate) fn check(
        &mut self,
        row: Row,
        field: impl Display,
        found: Decimal,
        expected: Decimal,
    ) -> Checked {
        self.check_apart(row, field, (found, expected), (found - expected).abs())
    }

    /// The same of a value that lies otherwise apart from the other than by what it is more or less: an axis has no
    /// direction, and 180 degrees are none.
    pub(crate) fn check_apart(
        &mut self,
        row: Row,
        field: impl Display,
        (found, expected): (Decimal, Decimal),
        difference: Decimal,
    ) -> Checked {
        let Some(row) = self.rules.map(row) else {
            return Ok(());
        };
        let (found, expected) = (found.abs(), expected.abs());
        // Nothing is any number of times zero.
        let is_compared = !expected.is_zero();
        let is_over = |factor: Decimal| found > expected * factor;
        if is_compared && row.absurd.is_some_and(is_over) {
            let why = "it is so many times what it is checked against that it is a slip";
            return Err(InputError::at(
                field.to_string(),
                InputProblem::Absurd { why },
            ));
        }
        let is_apart = row.apart.is_none_or(|least| difference > least);
        let is_beyond = |factor: Decimal| is_over(factor) || found * factor < expected;
        let by_factor = is_compared && is_apart && row.doubtful.is_some_and(is_beyond);
        let is_far = row.far.is_some_and(|most| difference > most);
        self.doubt(field, by_factor || is_far)
    }

    /// Holds what each run shows against its reference.
    pub(crate) fn check_runs(
        &mut self,
        row: Row,
        runs: impl Iterator<Item = (Decimal, Decimal)>,
    ) -> Checked {
        for (index, (shown, reference)) in runs.enumerate() {
            self.check(
                row,
                format_args!("runs[{index}].indicated"),
                shown,
                reference,
            )?;
        }
        Ok(())
    }

    /// Holds an error against what was measured with it: it is a small part of that.
    pub(crate) fn check_error(
        &mut self,
        field: impl Display,
        error: Decimal,
        measured: Decimal,
    ) -> Checked {
        self.check_part(|rules| &rules.error, field, error, measured)
    }

    /// Holds a part against the whole: more than the share of the row is doubtful.
    pub(crate) fn check_part(
        &mut self,
        row: Row,
        field: impl Display,
        part: Decimal,
        whole: Decimal,
    ) -> Checked {
        let factor = self.rules.and_then(|rules| row(rules).doubtful);
        self.doubt(field, factor.is_some_and(|factor| part * factor > whole))
    }

    fn doubt(&mut self, field: impl Display, is_doubtful: bool) -> Checked {
        if is_doubtful && !self.is_confirmed {
            return Err(InputError::at(field.to_string(), InputProblem::Doubtful));
        }
        self.is_doubted |= is_doubtful;
        Ok(())
    }

    /// Says that a value was doubtful and the caller confirmed it.
    pub(crate) fn note(&self, grounds: &mut Grounds) {
        if self.is_doubted {
            let words = Words::new(
                "有数值与核对值相差悬殊，已由录入人确认。",
                "A value lies far from what it is checked against; whoever entered it confirmed it.",
            );
            grounds.note("VALUE_CONFIRMED", words);
        }
    }
}
