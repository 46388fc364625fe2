//! What mails to a citizen are about.

use crate::id::{ComplaintId, ReportId};
use uuid::Uuid;

/// A matter about which a citizen may have left an address for news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correspondence {
    /// A report.
    Report(ReportId),
    /// A complaint.
    Complaint(ComplaintId),
}

words! {
    /// The word for a [`Correspondence`], for rows.
    pub enum CorrespondenceKind {
        /// A report.
        Report,
        /// A complaint.
        Complaint,
    }
}

impl Correspondence {
    /// The matter of a row.
    #[must_use]
    pub const fn of(kind: CorrespondenceKind, id: Uuid) -> Self {
        match kind {
            CorrespondenceKind::Report => Self::Report(ReportId::new(id)),
            CorrespondenceKind::Complaint => Self::Complaint(ComplaintId::new(id)),
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> CorrespondenceKind {
        match self {
            Self::Report(_) => CorrespondenceKind::Report,
            Self::Complaint(_) => CorrespondenceKind::Complaint,
        }
    }

    /// The id of the matter.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Report(report) => report.uuid(),
            Self::Complaint(complaint) => complaint.uuid(),
        }
    }
}
