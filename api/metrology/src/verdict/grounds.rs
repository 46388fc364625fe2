//! What a verdict rests on. The one place where an outcome is concluded, by one rule for all families:
//!
//! 1. A finding that fails and that nothing missing could undo makes the whole fail, whatever else was
//!    not done. A family holds back ([`Grounds::hold_since`]) what a further run, a named instrument or
//!    a confirmed rule could still undo.
//! 2. Otherwise what bars a verdict ([`Bars`]) leaves it not assessable.
//! 3. Otherwise a part of the test that was not done ([`Grounds::lacks`]), or a failure held back,
//!    leaves an indication.
//! 4. Otherwise everything was done and is within its limits: it conforms.

mod hold;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{
    AppliedRule, Bound, CheckResult, Cite, Comparison, Finding, Intermediate, Judged, Outcome,
    Remark, Rounding, Verdict, Words,
};
use crate::exact::Ratio;
use crate::quantity::Amount;
use crate::rules::{Edition, Provenance, RequiredPart, RuleSet};

/// Gathers findings, numbers and remarks.
#[derive(Debug)]
pub(crate) struct Grounds {
    provenance: Provenance,
    rows_unverified: Vec<String>,
    applied_rules: Vec<Arc<AppliedRule>>,
    findings: Vec<Finding>,
    /// For each finding whether something missing could undo its failure.
    held: Vec<bool>,
    intermediates: Vec<Intermediate>,
    obstacles: Vec<(Bars, Remark)>,
    reservations: Vec<Reservation>,
    notes: Vec<Remark>,
    rounding: Rounding,
    plain: Words,
    rules_digest: String,
}

/// How far what stands in the way of a verdict reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bars {
    /// The rules do not speak of the thing at all: nothing found counts.
    Everything,
    /// What was measured with proves nothing; what was seen with the naked eye still counts. Where it is known
    /// how wrong it may be, it bars passing only, and what fails within that is held
    /// ([`Grounds::hold_within`]).
    Measured,
    /// Something is not known: nothing is found to conform, and what fails fails all the same.
    Passing,
}

/// Why the outcome is no more than an indication, and the row that asks for what is missing.
#[derive(Debug)]
struct Reservation {
    remark: Remark,
    /// Its article, and how well that is known.
    row: Option<(String, Provenance)>,
}

/// About as many numbers as a weighing has.
const USUAL_NUMBERS: usize = 16;

/// Decimals of a number that has no exact decimal form, such as a third.
const SHOWN_DECIMALS: u32 = 9;

impl Grounds {
    pub(crate) fn new(rules: &RuleSet) -> Self {
        Self {
            provenance: Provenance::Verified,
            rows_unverified: Vec::new(),
            applied_rules: Vec::new(),
            findings: Vec::new(),
            held: Vec::new(),
            intermediates: Vec::with_capacity(USUAL_NUMBERS),
            obstacles: Vec::new(),
            reservations: Vec::new(),
            notes: Vec::new(),
            rounding: Rounding::None,
            plain: Words::default(),
            rules_digest: rules.digest().to_owned(),
        }
    }

    /// The outcome rests on an edition.
    pub(crate) fn apply<F>(&mut self, edition: Edition<'_, F>) {
        self.consult(edition);
        self.rely_on(edition.head.id.as_str(), edition.head.provenance);
    }

    /// An edition was read for a note; the outcome does not rest on it.
    pub(crate) fn consult<F>(&mut self, edition: Edition<'_, F>) {
        let named = edition.named;
        if self.applied_rules.iter().all(|rule| rule.id != named.id) {
            self.applied_rules.push(Arc::clone(named));
        }
    }

    /// The outcome rests on a row or a reading.
    pub(crate) fn rely_on(&mut self, row: &str, provenance: Provenance) {
        self.provenance = self.provenance.max(provenance);
        if provenance.is_provisional() && self.rows_unverified.iter().all(|known| known != row) {
            self.rows_unverified.push(row.to_owned());
        }
    }

    /// A number that was commanded to be rounded.
    pub(crate) fn rounded_by(&mut self, rounding: Rounding) {
        self.rounding = rounding;
    }

    /// An exact number on the way, in a unit (empty for a pure number).
    pub(crate) fn number(&mut self, name: &'static str, value: Decimal, unit: &'static str) {
        self.intermediates.push(Intermediate {
            name: name.into(),
            amount: Amount::new(value, unit),
            is_exact: true,
        });
    }

    /// A number on the way of one subject of several: `E of nozzle 1, Q1, run 2`.
    pub(crate) fn number_of(&mut self, name: String, value: &Ratio, unit: &'static str) {
        let (shown, is_exact) = value.shown(SHOWN_DECIMALS);
        self.intermediates.push(Intermediate {
            name: name.into(),
            amount: Amount::new(shown, unit),
            is_exact,
        });
    }

    /// A number on the way that may have no exact decimal form.
    pub(crate) fn ratio(&mut self, name: &'static str, value: &Ratio, unit: &'static str) {
        self.number_of(name.to_owned(), value, unit);
    }

    /// Says something that does not change the outcome; the same thing once.
    pub(crate) fn note(&mut self, code: &'static str, words: Words) {
        let remark = Remark {
            code: code.into(),
            words,
        };
        if !self.notes.contains(&remark) {
            self.notes.push(remark);
        }
    }

    /// Says what stands in the way of a verdict, and of how much of it; the same thing once.
    pub(crate) fn obstacle(&mut self, bars: Bars, code: &'static str, words: Words) {
        let remark = Remark {
            code: code.into(),
            words,
        };
        if self.obstacles.iter().all(|(_, known)| *known != remark) {
            self.obstacles.push((bars, remark));
        }
    }

    /// Names a required part that was not done.
    pub(crate) fn lacks(&mut self, row: &RequiredPart) {
        let (zh, en) = row.part.undone();
        self.lacks_as(row, row.part.code(), Words::new(zh, en));
    }

    /// Names a required part that was not done, or only in part, in the family's own words.
    pub(crate) fn lacks_as(&mut self, row: &RequiredPart, code: &'static str, words: Words) {
        self.reserve(
            code,
            words,
            Some((row.article.as_str().to_owned(), row.provenance)),
        );
    }

    /// Says why the outcome is no more than an indication.
    pub(crate) fn reservation(&mut self, code: &'static str, words: Words) {
        self.reserve(code, words, None);
    }

    fn reserve(&mut self, code: &'static str, words: Words, row: Option<(String, Provenance)>) {
        let remark = Remark {
            code: code.into(),
            words,
        };
        if self.reservations.iter().all(|known| known.remark != remark) {
            self.reservations.push(Reservation { remark, row });
        }
    }

    /// Whether nothing stands in the way of an answer, or something fails all the same.
    pub(crate) fn is_answered(&self) -> bool {
        self.obstacles.is_empty() || self.fails_firmly()
    }

    /// Compares exactly and records the finding in the words made from the comparison.
    #[expect(
        clippy::too_many_arguments,
        reason = "a finding says all of this, and a struct for the call would only move it"
    )]
    pub(crate) fn compare(
        &mut self,
        check: &'static str,
        subject: Option<String>,
        bound: &Bound,
        cite: Cite<'_>,
        words: impl FnOnce(&Judged) -> Words,
    ) -> bool {
        let size = match bound.comparison {
            Comparison::Within => bound.measured.abs(),
            Comparison::AtMost | Comparison::AtLeast | Comparison::Met => bound.measured.clone(),
        };
        let excess = match bound.comparison {
            Comparison::AtLeast => bound.limit.clone() - size,
            Comparison::AtMost | Comparison::Within | Comparison::Met => size - bound.limit.clone(),
        };
        let shown = |value: &Ratio| Amount::new(value.shown(SHOWN_DECIMALS).0, bound.unit);
        let judged = Judged {
            passes: !excess.is_above_zero(),
            measured: shown(&bound.measured),
            limit: shown(&bound.limit),
            deviation: shown(&excess),
        };
        let words = words(&judged);
        self.rely_on(&cite.row, cite.provenance);
        self.held.push(false);
        self.findings.push(Finding {
            check: check.into(),
            subject,
            result: CheckResult::of(judged.passes),
            measured: Some(judged.measured),
            limit: Some(judged.limit),
            deviation: Some(judged.deviation),
            comparison: bound.comparison,
            is_equal: excess.is_zero(),
            rule_id: cite.head.id.as_str().to_owned(),
            article: cite.article.to_owned(),
            row: cite.row,
            provenance: cite.provenance,
            suggests: cite.suggests.filter(|_| !judged.passes).cloned(),
            words,
        });
        judged.passes
    }

    /// Records whether a requirement without a number is met; [`CheckResult::NotAssessed`] where
    /// nobody could see.
    #[expect(
        clippy::too_many_arguments,
        reason = "a finding says all of this, and a struct for the call would only move it"
    )]
    pub(crate) fn require(
        &mut self,
        check: &'static str,
        subject: Option<String>,
        result: CheckResult,
        cite: Cite<'_>,
        words: Words,
    ) {
        self.rely_on(&cite.row, cite.provenance);
        self.held.push(false);
        let fails = result == CheckResult::Fails;
        self.findings.push(Finding {
            check: check.into(),
            subject,
            result,
            measured: None,
            limit: None,
            deviation: None,
            comparison: Comparison::Met,
            is_equal: false,
            rule_id: cite.head.id.as_str().to_owned(),
            article: cite.article.to_owned(),
            row: cite.row,
            provenance: cite.provenance,
            suggests: cite.suggests.filter(|_| fails).cloned(),
            words,
        });
    }

    /// The outcome as it stands, by the rule at the head of this module.
    pub(crate) fn outcome(&self) -> Outcome {
        let is_assessed = |finding: &Finding| finding.result != CheckResult::NotAssessed;
        if self.fails_firmly() {
            Outcome::Fails
        } else if !self.obstacles.is_empty() || !self.findings.iter().any(is_assessed) {
            Outcome::NotAssessable
        } else if !self.reservations.is_empty() || self.fails() {
            Outcome::ScreeningOnly
        } else {
            Outcome::Conforms
        }
    }

    /// Whether a finding is beyond its limit.
    pub(crate) fn fails(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.result == CheckResult::Fails)
    }

    /// Whether a finding is beyond its limit and nothing missing could undo that.
    fn fails_firmly(&self) -> bool {
        let bars = |wanted: Bars| self.obstacles.iter().any(|(bars, _)| *bars == wanted);
        if bars(Bars::Everything) {
            return false;
        }
        let is_void = bars(Bars::Measured);
        self.findings.iter().zip(&self.held).any(|(finding, held)| {
            finding.result == CheckResult::Fails
                && !held
                && !(is_void && finding.measured.is_some())
        })
    }

    /// What stands in the way of a verdict, then what is missing.
    pub(super) fn reasons(&self) -> Vec<&Remark> {
        let obstacles = self.obstacles.iter().map(|(_, remark)| remark);
        let missing = self.reservations.iter().map(|one| &one.remark);
        obstacles.chain(missing).collect()
    }

    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The words of what could not be looked at first.
    pub(crate) fn first_unassessed(&self) -> Option<&Words> {
        let is_open = |finding: &&Finding| finding.result == CheckResult::NotAssessed;
        self.findings
            .iter()
            .find(is_open)
            .map(|finding| &finding.words)
    }

    /// Whether a check fails.
    pub(crate) fn fails_by(&self, check: &str) -> bool {
        let is_one = |one: &Finding| one.check == check && one.result == CheckResult::Fails;
        self.findings.iter().any(is_one)
    }

    /// Says it for merchants and shoppers, in one sentence without law.
    pub(crate) fn say_plainly(&mut self, words: Words) {
        self.plain = words;
    }

    /// Closes the verdict. What stood in the way of one is its reason, else what was missing; where
    /// something fails all the same, both are notes.
    pub(crate) fn conclude(mut self, summary: Words) -> Verdict {
        let outcome = self.outcome();
        if outcome == Outcome::ScreeningOnly {
            let open = self.reservations.iter_mut();
            let rows: Vec<_> = open.map(|one| one.row.take()).collect();
            for (article, provenance) in rows.into_iter().flatten() {
                self.rely_on(&format!("required: {article}"), provenance);
            }
        }
        let mut reasons: Vec<Remark> = self.obstacles.into_iter().map(|(_, one)| one).collect();
        let missing = self.reservations.into_iter().map(|one| one.remark);
        let mut missing: Vec<Remark> = missing.collect();
        if outcome == Outcome::Fails {
            self.notes.append(&mut reasons);
            self.notes.append(&mut missing);
        } else if reasons.is_empty() {
            reasons = missing;
        } else {
            self.notes.append(&mut missing);
        }
        Verdict {
            outcome,
            summary,
            plain: self.plain,
            findings: self.findings,
            reasons,
            notes: self.notes,
            intermediates: self.intermediates,
            rounding: self.rounding,
            provenance: self.provenance,
            provisional: self.provenance.is_provisional(),
            rows_unverified: self.rows_unverified,
            applied_rules: self.applied_rules,
            rules_digest: self.rules_digest,
        }
    }
}
