//! What a case is filed on.

use super::charge::Found;
use crate::{
    inspections::visit::{InstrumentCheck, Measurement, Seal},
    law::violation::{ViolationCode, Violations},
    metrology::verification::VerificationStatus,
    refusal::{Code, Refusal},
    text::Reason,
};
use chrono::NaiveDate;

/// What an instrument suggests that is used after its verification ran out (procedures, section 7): which
/// row fits is the venue's and the catalogue's to say, and a person's.
const OVERDUE: [&str; 4] = ["M-VER-01", "M-VER-03", "M-GAS-04", "M-OPT-01"];
/// What a broken seal suggests.
const SEAL_BROKEN: [&str; 3] = ["M-ACC-01", "M-STL-02", "M-GAS-05"];

/// What a visit found against the party: measurements by their id, instrument checks by the
/// instrument's. What a finding suggests it suggests also of the row under which that conduct is
/// punished, as the law stood on the day of the conduct.
#[must_use]
pub fn found(
    (measured, checked): (&[Measurement], &[InstrumentCheck]),
    (rows, conduct_on): (&Violations, NaiveDate),
) -> Vec<Found> {
    let measured = measured.iter().filter(|found| found.fails()).map(|found| {
        let suggested = found.judgement.verdict.suggested_violations();
        Found {
            id: found.id.uuid(),
            suggests: suggested.into_iter().cloned().collect(),
        }
    });
    let checked = checked.iter().filter(|check| check.fails()).map(|check| {
        let is_overdue = matches!(check.status, VerificationStatus::Overdue { .. });
        let overdue = OVERDUE.iter().filter(|_| is_overdue);
        let broken = SEAL_BROKEN.iter().filter(|_| check.seal == Seal::Broken);
        let codes = overdue.chain(broken);
        Found {
            id: check.instrument.uuid(),
            suggests: codes
                .filter_map(|code| code.parse().ok())
                .collect::<Vec<ViolationCode>>(),
        }
    });
    let punished_as = |mut found: Found| {
        let rows = found
            .suggests
            .iter()
            .filter_map(|code| rows.get_on(code, conduct_on).ok());
        let codes: Vec<_> = rows.flat_map(|row| row.punished_as.clone()).collect();
        found.suggests.extend(codes);
        found
    };
    measured.chain(checked).map(punished_as).collect()
}

/// What a visit must show before a case may be filed on it (Order 2, article 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitEvidence {
    /// Verdicts and instrument checks that go against the merchant.
    pub failed_findings: usize,
    /// Declared photos that are not durably held yet.
    pub missing_photos: usize,
}

impl VisitEvidence {
    /// Refuses a case on a visit that found nothing or whose evidence is not all there, unless the head
    /// says why it is opened nevertheless: other evidence may show what the visit does not.
    pub fn check(self, in_spite: Option<&Reason>) -> Result<(), Refusal> {
        if in_spite.is_some() {
            return Ok(());
        }
        if self.failed_findings == 0 {
            return Err(Refusal::of(Code::NothingFailed));
        }
        if self.missing_photos > 0 {
            return Err(Refusal::of(Code::EvidenceIncomplete).with(self.missing_photos.to_string()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_instrument_check_suggests_stands_in_the_table() {
        let rows = crate::law::violation::Violations::embedded().unwrap();
        for code in OVERDUE.iter().chain(&SEAL_BROKEN) {
            assert!(rows.iter().any(|row| row.code.as_str() == *code), "{code}");
        }
    }
}
