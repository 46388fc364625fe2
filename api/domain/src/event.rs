//! What happened, and what follows from it. Recording an event is the only way to cause anything
//! after a commit.

use crate::id::{
    CaseId, DeviceId, IdentityId, MeasurementId, MerchantId, MessageId, OpeningId, PhotoId,
    RatingId, ReportId, RewardId, UserId, VisitId,
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
    SignedIn,
    DeviceRevoked,
    RefreshReplayed,
    IdentityOpeningRequested,
    IdentityOpeningApproved,
    IdentityOpened,
    IdentityPurged,
    ReporterAsked,
    ReporterAnswered,
    ReportPhotosAdded,
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
            Self::PhotoStored { report, .. } => *report,
            Self::InstrumentChecked { .. }
            | Self::MeasurementRecorded { .. }
            | Self::PhotosDeclared { .. }
            | Self::RecordSigned { .. }
            | Self::PenaltyProposed { .. }
            | Self::CaseAudited { .. }
            | Self::NoticeServed { .. }
            | Self::NoticeAnswered { .. }
            | Self::RatingComputed { .. }
            | Self::SignedIn { .. }
            | Self::DeviceRevoked { .. }
            | Self::RefreshReplayed { .. }
            | Self::IdentityOpeningRequested { .. }
            | Self::IdentityOpeningApproved { .. }
            | Self::IdentityPurged { .. } => None,
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
    /// The bureau asks something.
    Question,
    /// Somebody saw who reported.
    Opened,
}

/// The word for a job, for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum JobKind {
    /// See [`Job::MailReporter`].
    MailReporter,
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
        Event::ReporterAsked { report, .. } => vec![mail(report, News::Question)],
        Event::IdentityOpened { report, .. } => vec![mail(report, News::Opened)],
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
        | Event::SignedIn { .. }
        | Event::DeviceRevoked { .. }
        | Event::RefreshReplayed { .. }
        | Event::IdentityOpeningRequested { .. }
        | Event::IdentityOpeningApproved { .. }
        | Event::IdentityPurged { .. }
        | Event::ReporterAnswered { .. }
        | Event::ReportPhotosAdded { .. } => Vec::new(),
    }
}
