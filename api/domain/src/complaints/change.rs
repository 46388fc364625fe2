//! What happened to a complaint, as events and timelines name it.

use super::state::ComplaintStateKind;
use crate::{event::Event, id::ComplaintId};

macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident = $kind:ident;)*) => {
        /// One thing that happened to a complaint.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::EnumIter)]
        pub enum ComplaintChange { $($(#[$doc])* $name,)* }

        impl ComplaintChange {
            /// The event.
            #[must_use]
            pub const fn event(self, complaint: ComplaintId) -> Event {
                match self { $(Self::$name => Event::$kind { complaint },)* }
            }
        }
    };
}

changes! {
    /// It came in.
    Filed = ComplaintFiled;
    /// It was sent to the competent unit.
    Dispatched = ComplaintDispatched;
    /// The competent unit has it.
    TakenIn = ComplaintTakenIn;
    /// It was given back.
    Returned = ComplaintReturned;
    /// Somebody handles it.
    Assigned = ComplaintAssigned;
    /// The complainant has to prove the identity.
    IdentityAsked = ComplaintIdentityAsked;
    /// The identity was proved.
    IdentityProved = ComplaintIdentityProved;
    /// A refusal was proposed.
    RefusalProposed = ComplaintRefusalProposed;
    /// It was refused.
    Refused = ComplaintRefused;
    /// It was withdrawn.
    Withdrawn = ComplaintWithdrawn;
    /// It was accepted.
    Accepted = ComplaintAccepted;
    /// A side consented.
    Consented = ComplaintConsented;
    /// A consent to publication was withdrawn.
    ConsentWithdrawn = ComplaintConsentWithdrawn;
    /// Mediation began.
    MediationBegan = ComplaintMediationBegan;
    /// A body mediates.
    Entrusted = ComplaintEntrusted;
    /// The bureau mediates again.
    TakenBack = ComplaintTakenBack;
    /// A session was announced.
    SessionAnnounced = ComplaintSessionAnnounced;
    /// A session was held.
    SessionHeld = ComplaintSessionHeld;
    /// A mediator is asked to step back.
    RecusalAsked = ComplaintRecusalAsked;
    /// It was decided about a mediator.
    RecusalDecided = ComplaintRecusalDecided;
    /// A sample went to a testing body.
    TestOrdered = ComplaintTestOrdered;
    /// The test has a result.
    TestDone = ComplaintTestDone;
    /// The sides agreed.
    Agreed = ComplaintAgreed;
    /// A termination was proposed.
    TerminationProposed = ComplaintTerminationProposed;
    /// The mediation was terminated.
    Terminated = ComplaintTerminated;
    /// A side was told of it.
    SideTold = ComplaintSideTold;
    /// The file was closed.
    Closed = ComplaintClosed;
    /// The file was archived.
    Archived = ComplaintArchived;
    /// The police was told.
    PoliceReferred = ComplaintPoliceReferred;
    /// A lead was found.
    LeadFound = ComplaintLeadFound;
    /// A lead was settled.
    LeadSettled = ComplaintLeadSettled;
}

impl ComplaintChange {
    /// What giving a consent came to: the second one begins the mediation.
    #[must_use]
    pub const fn of_consent(after: ComplaintStateKind) -> Self {
        match after {
            ComplaintStateKind::Mediating => Self::MediationBegan,
            _ => Self::Consented,
        }
    }
}
