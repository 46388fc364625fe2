//! What follows from an event, outside its transaction.

use super::Event;
use crate::id::{ClockId, ComplaintId, MerchantId, ReportId};
use crate::law::clock::Warned;
use strum::{Display, EnumString, IntoStaticStr};
use uuid::Uuid;

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
    /// The bureau asks something.
    Question,
    /// Somebody saw who reported.
    Opened,
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
    /// See [`Job::WarnOfDeadline`].
    WarnOfDeadline,
    /// See [`Job::AskForCalendar`].
    AskForCalendar,
    /// See [`Job::RecomputeClocks`].
    RecomputeClocks,
}

/// What follows from an event. Pure and exhaustive: a new event must say what it causes.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one arm an event is what makes it exhaustive"
)]
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
        Event::Complaint { complaint, change } => change
            .news()
            .map(|news| Job::MailComplainant {
                complaint: *complaint,
                news,
            })
            .into_iter()
            .collect(),
        Event::ReporterAsked { report, .. } => vec![mail(report, News::Question)],
        Event::IdentityOpened { report, .. } => vec![mail(report, News::Opened)],
        Event::ClockWarned { clock, warned } => vec![Job::WarnOfDeadline {
            clock: *clock,
            warned: *warned,
        }],
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
        | Event::RefreshReplayed { .. }
        | Event::IdentityOpeningRequested { .. }
        | Event::IdentityOpeningApproved { .. }
        | Event::IdentityPurged { .. }
        | Event::ReporterAnswered { .. }
        | Event::ReportPhotosAdded { .. } => Vec::new(),
    }
}
