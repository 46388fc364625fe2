//! What happened to a complaint, as events and timelines name it.

use super::state::ComplaintStateKind;
use crate::event::{ComplaintNews, EventKind};

macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident = $kind:ident, $told:ident;)*) => {
        /// One thing that happened to a complaint.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter)]
        pub enum ComplaintChange { $($(#[$doc])* $name,)* }

        impl ComplaintChange {
            /// The word for rows.
            #[must_use]
            pub const fn event_kind(self) -> EventKind {
                match self { $(Self::$name => EventKind::$kind,)* }
            }

            /// Whether the complainant is told, on the timeline and by mail.
            #[must_use]
            pub const fn is_told(self) -> bool {
                matches!(match self { $(Self::$name => Tell::$told,)* }, Tell::Told)
            }
        }
    };
}

enum Tell {
    Told,
    Kept,
}

changes! {
    /// It came in.
    Filed = ComplaintFiled, Told;
    /// It was sent to the competent unit.
    Dispatched = ComplaintDispatched, Told;
    /// The competent unit has it.
    TakenIn = ComplaintTakenIn, Told;
    /// It was given back.
    Returned = ComplaintReturned, Told;
    /// Somebody handles it.
    Assigned = ComplaintAssigned, Kept;
    /// The complainant has to prove the identity.
    IdentityAsked = ComplaintIdentityAsked, Told;
    /// The identity was proved.
    IdentityProved = ComplaintIdentityProved, Told;
    /// A refusal was proposed.
    RefusalProposed = ComplaintRefusalProposed, Kept;
    /// It was refused.
    Refused = ComplaintRefused, Told;
    /// It was withdrawn.
    Withdrawn = ComplaintWithdrawn, Told;
    /// It was accepted.
    Accepted = ComplaintAccepted, Told;
    /// A side consented.
    Consented = ComplaintConsented, Kept;
    /// A consent to publication was withdrawn.
    ConsentWithdrawn = ComplaintConsentWithdrawn, Kept;
    /// Mediation began.
    MediationBegan = ComplaintMediationBegan, Told;
    /// A body mediates.
    Entrusted = ComplaintEntrusted, Told;
    /// The bureau mediates again.
    TakenBack = ComplaintTakenBack, Told;
    /// A session was announced.
    SessionAnnounced = ComplaintSessionAnnounced, Told;
    /// A session was held.
    SessionHeld = ComplaintSessionHeld, Kept;
    /// A mediator is asked to step back.
    RecusalAsked = ComplaintRecusalAsked, Told;
    /// It was decided about a mediator.
    RecusalDecided = ComplaintRecusalDecided, Told;
    /// A sample went to a testing body.
    TestOrdered = ComplaintTestOrdered, Told;
    /// The test has a result.
    TestDone = ComplaintTestDone, Told;
    /// The sides agreed.
    Agreed = ComplaintAgreed, Told;
    /// A termination was proposed.
    TerminationProposed = ComplaintTerminationProposed, Kept;
    /// The mediation was terminated.
    Terminated = ComplaintTerminated, Told;
    /// A side was told of it.
    SideTold = ComplaintSideTold, Kept;
    /// The file was closed.
    Closed = ComplaintClosed, Told;
    /// The file was archived.
    Archived = ComplaintArchived, Kept;
    /// The police was told.
    PoliceReferred = ComplaintPoliceReferred, Kept;
    /// A lead was found.
    LeadFound = ComplaintLeadFound, Kept;
    /// A lead was settled.
    LeadSettled = ComplaintLeadSettled, Kept;
}

impl ComplaintChange {
    /// What the complainant is mailed.
    #[must_use]
    pub const fn news(self) -> Option<ComplaintNews> {
        match self {
            Self::Filed => Some(ComplaintNews::Received),
            other if other.is_told() => Some(ComplaintNews::Changed),
            _ => None,
        }
    }

    /// What giving a consent came to: the second one begins the mediation.
    #[must_use]
    pub const fn of_consent(after: ComplaintStateKind) -> Self {
        match after {
            ComplaintStateKind::Mediating => Self::MediationBegan,
            _ => Self::Consented,
        }
    }
}
