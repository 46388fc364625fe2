//! What an officer says of himself: that a merchant is a relative's, or that there is an interest. From then on he is
//! neither sent to that merchant nor acts in a report, a visit, a case, a complaint or a reward about it (Administrative
//! Penalty Law, article 43; Order 2, article 4: whoever has such a tie steps back of himself).

use crate::{
    commands,
    id::{MerchantId, UserId},
    text::Reason,
};
use chrono::{DateTime, Utc};

words! {
    /// What ties an officer to a merchant.
    pub enum InterestKind as "InterestKind" {
        /// It is a near relative's, or one works there in charge.
        Relative,
        /// A share, a debt, a contract.
        Property,
        /// Another tie that may touch on fairness.
        Other,
    }
}

/// What ties an officer to a merchant, as he said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// The officer.
    pub officer: UserId,
    /// The merchant.
    pub merchant: MerchantId,
    /// What it is.
    pub kind: InterestKind,
    /// In what words.
    pub words: Reason,
    /// When he said it.
    pub declared_at: DateTime<Utc>,
}

commands! {
    /// What an officer says of himself.
    InterestWrite:

    /// Say that a merchant is a relative's, or that there is an interest.
    DeclareInterest {
        /// The merchant.
        merchant: MerchantId,
        /// What ties one to it.
        kind: InterestKind,
        /// In what words.
        words: Reason,
    } => DeclareInterest;
}
