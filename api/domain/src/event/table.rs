use super::job::{ComplaintNews, Job, News, mail, tell};
use crate::id::{CaseId, ComplaintId, MerchantId, PhotoId, ReportId, RewardId, UserId, VisitId};

with_accounts! {{
    /// A citizen filed a report.
    ReportFiled { report: ReportId } tells reporter(report): mail(report, News::Received);
    /// An original photo is durably held.
    PhotoStored { photo: PhotoId, report: Option<ReportId> } tells reporter(report): Job::FindLookAlikes { photo };
    /// It was signed that all photos of a record are held. The event names the receipt by what was signed.
    HoldingSigned { receipt: crate::id::HoldingId } tells office;
    /// The bytes of an original were gone from the store, and came back from whoever still had them.
    PhotoRestored { photo: PhotoId } tells office;
    /// A photo looks like one that another record has.
    PhotoLookAlikeFound { photo: PhotoId } tells office;
    /// A declared photo will not come; somebody said why.
    PhotoWithdrawn { photo: PhotoId, report: Option<ReportId> } tells reporter(report);
    /// An officer opened the original of a photo, with what the phone wrote into it.
    OriginalOpened { photo: PhotoId, report: ReportId } tells reporter(report);
    /// An officer was told that a photo of the report looks like another one; told once a day for each officer and report.
    PhotosCompared { report: ReportId } tells reporter(report);
    /// An officer looked at a photo to handle its matter; told once a day for each officer and photo.
    PhotoViewed { photo: PhotoId } tells office;
    /// Somebody above the office that has the matter looked at a photo to supervise; told as often.
    PhotoInspected { photo: PhotoId } tells office;
    /// A copy was derived from the original of a photo, without what the phone wrote into it.
    PhotoCopied { photo: PhotoId } tells office;
    /// A part of a photo was covered on every copy of it.
    PhotoRedacted { photo: PhotoId } tells office: Job::RemoveCopies { photo };
    /// A part of a photo was uncovered by another person.
    RedactionRemoved { photo: PhotoId } tells office: Job::RemoveCopies { photo };
    /// The copies of a photo were given up, because they showed more or less than they may, or were not what was made.
    CopiesPurged { photo: PhotoId } tells office;
    /// An officer took the report in.
    ReportAccepted { report: ReportId } tells reporter(report): mail(report, News::Accepted);
    /// The reporter was told which bureau is competent.
    ReportNotCompetent { report: ReportId } tells reporter(report): mail(report, News::Decided);
    /// New facts of the same reporter joined an earlier report, or it was said before.
    ReportMerged { report: ReportId } tells reporter(report);
    /// Reports of different reporters about the same matter were linked.
    ReportLinked { report: ReportId } tells office;
    /// A head gave the verification more time.
    VerificationExtended { report: ReportId } tells reporter(report);
    /// Something is being tested; time does not count.
    VerificationPaused { report: ReportId } tells office;
    /// The test came back.
    VerificationResumed { report: ReportId } tells office;
    /// An officer proposes not to file a case.
    NotFilingProposed { report: ReportId } tells office;
    /// A head decided not to file a case.
    ReportNotFiled { report: ReportId } tells reporter(report);
    /// The case ended without a penalty.
    ReportClosed { report: ReportId } tells reporter(report);
    /// The case went to somebody else.
    ReportTransferred { report: ReportId } tells reporter(report);
    /// The reporter withdrew; verification goes on.
    ReportWithdrawn { report: ReportId } tells reporter(report);
    /// The reporter was told the outcome, as a special law demands.
    OutcomeTold { report: ReportId } tells reporter(report): mail(report, News::Decided);
    /// The report went to another unit, or back.
    ReportDispatched { report: ReportId } tells office;
    /// Two units disagree about who is competent, or no longer do.
    CompetenceDisputed { report: ReportId } tells office;
    /// Somebody above the office that has it opened the report.
    ReportInspected { report: ReportId } tells office;
    /// Somebody above the office that has it opened the complaint.
    ComplaintInspected { complaint: ComplaintId } tells office;
    /// Somebody above the office that has it opened the visit.
    VisitInspected { visit: VisitId } tells office;
    /// Somebody above the office that has it opened the case.
    CaseInspected { case: CaseId } tells office;
    /// Somebody above the office that has it opened the reward.
    RewardInspected { reward: RewardId } tells office;
    /// Inspectors were sent.
    VisitDispatched { visit: VisitId, report: Option<ReportId> } tells reporter(report);
    /// Others were sent in the place of inspectors.
    InspectorsReplaced { visit: VisitId } tells office;
    /// An officer of a visit got the passport that is shown at the door.
    PassportMade { visit: VisitId } tells office;
    /// Inspectors arrived.
    VisitCheckedIn { visit: VisitId, report: Option<ReportId> } tells reporter(report);
    /// Another officer arrived, or one said whom he met.
    OfficerArrived { visit: VisitId } tells office;
    /// An instrument's mark was recorded.
    InstrumentChecked { visit: VisitId } tells office;
    /// A merchant came on the register.
    MerchantOpened { merchant: MerchantId } tells office;
    /// A merchant has another name.
    MerchantRenamed { merchant: MerchantId } tells office;
    /// A merchant does business elsewhere.
    MerchantMoved { merchant: MerchantId } tells office;
    /// A merchant does no business any more.
    MerchantClosed { merchant: MerchantId } tells office;
    /// Another merchant does business in its place.
    MerchantSucceeded { merchant: MerchantId } tells office;
    /// An instrument came on a ledger.
    InstrumentAdded { instrument: crate::id::InstrumentId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// An instrument is another merchant's.
    InstrumentMoved { instrument: crate::id::InstrumentId, former: MerchantId, merchant: MerchantId } tells office: Job::ComputeRating { merchant: former }, Job::ComputeRating { merchant };
    /// Nobody uses an instrument any more.
    InstrumentRetired { instrument: crate::id::InstrumentId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// An instrument was verified again.
    InstrumentReverified { instrument: crate::id::InstrumentId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// Goods were weighed and judged.
    MeasurementRecorded { measurement: crate::id::MeasurementId } tells office;
    /// An entry of the record was said to be void.
    FindingVoided { visit: VisitId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// Another measurement came in the place of one that was recorded by mistake.
    FindingCorrected { visit: VisitId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// Photos were promised.
    PhotosDeclared { visit: VisitId } tells office;
    /// The merchant signed, or the reason was noted.
    RecordSigned { visit: VisitId } tells office;
    /// The inspectors closed the visit.
    VisitSubmitted { visit: VisitId, report: Option<ReportId>, merchant: MerchantId } tells reporter(report): Job::ComputeRating { merchant };
    /// The inspectors opened the visit again.
    VisitReopened { visit: VisitId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// A write from the field is held: for what it builds on, or for a person.
    ItemHeld { item: crate::id::HeldItemId } tells office;
    /// A held write was applied by a person, or because its days were over.
    HeldItemApplied { item: crate::id::HeldItemId } tells office;
    /// A person refused a held write.
    HeldItemRefused { item: crate::id::HeldItemId } tells office;
    /// A head filed a case.
    CaseFiled { case: CaseId, report: Option<ReportId> } tells reporter(report);
    /// Something that the visit behind a case recorded is void.
    CaseFindingVoided { case: CaseId } tells office;
    /// The final report proposes a penalty.
    PenaltyProposed { case: CaseId } tells office;
    /// The audit passed, or sent the file back.
    CaseAudited { case: CaseId } tells office;
    /// A correction was ordered before the decision.
    CorrectionOrdered { case: CaseId } tells office;
    /// The investigation waits.
    CaseSuspended { case: CaseId } tells office;
    /// It goes on.
    CaseResumed { case: CaseId } tells office;
    /// The head gave more time for the decision.
    CaseExtended { case: CaseId } tells office;
    /// Somebody was asked to step back from a case.
    CaseRecusalAsked { case: CaseId } tells office;
    /// A head ruled on whether somebody steps back from a case.
    CaseRecusalRuled { case: CaseId } tells office;
    /// Other officers investigate a case.
    CaseTeamReplaced { case: CaseId } tells office;
    /// An officer said that a merchant is a relative, or that there is an interest.
    InterestDeclared { merchant: MerchantId } tells office;
    /// An officer said that this is over.
    InterestEnded { merchant: MerchantId, interest: crate::id::InterestId } tells office: Job::TellOfInterest { interest };
    /// The notice of what is intended was written.
    NoticeIssued { case: CaseId } tells office;
    /// The merchant was told what is intended.
    NoticeServed { case: CaseId } tells office;
    /// The merchant answered.
    NoticeAnswered { case: CaseId } tells office;
    /// The merchant asks to be heard.
    HearingRequested { case: CaseId } tells office;
    /// The merchant was told when it is heard.
    HearingAnnounced { case: CaseId } tells office;
    /// The record of the hearing was written.
    HearingHeld { case: CaseId } tells office;
    /// The heads talked about it together.
    CaseConferred { case: CaseId } tells office;
    /// The case was decided.
    CaseDecided { case: CaseId, report: Option<ReportId> } tells reporter(report): mail(report, News::Decided);
    /// Two officers imposed a penalty on the spot; no report is behind one.
    PunishedOnTheSpot { case: CaseId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// The papers of a penalty on the spot came to the office.
    PapersFiled { case: CaseId } tells office;
    /// The decision reached the merchant.
    DecisionServed { case: CaseId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// A review or a court changed the decision.
    DecisionChanged { case: CaseId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// The merchant asks that its decision is shown no more.
    RepairAsked { case: CaseId } tells office;
    /// The office took that up, asked for more, or took more time for it.
    RepairAnswered { case: CaseId } tells office;
    /// The head decided on it, or undid what was got by lying.
    RepairDecided { case: CaseId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// The merchant got more time to pay.
    InstalmentsAllowed { case: CaseId } tells office;
    /// Money came in.
    PaymentRecorded { case: CaseId } tells office;
    /// Somebody looked whether the correction was made.
    CorrectionChecked { case: CaseId, merchant: MerchantId } tells office: Job::ComputeRating { merchant };
    /// A review or a suit against the decision was noted, or its end.
    RemedyNoted { case: CaseId } tells office;
    /// The merchant was reminded that it owes money.
    PartyReminded { case: CaseId } tells office;
    /// The court was asked to enforce.
    CourtAsked { case: CaseId } tells office;
    /// The case was closed.
    CaseFinished { case: CaseId } tells office;
    /// The case went into the archive.
    CaseArchived { case: CaseId } tells office;
    /// Two officers reported a suspected crime to the head.
    CrimeReported { case: CaseId } tells office;
    /// The head decided whether it goes to the police.
    ReferralDecided { case: CaseId } tells office;
    /// The police got the suspected crime with its enclosures.
    CrimeHandedOver { case: CaseId } tells office;
    /// The police said whether they take it up.
    PoliceAnswered { case: CaseId } tells office;
    /// The police were asked to look at their refusal again.
    ReferralReviewAsked { case: CaseId } tells office;
    /// The goods of the case went to the police.
    GoodsHandedOver { case: CaseId } tells office;
    /// It is known whether somebody was held criminally liable.
    LiabilityNoted { case: CaseId } tells office;
    /// The police gave the case back.
    PoliceReturned { case: CaseId } tells office;
    /// Somebody took the file of a case out, with its originals.
    CaseBundled { bundle: crate::id::BundleId, case: CaseId } tells office;
    /// A case that no report is behind ended without a penalty.
    CaseEnded { case: CaseId } tells office;
    /// A case that no report is behind went to somebody else.
    CaseTransferred { case: CaseId } tells office;
    /// A grade was computed.
    RatingComputed { rating: crate::id::RatingId } tells office;
    /// The reward was screened.
    RewardScreened { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::Reward);
    /// A head said whether the violation is of a kind that is rewarded.
    RewardScopeRuled { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// Who may have the reward was checked.
    RewardChecked { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reporter applied for the reward.
    RewardApplied { reward: RewardId, report: ReportId } tells reporter(report);
    /// The reward was graded.
    RewardGraded { reward: RewardId, report: ReportId } tells office;
    /// The finance department was asked.
    RewardReferredToFinance { reward: RewardId, report: ReportId } tells office;
    /// The finance department consented.
    RewardFinanceConsented { reward: RewardId, report: ReportId } tells office;
    /// The reward was decided.
    RewardDecided { reward: RewardId, report: ReportId } tells office;
    /// The reporter was told of the decision.
    RewardTold { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reporter objected to the sum.
    RewardObjected { reward: RewardId, report: ReportId } tells reporter(report);
    /// The sum was reviewed.
    RewardReviewed { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reporter got more time to claim.
    RewardClaimExtended { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reward was claimed, by the reporter or by somebody in person. The reporter is told, who may know nothing of it.
    RewardClaimed { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// A second person approved a claim in person; the days to object to the payee begin.
    RewardClaimApproved { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reporter says that the payee is somebody else.
    RewardPayeeContested { reward: RewardId, report: ReportId } tells reporter(report);
    /// A claim was found to be none; the time to claim begins anew.
    RewardClaimVoided { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// What the reporter said against the payee was turned down.
    RewardPayeeUpheld { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// Somebody with an opening checked the payee, and found nothing against it.
    RewardPayeeChecked { reward: RewardId, report: ReportId } tells office;
    /// The reporter did not apply in time.
    RewardLapsed { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reporter did not claim in time.
    RewardForfeited { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The reward was paid.
    RewardPaid { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// The decision was revoked.
    RewardRevoked { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// What was paid is asked back.
    RewardRecoveryBegun { reward: RewardId, report: ReportId } tells reporter(report): mail(report, News::RewardProgress);
    /// What was paid came back.
    RewardRecovered { reward: RewardId, report: ReportId } tells reporter(report);
    /// The payee left for the finance department.
    PayoutExported { reward: RewardId, report: ReportId } tells reporter(report);
    /// A payment file left once more; the payee went out again.
    PayoutExportedAgain { reward: RewardId, report: ReportId } tells reporter(report);
    /// The payee was deleted.
    PayoutPurged { reward: RewardId, report: ReportId } tells reporter(report);
    /// A paper was issued; `report` if it is for the reporter.
    PaperIssued { notice: crate::id::NoticeId, report: Option<ReportId> } tells reporter(report);
    /// A paper reached its recipient; `report` if that is the reporter.
    PaperServed { notice: crate::id::NoticeId, report: Option<ReportId> } tells reporter(report);
    /// It came in.
    ComplaintFiled { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Received);
    /// It was sent to the competent unit.
    ComplaintDispatched { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// The competent unit has it.
    ComplaintTakenIn { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// It was given back.
    ComplaintReturned { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// Somebody handles it.
    ComplaintAssigned { complaint: ComplaintId } tells office;
    /// The complainant has to prove the identity.
    ComplaintIdentityAsked { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// The identity was proved.
    ComplaintIdentityProved { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A refusal was proposed.
    ComplaintRefusalProposed { complaint: ComplaintId } tells office;
    /// It was refused.
    ComplaintRefused { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// It was withdrawn.
    ComplaintWithdrawn { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// It was accepted.
    ComplaintAccepted { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A side consented.
    ComplaintConsented { complaint: ComplaintId } tells office;
    /// A consent to publication was withdrawn.
    ComplaintConsentWithdrawn { complaint: ComplaintId } tells office;
    /// Mediation began.
    ComplaintMediationBegan { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A body mediates.
    ComplaintEntrusted { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// The bureau mediates again.
    ComplaintTakenBack { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A session was announced.
    ComplaintSessionAnnounced { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A session was held.
    ComplaintSessionHeld { complaint: ComplaintId } tells office;
    /// A mediator is asked to step back.
    ComplaintRecusalAsked { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// It was decided about a mediator.
    ComplaintRecusalDecided { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A sample went to a testing body.
    ComplaintTestOrdered { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// The test has a result.
    ComplaintTestDone { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// The sides agreed.
    ComplaintAgreed { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A termination was proposed.
    ComplaintTerminationProposed { complaint: ComplaintId } tells office;
    /// The mediation was terminated.
    ComplaintTerminated { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// A side was told of it.
    ComplaintSideTold { complaint: ComplaintId } tells office;
    /// The file was closed.
    ComplaintClosed { complaint: ComplaintId } tells complainant: tell(complaint, ComplaintNews::Changed);
    /// The file was archived.
    ComplaintArchived { complaint: ComplaintId } tells office;
    /// The police was told.
    ComplaintPoliceReferred { complaint: ComplaintId } tells office;
    /// A lead was found.
    ComplaintLeadFound { complaint: ComplaintId } tells office;
    /// A lead was settled.
    ComplaintLeadSettled { complaint: ComplaintId } tells office;
    /// The office has to be warned of the end of a period.
    ClockWarned { clock: crate::id::ClockId, warned: crate::law::clock::Warned } tells office: Job::WarnOfDeadline { clock, warned };
    /// A period would end in a year without calendar; noted once a year.
    CalendarMissing { year: i32 } tells office: Job::AskForCalendar { year };
    /// An administrator loaded a year of the calendar, for somebody else to confirm.
    CalendarDrafted { year: i32 } tells office;
    /// A year of the calendar was put in force.
    CalendarLoaded { year: i32 } tells office: Job::RecomputeClocks;
    /// A security auditor took a part of the log out.
    LogExported { user: UserId } tells office;
    /// An administrator lets a job that waited for a person be tried again.
    JobRetried { job: crate::id::JobId } tells office;
} {
    /// An officer asked to see who reported.
    IdentityOpeningRequested { opening: crate::id::OpeningId } tells office;
    /// A head approved it.
    IdentityOpeningApproved { opening: crate::id::OpeningId } tells office;
    /// An officer saw who reported.
    IdentityOpened { opening: crate::id::OpeningId, report: ReportId } tells reporter(report): mail(report, News::Opened);
    /// Sealed fields were deleted, because their time was over.
    IdentityPurged { identity: crate::id::IdentityId } tells office;
    /// The bureau asked the reporter something.
    ReporterAsked { message: crate::id::MessageId, report: ReportId } tells reporter(report): mail(report, News::Question);
    /// The reporter answered.
    ReporterAnswered { message: crate::id::MessageId, report: ReportId } tells reporter(report);
    /// The reporter promised more photos.
    ReportPhotosAdded { report: ReportId } tells reporter(report);
    /// Somebody ended the mails about a report: with the code, or with the link in one of them.
    ReportMailStopped { report: ReportId } tells reporter(report);
    /// Somebody ended the mails about a complaint.
    ComplaintMailStopped { complaint: ComplaintId } tells complainant;
    /// Whoever reads the address that was left with a report wants its news.
    ReportMailConfirmed { report: ReportId } tells reporter(report);
    /// Whoever reads the address that was left with a complaint wants its news.
    ComplaintMailConfirmed { complaint: ComplaintId } tells complainant;
}}
