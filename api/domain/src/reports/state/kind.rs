//! The words for a report's states.

words! {
    /// How far a report has come.
    pub enum ReportStateKind as "ReportState" {
        /// Received, waiting in the queue.
        Registered,
        /// Not this bureau's; the reporter was told where to go.
        NotCompetent,
        /// Said before by the same reporter.
        Duplicate,
        /// Joined to an earlier report of the same reporter.
        Merged,
        /// Being verified.
        Verifying,
        /// Being verified with more time.
        VerifyingExtended,
        /// Waiting for a test; time does not count.
        PausedTest,
        /// A head decided that no case is filed.
        NotFiled,
        /// A case was filed on it.
        Filed,
        /// The case is being investigated.
        Case,
        /// The case was decided with a penalty; the screening of the reward follows.
        ClosedPenalty,
        /// The case ended without a penalty.
        ClosedNoPenalty,
        /// The case went to another agency or to the police.
        Transferred,
    }
}

impl ReportStateKind {
    /// The word that the reporter is given: what is being tested, and that an investigation has
    /// begun, would show how a case is being built (Order 121, article 37).
    #[must_use]
    pub const fn told_to_reporter(self) -> Self {
        match self {
            Self::PausedTest => Self::Verifying,
            Self::Case => Self::Filed,
            told => told,
        }
    }
}
