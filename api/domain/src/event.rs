//! What happened, and what follows from it. Recording an event is the only way to cause anything
//! after a commit.

use crate::id::{
    CaseId, ClockId, DeviceId, MeasurementId, MerchantId, NoticeId, PhotoId, RatingId, ReportId,
    RewardId, UserId, VisitId,
};
use crate::law::clock::Warned;
use crate::rewards::reward::RewardChange;
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
}

/// The word for an event, for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the same words as Event")]
pub enum EventKind {
    ReportFiled,
    PhotoStored,
    ReportAccepted,
    ReportNotCompetent,
    ReportMerged,
    ReportLinked,
    VerificationExtended,
    VerificationPaused,
    VerificationResumed,
    NotFilingProposed,
    ReportNotFiled,
    ReportClosed,
    ReportTransferred,
    ReportWithdrawn,
    OutcomeTold,
    ReportDispatched,
    CompetenceDisputed,
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
    RewardChecked,
    RewardApplied,
    RewardGraded,
    RewardReferredToFinance,
    RewardFinanceConsented,
    RewardDecided,
    RewardTold,
    RewardObjected,
    RewardReviewed,
    RewardClaimExtended,
    RewardClaimed,
    RewardLapsed,
    RewardForfeited,
    RewardPaid,
    RewardRevoked,
    RewardRecoveryBegun,
    RewardRecovered,
    PayoutExported,
    PayoutPurged,
    PaperIssued,
    PaperServed,
    ClockWarned,
    CalendarMissing,
    CalendarLoaded,
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
            Self::ClockWarned { .. } => EventKind::ClockWarned,
            Self::CalendarMissing { .. } => EventKind::CalendarMissing,
            Self::CalendarLoaded { .. } => EventKind::CalendarLoaded,
            Self::SignedIn { .. } => EventKind::SignedIn,
            Self::DeviceRevoked { .. } => EventKind::DeviceRevoked,
            Self::RefreshReplayed { .. } => EventKind::RefreshReplayed,
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
            Self::ClockWarned { clock, .. } => clock.uuid(),
            Self::CalendarMissing { year } | Self::CalendarLoaded { year } => {
                subject_of_year(*year)
            }
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
            | Self::RewardScreened { report, .. } => Some(*report),
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
            | Self::ClockWarned { .. }
            | Self::CalendarMissing { .. }
            | Self::CalendarLoaded { .. }
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
    /// Compute the merchant's grade anew.
    ComputeRating {
        /// The merchant.
        merchant: MerchantId,
    },
    /// Warn whoever is in charge of the end of a period.
    WarnOfDeadline {
        /// The period.
        clock: ClockId,
        /// How near the end is.
        warned: Warned,
    },
    /// Tell the administrators that a calendar year has to be loaded.
    AskForCalendar {
        /// The year.
        year: i32,
    },
    /// Compute the ends of all open periods anew.
    RecomputeClocks,
}

/// A year stands where others name a thing by its id.
#[must_use]
pub const fn subject_of_year(year: i32) -> Uuid {
    Uuid::from_u128(year.unsigned_abs() as u128)
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
    /// The reward came further.
    RewardProgress,
}

/// The word for a job, for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, Display, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum JobKind {
    /// See [`Job::MailReporter`].
    MailReporter,
    /// See [`Job::ComputeRating`].
    ComputeRating,
    /// See [`Job::WarnOfDeadline`].
    WarnOfDeadline,
    /// See [`Job::AskForCalendar`].
    AskForCalendar,
    /// See [`Job::RecomputeClocks`].
    RecomputeClocks,
}

const fn warn_of(clock: ClockId, warned: Warned) -> Job {
    Job::WarnOfDeadline { clock, warned }
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
        // Only what the order gives the reporter a right to hear: where to go (article 34) and an
        // outcome that a special law demands (article 36).
        Event::ReportNotCompetent { report } | Event::OutcomeTold { report } => {
            vec![mail(report, News::Decided)]
        }
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
        Event::RewardChanged { report, change, .. } if change.is_news() => {
            vec![mail(report, News::RewardProgress)]
        }
        Event::ClockWarned { clock, warned } => vec![warn_of(*clock, *warned)],
        Event::CalendarMissing { year } => vec![Job::AskForCalendar { year: *year }],
        Event::CalendarLoaded { .. } => vec![Job::RecomputeClocks],
        Event::PhotoStored { .. }
        | Event::ReportMerged { .. }
        | Event::ReportLinked { .. }
        | Event::VerificationExtended { .. }
        | Event::VerificationPaused { .. }
        | Event::VerificationResumed { .. }
        | Event::NotFilingProposed { .. }
        | Event::ReportNotFiled { .. }
        | Event::ReportClosed { .. }
        | Event::ReportTransferred { .. }
        | Event::ReportWithdrawn { .. }
        | Event::ReportDispatched { .. }
        | Event::CompetenceDisputed { .. }
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
        | Event::RewardChanged { .. }
        | Event::PaperIssued { .. }
        | Event::PaperServed { .. }
        | Event::SignedIn { .. }
        | Event::DeviceRevoked { .. }
        | Event::RefreshReplayed { .. } => Vec::new(),
    }
}
