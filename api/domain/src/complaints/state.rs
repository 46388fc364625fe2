//! How far a complaint has come. Each state carries what the steps before it produced, and knows
//! the one paper that made it.

use super::{
    desk::{Dispatch, IdProof, Proposed, Refused, Registered, RegisteredBy, Withdrawn},
    ending::{Agreed, Archived, Closed, Ending, Terminated},
    ground::{RefusalReason, TerminationReason},
    mediation::{Accepted, Entrusted, Mediating, MediatingBy, Mediation, Suspended, Testing},
};
use crate::notices::paper::Paper;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// How far a complaint has come.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    EnumString,
    Display,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(
    feature = "wire",
    derive(async_graphql::Enum),
    graphql(name = "ComplaintState")
)]
pub enum ComplaintStateKind {
    /// Received; the seven working days run.
    Registered,
    /// On its way to the competent unit.
    Dispatched,
    /// The complainant was asked to prove the identity.
    IdProofPending,
    /// Refused.
    Refused,
    /// Withdrawn before acceptance.
    Withdrawn,
    /// Accepted; the sides are asked for their consent.
    Accepted,
    /// Being mediated by the bureau.
    Mediating,
    /// Being mediated by a body in the bureau's name.
    Entrusted,
    /// A side asked that a mediator steps back.
    SuspendedRecusal,
    /// A sample is being tested; the period does not count.
    Testing,
    /// Agreed, with a mediation letter.
    AgreedLetter,
    /// Agreed and performed, or without a letter.
    AgreedPerformed,
    /// Terminated without agreement.
    Terminated,
    /// Over.
    Closed,
    /// In the archive.
    Archived,
}

/// How far a complaint has come, with what the steps before it produced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ComplaintState {
    /// Received.
    Registered(Registered),
    /// Sent to the competent unit.
    Dispatched(Dispatch),
    /// Waiting for a proof of identity.
    IdProofPending(IdProof),
    /// Refused.
    Refused(Refused),
    /// Withdrawn.
    Withdrawn(Withdrawn),
    /// Accepted.
    Accepted(Accepted),
    /// Being mediated.
    Mediating(Mediating),
    /// Being mediated by a body.
    Entrusted(Entrusted),
    /// Waiting for a decision about a mediator.
    SuspendedRecusal(Suspended),
    /// Waiting for a test.
    Testing(Testing),
    /// Agreed with a letter.
    AgreedLetter(Agreed),
    /// Agreed without one.
    AgreedPerformed(Agreed),
    /// Terminated.
    Terminated(Terminated),
    /// Over.
    Closed(Closed),
    /// In the archive.
    Archived(Archived),
}

impl ComplaintState {
    /// The word for this state.
    #[must_use]
    pub const fn kind(&self) -> ComplaintStateKind {
        match self {
            Self::Registered(_) => ComplaintStateKind::Registered,
            Self::Dispatched(_) => ComplaintStateKind::Dispatched,
            Self::IdProofPending(_) => ComplaintStateKind::IdProofPending,
            Self::Refused(_) => ComplaintStateKind::Refused,
            Self::Withdrawn(_) => ComplaintStateKind::Withdrawn,
            Self::Accepted(_) => ComplaintStateKind::Accepted,
            Self::Mediating(_) => ComplaintStateKind::Mediating,
            Self::Entrusted(_) => ComplaintStateKind::Entrusted,
            Self::SuspendedRecusal(_) => ComplaintStateKind::SuspendedRecusal,
            Self::Testing(_) => ComplaintStateKind::Testing,
            Self::AgreedLetter(_) => ComplaintStateKind::AgreedLetter,
            Self::AgreedPerformed(_) => ComplaintStateKind::AgreedPerformed,
            Self::Terminated(_) => ComplaintStateKind::Terminated,
            Self::Closed(_) => ComplaintStateKind::Closed,
            Self::Archived(_) => ComplaintStateKind::Archived,
        }
    }

    /// The one paper that makes this state. Where the order knows several ways into a state, the
    /// state says which one it was, so that each has its own paper.
    #[must_use]
    pub const fn paper(&self) -> Paper {
        match self {
            Self::Registered(registered) => match registered.by {
                RegisteredBy::Form => Paper::ComplaintForm,
                RegisteredBy::Return => Paper::ReturnLetter,
                RegisteredBy::Receipt => Paper::DispatchLetter,
                RegisteredBy::IdentityProof => Paper::IdentityProof,
            },
            Self::Dispatched(_) => Paper::DispatchLetter,
            Self::IdProofPending(_) => Paper::IdentityProofRequest,
            Self::Refused(_) => Paper::RefusalNotice,
            Self::Withdrawn(_) => Paper::WithdrawalStatement,
            Self::Accepted(_) => Paper::AcceptanceNotice,
            Self::Mediating(mediating) => match mediating.by {
                MediatingBy::Consents => Paper::MediationConsents,
                MediatingBy::TakenBack => Paper::EntrustmentReturn,
                MediatingBy::RecusalDecision => Paper::RecusalDecision,
                MediatingBy::TestResult => Paper::TestingResult,
            },
            Self::Entrusted(_) => Paper::EntrustmentLetter,
            Self::SuspendedRecusal(_) => Paper::RecusalRequest,
            Self::Testing(_) => Paper::TestingEntrustment,
            Self::AgreedLetter(_) => Paper::MediationLetter,
            Self::AgreedPerformed(_) => Paper::MediationRecord,
            Self::Terminated(_) => Paper::TerminationNotice,
            Self::Closed(_) => Paper::ClosingRecord,
            Self::Archived(_) => Paper::ArchiveRecord,
        }
    }
}

impl ComplaintState {
    /// The mediation, once it began and as long as its file tells of it.
    #[must_use]
    pub const fn mediation(&self) -> Option<&Mediation> {
        match self {
            Self::Mediating(mediating)
            | Self::SuspendedRecusal(Suspended { mediating, .. })
            | Self::Testing(Testing { mediating, .. }) => Some(&mediating.mediation),
            Self::Entrusted(entrusted) => Some(&entrusted.mediation),
            Self::AgreedLetter(agreed) | Self::AgreedPerformed(agreed) => Some(&agreed.mediation),
            _ => None,
        }
    }

    /// What the bureau itself does in a mediation, while it does.
    #[must_use]
    pub const fn mediating(&self) -> Option<&Mediating> {
        match self {
            Self::Mediating(mediating)
            | Self::SuspendedRecusal(Suspended { mediating, .. })
            | Self::Testing(Testing { mediating, .. }) => Some(mediating),
            _ => None,
        }
    }

    /// The refusal that waits for a head.
    #[must_use]
    pub const fn proposed_refusal(&self) -> Option<&Proposed<RefusalReason>> {
        match self {
            Self::Registered(registered) => registered.refusal.as_ref(),
            Self::IdProofPending(proof) => proof.refusal.as_ref(),
            _ => None,
        }
    }

    /// The termination that waits for a head.
    #[must_use]
    pub const fn proposed_termination(&self) -> Option<&Proposed<TerminationReason>> {
        match self {
            Self::Accepted(accepted) => accepted.termination.as_ref(),
            Self::Mediating(mediating) => mediating.termination.as_ref(),
            Self::Entrusted(entrusted) => entrusted.termination.as_ref(),
            _ => None,
        }
    }

    /// How it ended, also when the file is closed or archived.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        match self {
            Self::Refused(refused) => Some(Ending::Refused(refused.clone())),
            Self::Withdrawn(withdrawn) => Some(Ending::Withdrawn(withdrawn.clone())),
            Self::AgreedLetter(agreed) => Some(Ending::AgreedLetter(agreed.clone())),
            Self::AgreedPerformed(agreed) => Some(Ending::AgreedPerformed(agreed.clone())),
            Self::Terminated(terminated) => Some(Ending::Terminated(terminated.clone())),
            Self::Closed(Closed { ending, .. })
            | Self::Archived(Archived {
                closed: Closed { ending, .. },
                ..
            }) => Some(ending.clone()),
            _ => None,
        }
    }
}
