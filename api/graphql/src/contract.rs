//! The operations of the contract: what phones send, word for word.
//!
//! The program carries their texts, so that the demo runs what is published, and so that their
//! names, and no others, become labels of the figures.

/// The operations by name, in the order of the alphabet: `mobile-contract/operations/<name>.graphql`.
#[rustfmt::skip] // A line an operation.
pub const OPERATIONS: [(&str, &str); 241] = [
    ("AcceptComplaint", include_str!("../../../mobile-contract/operations/AcceptComplaint.graphql")),
    ("AcceptRepair", include_str!("../../../mobile-contract/operations/AcceptRepair.graphql")),
    ("AcceptReport", include_str!("../../../mobile-contract/operations/AcceptReport.graphql")),
    ("AddAccount", include_str!("../../../mobile-contract/operations/AddAccount.graphql")),
    ("AddInstrument", include_str!("../../../mobile-contract/operations/AddInstrument.graphql")),
    ("AddReportPhotos", include_str!("../../../mobile-contract/operations/AddReportPhotos.graphql")),
    ("AddSeenInstrument", include_str!("../../../mobile-contract/operations/AddSeenInstrument.graphql")),
    ("AllowInstalments", include_str!("../../../mobile-contract/operations/AllowInstalments.graphql")),
    ("AnnounceHearing", include_str!("../../../mobile-contract/operations/AnnounceHearing.graphql")),
    ("AnnounceSession", include_str!("../../../mobile-contract/operations/AnnounceSession.graphql")),
    ("AnswerNotice", include_str!("../../../mobile-contract/operations/AnswerNotice.graphql")),
    ("AnswerQuestion", include_str!("../../../mobile-contract/operations/AnswerQuestion.graphql")),
    ("ApplyForReward", include_str!("../../../mobile-contract/operations/ApplyForReward.graphql")),
    ("ApplyToCourt", include_str!("../../../mobile-contract/operations/ApplyToCourt.graphql")),
    ("ApproveClaim", include_str!("../../../mobile-contract/operations/ApproveClaim.graphql")),
    ("ApproveIdentityOpening", include_str!("../../../mobile-contract/operations/ApproveIdentityOpening.graphql")),
    ("ApproveRefusal", include_str!("../../../mobile-contract/operations/ApproveRefusal.graphql")),
    ("ArchiveCase", include_str!("../../../mobile-contract/operations/ArchiveCase.graphql")),
    ("ArchiveComplaint", include_str!("../../../mobile-contract/operations/ArchiveComplaint.graphql")),
    ("AskRecusal", include_str!("../../../mobile-contract/operations/AskRecusal.graphql")),
    ("AskReporter", include_str!("../../../mobile-contract/operations/AskReporter.graphql")),
    ("AskReview", include_str!("../../../mobile-contract/operations/AskReview.graphql")),
    ("AssignComplaint", include_str!("../../../mobile-contract/operations/AssignComplaint.graphql")),
    ("AuditCase", include_str!("../../../mobile-contract/operations/AuditCase.graphql")),
    ("BeginSecondFactor", include_str!("../../../mobile-contract/operations/BeginSecondFactor.graphql")),
    ("CalendarDrafts", include_str!("../../../mobile-contract/operations/CalendarDrafts.graphql")),
    ("CalendarYears", include_str!("../../../mobile-contract/operations/CalendarYears.graphql")),
    ("CaseBundles", include_str!("../../../mobile-contract/operations/CaseBundles.graphql")),
    ("CaseRecusals", include_str!("../../../mobile-contract/operations/CaseRecusals.graphql")),
    ("ChangeDecision", include_str!("../../../mobile-contract/operations/ChangeDecision.graphql")),
    ("ChangePassword", include_str!("../../../mobile-contract/operations/ChangePassword.graphql")),
    ("CheckCorrection", include_str!("../../../mobile-contract/operations/CheckCorrection.graphql")),
    ("CheckIn", include_str!("../../../mobile-contract/operations/CheckIn.graphql")),
    ("CheckInstrument", include_str!("../../../mobile-contract/operations/CheckInstrument.graphql")),
    ("CheckPayee", include_str!("../../../mobile-contract/operations/CheckPayee.graphql")),
    ("ClaimReward", include_str!("../../../mobile-contract/operations/ClaimReward.graphql")),
    ("CloseCase", include_str!("../../../mobile-contract/operations/CloseCase.graphql")),
    ("CloseComplaint", include_str!("../../../mobile-contract/operations/CloseComplaint.graphql")),
    ("CloseMerchant", include_str!("../../../mobile-contract/operations/CloseMerchant.graphql")),
    ("CloseWithoutPenalty", include_str!("../../../mobile-contract/operations/CloseWithoutPenalty.graphql")),
    ("ComeBackToComplaint", include_str!("../../../mobile-contract/operations/ComeBackToComplaint.graphql")),
    ("ComeBackToReport", include_str!("../../../mobile-contract/operations/ComeBackToReport.graphql")),
    ("ComparePulled", include_str!("../../../mobile-contract/operations/ComparePulled.graphql")),
    ("CompetentBureau", include_str!("../../../mobile-contract/operations/CompetentBureau.graphql")),
    ("ComplaintQueue", include_str!("../../../mobile-contract/operations/ComplaintQueue.graphql")),
    ("ConfidentialityPromise", include_str!("../../../mobile-contract/operations/ConfidentialityPromise.graphql")),
    ("ConfirmCalendarYear", include_str!("../../../mobile-contract/operations/ConfirmCalendarYear.graphql")),
    ("ConfirmSecondFactor", include_str!("../../../mobile-contract/operations/ConfirmSecondFactor.graphql")),
    ("ConsentToMediation", include_str!("../../../mobile-contract/operations/ConsentToMediation.graphql")),
    ("CorrectFinding", include_str!("../../../mobile-contract/operations/CorrectFinding.graphql")),
    ("DecideCase", include_str!("../../../mobile-contract/operations/DecideCase.graphql")),
    ("DecideRecusal", include_str!("../../../mobile-contract/operations/DecideRecusal.graphql")),
    ("DecideReferral", include_str!("../../../mobile-contract/operations/DecideReferral.graphql")),
    ("DecideRepair", include_str!("../../../mobile-contract/operations/DecideRepair.graphql")),
    ("DecideReward", include_str!("../../../mobile-contract/operations/DecideReward.graphql")),
    ("DeclareInterest", include_str!("../../../mobile-contract/operations/DeclareInterest.graphql")),
    ("DeclarePhotos", include_str!("../../../mobile-contract/operations/DeclarePhotos.graphql")),
    ("DeclineFiling", include_str!("../../../mobile-contract/operations/DeclineFiling.graphql")),
    ("DesignateCompetence", include_str!("../../../mobile-contract/operations/DesignateCompetence.graphql")),
    ("Desk", include_str!("../../../mobile-contract/operations/Desk.graphql")),
    ("DeskClocks", include_str!("../../../mobile-contract/operations/DeskClocks.graphql")),
    ("DeskCounts", include_str!("../../../mobile-contract/operations/DeskCounts.graphql")),
    ("DisableAccount", include_str!("../../../mobile-contract/operations/DisableAccount.graphql")),
    ("DispatchComplaint", include_str!("../../../mobile-contract/operations/DispatchComplaint.graphql")),
    ("DispatchInspection", include_str!("../../../mobile-contract/operations/DispatchInspection.graphql")),
    ("DispatchReport", include_str!("../../../mobile-contract/operations/DispatchReport.graphql")),
    ("DispatchVisit", include_str!("../../../mobile-contract/operations/DispatchVisit.graphql")),
    ("EnableAccount", include_str!("../../../mobile-contract/operations/EnableAccount.graphql")),
    ("EndInterest", include_str!("../../../mobile-contract/operations/EndInterest.graphql")),
    ("EndSecondFactor", include_str!("../../../mobile-contract/operations/EndSecondFactor.graphql")),
    ("EntrustMediation", include_str!("../../../mobile-contract/operations/EntrustMediation.graphql")),
    ("EventLog", include_str!("../../../mobile-contract/operations/EventLog.graphql")),
    ("ExportEventLog", include_str!("../../../mobile-contract/operations/ExportEventLog.graphql")),
    ("ExportPayments", include_str!("../../../mobile-contract/operations/ExportPayments.graphql")),
    ("ExportPaymentsAgain", include_str!("../../../mobile-contract/operations/ExportPaymentsAgain.graphql")),
    ("ExtendCase", include_str!("../../../mobile-contract/operations/ExtendCase.graphql")),
    ("ExtendClaim", include_str!("../../../mobile-contract/operations/ExtendClaim.graphql")),
    ("ExtendRepair", include_str!("../../../mobile-contract/operations/ExtendRepair.graphql")),
    ("ExtendVerification", include_str!("../../../mobile-contract/operations/ExtendVerification.graphql")),
    ("FailedSignIns", include_str!("../../../mobile-contract/operations/FailedSignIns.graphql")),
    ("FileCase", include_str!("../../../mobile-contract/operations/FileCase.graphql")),
    ("FileComplaint", include_str!("../../../mobile-contract/operations/FileComplaint.graphql")),
    ("FilePapers", include_str!("../../../mobile-contract/operations/FilePapers.graphql")),
    ("FileReport", include_str!("../../../mobile-contract/operations/FileReport.graphql")),
    ("FileSubmission", include_str!("../../../mobile-contract/operations/FileSubmission.graphql")),
    ("FindMerchants", include_str!("../../../mobile-contract/operations/FindMerchants.graphql")),
    ("FinishCase", include_str!("../../../mobile-contract/operations/FinishCase.graphql")),
    ("GetCase", include_str!("../../../mobile-contract/operations/GetCase.graphql")),
    ("GetComplaint", include_str!("../../../mobile-contract/operations/GetComplaint.graphql")),
    ("GetReport", include_str!("../../../mobile-contract/operations/GetReport.graphql")),
    ("GetReward", include_str!("../../../mobile-contract/operations/GetReward.graphql")),
    ("GetVerdict", include_str!("../../../mobile-contract/operations/GetVerdict.graphql")),
    ("GetVisit", include_str!("../../../mobile-contract/operations/GetVisit.graphql")),
    ("GradeReward", include_str!("../../../mobile-contract/operations/GradeReward.graphql")),
    ("HandOver", include_str!("../../../mobile-contract/operations/HandOver.graphql")),
    ("HandOverGoods", include_str!("../../../mobile-contract/operations/HandOverGoods.graphql")),
    ("HoldHearing", include_str!("../../../mobile-contract/operations/HoldHearing.graphql")),
    ("HoldSession", include_str!("../../../mobile-contract/operations/HoldSession.graphql")),
    ("IssueNotice", include_str!("../../../mobile-contract/operations/IssueNotice.graphql")),
    ("Judge", include_str!("../../../mobile-contract/operations/Judge.graphql")),
    ("Limits", include_str!("../../../mobile-contract/operations/Limits.graphql")),
    ("LinkReports", include_str!("../../../mobile-contract/operations/LinkReports.graphql")),
    ("ListAccounts", include_str!("../../../mobile-contract/operations/ListAccounts.graphql")),
    ("ListCases", include_str!("../../../mobile-contract/operations/ListCases.graphql")),
    ("ListCompetenceDisputes", include_str!("../../../mobile-contract/operations/ListCompetenceDisputes.graphql")),
    ("ListIdentityOpenings", include_str!("../../../mobile-contract/operations/ListIdentityOpenings.graphql")),
    ("ListInspectors", include_str!("../../../mobile-contract/operations/ListInspectors.graphql")),
    ("ListNotices", include_str!("../../../mobile-contract/operations/ListNotices.graphql")),
    ("ListRewards", include_str!("../../../mobile-contract/operations/ListRewards.graphql")),
    ("ListViolations", include_str!("../../../mobile-contract/operations/ListViolations.graphql")),
    ("LoadCalendarYear", include_str!("../../../mobile-contract/operations/LoadCalendarYear.graphql")),
    ("LookUpMerchant", include_str!("../../../mobile-contract/operations/LookUpMerchant.graphql")),
    ("MakeCaseBundle", include_str!("../../../mobile-contract/operations/MakeCaseBundle.graphql")),
    ("MakePassport", include_str!("../../../mobile-contract/operations/MakePassport.graphql")),
    ("MakePasswordCode", include_str!("../../../mobile-contract/operations/MakePasswordCode.graphql")),
    ("MarkDuplicate", include_str!("../../../mobile-contract/operations/MarkDuplicate.graphql")),
    ("Me", include_str!("../../../mobile-contract/operations/Me.graphql")),
    ("MergeReport", include_str!("../../../mobile-contract/operations/MergeReport.graphql")),
    ("MoveAccount", include_str!("../../../mobile-contract/operations/MoveAccount.graphql")),
    ("MoveInstrument", include_str!("../../../mobile-contract/operations/MoveInstrument.graphql")),
    ("MoveMerchant", include_str!("../../../mobile-contract/operations/MoveMerchant.graphql")),
    ("MyDevices", include_str!("../../../mobile-contract/operations/MyDevices.graphql")),
    ("MyInterests", include_str!("../../../mobile-contract/operations/MyInterests.graphql")),
    ("MyVisits", include_str!("../../../mobile-contract/operations/MyVisits.graphql")),
    ("NoteLiability", include_str!("../../../mobile-contract/operations/NoteLiability.graphql")),
    ("NotePoliceAnswer", include_str!("../../../mobile-contract/operations/NotePoliceAnswer.graphql")),
    ("NoteRemedy", include_str!("../../../mobile-contract/operations/NoteRemedy.graphql")),
    ("NoteSideTold", include_str!("../../../mobile-contract/operations/NoteSideTold.graphql")),
    ("ObjectToPayee", include_str!("../../../mobile-contract/operations/ObjectToPayee.graphql")),
    ("ObjectToReward", include_str!("../../../mobile-contract/operations/ObjectToReward.graphql")),
    ("OpenIdentity", include_str!("../../../mobile-contract/operations/OpenIdentity.graphql")),
    ("OpenLead", include_str!("../../../mobile-contract/operations/OpenLead.graphql")),
    ("OpenMerchant", include_str!("../../../mobile-contract/operations/OpenMerchant.graphql")),
    ("OpenOriginal", include_str!("../../../mobile-contract/operations/OpenOriginal.graphql")),
    ("OrderCorrection", include_str!("../../../mobile-contract/operations/OrderCorrection.graphql")),
    ("PauseForTesting", include_str!("../../../mobile-contract/operations/PauseForTesting.graphql")),
    ("PersonalDataWarnings", include_str!("../../../mobile-contract/operations/PersonalDataWarnings.graphql")),
    ("ProposeNoPenalty", include_str!("../../../mobile-contract/operations/ProposeNoPenalty.graphql")),
    ("ProposeNotFiling", include_str!("../../../mobile-contract/operations/ProposeNotFiling.graphql")),
    ("ProposePenalty", include_str!("../../../mobile-contract/operations/ProposePenalty.graphql")),
    ("ProposeRefusal", include_str!("../../../mobile-contract/operations/ProposeRefusal.graphql")),
    ("ProposeTermination", include_str!("../../../mobile-contract/operations/ProposeTermination.graphql")),
    ("ProveIdentity", include_str!("../../../mobile-contract/operations/ProveIdentity.graphql")),
    ("Pull", include_str!("../../../mobile-contract/operations/Pull.graphql")),
    ("PullInstruments", include_str!("../../../mobile-contract/operations/PullInstruments.graphql")),
    ("PullLaw", include_str!("../../../mobile-contract/operations/PullLaw.graphql")),
    ("PullMerchants", include_str!("../../../mobile-contract/operations/PullMerchants.graphql")),
    ("PullVisits", include_str!("../../../mobile-contract/operations/PullVisits.graphql")),
    ("PunishOnTheSpot", include_str!("../../../mobile-contract/operations/PunishOnTheSpot.graphql")),
    ("RaiseCompetenceDispute", include_str!("../../../mobile-contract/operations/RaiseCompetenceDispute.graphql")),
    ("Reconcile", include_str!("../../../mobile-contract/operations/Reconcile.graphql")),
    ("RecordAgreement", include_str!("../../../mobile-contract/operations/RecordAgreement.graphql")),
    ("RecordClaim", include_str!("../../../mobile-contract/operations/RecordClaim.graphql")),
    ("RecordConference", include_str!("../../../mobile-contract/operations/RecordConference.graphql")),
    ("RecordEligibility", include_str!("../../../mobile-contract/operations/RecordEligibility.graphql")),
    ("RecordFinanceConsent", include_str!("../../../mobile-contract/operations/RecordFinanceConsent.graphql")),
    ("RecordFinePayment", include_str!("../../../mobile-contract/operations/RecordFinePayment.graphql")),
    ("RecordMeasurement", include_str!("../../../mobile-contract/operations/RecordMeasurement.graphql")),
    ("RecordPayment", include_str!("../../../mobile-contract/operations/RecordPayment.graphql")),
    ("RecordRecovery", include_str!("../../../mobile-contract/operations/RecordRecovery.graphql")),
    ("RecordService", include_str!("../../../mobile-contract/operations/RecordService.graphql")),
    ("RecordTestResult", include_str!("../../../mobile-contract/operations/RecordTestResult.graphql")),
    ("RecoverReward", include_str!("../../../mobile-contract/operations/RecoverReward.graphql")),
    ("RedactPhoto", include_str!("../../../mobile-contract/operations/RedactPhoto.graphql")),
    ("ReferToPolice", include_str!("../../../mobile-contract/operations/ReferToPolice.graphql")),
    ("ReferenceStandards", include_str!("../../../mobile-contract/operations/ReferenceStandards.graphql")),
    ("RefreshSession", include_str!("../../../mobile-contract/operations/RefreshSession.graphql")),
    ("RemindParty", include_str!("../../../mobile-contract/operations/RemindParty.graphql")),
    ("RemoveRedaction", include_str!("../../../mobile-contract/operations/RemoveRedaction.graphql")),
    ("RemoveSecondFactor", include_str!("../../../mobile-contract/operations/RemoveSecondFactor.graphql")),
    ("RenameMerchant", include_str!("../../../mobile-contract/operations/RenameMerchant.graphql")),
    ("RenewRecoveryCodes", include_str!("../../../mobile-contract/operations/RenewRecoveryCodes.graphql")),
    ("ReopenVisit", include_str!("../../../mobile-contract/operations/ReopenVisit.graphql")),
    ("RepairCredit", include_str!("../../../mobile-contract/operations/RepairCredit.graphql")),
    ("ReplaceInspectors", include_str!("../../../mobile-contract/operations/ReplaceInspectors.graphql")),
    ("ReplaceTeam", include_str!("../../../mobile-contract/operations/ReplaceTeam.graphql")),
    ("ReplyNotCompetent", include_str!("../../../mobile-contract/operations/ReplyNotCompetent.graphql")),
    ("ReportCrime", include_str!("../../../mobile-contract/operations/ReportCrime.graphql")),
    ("ReportLead", include_str!("../../../mobile-contract/operations/ReportLead.graphql")),
    ("ReportPhotos", include_str!("../../../mobile-contract/operations/ReportPhotos.graphql")),
    ("ReportQueue", include_str!("../../../mobile-contract/operations/ReportQueue.graphql")),
    ("ReportSuggestions", include_str!("../../../mobile-contract/operations/ReportSuggestions.graphql")),
    ("RequestHearing", include_str!("../../../mobile-contract/operations/RequestHearing.graphql")),
    ("RequestIdentityOpening", include_str!("../../../mobile-contract/operations/RequestIdentityOpening.graphql")),
    ("RequestIdentityProof", include_str!("../../../mobile-contract/operations/RequestIdentityProof.graphql")),
    ("RequestRecusal", include_str!("../../../mobile-contract/operations/RequestRecusal.graphql")),
    ("ResumeCase", include_str!("../../../mobile-contract/operations/ResumeCase.graphql")),
    ("ResumeVerification", include_str!("../../../mobile-contract/operations/ResumeVerification.graphql")),
    ("RetireInstrument", include_str!("../../../mobile-contract/operations/RetireInstrument.graphql")),
    ("RetryJob", include_str!("../../../mobile-contract/operations/RetryJob.graphql")),
    ("ReturnComplaint", include_str!("../../../mobile-contract/operations/ReturnComplaint.graphql")),
    ("ReturnFromPolice", include_str!("../../../mobile-contract/operations/ReturnFromPolice.graphql")),
    ("ReturnReport", include_str!("../../../mobile-contract/operations/ReturnReport.graphql")),
    ("ReverifyInstrument", include_str!("../../../mobile-contract/operations/ReverifyInstrument.graphql")),
    ("ReviewReward", include_str!("../../../mobile-contract/operations/ReviewReward.graphql")),
    ("RevokeDevice", include_str!("../../../mobile-contract/operations/RevokeDevice.graphql")),
    ("RevokeReward", include_str!("../../../mobile-contract/operations/RevokeReward.graphql")),
    ("RevokeUploads", include_str!("../../../mobile-contract/operations/RevokeUploads.graphql")),
    ("RuleEditions", include_str!("../../../mobile-contract/operations/RuleEditions.graphql")),
    ("RuleOnRecusal", include_str!("../../../mobile-contract/operations/RuleOnRecusal.graphql")),
    ("RuleOnScope", include_str!("../../../mobile-contract/operations/RuleOnScope.graphql")),
    ("ScreenReward", include_str!("../../../mobile-contract/operations/ScreenReward.graphql")),
    ("SendForTesting", include_str!("../../../mobile-contract/operations/SendForTesting.graphql")),
    ("ServeDecision", include_str!("../../../mobile-contract/operations/ServeDecision.graphql")),
    ("ServeNotice", include_str!("../../../mobile-contract/operations/ServeNotice.graphql")),
    ("ServerTime", include_str!("../../../mobile-contract/operations/ServerTime.graphql")),
    ("SetAccountRoles", include_str!("../../../mobile-contract/operations/SetAccountRoles.graphql")),
    ("SettleCompetenceDispute", include_str!("../../../mobile-contract/operations/SettleCompetenceDispute.graphql")),
    ("SettleLead", include_str!("../../../mobile-contract/operations/SettleLead.graphql")),
    ("SignIn", include_str!("../../../mobile-contract/operations/SignIn.graphql")),
    ("SignRecord", include_str!("../../../mobile-contract/operations/SignRecord.graphql")),
    ("SimilarReports", include_str!("../../../mobile-contract/operations/SimilarReports.graphql")),
    ("StopComplaintMail", include_str!("../../../mobile-contract/operations/StopComplaintMail.graphql")),
    ("StopReportMail", include_str!("../../../mobile-contract/operations/StopReportMail.graphql")),
    ("SubmitMeasurement", include_str!("../../../mobile-contract/operations/SubmitMeasurement.graphql")),
    ("SubmitVisit", include_str!("../../../mobile-contract/operations/SubmitVisit.graphql")),
    ("SucceedMerchant", include_str!("../../../mobile-contract/operations/SucceedMerchant.graphql")),
    ("SuspendCase", include_str!("../../../mobile-contract/operations/SuspendCase.graphql")),
    ("SyncHealth", include_str!("../../../mobile-contract/operations/SyncHealth.graphql")),
    ("TakeBackMediation", include_str!("../../../mobile-contract/operations/TakeBackMediation.graphql")),
    ("TakeInComplaint", include_str!("../../../mobile-contract/operations/TakeInComplaint.graphql")),
    ("TellDecision", include_str!("../../../mobile-contract/operations/TellDecision.graphql")),
    ("TellOutcome", include_str!("../../../mobile-contract/operations/TellOutcome.graphql")),
    ("TerminateCase", include_str!("../../../mobile-contract/operations/TerminateCase.graphql")),
    ("TerminateMediation", include_str!("../../../mobile-contract/operations/TerminateMediation.graphql")),
    ("TrackComplaint", include_str!("../../../mobile-contract/operations/TrackComplaint.graphql")),
    ("TrackReport", include_str!("../../../mobile-contract/operations/TrackReport.graphql")),
    ("TransferCase", include_str!("../../../mobile-contract/operations/TransferCase.graphql")),
    ("TransferReport", include_str!("../../../mobile-contract/operations/TransferReport.graphql")),
    ("UndoRepair", include_str!("../../../mobile-contract/operations/UndoRepair.graphql")),
    ("UpholdClaim", include_str!("../../../mobile-contract/operations/UpholdClaim.graphql")),
    ("UsePasswordCode", include_str!("../../../mobile-contract/operations/UsePasswordCode.graphql")),
    ("VisitOpinions", include_str!("../../../mobile-contract/operations/VisitOpinions.graphql")),
    ("VisitPhotos", include_str!("../../../mobile-contract/operations/VisitPhotos.graphql")),
    ("VoidClaim", include_str!("../../../mobile-contract/operations/VoidClaim.graphql")),
    ("VoidFinding", include_str!("../../../mobile-contract/operations/VoidFinding.graphql")),
    ("WaitingJobs", include_str!("../../../mobile-contract/operations/WaitingJobs.graphql")),
    ("WithdrawComplaint", include_str!("../../../mobile-contract/operations/WithdrawComplaint.graphql")),
    ("WithdrawPhoto", include_str!("../../../mobile-contract/operations/WithdrawPhoto.graphql")),
    ("WithdrawPublicationConsent", include_str!("../../../mobile-contract/operations/WithdrawPublicationConsent.graphql")),
    ("WithdrawReport", include_str!("../../../mobile-contract/operations/WithdrawReport.graphql")),
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
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../mobile-contract/operations");
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
