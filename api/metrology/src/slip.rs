//! Slips of the keyboard: a value so far from what it is checked against that no goods and no
//! instrument explain it. How far that is, a rule file says; a caller may confirm what is doubtful.

use std::fmt::Display;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::input::{Checked, InputError, InputProblem};
use crate::rules::{RuleSet, SlipRow, SlipRules};
use crate::verdict::{Grounds, Words};

/// What a family finds doubtful in one measurement.
pub(crate) struct Slips<'a> {
    row: Option<&'a SlipRow>,
    is_confirmed: bool,
    is_doubted: bool,
}

impl<'a> Slips<'a> {
    /// The row of a family on a day. Where no row is loaded nothing is doubted.
    pub(crate) fn of(
        rules: &'a RuleSet,
        on: NaiveDate,
        row: fn(&SlipRules) -> &SlipRow,
        is_confirmed: bool,
    ) -> Self {
        let edition = rules.edition_on::<SlipRules>(on).ok();
        Self {
            row: edition.map(|edition| row(edition.rules)),
            is_confirmed,
            is_doubted: false,
        }
    }

    /// Holds a value against the one that it is checked against. The field is written out only where it
    /// is refused.
    pub(crate) fn check(
        &mut self,
        field: impl Display,
        found: Decimal,
        expected: Decimal,
    ) -> Checked {
        let (Some(row), false) = (self.row, expected.is_zero()) else {
            return Ok(());
        };
        let (found, expected) = (found.abs(), expected.abs());
        if row.absurd.is_some_and(|factor| found > expected * factor) {
            let why = "it is so many times what it is checked against that it is a slip";
            return Err(InputError::at(
                field.to_string(),
                InputProblem::Absurd { why },
            ));
        }
        let is_apart = row
            .apart
            .is_none_or(|least| (found - expected).abs() > least);
        let factor = row.doubtful;
        self.doubt(
            field,
            is_apart && (found > expected * factor || found * factor < expected),
        )
    }

    /// Holds a value with a sign against the one it is checked against, by the difference alone.
    pub(crate) fn check_apart(
        &mut self,
        field: impl Display,
        found: Decimal,
        expected: Decimal,
    ) -> Checked {
        let least = self.row.and_then(|row| row.apart);
        let is_apart = least.is_some_and(|least| (found - expected).abs() > least);
        self.doubt(field, is_apart)
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
