//! To whom a paper goes.

use crate::id::{BureauId, ComplaintId, MerchantId, ReportId};
use uuid::Uuid;

/// To whom a paper goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The person who complained.
    Complainant(ComplaintId),
    /// The operator on the other side, if it is on the register.
    Respondent(Option<MerchantId>),
    /// Whoever holds the receipt code of this report.
    Reporter(ReportId),
    /// Another bureau.
    Bureau(BureauId),
    /// A mediation body, a testing body, the police, another agency.
    Body,
    /// Nobody: the paper stays in the file.
    File,
}

words! {
    /// For whom a paper is.
    pub enum RecipientKind as "NoticeRecipient" {
        /// The person who complained.
        Complainant,
        /// The operator on the other side.
        Respondent,
        /// Whoever holds the receipt code.
        Reporter,
        /// Another bureau.
        Bureau,
        /// A mediation body, a testing body, the police, another agency.
        Body,
        /// Nobody: it stays in the file.
        File,
    }
}

impl Recipient {
    /// The word for it.
    #[must_use]
    pub const fn kind(&self) -> RecipientKind {
        match self {
            Self::Complainant(_) => RecipientKind::Complainant,
            Self::Respondent(_) => RecipientKind::Respondent,
            Self::Reporter(_) => RecipientKind::Reporter,
            Self::Bureau(_) => RecipientKind::Bureau,
            Self::Body => RecipientKind::Body,
            Self::File => RecipientKind::File,
        }
    }

    /// The thing behind it, for rows.
    #[must_use]
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Complainant(complaint) => Some(complaint.uuid()),
            Self::Respondent(merchant) => merchant.map(MerchantId::uuid),
            Self::Reporter(report) => Some(report.uuid()),
            Self::Bureau(bureau) => Some(bureau.uuid()),
            Self::Body | Self::File => None,
        }
    }

    /// Puts one together again out of a row; none if the row lacks what the kind needs.
    #[must_use]
    pub fn stored(kind: RecipientKind, id: Option<Uuid>) -> Option<Self> {
        Some(match kind {
            RecipientKind::Complainant => Self::Complainant(ComplaintId::new(id?)),
            RecipientKind::Respondent => Self::Respondent(id.map(MerchantId::new)),
            RecipientKind::Reporter => Self::Reporter(ReportId::new(id?)),
            RecipientKind::Bureau => Self::Bureau(BureauId::new(id?)),
            RecipientKind::Body => Self::Body,
            RecipientKind::File => Self::File,
        })
    }
}
