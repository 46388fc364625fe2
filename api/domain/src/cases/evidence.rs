//! What a case is filed on.

use super::charge::{Found, Penalty};
use crate::{
    id::EntryId,
    inspections::{
        amend::{EntryKind, Void},
        visit::{InstrumentCheck, Measurement, Seal},
    },
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
/// instrument's; with what is void of it, which suggests nothing. What a finding suggests it suggests also of the row under which that conduct is
/// punished, as the law stood on the day of the conduct.
#[must_use]
pub fn found(
    (measured, checked): (&[Measurement], &[InstrumentCheck]),
    (rows, conduct_on): (&Violations, NaiveDate),
) -> Vec<Found> {
    let void = |id| Found {
        id,
        suggests: Vec::new(),
        is_void: true,
    };
    let void_measured = measured.iter().filter(|found| found.void.is_some());
    let void_measured = void_measured.map(|found| void(found.id.uuid()));
    let void_checked = checked.iter().filter(|check| check.void.is_some());
    let void_checked = void_checked.map(|check| void(check.instrument.uuid()));
    let measured = measured.iter().filter(|found| found.fails()).map(|found| {
        let suggested = found.judgement.verdict.suggested_violations();
        Found {
            id: found.id.uuid(),
            suggests: suggested.into_iter().cloned().collect(),
            is_void: false,
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
            is_void: false,
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
    let stands = measured.chain(checked).map(punished_as);
    stands.chain(void_measured).chain(void_checked).collect()
}

/// Something that a visit recorded and that is void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidFinding {
    /// The entry of its record.
    pub entry: EntryId,
    /// What it is.
    pub kind: EntryKind,
    /// Who made it void, when and why.
    pub void: Void,
    /// Whether the newest final report charges something with it.
    pub is_charged: bool,
}

/// What of a visit is void, and whether the newest final report rests on it: such a report goes no further.
#[must_use]
pub fn void_findings(
    (measured, checked): (&[Measurement], &[InstrumentCheck]),
    proposed: Option<&Penalty>,
) -> Vec<VoidFinding> {
    let charges = proposed.map_or(&[][..], |penalty| &penalty.charges);
    let is_named = |id| charges.iter().any(|charge| charge.findings.contains(&id));
    let stands = |check: &InstrumentCheck| {
        let mut others = checked.iter();
        others.any(|other| other.instrument == check.instrument && other.fails())
    };
    let measured = measured.iter().filter_map(|it| {
        Some(VoidFinding {
            entry: it.id.into(),
            kind: EntryKind::Measurement,
            void: it.void.clone()?,
            is_charged: is_named(it.id.uuid()),
        })
    });
    let checked = checked.iter().filter_map(|it| {
        Some(VoidFinding {
            entry: it.id,
            kind: EntryKind::InstrumentCheck,
            void: it.void.clone()?,
            is_charged: is_named(it.instrument.uuid()) && !stands(it),
        })
    });
    measured.chain(checked).collect()
}

/// What a visit must show before a case may be filed on it (Order 2, article 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitEvidence {
    /// Verdicts and instrument checks that go against the merchant.
    pub failed_findings: usize,
    /// Photos of what was seen that are durably held.
    pub held_photos: usize,
    /// Declared photos that are not durably held yet.
    pub missing_photos: usize,
}

/// What a visit lacks for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A finding against the merchant.
    Finding,
    /// So many of the photos that were declared.
    Declared(usize),
    /// Any photo at all.
    Photo,
}

impl VisitEvidence {
    /// What is missing, the gravest first.
    #[must_use]
    pub fn lacks(self) -> Vec<Lack> {
        let finding = (self.failed_findings == 0).then_some(Lack::Finding);
        let photos = match (self.held_photos, self.missing_photos) {
            (0, 0) => Some(Lack::Photo),
            (_, 0) => None,
            (_, missing) => Some(Lack::Declared(missing)),
        };
        finding.into_iter().chain(photos).collect()
    }

    /// Refuses a case on a visit that found nothing or whose evidence is not all there, unless the head
    /// says why it is opened nevertheless: other evidence may show what the visit does not.
    pub fn check(self, in_spite: Option<&Reason>) -> Result<(), Refusal> {
        if in_spite.is_some() {
            return Ok(());
        }
        match self.lacks().first() {
            None => Ok(()),
            Some(Lack::Finding) => Err(Refusal::of(Code::NothingFailed)),
            Some(Lack::Photo) => Err(Refusal::of(Code::VisitWithoutPhoto)),
            Some(Lack::Declared(missing)) => {
                Err(Refusal::of(Code::EvidenceIncomplete).with(missing.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Class;

    #[test]
    fn a_missing_photo_holds_a_case_up_and_is_mended_by_its_coming_or_by_the_reason_of_a_head() {
        let evidence = |missing_photos| VisitEvidence {
            failed_findings: 1,
            held_photos: 1,
            missing_photos,
        };
        assert_eq!(evidence(0).check(None), Ok(()));
        let refused = evidence(2).check(None).unwrap_err();
        assert_eq!(refused.detail.as_deref(), Some("2"));
        // The same filing is taken once the next upload is through.
        assert_eq!(refused.code.class(), Class::Retry);
        let reason = Reason::parse("照片所在的手机已毁，另有物证", "inSpite").unwrap();
        assert_eq!(evidence(2).check(Some(&reason)), Ok(()));
    }

    #[test]
    fn a_visit_without_any_photo_is_no_evidence_and_everything_that_is_missing_is_told() {
        let bare = VisitEvidence {
            failed_findings: 1,
            held_photos: 0,
            missing_photos: 0,
        };
        let refused = bare.check(None).unwrap_err();
        assert_eq!(refused.code, Code::VisitWithoutPhoto);
        let reason = Reason::parse("当事人阻拦拍照，另有录像", "inSpite").unwrap();
        assert_eq!(bare.check(Some(&reason)), Ok(()));
        let nothing = VisitEvidence {
            failed_findings: 0,
            missing_photos: 2,
            ..bare
        };
        assert_eq!(nothing.lacks(), [Lack::Finding, Lack::Declared(2)]);
        assert_eq!(nothing.check(None).unwrap_err().code, Code::NothingFailed);
    }

    #[test]
    fn what_an_instrument_check_suggests_stands_in_the_table() {
        let rows = crate::law::violation::Violations::embedded().unwrap();
        for code in OVERDUE.iter().chain(&SEAL_BROKEN) {
            assert!(rows.iter().any(|row| row.code.as_str() == *code), "{code}");
        }
    }
}
