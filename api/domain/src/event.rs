//! What happened, and what follows from it. Recording an event is the only way to cause anything
//! after a commit.

mod job;
mod kind;

pub use job::{ComplaintNews, Job, JobKind, News, jobs_for, subject_of_year};
pub use kind::EventKind;

use crate::complaints::change::ComplaintChange;
use crate::id::{
    CaseId, ClockId, ComplaintId, DeviceId, IdentityId, MeasurementId, MerchantId, MessageId,
    NoticeId, OpeningId, PhotoId, RatingId, ReportId, RewardId, UserId, VisitId,
};
use crate::law::clock::Warned;
use crate::rewards::reward::RewardChange;
use uuid::Uuid;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant says it; the fields are the things it names"
)]
pub enum Event {
    /// A citizen filed a report.
    ReportFiled { report: ReportId },
    /// An original photo is durably held.
    PhotoStored {
        photo: PhotoId,
        report: Option<ReportId>,
    },
    /// An officer took the report in.
    ReportAccepted { report: ReportId },
    /// The reporter was told which bureau is competent.
    ReportNotCompetent { report: ReportId },
    /// New facts of the same reporter joined an earlier report, or it was said before.
    ReportMerged { report: ReportId },
    /// Reports of different reporters about the same matter were linked.
    ReportLinked { report: ReportId },
    /// A head gave the verification more time.
    VerificationExtended { report: ReportId },
    /// Something is being tested; time does not count.
    VerificationPaused { report: ReportId },
    /// The test came back.
    VerificationResumed { report: ReportId },
    /// An officer proposes not to file a case.
    NotFilingProposed { report: ReportId },
    /// A head decided not to file a case.
    ReportNotFiled { report: ReportId },
    /// The case ended without a penalty.
    ReportClosed { report: ReportId },
    /// The case went to somebody else.
    ReportTransferred { report: ReportId },
    /// The reporter withdrew; verification goes on.
    ReportWithdrawn { report: ReportId },
    /// The reporter was told the outcome, as a special law demands.
    OutcomeTold { report: ReportId },
    /// The report went to another unit, or back.
    ReportDispatched { report: ReportId },
    /// Two units disagree about who is competent, or no longer do.
    CompetenceDisputed { report: ReportId },
    /// Inspectors were sent.
    VisitDispatched { visit: VisitId, report: ReportId },
    /// Inspectors arrived.
    VisitCheckedIn { visit: VisitId, report: ReportId },
    /// An instrument's mark was recorded.
    InstrumentChecked { visit: VisitId },
    /// Goods were weighed and judged.
    MeasurementRecorded { measurement: MeasurementId },
    /// Photos were promised.
    PhotosDeclared { visit: VisitId },
    /// The merchant signed, or the reason was noted.
    RecordSigned { visit: VisitId },
    /// The inspectors closed the visit.
    VisitSubmitted { visit: VisitId, report: ReportId },
    /// A head filed a case.
    CaseFiled { case: CaseId, report: ReportId },
    /// The final report proposes a penalty.
    PenaltyProposed { case: CaseId },
    /// The audit passed.
    CaseAudited { case: CaseId },
    /// The merchant was told what is intended.
    NoticeServed { case: CaseId },
    /// The merchant answered.
    NoticeAnswered { case: CaseId },
    /// The case was decided.
    CaseDecided {
        case: CaseId,
        report: ReportId,
        merchant: MerchantId,
    },
    /// A grade was computed.
    RatingComputed { rating: RatingId },
    /// The reward was screened.
    RewardScreened { reward: RewardId, report: ReportId },
    /// A reward came further, or ended.
    RewardChanged {
        reward: RewardId,
        report: ReportId,
        change: RewardChange,
    },
    /// A paper was issued; `report` if it is for the reporter.
    PaperIssued {
        notice: NoticeId,
        report: Option<ReportId>,
    },
    /// A paper reached its recipient; `report` if that is the reporter.
    PaperServed {
        notice: NoticeId,
        report: Option<ReportId>,
    },
    /// Something happened to a complaint.
    Complaint {
        complaint: ComplaintId,
        change: ComplaintChange,
    },
    /// The office has to be warned of the end of a period.
    ClockWarned { clock: ClockId, warned: Warned },
    /// A period would end in a year without calendar; noted once a year.
    CalendarMissing { year: i32 },
    /// An administrator loaded a year of the calendar.
    CalendarLoaded { year: i32 },
    /// Somebody signed in on a device.
    SignedIn { user: UserId, device: DeviceId },
    /// A device was revoked by its owner.
    DeviceRevoked { device: DeviceId },
    /// A used refresh token came back; its family was revoked.
    RefreshReplayed { device: DeviceId },
    /// An officer asked to see who reported.
    IdentityOpeningRequested { opening: OpeningId },
    /// A head approved it.
    IdentityOpeningApproved { opening: OpeningId },
    /// An officer saw who reported.
    IdentityOpened {
        opening: OpeningId,
        report: ReportId,
    },
    /// Sealed fields were deleted, because their time was over.
    IdentityPurged { identity: IdentityId },
    /// The bureau asked the reporter something.
    ReporterAsked {
        message: MessageId,
        report: ReportId,
    },
    /// The reporter answered.
    ReporterAnswered {
        message: MessageId,
        report: ReportId,
    },
    /// The reporter promised more photos.
    ReportPhotosAdded { report: ReportId },
}

impl Event {
    /// The word for it.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::ReportFiled { .. } => EventKind::ReportFiled,
            Self::PhotoStored { .. } => EventKind::PhotoStored,
            Self::ReportAccepted { .. } => EventKind::ReportAccepted,
            Self::ReportNotCompetent { .. } => EventKind::ReportNotCompetent,
            Self::ReportMerged { .. } => EventKind::ReportMerged,
            Self::ReportLinked { .. } => EventKind::ReportLinked,
            Self::VerificationExtended { .. } => EventKind::VerificationExtended,
            Self::VerificationPaused { .. } => EventKind::VerificationPaused,
            Self::VerificationResumed { .. } => EventKind::VerificationResumed,
            Self::NotFilingProposed { .. } => EventKind::NotFilingProposed,
            Self::ReportNotFiled { .. } => EventKind::ReportNotFiled,
            Self::ReportClosed { .. } => EventKind::ReportClosed,
            Self::ReportTransferred { .. } => EventKind::ReportTransferred,
            Self::ReportWithdrawn { .. } => EventKind::ReportWithdrawn,
            Self::OutcomeTold { .. } => EventKind::OutcomeTold,
            Self::ReportDispatched { .. } => EventKind::ReportDispatched,
            Self::CompetenceDisputed { .. } => EventKind::CompetenceDisputed,
            Self::VisitDispatched { .. } => EventKind::VisitDispatched,
            Self::VisitCheckedIn { .. } => EventKind::VisitCheckedIn,
            Self::InstrumentChecked { .. } => EventKind::InstrumentChecked,
            Self::MeasurementRecorded { .. } => EventKind::MeasurementRecorded,
            Self::PhotosDeclared { .. } => EventKind::PhotosDeclared,
            Self::RecordSigned { .. } => EventKind::RecordSigned,
            Self::VisitSubmitted { .. } => EventKind::VisitSubmitted,
            Self::CaseFiled { .. } => EventKind::CaseFiled,
            Self::PenaltyProposed { .. } => EventKind::PenaltyProposed,
            Self::CaseAudited { .. } => EventKind::CaseAudited,
            Self::NoticeServed { .. } => EventKind::NoticeServed,
            Self::NoticeAnswered { .. } => EventKind::NoticeAnswered,
            Self::CaseDecided { .. } => EventKind::CaseDecided,
            Self::RatingComputed { .. } => EventKind::RatingComputed,
            Self::RewardScreened { .. } => EventKind::RewardScreened,
            Self::RewardChanged { change, .. } => change.kind(),
            Self::PaperIssued { .. } => EventKind::PaperIssued,
            Self::PaperServed { .. } => EventKind::PaperServed,
            Self::Complaint { change, .. } => change.event_kind(),
            Self::ClockWarned { .. } => EventKind::ClockWarned,
            Self::CalendarMissing { .. } => EventKind::CalendarMissing,
            Self::CalendarLoaded { .. } => EventKind::CalendarLoaded,
            Self::SignedIn { .. } => EventKind::SignedIn,
            Self::DeviceRevoked { .. } => EventKind::DeviceRevoked,
            Self::RefreshReplayed { .. } => EventKind::RefreshReplayed,
            Self::IdentityOpeningRequested { .. } => EventKind::IdentityOpeningRequested,
            Self::IdentityOpeningApproved { .. } => EventKind::IdentityOpeningApproved,
            Self::IdentityOpened { .. } => EventKind::IdentityOpened,
            Self::IdentityPurged { .. } => EventKind::IdentityPurged,
            Self::ReporterAsked { .. } => EventKind::ReporterAsked,
            Self::ReporterAnswered { .. } => EventKind::ReporterAnswered,
            Self::ReportPhotosAdded { .. } => EventKind::ReportPhotosAdded,
        }
    }

    /// The id of the thing that it is about.
    #[must_use]
    pub const fn subject(&self) -> Uuid {
        match self {
            Self::ReportFiled { report }
            | Self::ReportAccepted { report }
            | Self::ReportNotCompetent { report }
            | Self::ReportMerged { report }
            | Self::ReportLinked { report }
            | Self::VerificationExtended { report }
            | Self::VerificationPaused { report }
            | Self::VerificationResumed { report }
            | Self::NotFilingProposed { report }
            | Self::ReportNotFiled { report }
            | Self::ReportClosed { report }
            | Self::ReportTransferred { report }
            | Self::ReportWithdrawn { report }
            | Self::OutcomeTold { report }
            | Self::ReportDispatched { report }
            | Self::CompetenceDisputed { report } => report.uuid(),
            Self::PhotoStored { photo, .. } => photo.uuid(),
            Self::VisitDispatched { visit, .. }
            | Self::VisitCheckedIn { visit, .. }
            | Self::InstrumentChecked { visit }
            | Self::PhotosDeclared { visit }
            | Self::RecordSigned { visit }
            | Self::VisitSubmitted { visit, .. } => visit.uuid(),
            Self::MeasurementRecorded { measurement } => measurement.uuid(),
            Self::CaseFiled { case, .. }
            | Self::PenaltyProposed { case }
            | Self::CaseAudited { case }
            | Self::NoticeServed { case }
            | Self::NoticeAnswered { case }
            | Self::CaseDecided { case, .. } => case.uuid(),
            Self::RatingComputed { rating } => rating.uuid(),
            Self::RewardScreened { reward, .. } | Self::RewardChanged { reward, .. } => {
                reward.uuid()
            }
            Self::PaperIssued { notice, .. } | Self::PaperServed { notice, .. } => notice.uuid(),
            Self::Complaint { complaint, .. } => complaint.uuid(),
            Self::ClockWarned { clock, .. } => clock.uuid(),
            Self::CalendarMissing { year } | Self::CalendarLoaded { year } => {
                subject_of_year(*year)
            }
            Self::SignedIn { device, .. }
            | Self::DeviceRevoked { device }
            | Self::RefreshReplayed { device } => device.uuid(),
            Self::IdentityOpeningRequested { opening }
            | Self::IdentityOpeningApproved { opening }
            | Self::IdentityOpened { opening, .. } => opening.uuid(),
            Self::IdentityPurged { identity } => identity.uuid(),
            Self::ReporterAsked { message, .. } | Self::ReporterAnswered { message, .. } => {
                message.uuid()
            }
            Self::ReportPhotosAdded { report } => report.uuid(),
        }
    }

    /// The report whose reporter may see the event in the timeline. Steps that would show the
    /// reporter how a case is being built are left out (Order 121, article 37).
    #[must_use]
    pub const fn report(&self) -> Option<ReportId> {
        match self {
            Self::ReportFiled { report }
            | Self::ReportAccepted { report }
            | Self::ReportNotCompetent { report }
            | Self::ReportMerged { report }
            | Self::VerificationExtended { report }
            | Self::ReportNotFiled { report }
            | Self::ReportClosed { report }
            | Self::ReportTransferred { report }
            | Self::ReportWithdrawn { report }
            | Self::OutcomeTold { report }
            | Self::VisitDispatched { report, .. }
            | Self::VisitCheckedIn { report, .. }
            | Self::VisitSubmitted { report, .. }
            | Self::CaseFiled { report, .. }
            | Self::CaseDecided { report, .. }
            | Self::RewardScreened { report, .. }
            | Self::IdentityOpened { report, .. }
            | Self::ReporterAsked { report, .. }
            | Self::ReporterAnswered { report, .. }
            | Self::ReportPhotosAdded { report } => Some(*report),
            Self::RewardChanged { report, change, .. } => {
                if change.is_in_timeline() {
                    Some(*report)
                } else {
                    None
                }
            }
            Self::PhotoStored { report, .. }
            | Self::PaperIssued { report, .. }
            | Self::PaperServed { report, .. } => *report,
            Self::InstrumentChecked { .. }
            | Self::ReportLinked { .. }
            | Self::VerificationPaused { .. }
            | Self::VerificationResumed { .. }
            | Self::NotFilingProposed { .. }
            | Self::ReportDispatched { .. }
            | Self::CompetenceDisputed { .. }
            | Self::MeasurementRecorded { .. }
            | Self::PhotosDeclared { .. }
            | Self::RecordSigned { .. }
            | Self::PenaltyProposed { .. }
            | Self::CaseAudited { .. }
            | Self::NoticeServed { .. }
            | Self::NoticeAnswered { .. }
            | Self::RatingComputed { .. }
            | Self::Complaint { .. }
            | Self::ClockWarned { .. }
            | Self::CalendarMissing { .. }
            | Self::CalendarLoaded { .. }
            | Self::SignedIn { .. }
            | Self::DeviceRevoked { .. }
            | Self::RefreshReplayed { .. }
            | Self::IdentityOpeningRequested { .. }
            | Self::IdentityOpeningApproved { .. }
            | Self::IdentityPurged { .. } => None,
        }
    }
}
