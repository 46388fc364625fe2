//! The words for how far a complaint has come.

words! {
    /// How far a complaint has come.
    pub enum ComplaintStateKind as "ComplaintState" {
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
}

impl ComplaintStateKind {
    /// Whether nobody has to move it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Refused | Self::Withdrawn | Self::Closed | Self::Archived
        )
    }
}
