//! What happened to a reward, for events, mails and the reporter's timeline.

use crate::event::EventKind;

/// What happened to a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the words of the steps")]
pub enum RewardChange {
    Screened,
    Checked,
    Applied,
    Graded,
    ReferredToFinance,
    FinanceConsented,
    Decided,
    Told,
    Objected,
    Reviewed,
    ClaimExtended,
    Claimed,
    Lapsed,
    Forfeited,
    Paid,
    Revoked,
    RecoveryBegun,
    Recovered,
    PayoutExported,
    PayoutPurged,
}

impl RewardChange {
    /// The word for its event.
    #[must_use]
    pub const fn kind(self) -> EventKind {
        match self {
            Self::Screened => EventKind::RewardScreened,
            Self::Checked => EventKind::RewardChecked,
            Self::Applied => EventKind::RewardApplied,
            Self::Graded => EventKind::RewardGraded,
            Self::ReferredToFinance => EventKind::RewardReferredToFinance,
            Self::FinanceConsented => EventKind::RewardFinanceConsented,
            Self::Decided => EventKind::RewardDecided,
            Self::Told => EventKind::RewardTold,
            Self::Objected => EventKind::RewardObjected,
            Self::Reviewed => EventKind::RewardReviewed,
            Self::ClaimExtended => EventKind::RewardClaimExtended,
            Self::Claimed => EventKind::RewardClaimed,
            Self::Lapsed => EventKind::RewardLapsed,
            Self::Forfeited => EventKind::RewardForfeited,
            Self::Paid => EventKind::RewardPaid,
            Self::Revoked => EventKind::RewardRevoked,
            Self::RecoveryBegun => EventKind::RewardRecoveryBegun,
            Self::Recovered => EventKind::RewardRecovered,
            Self::PayoutExported => EventKind::PayoutExported,
            Self::PayoutPurged => EventKind::PayoutPurged,
        }
    }

    /// Whether a consenting reporter gets a mail, which says only that there is news.
    #[must_use]
    pub const fn is_news(self) -> bool {
        matches!(
            self,
            Self::Screened
                | Self::Checked
                | Self::Told
                | Self::Reviewed
                | Self::ClaimExtended
                | Self::Lapsed
                | Self::Forfeited
                | Self::Paid
                | Self::Revoked
                | Self::RecoveryBegun
        )
    }

    /// Whether the reporter sees it in the timeline. How a reward is being graded is left out until
    /// it is told.
    #[must_use]
    pub const fn is_in_timeline(self) -> bool {
        !matches!(
            self,
            Self::Graded | Self::ReferredToFinance | Self::FinanceConsented | Self::Decided
        )
    }
}
