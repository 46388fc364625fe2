//! What a case is filed on.

use crate::refusal::{Code, Refusal};

/// What a visit must show before a case may be filed on it (Order 2, article 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitEvidence {
    /// Verdicts and instrument checks that go against the merchant.
    pub failed_findings: usize,
    /// Declared photos that are not durably held yet.
    pub missing_photos: usize,
}

impl VisitEvidence {
    /// Refuses a case on a visit that found nothing or whose evidence is not all there.
    pub fn check(self) -> Result<(), Refusal> {
        if self.failed_findings == 0 {
            return Err(Refusal::of(Code::NothingFailed));
        }
        if self.missing_photos > 0 {
            return Err(Refusal::of(Code::EvidenceIncomplete).with(self.missing_photos.to_string()));
        }
        Ok(())
    }
}
