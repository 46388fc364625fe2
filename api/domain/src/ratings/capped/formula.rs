//! Reading and checking `law/rating-2027-1.toml`.

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::NaiveDate;
use serde::Deserialize;
use strum::IntoEnumIterator;

use super::days::is_within;
use super::record::Test;
use crate::law::{
    edition::LawError, file::LawFile, provenance::Provenance, violation::ViolationCode,
};
use crate::ratings::grade::{Grade, Veto};
use crate::ratings::indicator::{IndicatorId, Venue};
use crate::ratings::ratio::Points;

const FILE: &str = "rating-2027-1.toml";
const FULL_POINTS: u32 = 100;

words! {
    /// How the share of an indicator is found.
    pub(super) enum Measure {
        /// A commitment holds.
        Promise,
        /// What is filed, of what is in use.
        Ledger,
        /// What is verified, of what is in use.
        Verification,
        /// Tests of the quantity, smoothed.
        Quantity,
        /// Seals that are intact.
        Seals,
        /// Looks that were passed.
        Looks,
        /// The same; nothing where nobody looked.
        Records,
        /// Nothing is found against anybody yet.
        Clean,
        /// Penalties.
        Penalties,
    }

    /// What bounds a grade.
    pub(super) enum CapKind {
        /// A penalty for a measuring offence.
        MeasuringPenalty,
        /// A penalty for a duty.
        DutyPenalty,
        /// An instrument in use whose verification is over.
        OverdueInstrument,
        /// A shortage of many times the tolerance.
        GrossShortage,
        /// The same violation again.
        RepeatedViolation,
        /// A correction that was not made in time.
        OverdueCorrection,
        /// No commitment holds.
        NoPromise,
        /// Too few passed tests.
        FewTests,
        /// No passed test of late.
        NoRecentTest,
        /// A veto that ended not long ago.
        AfterVeto,
    }
}

/// Formula 2027-1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CappedFormula {
    text: String,
    head: Head,
    pub(super) evidence: EvidenceRow,
    pub(super) tests: TestsRow,
    decay: Vec<DecayRow>,
    bounds: Vec<Bound>,
    indicators: Vec<IndicatorRow>,
    pub(super) caps: Vec<CapRow>,
    pub(super) offences: Offences,
    pub(super) stay: Stay,
    pub(super) vetoes: Vec<VetoRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: String,
    instrument: String,
    article: String,
    valid_from: NaiveDate,
    provenance: Provenance,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceRow {
    counts: Vec<IndicatorId>,
    pub(super) months_known: u32,
    pub(super) tests: u32,
    pub(super) days: u32,
    pub(super) months: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TestsRow {
    pub(super) prior: u32,
    pub(super) rate_percent: u32,
    pub(super) step: u32,
    pub(super) most: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecayRow {
    months: u32,
    halves: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    grade: Grade,
    from_points: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorRow {
    pub(super) id: IndicatorId,
    pub(super) weight: u32,
    pub(super) measure: Measure,
    pub(super) counts: Vec<IndicatorId>,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    venues: Vec<Venue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapRow {
    pub(super) kind: CapKind,
    pub(super) to: Grade,
    #[serde(default)]
    pub(super) months: u32,
    #[serde(default)]
    pub(super) within_months: u32,
    #[serde(default)]
    pub(super) days: u32,
    #[serde(default)]
    pub(super) times: u32,
    #[serde(default)]
    pub(super) tests: usize,
    pub(super) name_zh: String,
    pub(super) name_en: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Offences {
    pub(super) measuring: BTreeSet<ViolationCode>,
    pub(super) duty: BTreeSet<ViolationCode>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stay {
    pub(super) months: u32,
    pub(super) repair_months: u32,
    pub(super) reinspections: usize,
    pub(super) after_months: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VetoRow {
    pub(super) kind: Veto,
    pub(super) codes: BTreeSet<ViolationCode>,
    pub(super) grave_codes: BTreeSet<ViolationCode>,
    pub(super) name_zh: String,
    pub(super) name_en: String,
    pub(super) basis: String,
}

impl CappedFormula {
    /// The formula this build carries.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../../law/rating-2027-1.toml"))
    }

    /// The file that it was read from: it is published as it is.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The version that every grade names.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.head.version
    }

    /// The title under which the formula is published, with the part that scores.
    #[must_use]
    pub fn citation(&self) -> String {
        let Head {
            instrument,
            version,
            article,
            ..
        } = &self.head;
        format!("{instrument} {version} {article}")
    }

    /// The first day on which it applies.
    #[must_use]
    pub fn valid_from(&self) -> NaiveDate {
        self.head.valid_from
    }

    /// How well its numbers are known.
    #[must_use]
    pub fn provenance(&self) -> Provenance {
        self.head.provenance
    }

    /// Whether it is an official test and not a look.
    pub(super) fn is_test(&self, test: &Test) -> bool {
        self.evidence.counts.contains(&test.indicator)
    }

    pub(super) fn indicators_for(&self, venue: Venue) -> impl Iterator<Item = &IndicatorRow> {
        self.indicators
            .iter()
            .filter(move |row| row.venues.contains(&venue))
    }

    /// The indicator that tests the quantity at a kind of venue.
    pub(super) fn quantity(&self, venue: Venue) -> Option<&IndicatorRow> {
        self.indicators_for(venue)
            .find(|row| row.measure == Measure::Quantity)
    }

    /// Each grade with the points from which it is reached, the best one first.
    pub(super) fn told_bounds(&self) -> impl Iterator<Item = (Grade, u32)> {
        self.bounds
            .iter()
            .map(|bound| (bound.grade, bound.from_points))
    }

    /// For how many months a test weighs how many halves.
    pub(super) fn told_decay(&self) -> impl Iterator<Item = (u32, u32)> {
        self.decay.iter().map(|row| (row.months, row.halves))
    }

    /// The grade that so many tenths of a point reach on their own.
    pub(super) fn grade_of(&self, tenths: i64) -> Grade {
        self.bounds
            .iter()
            .find(|bound| tenths >= i64::from(bound.from_points) * 10)
            .map_or(Grade::C, |bound| bound.grade)
    }

    /// How many halves a test of a day weighs on another day.
    pub(super) fn halves(&self, found_on: NaiveDate, on: NaiveDate) -> u32 {
        self.decay
            .iter()
            .find(|row| is_within(found_on, row.months, on))
            .map_or(0, |row| row.halves)
    }

    /// How much a failed test weighs that was short by so many times the tolerance.
    pub(super) fn severity(&self, times: Option<u32>) -> u32 {
        let more = times.unwrap_or(0).checked_div(self.tests.step);
        self.tests.most.min(more.unwrap_or(0).saturating_add(1))
    }

    /// Reads a file of the same shape as the embedded one.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let formula = Self {
            text: text.to_owned(),
            head: file.take_one("formula")?,
            evidence: file.take_one("evidence")?,
            tests: file.take_one("tests")?,
            decay: file.take_rows("decay")?,
            bounds: file.take_rows("bound")?,
            indicators: file.take_rows("indicator")?,
            caps: file.take_rows("cap")?,
            offences: file.take_one("offences")?,
            stay: file.take_one("stay")?,
            vetoes: file.take_rows("veto")?,
        };
        file.finish()?;
        formula.check()?;
        Ok(formula)
    }

    fn check(&self) -> Result<(), LawError> {
        for venue in Venue::iter() {
            let rows = || self.indicators_for(venue);
            if rows().map(|row| row.weight).sum::<u32>() != FULL_POINTS {
                return Err(invalid(venue, "the weights do not add up to 100"));
            }
            if rows()
                .filter(|row| row.measure == Measure::Quantity)
                .count()
                != 1
            {
                return Err(invalid(venue, "one indicator tests the quantity"));
            }
        }
        if !self
            .bounds
            .is_sorted_by(|high, low| high.from_points > low.from_points)
        {
            return Err(invalid("bound", "each lies below the one before"));
        }
        if self.tests.prior == 0 || self.tests.rate_percent > 100 {
            return Err(invalid(
                "tests",
                "the prior is a share of at least one test",
            ));
        }
        let mut both = self.offences.measuring.intersection(&self.offences.duty);
        if let Some(code) = both.next() {
            return Err(invalid(code, "it is both a measuring offence and a duty"));
        }
        let kinds: BTreeSet<_> = self.vetoes.iter().map(|row| row.kind).collect();
        if kinds.len() != self.vetoes.len() {
            return Err(invalid("veto", "a kind is listed twice"));
        }
        match CapKind::iter().find(|kind| !self.caps.iter().any(|row| row.kind == *kind)) {
            Some(kind) => Err(invalid(kind, "it is not listed")),
            None => Ok(()),
        }
    }

    /// The rate that stands in where nobody looked.
    pub(super) fn rate(&self) -> Option<Points> {
        Points::quotient(self.tests.rate_percent, 100)
    }
}

fn invalid(row: impl Display, reason: &str) -> LawError {
    LawError::Invalid {
        file: FILE,
        row: row.to_string(),
        reason: reason.to_owned(),
    }
}
