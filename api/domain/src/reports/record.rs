//! What is noted about a report beside its state: the log rows of Order 121, articles 35, 36 and 41,
//! and a withdrawal, which changes nothing.

use super::{
    command::{Command, Setting},
    report::Report,
};
use crate::{
    id::{ReportId, UserId},
    places::division::DivisionCode,
    policy::Permit,
    text::{Line, Narrative},
};
use chrono::{DateTime, Utc};

words! {
    /// The kind of a note.
    pub enum RecordKind as "ReportRecordKind" {
        /// Said before.
        Duplicate,
        /// New facts were joined.
        Merge,
        /// Its reporter withdrew it.
        Withdrawal,
        /// Its reporter was told the outcome.
        Outcome,
        /// It went to a lower unit.
        Dispatch,
        /// It came back.
        Return,
        /// A dispute about it ended.
        Designation,
    }
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its kind.
    pub kind: RecordKind,
    /// The other report, if there is one.
    pub other: Option<ReportId>,
    /// From which unit it went.
    pub from: Option<DivisionCode>,
    /// To which unit it went.
    pub to: Option<DivisionCode>,
    /// In words.
    pub words: Option<Narrative>,
    /// The article that demands it.
    pub article: Option<Line>,
    /// Which officer; nobody if it was the reporter.
    pub by: Option<UserId>,
    /// When it was noted.
    pub at: DateTime<Utc>,
}

impl Record {
    /// A note of that kind and nothing else yet.
    #[must_use]
    pub const fn of(kind: RecordKind, by: Option<UserId>, at: DateTime<Utc>) -> Self {
        Self {
            kind,
            other: None,
            from: None,
            to: None,
            words: None,
            article: None,
            by,
            at,
        }
    }
}

impl Report {
    /// What the log keeps of the step that led here, beside the state.
    #[must_use]
    pub fn noted_of(
        &self,
        command: &Command,
        permit: &Permit,
        setting: &Setting,
    ) -> Option<Record> {
        let of = |kind| Record::of(kind, permit.by(), setting.now);
        Some(match command {
            Command::MarkDuplicate { earlier, sameness } => Record {
                other: Some(*earlier),
                words: Some(sameness.clone()),
                ..of(RecordKind::Duplicate)
            },
            Command::MergeReport { into, new_facts } => Record {
                other: Some(*into),
                words: Some(new_facts.clone()),
                ..of(RecordKind::Merge)
            },
            Command::WithdrawReport { words } => Record {
                words: words.clone(),
                ..of(RecordKind::Withdrawal)
            },
            Command::TellOutcome { result, article } => Record {
                words: Some(result.clone()),
                article: Some(article.clone()),
                ..of(RecordKind::Outcome)
            },
            Command::DispatchReport { to, basis } => Record {
                from: self.custody.from,
                to: Some(*to),
                words: Some(basis.clone()),
                ..of(RecordKind::Dispatch)
            },
            Command::ReturnReport { reason } => Record {
                from: Some(setting.unit),
                to: Some(self.custody.unit),
                words: Some(reason.clone()),
                ..of(RecordKind::Return)
            },
            _ => return None,
        })
    }
}
