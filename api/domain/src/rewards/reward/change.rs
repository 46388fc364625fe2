//! What happened to a reward, for events, mails and the reporter's timeline.

use crate::{
    event::Event,
    id::{ReportId, RewardId},
};

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
    /// The event.
    #[must_use]
    pub const fn event(self, reward: RewardId, report: ReportId) -> Event {
        match self {
            Self::Screened => Event::RewardScreened { reward, report },
            Self::Checked => Event::RewardChecked { reward, report },
            Self::Applied => Event::RewardApplied { reward, report },
            Self::Graded => Event::RewardGraded { reward, report },
            Self::ReferredToFinance => Event::RewardReferredToFinance { reward, report },
            Self::FinanceConsented => Event::RewardFinanceConsented { reward, report },
            Self::Decided => Event::RewardDecided { reward, report },
            Self::Told => Event::RewardTold { reward, report },
            Self::Objected => Event::RewardObjected { reward, report },
            Self::Reviewed => Event::RewardReviewed { reward, report },
            Self::ClaimExtended => Event::RewardClaimExtended { reward, report },
            Self::Claimed => Event::RewardClaimed { reward, report },
            Self::Lapsed => Event::RewardLapsed { reward, report },
            Self::Forfeited => Event::RewardForfeited { reward, report },
            Self::Paid => Event::RewardPaid { reward, report },
            Self::Revoked => Event::RewardRevoked { reward, report },
            Self::RecoveryBegun => Event::RewardRecoveryBegun { reward, report },
            Self::Recovered => Event::RewardRecovered { reward, report },
            Self::PayoutExported => Event::PayoutExported { reward, report },
            Self::PayoutPurged => Event::PayoutPurged { reward, report },
        }
    }
}
