//! What a grade was computed from, as it is kept with the grade and given to everybody: all that the formula asks
//! for and nothing else. No name, no number of a case or an instrument, no sum and no code of a violation stands
//! in it: the entry of a decision ends before the decision stops to weigh.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bounds::is_vetoed_by;
use super::formula::CappedFormula;
use super::record::{InUse, PenaltyFact, Record, Test, Validity};
use crate::law::violation::ViolationCode;
use crate::ratings::indicator::{IndicatorId, Venue};

/// All facts of one computation, of any age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What kind of merchant it is.
    pub venue: Venue,
    /// When it opened.
    pub opened_on: NaiveDate,
    /// When it signed its commitment.
    pub promised_on: Option<NaiveDate>,
    /// The last day of the commitment; none while it holds until withdrawn.
    pub promised_until: Option<NaiveDate>,
    /// The instruments in use.
    pub instruments: Vec<Device>,
    /// Settled official findings.
    pub tests: Vec<Tested>,
    /// Penalties that were served and stand, each act once.
    pub penalties: Vec<Punished>,
}

/// An instrument in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Whether the ledger says enough about it.
    pub on_file: bool,
    /// The last day on which it may be used, where there is one.
    pub valid_until: Option<NaiveDate>,
    /// Whether it was verified once, for good.
    pub for_good: bool,
}

/// A settled official finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// What was tested.
    pub indicator: IndicatorId,
    /// When it was found.
    pub on: NaiveDate,
    /// Whether it was passed.
    pub passed: bool,
    /// How many times the tolerance was missing, rounded down; none where it was passed or is not known.
    pub times: Option<u32>,
}

/// A penalty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Punished {
    /// The day on which the decision counts as served.
    pub served_on: NaiveDate,
    /// What for, as numbers: the same number is the same violation, in this computation alone.
    pub violations: Vec<u32>,
    /// Whether one of them is a measuring offence.
    pub measuring: bool,
    /// Whether one of them breaks a duty.
    pub duty: bool,
    /// Whether one of them makes the grade D.
    pub veto: bool,
    /// Whether it is a warning and nothing else.
    pub warning: bool,
    /// Until when it had to be put right.
    pub correct_by: NaiveDate,
    /// When it was seen to be put right.
    pub corrected_on: Option<NaiveDate>,
    /// When credit repair was granted.
    pub repaired_on: Option<NaiveDate>,
}

impl Facts {
    /// What a formula asks of a record.
    #[must_use]
    pub fn of(formula: &CappedFormula, record: &Record<'_>) -> Self {
        let charges = record.penalties.iter().flat_map(|it| &it.charges);
        let codes: BTreeSet<_> = charges.map(|charge| &charge.violation).collect();
        let codes: Vec<_> = codes.into_iter().collect();
        let merchant = record.merchant;
        Self {
            venue: merchant.venue,
            opened_on: merchant.opened_on,
            promised_on: merchant.commitment_signed_on,
            promised_until: merchant.commitment_valid_to,
            instruments: record.instruments.iter().map(Device::of).collect(),
            tests: record.tests.iter().map(Tested::of).collect(),
            penalties: record
                .penalties
                .iter()
                .map(|penalty| Punished::of(formula, penalty, &codes))
                .collect(),
        }
    }
}

impl Device {
    fn of(instrument: &InUse) -> Self {
        let (valid_until, for_good) = match instrument.validity {
            Validity::Until(last) => (Some(last), false),
            Validity::ForGood => (None, true),
            Validity::Unknown => (None, false),
        };
        Self {
            on_file: instrument.is_on_file,
            valid_until,
            for_good,
        }
    }
}

impl Tested {
    fn of(test: &Test) -> Self {
        Self {
            indicator: test.indicator.clone(),
            on: test.found_on,
            passed: test.passed,
            times: test.times,
        }
    }
}

impl Punished {
    fn of(formula: &CappedFormula, penalty: &PenaltyFact, codes: &[&ViolationCode]) -> Self {
        let mut violations: Vec<_> = penalty
            .charges
            .iter()
            .filter_map(|charge| codes.binary_search(&&charge.violation).ok())
            .filter_map(|at| u32::try_from(at).ok())
            .collect();
        violations.sort_unstable();
        violations.dedup();
        let is_measuring = |code: &ViolationCode| formula.offences.measuring.contains(code);
        let charges = || penalty.charges.iter();
        Self {
            served_on: penalty.served_on,
            violations,
            measuring: charges().any(|charge| is_measuring(&charge.violation)),
            duty: charges().any(|charge| !is_measuring(&charge.violation)),
            veto: formula.vetoes.iter().any(|row| is_vetoed_by(penalty, row)),
            warning: penalty.is_warning_alone,
            correct_by: penalty.correct_by,
            corrected_on: penalty.corrected_on,
            repaired_on: penalty.repaired_on,
        }
    }
}
