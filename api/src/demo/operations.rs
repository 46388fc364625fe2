//! The operations of the contract: what phones send, word for word.
//!
//! The program carries their texts, so that the demo runs what is published, and so that their
//! names, and no others, become labels of the figures.

/// The operations by name, in the order of the alphabet: `mobile-contract/operations/<name>.graphql`.
pub const OPERATIONS: [(&str, &str); 56] = [
    (
        "AcceptReport",
        include_str!("../../../mobile-contract/operations/AcceptReport.graphql"),
    ),
    (
        "AnswerNotice",
        include_str!("../../../mobile-contract/operations/AnswerNotice.graphql"),
    ),
    (
        "ApplyForReward",
        include_str!("../../../mobile-contract/operations/ApplyForReward.graphql"),
    ),
    (
        "AuditCase",
        include_str!("../../../mobile-contract/operations/AuditCase.graphql"),
    ),
    (
        "CheckIn",
        include_str!("../../../mobile-contract/operations/CheckIn.graphql"),
    ),
    (
        "CheckInstrument",
        include_str!("../../../mobile-contract/operations/CheckInstrument.graphql"),
    ),
    (
        "ClaimReward",
        include_str!("../../../mobile-contract/operations/ClaimReward.graphql"),
    ),
    (
        "DecideCase",
        include_str!("../../../mobile-contract/operations/DecideCase.graphql"),
    ),
    (
        "DecideReward",
        include_str!("../../../mobile-contract/operations/DecideReward.graphql"),
    ),
    (
        "DeclarePhotos",
        include_str!("../../../mobile-contract/operations/DeclarePhotos.graphql"),
    ),
    (
        "DispatchVisit",
        include_str!("../../../mobile-contract/operations/DispatchVisit.graphql"),
    ),
    (
        "ExportPayments",
        include_str!("../../../mobile-contract/operations/ExportPayments.graphql"),
    ),
    (
        "ExtendClaim",
        include_str!("../../../mobile-contract/operations/ExtendClaim.graphql"),
    ),
    (
        "FileCase",
        include_str!("../../../mobile-contract/operations/FileCase.graphql"),
    ),
    (
        "FileReport",
        include_str!("../../../mobile-contract/operations/FileReport.graphql"),
    ),
    (
        "GetCase",
        include_str!("../../../mobile-contract/operations/GetCase.graphql"),
    ),
    (
        "GetReport",
        include_str!("../../../mobile-contract/operations/GetReport.graphql"),
    ),
    (
        "GetReward",
        include_str!("../../../mobile-contract/operations/GetReward.graphql"),
    ),
    (
        "GetVerdict",
        include_str!("../../../mobile-contract/operations/GetVerdict.graphql"),
    ),
    (
        "GetVisit",
        include_str!("../../../mobile-contract/operations/GetVisit.graphql"),
    ),
    (
        "GradeReward",
        include_str!("../../../mobile-contract/operations/GradeReward.graphql"),
    ),
    (
        "Judge",
        include_str!("../../../mobile-contract/operations/Judge.graphql"),
    ),
    (
        "Limits",
        include_str!("../../../mobile-contract/operations/Limits.graphql"),
    ),
    (
        "ListCases",
        include_str!("../../../mobile-contract/operations/ListCases.graphql"),
    ),
    (
        "ListInspectors",
        include_str!("../../../mobile-contract/operations/ListInspectors.graphql"),
    ),
    (
        "ListRewards",
        include_str!("../../../mobile-contract/operations/ListRewards.graphql"),
    ),
    (
        "ListViolations",
        include_str!("../../../mobile-contract/operations/ListViolations.graphql"),
    ),
    (
        "LookUpMerchant",
        include_str!("../../../mobile-contract/operations/LookUpMerchant.graphql"),
    ),
    (
        "Me",
        include_str!("../../../mobile-contract/operations/Me.graphql"),
    ),
    (
        "MyDevices",
        include_str!("../../../mobile-contract/operations/MyDevices.graphql"),
    ),
    (
        "MyVisits",
        include_str!("../../../mobile-contract/operations/MyVisits.graphql"),
    ),
    (
        "ObjectToReward",
        include_str!("../../../mobile-contract/operations/ObjectToReward.graphql"),
    ),
    (
        "ProposePenalty",
        include_str!("../../../mobile-contract/operations/ProposePenalty.graphql"),
    ),
    (
        "RecordClaim",
        include_str!("../../../mobile-contract/operations/RecordClaim.graphql"),
    ),
    (
        "RecordEligibility",
        include_str!("../../../mobile-contract/operations/RecordEligibility.graphql"),
    ),
    (
        "RecordFinanceConsent",
        include_str!("../../../mobile-contract/operations/RecordFinanceConsent.graphql"),
    ),
    (
        "RecordMeasurement",
        include_str!("../../../mobile-contract/operations/RecordMeasurement.graphql"),
    ),
    (
        "RecordPayment",
        include_str!("../../../mobile-contract/operations/RecordPayment.graphql"),
    ),
    (
        "RecordRecovery",
        include_str!("../../../mobile-contract/operations/RecordRecovery.graphql"),
    ),
    (
        "RecoverReward",
        include_str!("../../../mobile-contract/operations/RecoverReward.graphql"),
    ),
    (
        "ReferenceStandards",
        include_str!("../../../mobile-contract/operations/ReferenceStandards.graphql"),
    ),
    (
        "RefreshSession",
        include_str!("../../../mobile-contract/operations/RefreshSession.graphql"),
    ),
    (
        "ReportQueue",
        include_str!("../../../mobile-contract/operations/ReportQueue.graphql"),
    ),
    (
        "ReviewReward",
        include_str!("../../../mobile-contract/operations/ReviewReward.graphql"),
    ),
    (
        "RevokeDevice",
        include_str!("../../../mobile-contract/operations/RevokeDevice.graphql"),
    ),
    (
        "RevokeReward",
        include_str!("../../../mobile-contract/operations/RevokeReward.graphql"),
    ),
    (
        "RuleEditions",
        include_str!("../../../mobile-contract/operations/RuleEditions.graphql"),
    ),
    (
        "ScreenReward",
        include_str!("../../../mobile-contract/operations/ScreenReward.graphql"),
    ),
    (
        "ServeNotice",
        include_str!("../../../mobile-contract/operations/ServeNotice.graphql"),
    ),
    (
        "ServerTime",
        include_str!("../../../mobile-contract/operations/ServerTime.graphql"),
    ),
    (
        "SignIn",
        include_str!("../../../mobile-contract/operations/SignIn.graphql"),
    ),
    (
        "SignRecord",
        include_str!("../../../mobile-contract/operations/SignRecord.graphql"),
    ),
    (
        "SubmitMeasurement",
        include_str!("../../../mobile-contract/operations/SubmitMeasurement.graphql"),
    ),
    (
        "SubmitVisit",
        include_str!("../../../mobile-contract/operations/SubmitVisit.graphql"),
    ),
    (
        "TellDecision",
        include_str!("../../../mobile-contract/operations/TellDecision.graphql"),
    ),
    (
        "TrackReport",
        include_str!("../../../mobile-contract/operations/TrackReport.graphql"),
    ),
];

/// The names of the operations.
pub fn names() -> impl Iterator<Item = String> {
    OPERATIONS.iter().map(|(name, _)| (*name).to_owned())
}

/// The text of the operation with that name.
#[must_use]
pub fn text_of(name: &str) -> Option<&'static str> {
    let found = OPERATIONS.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::{parse_query, types::DocumentOperations};
    use std::path::Path;

    #[test]
    fn every_file_of_the_contract_is_in_the_list() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mobile-contract/operations");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let listed: Vec<_> = names().map(|name| format!("{name}.graphql")).collect();
        assert_eq!(files, listed);
    }

    #[test]
    fn every_file_holds_one_operation_under_its_own_name_and_says_who_uses_it() {
        for (name, text) in OPERATIONS {
            assert!(text.starts_with("# "), "{name}");
            let document = parse_query(text).unwrap();
            let DocumentOperations::Multiple(operations) = document.operations else {
                panic!("{name} has no name");
            };
            let found: Vec<_> = operations.keys().map(ToString::to_string).collect();
            assert_eq!(found, [name]);
        }
    }

    #[test]
    fn every_write_asks_why_it_was_refused() {
        let why = "problems { code class field message }";
        for (name, text) in OPERATIONS {
            if text.contains("\nmutation ") {
                assert!(text.contains(why), "{name}");
            }
        }
    }
}
