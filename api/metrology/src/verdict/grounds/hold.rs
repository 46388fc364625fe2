//! Failures that something missing could undo, or that what was measured with could explain: they are held, and
//! no firm ones.

use rust_decimal::Decimal;

use super::Grounds;
use crate::quantity::Amount;
use crate::verdict::{CheckResult, Finding};

impl Grounds {
    /// A place between findings, for [`Grounds::hold_since`].
    pub(crate) fn mark(&self) -> usize {
        self.findings.len()
    }

    /// Something missing could undo the failures recorded since a place: they are no firm ones.
    pub(crate) fn hold_since(&mut self, mark: usize) {
        for held in self.held.iter_mut().skip(mark) {
            *held = true;
        }
    }

    /// What was measured since a place may be wrong by `error`, in the unit of each: only what fails beyond its
    /// limit by more than that is a firm failure. Nothing where nobody knows how wrong: then none is.
    pub(crate) fn hold_within(&mut self, mark: usize, error: Option<Decimal>) {
        let findings = self.findings.iter().skip(mark);
        for (held, finding) in self.held.iter_mut().skip(mark).zip(findings) {
            let beyond = finding.deviation.as_ref().map(Amount::value);
            let is_firm = error.is_some_and(|error| beyond.is_some_and(|beyond| beyond > error));
            *held |= !is_firm;
        }
    }

    /// The same of the findings in one unit, where an instrument shows several quantities.
    pub(crate) fn hold_within_of(&mut self, mark: usize, unit: &str, error: Decimal) {
        let findings = self.findings.iter().skip(mark);
        for (held, finding) in self.held.iter_mut().skip(mark).zip(findings) {
            let beyond = finding.deviation.as_ref().filter(|one| one.unit() == unit);
            *held |= beyond.is_some_and(|beyond| beyond.value() <= error);
        }
    }

    /// The first finding that is beyond its limit: of those that nothing could undo, where there is one.
    pub(crate) fn first_failing(&self) -> Option<&Finding> {
        let fails = |(one, _): &(&Finding, &bool)| one.result == CheckResult::Fails;
        let mut failing = self.findings.iter().zip(&self.held).filter(fails);
        let firm = failing.clone().find(|(_, held)| !**held);
        firm.or_else(|| failing.next()).map(|(one, _)| one)
    }

    /// Whether a check fails and nothing missing could undo that.
    pub(crate) fn fails_firmly_by(&self, check: &str) -> bool {
        let fails = |one: &Finding| one.check == check && one.result == CheckResult::Fails;
        let mut findings = self.findings.iter().zip(&self.held);
        findings.any(|(one, held)| fails(one) && !held)
    }

    /// Whether a failure since a place is a firm one.
    pub(crate) fn is_firm_since(&self, mark: usize) -> bool {
        let mut findings = self.findings.iter().zip(&self.held).skip(mark);
        findings.any(|(one, held)| one.result == CheckResult::Fails && !held)
    }
}
