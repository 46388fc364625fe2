//! How the archived file of a case is laid out: one file for one case, a main part and a side part, each in its order
//! (Order 2, article 78). The party may read the main part; what the bureau thought before it decided lies in the other one.
//! Which paper comes where is known by a second hand (rules of bureaus for binding their files), unverified.

use crate::notices::paper::Paper;

/// A part of an archived file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was decided and told (正卷).
    Main,
    /// How the bureau came to it (副卷).
    Side,
}

/// Where a paper of a case lies: in which part, and at which place of its order. Papers of one place follow each other as they were
/// made.
#[must_use]
pub const fn place(paper: Paper) -> (Part, u8) {
    match paper {
        Paper::FilingApproval => (Part::Main, 1),
        Paper::PenaltyDecision
        | Paper::OnTheSpotDecision
        | Paper::NoPenaltyDecision
        | Paper::DecisionChange => (Part::Main, 2),
        Paper::PenaltyNotice
        | Paper::HearingNotice
        | Paper::CorrectionOrder
        | Paper::CaseRecusalDecision
        | Paper::PaymentReminder => (Part::Main, 3),
        Paper::ServiceReceipt => (Part::Main, 4),
        Paper::EvidenceSlip | Paper::ExtractionRecord | Paper::OnSiteRecord => (Part::Main, 5),
        Paper::HearingRecord => (Part::Main, 6),
        Paper::CaseFile
        | Paper::SuspensionOfCase
        | Paper::ExtensionOfCase
        | Paper::TerminationOfCase => (Part::Side, 2),
        Paper::AuditOpinion | Paper::ConferenceRecord => (Part::Side, 3),
        Paper::CaseClosing => (Part::Side, 5),
        // Letters to others, and whatever else a case has.
        _ => (Part::Main, 7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decision_lies_before_the_notice_and_the_audit_in_the_part_that_the_party_does_not_read()
    {
        let mut papers = [
            Paper::AuditOpinion,
            Paper::PenaltyNotice,
            Paper::ServiceReceipt,
            Paper::PenaltyDecision,
            Paper::CaseFile,
            Paper::FilingApproval,
        ];
        papers.sort_by_key(|paper| place(*paper));
        assert_eq!(
            papers,
            [
                Paper::FilingApproval,
                Paper::PenaltyDecision,
                Paper::PenaltyNotice,
                Paper::ServiceReceipt,
                Paper::CaseFile,
                Paper::AuditOpinion,
            ]
        );
        assert_eq!(place(Paper::AuditOpinion).0, Part::Side);
    }
}
