//! The log of events as a security auditor reads it (等级保护的审计): who did what, when and what for, and nothing that leads to a
//! reporter. Events name no text; ids of matters are left out, so that nothing joins the log with a report.

use super::EventKind;
use crate::{commands, id::UserId, privacy::opening::OpeningPurpose};
use chrono::{DateTime, Utc};
use serde::Serialize;
use strum::IntoEnumIterator as _;

commands! {
    /// Writes about the log.
    LogWrite:
    /// Take a part of the log out, for the files of the auditors.
    ExportEventLog {
        /// From when.
        since: DateTime<Utc>,
        /// Up to when, that moment itself left out.
        until: DateTime<Utc>,
        /// What of it.
        #[serde(skip_serializing_if = "LogFilter::is_all")]
        filter: LogFilter,
    } => ExportLog;
}

/// What of a log is wanted; what is not said is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LogFilter {
    /// What one person did.
    pub actor: Option<UserId>,
    /// What is about one kind of thing.
    pub group: Option<LogGroup>,
    /// One kind of event.
    pub event: Option<EventKind>,
    /// What was for one purpose: openings alone have one.
    pub purpose: Option<OpeningPurpose>,
}

impl LogFilter {
    /// Whether everything is wanted.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The kinds of event that are wanted; none stands for all.
    #[must_use]
    pub fn kinds(&self) -> Option<Vec<EventKind>> {
        if self.group.is_none() && self.event.is_none() && self.purpose.is_none() {
            return None;
        }
        let is_wanted = |kind: &EventKind| {
            self.group.is_none_or(|group| kind.group() == group)
                && self.event.is_none_or(|event| *kind == event)
                && (self.purpose.is_none() || kind.has_purpose())
        };
        Some(EventKind::iter().filter(is_wanted).collect())
    }
}

words! {
    /// What an event of the log is about.
    pub enum LogGroup as "EventGroup" {
        /// Seeing who somebody is: asked for, approved, seen, forgotten; the original of a photo, and what its picture is like.
        Identity,
        /// What left the system: payees for finance, the log itself, files of cases.
        Export,
        /// Sessions, devices, passwords, second factors.
        Access,
        /// Accounts, calendars, jobs.
        Administration,
        /// Work on a matter.
        Work,
    }
}

impl EventKind {
    /// Whether it is about an opening, which says what it is for.
    #[must_use]
    pub const fn has_purpose(self) -> bool {
        matches!(
            self,
            Self::IdentityOpeningRequested | Self::IdentityOpeningApproved | Self::IdentityOpened
        )
    }

    /// Whether citizens alone cause it, at their own doors.
    #[must_use]
    pub const fn is_by_citizen(self) -> bool {
        matches!(
            self,
            Self::ReportFiled
                | Self::ComplaintFiled
                | Self::ReportPhotosAdded
                | Self::ReporterAnswered
                | Self::RewardApplied
                | Self::RewardObjected
                | Self::RewardPayeeContested
                | Self::ReportWithdrawn
                | Self::ReportMailStopped
                | Self::ComplaintMailStopped
                | Self::ReportMailConfirmed
                | Self::ComplaintMailConfirmed
        )
    }

    /// What it is about.
    #[must_use]
    pub const fn group(self) -> LogGroup {
        match self {
            Self::IdentityOpeningRequested
            | Self::IdentityOpeningApproved
            | Self::IdentityOpened
            | Self::IdentityPurged
            | Self::OriginalOpened
            | Self::PhotosCompared => LogGroup::Identity,
            Self::PayoutExported
            | Self::PayoutExportedAgain
            | Self::LogExported
            | Self::CaseBundled => LogGroup::Export,
            Self::SignedIn
            | Self::DeviceRevoked
            | Self::RefreshRepeated
            | Self::RefreshReplayed
            | Self::PasswordChanged
            | Self::PasswordCodeUsed
            | Self::SecondFactorSet
            | Self::RecoveryCodesRenewed
            | Self::RecoveryCodeUsed => LogGroup::Access,
            Self::AccountAdded
            | Self::AccountMoved
            | Self::AccountRolesSet
            | Self::AccountDisabled
            | Self::AccountEnabled
            | Self::PasswordCodeMade
            | Self::SecondFactorRemoved
            | Self::CalendarDrafted
            | Self::CalendarLoaded
            | Self::JobRetried => LogGroup::Administration,
            _ => LogGroup::Work,
        }
    }

    /// Whether the log names what it is about: an account, a device, a job, a year, an opening. Of a matter it names
    /// nothing.
    #[must_use]
    pub const fn names_its_subject(self) -> bool {
        match self.group() {
            LogGroup::Access | LogGroup::Administration => true,
            LogGroup::Identity => !matches!(
                self,
                Self::IdentityPurged | Self::OriginalOpened | Self::PhotosCompared
            ),
            LogGroup::Export => matches!(self, Self::LogExported),
            LogGroup::Work => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Audience;
    use super::*;

    #[test]
    fn the_log_names_no_matter() {
        for kind in EventKind::iter().filter(|kind| kind.names_its_subject()) {
            // An opening has an id of its own; everything else that a citizen sees is about a matter.
            let is_of_opening = kind == EventKind::IdentityOpened;
            assert!(
                kind.audience() == Audience::Office || is_of_opening,
                "{kind}"
            );
        }
    }
}
