//! The kinds of paper that complaints, reports, cases and rewards produce.
//!
//! Numbered forms are the ten of April 2026 that came with Order 121; the others are papers that
//! the order or the penalty procedure (Order 2) asks for without a form of its own, or, where it
//! says so, our own record of a step.

words! {
    /// One kind of paper, in a word: the same in rows, in files and in the contract.
    #[cfg_attr(
        feature = "wire",
        derive(async_graphql::Enum),
        graphql(name = "Paper", rename_items = "snake_case")
    )]
    pub enum Paper {
        /// Form 1: the complaint itself.
        ComplaintForm,
        /// Form 2: the report itself.
        ReportForm,
        /// Form 3: a superior or the intake unit hands the matter to the competent bureau (article 41).
        DispatchLetter,
        /// Form 4: a request to prove one's identity by a day (article 10).
        IdentityProofRequest,
        /// Form 5: the complaint is accepted (article 15).
        AcceptanceNotice,
        /// Form 6: the complaint is refused, with ground, reason and other routes (articles 15, 16).
        RefusalNotice,
        /// Form 7: time, place and mediators of an on-site mediation (article 20).
        MediationNotice,
        /// Form 8: the mediation is terminated (article 23).
        TerminationNotice,
        /// Form 9: the mediation letter, after on-site mediation (article 24).
        MediationLetter,
        /// Form 10: the outcome of a report, where a special law demands it (article 36).
        ReportOutcome,
        /// The unit without competence gives the matter back (article 41).
        ReturnLetter,
        /// The complainant proved the identity (article 10).
        IdentityProof,
        /// The complainant withdrew before acceptance; the order has no form for it.
        WithdrawalStatement,
        /// Both sides agreed to mediation (article 18).
        MediationConsents,
        /// Both sides agreed that a lawful body mediates for the bureau (article 19).
        EntrustmentLetter,
        /// The entrusted body gave the matter back.
        EntrustmentReturn,
        /// A side asks that a mediator steps back (article 21).
        RecusalRequest,
        /// The bureau decided on it.
        RecusalDecision,
        /// A sample went to a testing body (article 22).
        TestingEntrustment,
        /// The testing body answered.
        TestingResult,
        /// Agreement performed at once, or no letter wanted: the record is kept (article 24).
        MediationRecord,
        /// Both sides know that it is over; the file is closed.
        ClosingRecord,
        /// The closed file went to the archive.
        ArchiveRecord,
        /// The reporter is told where to go (article 34).
        CompetenceReply,
        /// The same reporter, facts and party as an earlier report (article 35).
        DuplicateRecord,
        /// New facts joined to an earlier report (article 35).
        MergeRecord,
        /// An officer took the report in for verification.
        VerificationRecord,
        /// A head extended the verification by reasons (Order 2, article 18).
        ExtensionApproval,
        /// A head decided to file a case (Order 2, article 19).
        FilingApproval,
        /// A head decided not to (Order 2, articles 19 and 20).
        NotFiledApproval,
        /// The final report of the investigation, each time there is a new one (Order 2, article 48).
        CaseFile,
        /// A head extended the period of a case (Order 2, article 64).
        ExtensionOfCase,
        /// A head suspended the investigation (Order 2, article 46).
        SuspensionOfCase,
        /// A head ended the investigation because the party is gone (Order 2, article 47).
        TerminationOfCase,
        /// The opinion of the case audit or of the legal audit (Order 2, articles 49 to 55).
        AuditOpinion,
        /// The party is told of the intended penalty and of its rights (Order 2, article 57).
        PenaltyNotice,
        /// Time, place and chair of a hearing (Penalty Law, article 64).
        HearingNotice,
        /// What was said at a hearing, and the report on it (Penalty Law, article 64).
        HearingRecord,
        /// The heads decided together (Order 2, article 60).
        ConferenceRecord,
        /// A head ruled on whether somebody steps back from a case (Order 2, article 4).
        CaseRecusalDecision,
        /// Form 33 of the papers of Order 2: conduct is to be corrected.
        CorrectionOrder,
        /// A penalty imposed on the spot (Order 2, articles 66 to 70).
        OnTheSpotDecision,
        /// The penalty decision.
        PenaltyDecision,
        /// The case ended without a penalty.
        NoPenaltyDecision,
        /// How, to whom and when a paper was served (Order 2, articles 81 and 82).
        ServiceReceipt,
        /// The fine is to be paid before the court is asked (Order 2, article 76).
        PaymentReminder,
        /// The court is asked to enforce the decision (Order 2, article 76).
        EnforcementApplication,
        /// The decision is changed or annulled.
        DecisionChange,
        /// What became of an application for credit repair: taken up, not whole, given more time, granted or not, undone (Order
        /// 107 of 2025).
        CreditRepairNotice,
        /// A head closed the case (Order 2, article 77).
        CaseClosing,
        /// What the archived file of the case holds (Order 2, article 78).
        CaseArchive,
        /// The case went to the police with its five enclosures (State Council Order 310).
        PoliceTransfer,
        /// The case went to another agency or to the police.
        TransferLetter,
        /// A photo as evidence, to be confirmed by who provides it (Order 2, articles 24 to 26). Printed from what is kept, and
        /// signed by hand.
        EvidenceSlip,
        /// Form 12 of the papers of Order 2: how electronic data was taken, with its check values. Printed likewise.
        ExtractionRecord,
        /// Form 9 of the papers of Order 2: what officers saw on site. Printed likewise.
        OnSiteRecord,
        /// Conduct of article 42 was handed to the police; a side record, not a state.
        PoliceReferral,
        /// The reporter may ask for a reward (国市监稽规〔2021〕4号, article 15).
        RewardEligibleNotice,
        /// Grade and sum of the reward are decided (article 16).
        RewardDecisionNotice,
        /// What became of the reporter's objection to the sum (article 19).
        RewardReviewNotice,
        /// A reward is revoked, or asked back for fraud; our own.
        RewardRevocationNotice,
    }
}

impl Paper {
    /// Those whose service is a step of their case, because periods run from it.
    pub const SERVED_BY_CASE: [Self; 2] = [Self::PenaltyNotice, Self::PenaltyDecision];
}
