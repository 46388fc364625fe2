//! What follows from an event, outside its transaction.

use crate::commands;
use crate::id::{ClockId, ComplaintId, InterestId, MerchantId, PhotoId, ReportId, UserId};
use crate::law::clock::Warned;

commands! {
    /// Writes about jobs.
    JobWrite:

    /// Let a job that waits for a person be tried again.
    RetryJob => RetryJob;
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
    /// Tell the heads that an officer said a tie to be over.
    TellOfInterest {
        /// What he said.
        interest: InterestId,
    },
    /// Tell a person and the administrators above that the account was given access.
    TellOfAccess {
        /// The person.
        user: UserId,
    },
    /// Compute the ends of all open periods anew.
    RecomputeClocks,
    /// Search for photos that look like one.
    FindLookAlikes {
        /// The photo.
        photo: PhotoId,
    },
    /// Remove the bytes of copies that are not shown any more.
    RemoveCopies {
        /// The photo.
        photo: PhotoId,
    },
}

impl JobKind {
    /// Where it waits.
    #[must_use]
    pub const fn lane(self) -> Lane {
        match self {
            Self::MailReporter
            | Self::MailComplainant
            | Self::WarnOfDeadline
            | Self::AskForCalendar
            | Self::TellOfInterest
            | Self::TellOfAccess => Lane::Mail,
            Self::FindLookAlikes | Self::RemoveCopies => Lane::Objects,
            Self::ComputeRating | Self::RecomputeClocks => Lane::Work,
        }
    }

    /// What comes first in a lane: 0 before 1. A statutory warning does not wait behind news.
    #[must_use]
    pub const fn priority(self) -> i16 {
        match self {
            Self::WarnOfDeadline => 0,
            _ => 1,
        }
    }
}

words! {
    /// Jobs that wait for each other. Slow mail delays mail, a slow object store what needs it, and nothing else.
    pub enum Lane {
        /// What goes to a mail server.
        Mail,
        /// What reads or removes objects.
        Objects,
        /// Everything else.
        Work,
    }

    /// A look that is made again and again, because time passes and nobody causes an event.
    pub enum Sweep {
        /// At periods that come to their end.
        Warnings,
        /// At rewards whose window is over.
        Windows,
        /// At sealed fields whose time is over.
        Purge,
        /// At events that no seal covers yet.
        Seals,
        /// At grades, which days change that nobody causes.
        Ratings,
        /// At what is remembered for a while only: wrong passwords, codes for new ones, jobs that are done, what phones hold.
        Leftovers,
        /// At photos on their way: those that came whole and wait to be finished, and what nobody needs any more.
        Uploads,
        /// At writes from the field that wait for what they build on.
        Held,
    }

    /// What a mail to a reporter is about. The mail itself names neither goods nor merchant.
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
    pub enum ComplaintNews {
        /// The complaint arrived.
        Received,
        /// It has come further.
        Changed,
    }

    /// The word for a job, for rows.
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
        /// See [`Job::TellOfInterest`].
        TellOfInterest,
        /// See [`Job::TellOfAccess`].
        TellOfAccess,
        /// See [`Job::RecomputeClocks`].
        RecomputeClocks,
        /// See [`Job::FindLookAlikes`].
        FindLookAlikes,
        /// See [`Job::RemoveCopies`].
        RemoveCopies,
    }
}

/// A mail to the reporter, where there is a report.
pub(super) fn mail(report: impl Into<Option<ReportId>>, news: News) -> Option<Job> {
    let report = report.into()?;
    Some(Job::MailReporter { report, news })
}

/// A mail to the complainant.
pub(super) const fn tell(complaint: ComplaintId, news: ComplaintNews) -> Job {
    Job::MailComplainant { complaint, news }
}
