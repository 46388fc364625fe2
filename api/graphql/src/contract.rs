//! The operations of the contract: what phones send, word for word.
//!
//! The program carries their texts, so that the demo runs what is published, and so that their
//! names, and no others, become labels of the figures.

/// For whom the contract has a folder each: whoever writes an app for one of them needs no other.
pub const AUDIENCES: [&str; 5] = ["citizen", "inspector", "merchant", "officer", "operator"];

/// The operations by name, in the order of the alphabet, each from one folder of those who use it: what several use lies in
/// each of their folders, word for word.
#[rustfmt::skip] // A line an operation.
pub const OPERATIONS: [(&str, &str); 247] = [
    ("AcceptComplaint", include_str!("../../../mobile-contract/officer/AcceptComplaint.graphql")),
    ("AcceptRepair", include_str!("../../../mobile-contract/officer/AcceptRepair.graphql")),
    ("AcceptReport", include_str!("../../../mobile-contract/officer/AcceptReport.graphql")),
    ("AddAccount", include_str!("../../../mobile-contract/operator/AddAccount.graphql")),
    ("AddInstrument", include_str!("../../../mobile-contract/officer/AddInstrument.graphql")),
    ("AddReportPhotos", include_str!("../../../mobile-contract/citizen/AddReportPhotos.graphql")),
    ("AddSeenInstrument", include_str!("../../../mobile-contract/inspector/AddSeenInstrument.graphql")),
    ("AllowInstalments", include_str!("../../../mobile-contract/officer/AllowInstalments.graphql")),
    ("AnnounceHearing", include_str!("../../../mobile-contract/officer/AnnounceHearing.graphql")),
    ("AnnounceSession", include_str!("../../../mobile-contract/officer/AnnounceSession.graphql")),
    ("AnswerNotice", include_str!("../../../mobile-contract/merchant/AnswerNotice.graphql")),
    ("AnswerQuestion", include_str!("../../../mobile-contract/citizen/AnswerQuestion.graphql")),
    ("ApplyForReward", include_str!("../../../mobile-contract/citizen/ApplyForReward.graphql")),
    ("ApplyHeldItem", include_str!("../../../mobile-contract/officer/ApplyHeldItem.graphql")),
    ("ApplyToCourt", include_str!("../../../mobile-contract/officer/ApplyToCourt.graphql")),
    ("ApproveClaim", include_str!("../../../mobile-contract/officer/ApproveClaim.graphql")),
    ("ApproveIdentityOpening", include_str!("../../../mobile-contract/officer/ApproveIdentityOpening.graphql")),
    ("ApproveRefusal", include_str!("../../../mobile-contract/officer/ApproveRefusal.graphql")),
    ("ArchiveCase", include_str!("../../../mobile-contract/officer/ArchiveCase.graphql")),
    ("ArchiveComplaint", include_str!("../../../mobile-contract/officer/ArchiveComplaint.graphql")),
    ("AskRecusal", include_str!("../../../mobile-contract/merchant/AskRecusal.graphql")),
    ("AskReporter", include_str!("../../../mobile-contract/inspector/AskReporter.graphql")),
    ("AskReview", include_str!("../../../mobile-contract/officer/AskReview.graphql")),
    ("AssignComplaint", include_str!("../../../mobile-contract/officer/AssignComplaint.graphql")),
    ("AuditCase", include_str!("../../../mobile-contract/officer/AuditCase.graphql")),
    ("BeginSecondFactor", include_str!("../../../mobile-contract/inspector/BeginSecondFactor.graphql")),
    ("CalendarDrafts", include_str!("../../../mobile-contract/officer/CalendarDrafts.graphql")),
    ("CalendarYears", include_str!("../../../mobile-contract/officer/CalendarYears.graphql")),
    ("CaseBundles", include_str!("../../../mobile-contract/officer/CaseBundles.graphql")),
    ("CaseRecusals", include_str!("../../../mobile-contract/merchant/CaseRecusals.graphql")),
    ("ChangeDecision", include_str!("../../../mobile-contract/officer/ChangeDecision.graphql")),
    ("ChangePassword", include_str!("../../../mobile-contract/inspector/ChangePassword.graphql")),
    ("CheckCorrection", include_str!("../../../mobile-contract/officer/CheckCorrection.graphql")),
    ("CheckIn", include_str!("../../../mobile-contract/inspector/CheckIn.graphql")),
    ("CheckInstrument", include_str!("../../../mobile-contract/inspector/CheckInstrument.graphql")),
    ("CheckPayee", include_str!("../../../mobile-contract/officer/CheckPayee.graphql")),
    ("ClaimReward", include_str!("../../../mobile-contract/citizen/ClaimReward.graphql")),
    ("CloseCase", include_str!("../../../mobile-contract/officer/CloseCase.graphql")),
    ("CloseComplaint", include_str!("../../../mobile-contract/officer/CloseComplaint.graphql")),
    ("CloseMerchant", include_str!("../../../mobile-contract/officer/CloseMerchant.graphql")),
    ("CloseWithoutPenalty", include_str!("../../../mobile-contract/officer/CloseWithoutPenalty.graphql")),
    ("ComeBackToComplaint", include_str!("../../../mobile-contract/citizen/ComeBackToComplaint.graphql")),
    ("ComeBackToReport", include_str!("../../../mobile-contract/citizen/ComeBackToReport.graphql")),
    ("ComparePulled", include_str!("../../../mobile-contract/inspector/ComparePulled.graphql")),
    ("CompetentBureau", include_str!("../../../mobile-contract/citizen/CompetentBureau.graphql")),
    ("ComplaintQueue", include_str!("../../../mobile-contract/merchant/ComplaintQueue.graphql")),
    ("ConfidentialityPromise", include_str!("../../../mobile-contract/citizen/ConfidentialityPromise.graphql")),
    ("ConfirmCalendarYear", include_str!("../../../mobile-contract/officer/ConfirmCalendarYear.graphql")),
    ("ConfirmSecondFactor", include_str!("../../../mobile-contract/inspector/ConfirmSecondFactor.graphql")),
    ("ConsentToMediation", include_str!("../../../mobile-contract/citizen/ConsentToMediation.graphql")),
    ("CorrectFinding", include_str!("../../../mobile-contract/inspector/CorrectFinding.graphql")),
    ("DecideCase", include_str!("../../../mobile-contract/officer/DecideCase.graphql")),
    ("DecideRecusal", include_str!("../../../mobile-contract/officer/DecideRecusal.graphql")),
    ("DecideReferral", include_str!("../../../mobile-contract/officer/DecideReferral.graphql")),
    ("DecideRepair", include_str!("../../../mobile-contract/officer/DecideRepair.graphql")),
    ("DecideReward", include_str!("../../../mobile-contract/officer/DecideReward.graphql")),
    ("DeclareInterest", include_str!("../../../mobile-contract/inspector/DeclareInterest.graphql")),
    ("DeclarePhotos", include_str!("../../../mobile-contract/inspector/DeclarePhotos.graphql")),
    ("DeclineFiling", include_str!("../../../mobile-contract/officer/DeclineFiling.graphql")),
    ("DesignateCompetence", include_str!("../../../mobile-contract/officer/DesignateCompetence.graphql")),
    ("Desk", include_str!("../../../mobile-contract/officer/Desk.graphql")),
    ("DeskClocks", include_str!("../../../mobile-contract/officer/DeskClocks.graphql")),
    ("DeskCounts", include_str!("../../../mobile-contract/officer/DeskCounts.graphql")),
    ("DisableAccount", include_str!("../../../mobile-contract/operator/DisableAccount.graphql")),
    ("DispatchComplaint", include_str!("../../../mobile-contract/officer/DispatchComplaint.graphql")),
    ("DispatchInspection", include_str!("../../../mobile-contract/officer/DispatchInspection.graphql")),
    ("DispatchReport", include_str!("../../../mobile-contract/officer/DispatchReport.graphql")),
    ("DispatchVisit", include_str!("../../../mobile-contract/officer/DispatchVisit.graphql")),
    ("EnableAccount", include_str!("../../../mobile-contract/operator/EnableAccount.graphql")),
    ("EndInterest", include_str!("../../../mobile-contract/inspector/EndInterest.graphql")),
    ("EndSecondFactor", include_str!("../../../mobile-contract/inspector/EndSecondFactor.graphql")),
    ("EntrustMediation", include_str!("../../../mobile-contract/officer/EntrustMediation.graphql")),
    ("EventLog", include_str!("../../../mobile-contract/operator/EventLog.graphql")),
    ("ExportEventLog", include_str!("../../../mobile-contract/operator/ExportEventLog.graphql")),
    ("ExportPayments", include_str!("../../../mobile-contract/officer/ExportPayments.graphql")),
    ("ExportPaymentsAgain", include_str!("../../../mobile-contract/officer/ExportPaymentsAgain.graphql")),
    ("ExtendCase", include_str!("../../../mobile-contract/officer/ExtendCase.graphql")),
    ("ExtendClaim", include_str!("../../../mobile-contract/officer/ExtendClaim.graphql")),
    ("ExtendRepair", include_str!("../../../mobile-contract/officer/ExtendRepair.graphql")),
    ("ExtendVerification", include_str!("../../../mobile-contract/officer/ExtendVerification.graphql")),
    ("FailedSignIns", include_str!("../../../mobile-contract/operator/FailedSignIns.graphql")),
    ("FileCase", include_str!("../../../mobile-contract/officer/FileCase.graphql")),
    ("FileComplaint", include_str!("../../../mobile-contract/citizen/FileComplaint.graphql")),
    ("FilePapers", include_str!("../../../mobile-contract/officer/FilePapers.graphql")),
    ("FileReport", include_str!("../../../mobile-contract/citizen/FileReport.graphql")),
    ("FileSubmission", include_str!("../../../mobile-contract/citizen/FileSubmission.graphql")),
    ("FindMerchants", include_str!("../../../mobile-contract/inspector/FindMerchants.graphql")),
    ("FinishCase", include_str!("../../../mobile-contract/officer/FinishCase.graphql")),
    ("GetCase", include_str!("../../../mobile-contract/merchant/GetCase.graphql")),
    ("GetComplaint", include_str!("../../../mobile-contract/merchant/GetComplaint.graphql")),
    ("GetReport", include_str!("../../../mobile-contract/officer/GetReport.graphql")),
    ("GetReward", include_str!("../../../mobile-contract/officer/GetReward.graphql")),
    ("GetVerdict", include_str!("../../../mobile-contract/inspector/GetVerdict.graphql")),
    ("GetVisit", include_str!("../../../mobile-contract/inspector/GetVisit.graphql")),
    ("GradeReward", include_str!("../../../mobile-contract/officer/GradeReward.graphql")),
    ("HandIn", include_str!("../../../mobile-contract/inspector/HandIn.graphql")),
    ("HandOver", include_str!("../../../mobile-contract/officer/HandOver.graphql")),
    ("HandOverGoods", include_str!("../../../mobile-contract/officer/HandOverGoods.graphql")),
    ("HeldItems", include_str!("../../../mobile-contract/officer/HeldItems.graphql")),
    ("HoldHearing", include_str!("../../../mobile-contract/officer/HoldHearing.graphql")),
    ("HoldSession", include_str!("../../../mobile-contract/officer/HoldSession.graphql")),
    ("IssueNotice", include_str!("../../../mobile-contract/officer/IssueNotice.graphql")),
    ("Judge", include_str!("../../../mobile-contract/inspector/Judge.graphql")),
    ("Limits", include_str!("../../../mobile-contract/citizen/Limits.graphql")),
    ("LinkReports", include_str!("../../../mobile-contract/officer/LinkReports.graphql")),
    ("ListAccounts", include_str!("../../../mobile-contract/operator/ListAccounts.graphql")),
    ("ListCases", include_str!("../../../mobile-contract/merchant/ListCases.graphql")),
    ("ListCompetenceDisputes", include_str!("../../../mobile-contract/officer/ListCompetenceDisputes.graphql")),
    ("ListIdentityOpenings", include_str!("../../../mobile-contract/officer/ListIdentityOpenings.graphql")),
    ("ListInspectors", include_str!("../../../mobile-contract/officer/ListInspectors.graphql")),
    ("ListNotices", include_str!("../../../mobile-contract/merchant/ListNotices.graphql")),
    ("ListRewards", include_str!("../../../mobile-contract/officer/ListRewards.graphql")),
    ("ListViolations", include_str!("../../../mobile-contract/inspector/ListViolations.graphql")),
    ("LoadCalendarYear", include_str!("../../../mobile-contract/operator/LoadCalendarYear.graphql")),
    ("LookUpMerchant", include_str!("../../../mobile-contract/citizen/LookUpMerchant.graphql")),
    ("MakeCaseBundle", include_str!("../../../mobile-contract/officer/MakeCaseBundle.graphql")),
    ("MakePassport", include_str!("../../../mobile-contract/inspector/MakePassport.graphql")),
    ("MakePasswordCode", include_str!("../../../mobile-contract/operator/MakePasswordCode.graphql")),
    ("MarkDuplicate", include_str!("../../../mobile-contract/officer/MarkDuplicate.graphql")),
    ("Me", include_str!("../../../mobile-contract/inspector/Me.graphql")),
    ("MergeReport", include_str!("../../../mobile-contract/officer/MergeReport.graphql")),
    ("MoveAccount", include_str!("../../../mobile-contract/operator/MoveAccount.graphql")),
    ("MoveInstrument", include_str!("../../../mobile-contract/officer/MoveInstrument.graphql")),
    ("MoveMerchant", include_str!("../../../mobile-contract/officer/MoveMerchant.graphql")),
    ("MyDevices", include_str!("../../../mobile-contract/inspector/MyDevices.graphql")),
    ("MyInterests", include_str!("../../../mobile-contract/inspector/MyInterests.graphql")),
    ("MyVisits", include_str!("../../../mobile-contract/inspector/MyVisits.graphql")),
    ("NoteLiability", include_str!("../../../mobile-contract/officer/NoteLiability.graphql")),
    ("NotePoliceAnswer", include_str!("../../../mobile-contract/officer/NotePoliceAnswer.graphql")),
    ("NoteRemedy", include_str!("../../../mobile-contract/officer/NoteRemedy.graphql")),
    ("NoteSideTold", include_str!("../../../mobile-contract/officer/NoteSideTold.graphql")),
    ("ObjectToPayee", include_str!("../../../mobile-contract/citizen/ObjectToPayee.graphql")),
    ("ObjectToReward", include_str!("../../../mobile-contract/citizen/ObjectToReward.graphql")),
    ("OpenIdentity", include_str!("../../../mobile-contract/officer/OpenIdentity.graphql")),
    ("OpenLead", include_str!("../../../mobile-contract/officer/OpenLead.graphql")),
    ("OpenMerchant", include_str!("../../../mobile-contract/officer/OpenMerchant.graphql")),
    ("OpenOriginal", include_str!("../../../mobile-contract/officer/OpenOriginal.graphql")),
    ("OrderCorrection", include_str!("../../../mobile-contract/officer/OrderCorrection.graphql")),
    ("PauseForTesting", include_str!("../../../mobile-contract/officer/PauseForTesting.graphql")),
    ("PersonalDataWarnings", include_str!("../../../mobile-contract/citizen/PersonalDataWarnings.graphql")),
    ("ProposeNoPenalty", include_str!("../../../mobile-contract/officer/ProposeNoPenalty.graphql")),
    ("ProposeNotFiling", include_str!("../../../mobile-contract/officer/ProposeNotFiling.graphql")),
    ("ProposePenalty", include_str!("../../../mobile-contract/officer/ProposePenalty.graphql")),
    ("ProposeRefusal", include_str!("../../../mobile-contract/officer/ProposeRefusal.graphql")),
    ("ProposeTermination", include_str!("../../../mobile-contract/officer/ProposeTermination.graphql")),
    ("ProveIdentity", include_str!("../../../mobile-contract/officer/ProveIdentity.graphql")),
    ("Pull", include_str!("../../../mobile-contract/inspector/Pull.graphql")),
    ("PullInstruments", include_str!("../../../mobile-contract/inspector/PullInstruments.graphql")),
    ("PullLaw", include_str!("../../../mobile-contract/inspector/PullLaw.graphql")),
    ("PullMerchants", include_str!("../../../mobile-contract/inspector/PullMerchants.graphql")),
    ("PullVisits", include_str!("../../../mobile-contract/inspector/PullVisits.graphql")),
    ("PunishOnTheSpot", include_str!("../../../mobile-contract/inspector/PunishOnTheSpot.graphql")),
    ("Push", include_str!("../../../mobile-contract/inspector/Push.graphql")),
    ("RaiseCompetenceDispute", include_str!("../../../mobile-contract/officer/RaiseCompetenceDispute.graphql")),
    ("Reconcile", include_str!("../../../mobile-contract/citizen/Reconcile.graphql")),
    ("RecordAgreement", include_str!("../../../mobile-contract/officer/RecordAgreement.graphql")),
    ("RecordClaim", include_str!("../../../mobile-contract/officer/RecordClaim.graphql")),
    ("RecordConference", include_str!("../../../mobile-contract/officer/RecordConference.graphql")),
    ("RecordEligibility", include_str!("../../../mobile-contract/officer/RecordEligibility.graphql")),
    ("RecordFinanceConsent", include_str!("../../../mobile-contract/officer/RecordFinanceConsent.graphql")),
    ("RecordFinePayment", include_str!("../../../mobile-contract/officer/RecordFinePayment.graphql")),
    ("RecordMeasurement", include_str!("../../../mobile-contract/inspector/RecordMeasurement.graphql")),
    ("RecordPayment", include_str!("../../../mobile-contract/officer/RecordPayment.graphql")),
    ("RecordRecovery", include_str!("../../../mobile-contract/officer/RecordRecovery.graphql")),
    ("RecordService", include_str!("../../../mobile-contract/officer/RecordService.graphql")),
    ("RecordTestResult", include_str!("../../../mobile-contract/officer/RecordTestResult.graphql")),
    ("RecoverReward", include_str!("../../../mobile-contract/officer/RecoverReward.graphql")),
    ("RedactPhoto", include_str!("../../../mobile-contract/inspector/RedactPhoto.graphql")),
    ("ReferToPolice", include_str!("../../../mobile-contract/officer/ReferToPolice.graphql")),
    ("ReferenceStandards", include_str!("../../../mobile-contract/inspector/ReferenceStandards.graphql")),
    ("RefreshSession", include_str!("../../../mobile-contract/inspector/RefreshSession.graphql")),
    ("RefuseHeldItem", include_str!("../../../mobile-contract/officer/RefuseHeldItem.graphql")),
    ("RemindParty", include_str!("../../../mobile-contract/officer/RemindParty.graphql")),
    ("RemoveRedaction", include_str!("../../../mobile-contract/officer/RemoveRedaction.graphql")),
    ("RemoveSecondFactor", include_str!("../../../mobile-contract/operator/RemoveSecondFactor.graphql")),
    ("RenameMerchant", include_str!("../../../mobile-contract/officer/RenameMerchant.graphql")),
    ("RenewRecoveryCodes", include_str!("../../../mobile-contract/inspector/RenewRecoveryCodes.graphql")),
    ("ReopenVisit", include_str!("../../../mobile-contract/inspector/ReopenVisit.graphql")),
    ("RepairCredit", include_str!("../../../mobile-contract/merchant/RepairCredit.graphql")),
    ("ReplaceInspectors", include_str!("../../../mobile-contract/officer/ReplaceInspectors.graphql")),
    ("ReplaceTeam", include_str!("../../../mobile-contract/officer/ReplaceTeam.graphql")),
    ("ReplyNotCompetent", include_str!("../../../mobile-contract/officer/ReplyNotCompetent.graphql")),
    ("ReportCrime", include_str!("../../../mobile-contract/officer/ReportCrime.graphql")),
    ("ReportLead", include_str!("../../../mobile-contract/officer/ReportLead.graphql")),
    ("ReportPhotos", include_str!("../../../mobile-contract/officer/ReportPhotos.graphql")),
    ("ReportQueue", include_str!("../../../mobile-contract/officer/ReportQueue.graphql")),
    ("ReportSuggestions", include_str!("../../../mobile-contract/officer/ReportSuggestions.graphql")),
    ("RequestHearing", include_str!("../../../mobile-contract/merchant/RequestHearing.graphql")),
    ("RequestIdentityOpening", include_str!("../../../mobile-contract/officer/RequestIdentityOpening.graphql")),
    ("RequestIdentityProof", include_str!("../../../mobile-contract/officer/RequestIdentityProof.graphql")),
    ("RequestRecusal", include_str!("../../../mobile-contract/citizen/RequestRecusal.graphql")),
    ("ResumeCase", include_str!("../../../mobile-contract/officer/ResumeCase.graphql")),
    ("ResumeVerification", include_str!("../../../mobile-contract/officer/ResumeVerification.graphql")),
    ("RetireInstrument", include_str!("../../../mobile-contract/officer/RetireInstrument.graphql")),
    ("RetryJob", include_str!("../../../mobile-contract/operator/RetryJob.graphql")),
    ("ReturnComplaint", include_str!("../../../mobile-contract/officer/ReturnComplaint.graphql")),
    ("ReturnFromPolice", include_str!("../../../mobile-contract/officer/ReturnFromPolice.graphql")),
    ("ReturnReport", include_str!("../../../mobile-contract/officer/ReturnReport.graphql")),
    ("ReverifyInstrument", include_str!("../../../mobile-contract/officer/ReverifyInstrument.graphql")),
    ("ReviewReward", include_str!("../../../mobile-contract/officer/ReviewReward.graphql")),
    ("RevokeDevice", include_str!("../../../mobile-contract/inspector/RevokeDevice.graphql")),
    ("RevokeReward", include_str!("../../../mobile-contract/officer/RevokeReward.graphql")),
    ("RevokeUploads", include_str!("../../../mobile-contract/citizen/RevokeUploads.graphql")),
    ("RuleEditions", include_str!("../../../mobile-contract/citizen/RuleEditions.graphql")),
    ("RuleOnRecusal", include_str!("../../../mobile-contract/officer/RuleOnRecusal.graphql")),
    ("RuleOnScope", include_str!("../../../mobile-contract/officer/RuleOnScope.graphql")),
    ("ScreenReward", include_str!("../../../mobile-contract/officer/ScreenReward.graphql")),
    ("SendForTesting", include_str!("../../../mobile-contract/officer/SendForTesting.graphql")),
    ("ServeDecision", include_str!("../../../mobile-contract/officer/ServeDecision.graphql")),
    ("ServeNotice", include_str!("../../../mobile-contract/officer/ServeNotice.graphql")),
    ("ServerTime", include_str!("../../../mobile-contract/citizen/ServerTime.graphql")),
    ("SetAccountRoles", include_str!("../../../mobile-contract/operator/SetAccountRoles.graphql")),
    ("SettleCompetenceDispute", include_str!("../../../mobile-contract/officer/SettleCompetenceDispute.graphql")),
    ("SettleLead", include_str!("../../../mobile-contract/officer/SettleLead.graphql")),
    ("SignIn", include_str!("../../../mobile-contract/inspector/SignIn.graphql")),
    ("SignRecord", include_str!("../../../mobile-contract/inspector/SignRecord.graphql")),
    ("SimilarReports", include_str!("../../../mobile-contract/citizen/SimilarReports.graphql")),
    ("StopComplaintMail", include_str!("../../../mobile-contract/citizen/StopComplaintMail.graphql")),
    ("StopReportMail", include_str!("../../../mobile-contract/citizen/StopReportMail.graphql")),
    ("SubmitMeasurement", include_str!("../../../mobile-contract/inspector/SubmitMeasurement.graphql")),
    ("SubmitVisit", include_str!("../../../mobile-contract/inspector/SubmitVisit.graphql")),
    ("SucceedMerchant", include_str!("../../../mobile-contract/officer/SucceedMerchant.graphql")),
    ("SuspendCase", include_str!("../../../mobile-contract/officer/SuspendCase.graphql")),
    ("SyncHealth", include_str!("../../../mobile-contract/inspector/SyncHealth.graphql")),
    ("TakeBackMediation", include_str!("../../../mobile-contract/officer/TakeBackMediation.graphql")),
    ("TakeInComplaint", include_str!("../../../mobile-contract/officer/TakeInComplaint.graphql")),
    ("TellDecision", include_str!("../../../mobile-contract/officer/TellDecision.graphql")),
    ("TellOutcome", include_str!("../../../mobile-contract/officer/TellOutcome.graphql")),
    ("TerminateCase", include_str!("../../../mobile-contract/officer/TerminateCase.graphql")),
    ("TerminateMediation", include_str!("../../../mobile-contract/officer/TerminateMediation.graphql")),
    ("TrackComplaint", include_str!("../../../mobile-contract/citizen/TrackComplaint.graphql")),
    ("TrackReport", include_str!("../../../mobile-contract/citizen/TrackReport.graphql")),
    ("TransferCase", include_str!("../../../mobile-contract/officer/TransferCase.graphql")),
    ("TransferReport", include_str!("../../../mobile-contract/officer/TransferReport.graphql")),
    ("UndoRepair", include_str!("../../../mobile-contract/officer/UndoRepair.graphql")),
    ("UpholdClaim", include_str!("../../../mobile-contract/officer/UpholdClaim.graphql")),
    ("UsePasswordCode", include_str!("../../../mobile-contract/inspector/UsePasswordCode.graphql")),
    ("VisitEntries", include_str!("../../../mobile-contract/inspector/VisitEntries.graphql")),
    ("VisitOpinions", include_str!("../../../mobile-contract/officer/VisitOpinions.graphql")),
    ("VisitPhotos", include_str!("../../../mobile-contract/inspector/VisitPhotos.graphql")),
    ("VoidClaim", include_str!("../../../mobile-contract/officer/VoidClaim.graphql")),
    ("VoidFinding", include_str!("../../../mobile-contract/inspector/VoidFinding.graphql")),
    ("WaitingJobs", include_str!("../../../mobile-contract/operator/WaitingJobs.graphql")),
    ("WithdrawComplaint", include_str!("../../../mobile-contract/citizen/WithdrawComplaint.graphql")),
    ("WithdrawPhoto", include_str!("../../../mobile-contract/citizen/WithdrawPhoto.graphql")),
    ("WithdrawPublicationConsent", include_str!("../../../mobile-contract/citizen/WithdrawPublicationConsent.graphql")),
    ("WithdrawReport", include_str!("../../../mobile-contract/citizen/WithdrawReport.graphql")),
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
    use std::{collections::BTreeSet, path::Path};

    #[test]
    fn every_file_of_every_folder_is_in_the_list_word_for_word() {
        let mut found = BTreeSet::new();
        for audience in AUDIENCES {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../mobile-contract");
            for entry in std::fs::read_dir(folder.join(audience)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_none_or(|kind| kind != "graphql") {
                    continue;
                }
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(text_of(&name), Some(text.as_str()), "{}", path.display());
                found.insert(name);
            }
        }
        let listed: Vec<_> = names().collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), listed);
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
