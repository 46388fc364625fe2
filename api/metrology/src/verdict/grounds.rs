//! What a verdict rests on, gathered while judging. The one place where an outcome is concluded.

use rust_decimal::Decimal;

use super::{
    AppliedRule, CheckResult, Comparison, Finding, Intermediate, Outcome, Remark, Rounding,
    Verdict, Words,
};
use crate::exact::Ratio;
use crate::quantity::Amount;
use crate::rules::{Edition, EditionHead, Provenance, RuleSet, ViolationCode};

/// Gathers findings, numbers and remarks.
#[derive(Debug)]
pub(crate) struct Grounds {
    provenance: Provenance,
    rows_unverified: Vec<String>,
    applied_rules: Vec<AppliedRule>,
    findings: Vec<Finding>,
    intermediates: Vec<Intermediate>,
    obstacles: Vec<Remark>,
    reservations: Vec<Remark>,
    notes: Vec<Remark>,
    rounding: Rounding,
    rules_digest: String,
}

/// The place in the law that sets a limit.
#[derive(Debug, Clone)]
pub(crate) struct Cite<'a> {
    pub head: &'a EditionHead,
    pub article: &'a str,
    pub row: String,
    pub provenance: Provenance,
    pub suggests: Option<&'a ViolationCode>,
}

/// A measured value beside its limit, both exact and in the same unit.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub measured: Ratio,
    pub limit: Ratio,
    pub unit: &'static str,
    pub comparison: Comparison,
}

/// What a comparison came to, for whoever writes the words of the finding.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub passes: bool,
    pub measured: Amount,
    pub limit: Amount,
    /// How far beyond the limit; below zero when within it.
    pub deviation: Amount,
}

/// Decimals of a number that has no exact decimal form, such as a third.
const SHOWN_DECIMALS: u32 = 9;

impl Grounds {
    pub(crate) fn new(rules: &RuleSet) -> Self {
        Self {
            provenance: Provenance::Verified,
            rows_unverified: Vec::new(),
            applied_rules: Vec::new(),
            findings: Vec::new(),
            intermediates: Vec::new(),
            obstacles: Vec::new(),
            reservations: Vec::new(),
            notes: Vec::new(),
            rounding: Rounding::None,
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
        let head = edition.head;
        if self
            .applied_rules
            .iter()
            .all(|rule| rule.id != head.id.as_str())
        {
            self.applied_rules.push(AppliedRule {
                id: head.id.to_string(),
                edition: head.edition.to_string(),
                title: Words::new(head.title_zh.as_str(), head.title_en.as_str()),
                digest: edition.digest.to_owned(),
            });
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

    /// Says something that does not change the outcome.
    pub(crate) fn note(&mut self, code: &'static str, words: Words) {
        self.notes.push(Remark {
            code: code.into(),
            words,
        });
    }

    /// Says why there can be no verdict: the outcome becomes not assessable.
    pub(crate) fn obstacle(&mut self, code: &'static str, words: Words) {
        self.obstacles.push(Remark {
            code: code.into(),
            words,
        });
    }

    /// Says why the outcome is no more than an indication.
    pub(crate) fn reservation(&mut self, code: &'static str, words: Words) {
        self.reservations.push(Remark {
            code: code.into(),
            words,
        });
    }

    /// Whether something already stands in the way of a verdict.
    pub(crate) fn is_obstructed(&self) -> bool {
        !self.obstacles.is_empty()
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
        self.findings.push(Finding {
            check: check.into(),
            subject,
            result: CheckResult::of(judged.passes),
            measured: Some(judged.measured),
            limit: Some(judged.limit),
            deviation: Some(judged.deviation),
            comparison: bound.comparison,
            is_equal: excess.is_zero(),
            rule_id: cite.head.id.to_string(),
            article: cite.article.to_owned(),
            row: cite.row,
            provenance: cite.provenance,
            suggests: cite.suggests.cloned(),
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
        self.findings.push(Finding {
            check: check.into(),
            subject,
            result,
            measured: None,
            limit: None,
            deviation: None,
            comparison: Comparison::Met,
            is_equal: false,
            rule_id: cite.head.id.to_string(),
            article: cite.article.to_owned(),
            row: cite.row,
            provenance: cite.provenance,
            suggests: cite.suggests.cloned(),
            words,
        });
    }

    /// The outcome as it stands: an obstacle outweighs a reservation, which outweighs the findings.
    pub(crate) fn outcome(&self) -> Outcome {
        let is_assessed = |finding: &Finding| finding.result != CheckResult::NotAssessed;
        if !self.obstacles.is_empty() || !self.findings.iter().any(is_assessed) {
            Outcome::NotAssessable
        } else if !self.reservations.is_empty() {
            Outcome::ScreeningOnly
        } else if self.fails() {
            Outcome::Fails
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

    /// Whether something could not be looked at.
    pub(crate) fn has_unassessed(&self) -> bool {
        let is_open = |finding: &Finding| finding.result == CheckResult::NotAssessed;
        self.findings.iter().any(is_open)
    }

    /// Closes the verdict.
    pub(crate) fn conclude(self, summary: Words) -> Verdict {
        let outcome = self.outcome();
        let mut reasons = self.obstacles;
        reasons.extend(self.reservations);
        Verdict {
            outcome,
            summary,
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

impl CheckResult {
    /// What a requirement comes to that somebody could see: met or not.
    pub(crate) fn of(passes: bool) -> Self {
        if passes { Self::Passes } else { Self::Fails }
    }
}

impl Outcome {
    /// The outcome in both languages.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Conforms => ("合格", "conforms"),
            Self::Fails => ("不合格", "fails"),
            Self::ScreeningOnly => ("仅供筛查", "screening only"),
            Self::NotAssessable => ("无法判定", "not assessable"),
        }
    }
}
