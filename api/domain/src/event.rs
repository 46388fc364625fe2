//! What happened, and what follows from it. Recording an event is the only way to cause anything
//! after a commit.

use crate::{
    complaints::change::ComplaintChange,
    id::{
        CaseId, ComplaintId, DeviceId, MeasurementId, MerchantId, NoticeId, PhotoId, RatingId,
        ReportId, RewardId, UserId, VisitId,
    },
};
use strum::{Display, EnumString, IntoStaticStr};
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
    /// Somebody signed in on a device.
    SignedIn { user: UserId, device: DeviceId },
    /// A device was revoked by its owner.
    DeviceRevoked { device: DeviceId },
    /// A used refresh token came back; its family was revoked.
    RefreshReplayed { device: DeviceId },
}

/// The word for an event, for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the same words as Event")]
pub enum EventKind {
    ReportFiled,
    PhotoStored,
    ReportAccepted,
    VisitDispatched,
    VisitCheckedIn,
    InstrumentChecked,
    MeasurementRecorded,
    PhotosDeclared,
    RecordSigned,
    VisitSubmitted,
    CaseFiled,
    PenaltyProposed,
    CaseAudited,
    NoticeServed,
    NoticeAnswered,
    CaseDecided,
    RatingComputed,
    RewardScreened,
    PaperIssued,
    PaperServed,
    ComplaintFiled,
    ComplaintDispatched,
    ComplaintTakenIn,
    ComplaintReturned,
    ComplaintAssigned,
    ComplaintIdentityAsked,
    ComplaintIdentityProved,
    ComplaintRefusalProposed,
    ComplaintRefused,
    ComplaintWithdrawn,
    ComplaintAccepted,
    ComplaintConsented,
    ComplaintConsentWithdrawn,
    ComplaintMediationBegan,
    ComplaintEntrusted,
    ComplaintTakenBack,
    ComplaintSessionAnnounced,
    ComplaintSessionHeld,
    ComplaintRecusalAsked,
    ComplaintRecusalDecided,
    ComplaintTestOrdered,
    ComplaintTestDone,
    ComplaintAgreed,
    ComplaintTerminationProposed,
    ComplaintTerminated,
    ComplaintSideTold,
    ComplaintClosed,
    ComplaintArchived,
    ComplaintPoliceReferred,
    ComplaintLeadFound,
    ComplaintLeadSettled,
    SignedIn,
    DeviceRevoked,
    RefreshReplayed,
}

impl Event {
    /// The word for it.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::ReportFiled { .. } => EventKind::ReportFiled,
            Self::PhotoStored { .. } => EventKind::PhotoStored,
            Self::ReportAccepted { .. } => EventKind::ReportAccepted,
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
            Self::PaperIssued { .. } => EventKind::PaperIssued,
            Self::PaperServed { .. } => EventKind::PaperServed,
            Self::Complaint { change, .. } => change.event_kind(),
            Self::SignedIn { .. } => EventKind::SignedIn,
            Self::DeviceRevoked { .. } => EventKind::DeviceRevoked,
            Self::RefreshReplayed { .. } => EventKind::RefreshReplayed,
        }
    }

    /// The id of the thing that it is about.
    #[must_use]
    pub const fn subject(&self) -> Uuid {
        match self {
            Self::ReportFiled { report } | Self::ReportAccepted { report } => report.uuid(),
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
            Self::RewardScreened { reward, .. } => reward.uuid(),
            Self::PaperIssued { notice, .. } | Self::PaperServed { notice, .. } => notice.uuid(),
            Self::Complaint { complaint, .. } => complaint.uuid(),
            Self::SignedIn { device, .. }
            | Self::DeviceRevoked { device }
            | Self::RefreshReplayed { device } => device.uuid(),
        }
    }

    /// The report whose reporter may see the event in the timeline. Steps that would show the
    /// reporter how a case is being built are left out (Order 121, article 37).
    #[must_use]
    pub const fn report(&self) -> Option<ReportId> {
        match self {
            Self::ReportFiled { report }
            | Self::ReportAccepted { report }
            | Self::VisitDispatched { report, .. }
            | Self::VisitCheckedIn { report, .. }
            | Self::VisitSubmitted { report, .. }
            | Self::CaseFiled { report, .. }
            | Self::CaseDecided { report, .. }
            | Self::RewardScreened { report, .. } => Some(*report),
            Self::PhotoStored { report, .. }
            | Self::PaperIssued { report, .. }
            | Self::PaperServed { report, .. } => *report,
            Self::InstrumentChecked { .. }
            | Self::MeasurementRecorded { .. }
            | Self::PhotosDeclared { .. }
            | Self::RecordSigned { .. }
            | Self::PenaltyProposed { .. }
            | Self::CaseAudited { .. }
            | Self::NoticeServed { .. }
            | Self::NoticeAnswered { .. }
            | Self::RatingComputed { .. }
            | Self::Complaint { .. }
            | Self::SignedIn { .. }
            | Self::DeviceRevoked { .. }
            | Self::RefreshReplayed { .. } => None,
        }
    }
}

/// Work outside the transaction that an event asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Tell the consenting reporter that something changed.
    MailReporter {
        /// The report.
        report: ReportId,
        /// What to say.
        news: News,
    },
    /// Tell the consenting complainant that something changed.
    MailComplainant {
        /// The complaint.
        complaint: ComplaintId,
        /// What to say.
        news: ComplaintNews,
    },
    /// Compute the merchant's grade anew.
    ComputeRating {
        /// The merchant.
        merchant: MerchantId,
    },
}

/// What a mail to a reporter is about. The mail itself names neither goods nor merchant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum News {
    /// The report arrived.
    Received,
    /// It is being verified.
    Accepted,
    /// There is an outcome.
    Decided,
    /// The reward was screened.
    Reward,
}

/// What a mail to a complainant is about: that there is something to look at, not what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ComplaintNews {
    /// The complaint arrived.
    Received,
    /// It has come further.
    Changed,
}

/// The word for a job, for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum JobKind {
    /// See [`Job::MailReporter`].
    MailReporter,
    /// See [`Job::MailComplainant`].
    MailComplainant,
    /// See [`Job::ComputeRating`].
    ComputeRating,
}

/// What follows from an event. Pure and exhaustive: a new event must say what it causes.
#[must_use]
pub fn jobs_for(event: &Event) -> Vec<Job> {
    let mail = |report: &ReportId, news| Job::MailReporter {
        report: *report,
        news,
    };
    match event {
        Event::ReportFiled { report } => vec![mail(report, News::Received)],
        Event::ReportAccepted { report } => vec![mail(report, News::Accepted)],
        Event::CaseDecided {
            report, merchant, ..
        } => {
            vec![
                mail(report, News::Decided),
                Job::ComputeRating {
                    merchant: *merchant,
                },
            ]
        }
        Event::RewardScreened { report, .. } => vec![mail(report, News::Reward)],
        Event::Complaint { complaint, change } => change
            .news()
            .map(|news| Job::MailComplainant {
                complaint: *complaint,
                news,
            })
            .into_iter()
            .collect(),
        Event::PhotoStored { .. }
        | Event::VisitDispatched { .. }
        | Event::VisitCheckedIn { .. }
        | Event::InstrumentChecked { .. }
        | Event::MeasurementRecorded { .. }
        | Event::PhotosDeclared { .. }
        | Event::RecordSigned { .. }
        | Event::VisitSubmitted { .. }
        | Event::CaseFiled { .. }
        | Event::PenaltyProposed { .. }
        | Event::CaseAudited { .. }
        | Event::NoticeServed { .. }
        | Event::NoticeAnswered { .. }
        | Event::RatingComputed { .. }
        | Event::PaperIssued { .. }
        | Event::PaperServed { .. }
        | Event::SignedIn { .. }
        | Event::DeviceRevoked { .. }
        | Event::RefreshReplayed { .. } => Vec::new(),
    }
}
