//! All that counts for a grade: the register, settled findings, and penalties that reached the party
//! and stand. What somebody is merely accused of has no place here, however often it is said.

use chrono::NaiveDate;

use super::days::is_within;
use super::formula::CappedFormula;
use crate::cases::case::Case;
use crate::id::{CaseId, FindingId, InstrumentId};
use crate::law::{calendar::shanghai_date, violation::ViolationCode};
use crate::merchants::{instrument::Instrument, merchant::Merchant};
use crate::metrology::{rules::RuleSet, verdict::Words as Said, verification::Term};
use crate::money::Fen;
use crate::ratings::indicator::IndicatorId;

/// A settled official finding on one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The finding that it is.
    pub id: FindingId,
    /// What was tested.
    pub indicator: IndicatorId,
    /// Whether it was passed.
    pub passed: bool,
    /// How many times the tolerance was missing, rounded down; nothing where it was passed or is not known.
    pub times: Option<u32>,
    /// When it was found.
    pub found_on: NaiveDate,
}

/// Until when an instrument may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Through this day.
    Until(NaiveDate),
    /// Verified once, for good.
    ForGood,
    /// No verification is known.
    Unknown,
}

/// An instrument in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    /// Its id.
    pub id: InstrumentId,
    /// What it is called.
    pub name: Said,
    /// Whether the ledger says enough about it; one that was found on site and is not filed does not.
    pub is_on_file: bool,
    /// Until when it may be used.
    pub validity: Validity,
}

/// The mark of verification that officers saw on an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenMark {
    /// The day on which they saw it.
    pub on: NaiveDate,
    /// The last day that it names; nothing where there was no mark or it could not be read.
    pub valid_until: Option<NaiveDate>,
}

/// One charge of a penalty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charged {
    /// The violation.
    pub violation: ViolationCode,
    /// Whether the decision calls the act grave.
    pub is_grave: bool,
}

/// A penalty that reached the party and was not taken away: one act, however many articles it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PenaltyFact {
    /// The case.
    pub case: CaseId,
    /// The day on which the decision counts as served.
    pub served_on: NaiveDate,
    /// What for.
    pub charges: Vec<Charged>,
    /// Whether it is a warning and nothing else.
    pub is_warning_alone: bool,
    /// The fine that stands.
    pub fine: Fen,
    /// Until when it had to be put right.
    pub correct_by: NaiveDate,
    /// When somebody saw that it was, if nobody saw the contrary later.
    pub corrected_on: Option<NaiveDate>,
    /// When credit repair was granted.
    pub repaired_on: Option<NaiveDate>,
    /// What was found, in plain words: a failed test, or else the conduct as the law calls it.
    pub found: Said,
    /// The last day on which everybody sees it; nothing if nobody does.
    pub shown_until: Option<NaiveDate>,
}

/// Everything that the formula is fed with, of any age.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The merchant.
    pub merchant: &'a Merchant,
    /// What it uses.
    pub instruments: &'a [InUse],
    /// Its settled tests.
    pub tests: &'a [Test],
    /// Its penalties, each act once.
    pub penalties: &'a [PenaltyFact],
}

impl Validity {
    /// Whether it may be used on a day.
    #[must_use]
    pub fn holds(self, on: NaiveDate) -> bool {
        match self {
            Self::Until(last) => on <= last,
            Self::ForGood => true,
            Self::Unknown => false,
        }
    }

    /// Since how many days its term is over; nothing while it lasts and where no term is known.
    #[must_use]
    pub fn days_over(self, on: NaiveDate) -> Option<u32> {
        match self {
            Self::Until(last) => u32::try_from((on - last).num_days())
                .ok()
                .filter(|days| *days > 0),
            Self::ForGood | Self::Unknown => None,
        }
    }
}

impl InUse {
    /// What the ledger says of an instrument, or the mark that officers saw on it since it was last verified; nothing
    /// of one that nobody used any more on the day. Where its term has an open end the latest day counts: the days
    /// between are no violation.
    #[must_use]
    pub fn of(
        instrument: &Instrument,
        seen: Option<SeenMark>,
        (rules, on): (&RuleSet, NaiveDate),
    ) -> Option<Self> {
        if instrument
            .retired
            .as_ref()
            .is_some_and(|(since, _)| *since <= on)
        {
            return None;
        }
        let newer = seen.filter(|seen| {
            let verified_on = instrument.verified_on;
            verified_on.is_none_or(|verified| verified < seen.on)
        });
        let term = match newer {
            Some(SeenMark { valid_until, .. }) => valid_until.map(Term::Until),
            None => instrument.term(rules, on),
        };
        let validity = match term {
            Some(Term::ForGood) => Validity::ForGood,
            Some(term) => term.latest().map_or(Validity::Unknown, Validity::Until),
            None => Validity::Unknown,
        };
        Some(Self {
            id: instrument.id,
            name: instrument.name(rules, on),
            is_on_file: instrument.is_on_file(),
            validity,
        })
    }
}

impl PenaltyFact {
    /// The penalty of a case; nothing unless it reached the party and stands.
    #[must_use]
    pub fn of(case: &Case, found: Said, shown_until: Option<NaiveDate>) -> Option<Self> {
        let penalty = case.standing()?;
        let decision = case.file.decision.as_ref()?;
        // How older decisions were served was not kept.
        let served_on = decision
            .served
            .as_ref()
            .map_or_else(|| shanghai_date(decision.made.at), |served| served.on);
        let corrected = case.is_corrected().then(|| {
            let checks = case.file.execution.checks.iter();
            checks.map(|check| check.on).max()
        });
        Some(Self {
            case: case.id,
            served_on,
            charges: penalty
                .charges
                .iter()
                .map(|charge| Charged {
                    violation: charge.violation.clone(),
                    is_grave: charge.grave.is_some(),
                })
                .collect(),
            is_warning_alone: penalty.is_warning_alone(),
            fine: case.fine(),
            correct_by: penalty.correct_by,
            corrected_on: corrected.flatten(),
            repaired_on: case.file.repaired_on(),
            found,
            shown_until,
        })
    }

    /// Whether everybody sees it on a day: its display lasts, and no credit repair ended it.
    pub(super) fn is_shown(&self, on: NaiveDate) -> bool {
        let is_repaired = self.repaired_on.is_some_and(|day| day <= on);
        !is_repaired && self.shown_until.is_some_and(|last| on <= last)
    }

    /// Whether it was put right by a day.
    pub(super) fn is_corrected(&self, on: NaiveDate) -> bool {
        self.corrected_on.is_some_and(|day| day <= on)
    }
}

impl<'a> Record<'a> {
    /// Tests until a day.
    pub(super) fn tests(&self, on: NaiveDate) -> impl Iterator<Item = &'a Test> + use<'a> {
        self.tests.iter().filter(move |test| test.found_on <= on)
    }

    /// Tests of the last so many months.
    pub(super) fn recent(
        &self,
        months: u32,
        on: NaiveDate,
    ) -> impl Iterator<Item = &'a Test> + use<'a> {
        self.tests(on)
            .filter(move |test| is_within(test.found_on, months, on))
    }

    /// Official tests of the last so many months, without mere looks.
    pub(super) fn official<'f>(
        &self,
        formula: &'f CappedFormula,
        months: u32,
        on: NaiveDate,
    ) -> impl Iterator<Item = &'a Test> + use<'a, 'f> {
        self.recent(months, on).filter(|test| formula.is_test(test))
    }

    /// Penalties that were served by a day.
    pub(super) fn penalties(
        &self,
        on: NaiveDate,
    ) -> impl Iterator<Item = &'a PenaltyFact> + use<'a> {
        self.penalties
            .iter()
            .filter(move |penalty| penalty.served_on <= on)
    }

    /// Penalties until a day that are more than a warning.
    pub(super) fn grave_penalties(
        &self,
        on: NaiveDate,
    ) -> impl Iterator<Item = &'a PenaltyFact> + use<'a> {
        self.penalties(on)
            .filter(|penalty| !penalty.is_warning_alone)
    }
}
