//! Who may call which root field. A field that is not in this table is refused, whoever calls; a
//! test holds the table against the schema.

use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    refusal::{Code, Refusal},
};

/// What a root field needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: citizens without account too.
    Anyone,
    /// Somebody with an account.
    SignedIn,
    /// One of these roles.
    Roles(&'static [Role]),
}

const OFFICERS: Need = Need::Roles(&[
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
    Role::Inspector,
]);

/// Who works with rewards; whoever works on the case does not.
const REWARD_READERS: Need = Need::Roles(&[Role::RewardOfficer, Role::Head]);
/// Who works on a lead.
const VERIFIERS: Need = Need::Roles(&[Role::IntakeOfficer, Role::CaseOfficer]);
/// Who speaks for a unit about competence.
const DISPUTERS: Need = Need::Roles(&[Role::IntakeOfficer, Role::Head]);

/// The table: field and need, in the order of the schema.
pub const ACCESS: &[(&str, Need)] = &[
    ("acceptComplaint", Need::Roles(&[Role::CaseOfficer])),
    ("acceptReport", Need::Roles(&[Role::IntakeOfficer])),
    ("announceSession", Need::Roles(&[Role::CaseOfficer])),
    ("answerNotice", Need::Roles(&[Role::Merchant])),
    ("applyForReward", Need::Anyone),
    ("approveRefusal", Need::Roles(&[Role::Head])),
    ("archiveComplaint", Need::Roles(&[Role::CaseOfficer])),
    (
        "assignComplaint",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("auditCase", Need::Roles(&[Role::LegalAuditor])),
    (
        "calendarYears",
        Need::Roles(&[Role::Administrator, Role::Head, Role::IntakeOfficer]),
    ),
    ("case", Need::SignedIn),
    ("cases", Need::SignedIn),
    ("checkIn", Need::Roles(&[Role::Inspector])),
    ("checkInstrument", Need::Roles(&[Role::Inspector])),
    ("claimReward", Need::Anyone),
    ("closeComplaint", Need::Roles(&[Role::CaseOfficer])),
    ("closeWithoutPenalty", Need::Roles(&[Role::Head])),
    ("competentBureau", Need::Anyone),
    ("complaint", Need::SignedIn),
    ("complaints", Need::SignedIn),
    ("consentToMediation", Need::Anyone),
    ("decideCase", Need::Roles(&[Role::Head])),
    ("decideReward", Need::Roles(&[Role::Head])),
    ("decideRecusal", Need::Roles(&[Role::Head])),
    ("declarePhotos", Need::Roles(&[Role::Inspector])),
    ("declineFiling", Need::Roles(&[Role::Head])),
    ("designateCompetence", Need::Roles(&[Role::Head])),
    ("dispatchComplaint", Need::Roles(&[Role::IntakeOfficer])),
    ("dispatchReport", Need::Roles(&[Role::IntakeOfficer])),
    (
        "dispatchVisit",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("exportPayments", Need::Roles(&[Role::RewardOfficer])),
    ("extendClaim", Need::Roles(&[Role::RewardOfficer])),
    ("gradeReward", Need::Roles(&[Role::RewardOfficer])),
    ("entrustMediation", Need::Roles(&[Role::CaseOfficer])),
    ("extendVerification", Need::Roles(&[Role::Head])),
    ("fileCase", Need::Roles(&[Role::Head])),
    ("fileComplaint", Need::Anyone),
    ("fileReport", Need::Anyone),
    ("fileSubmission", Need::Anyone),
    ("holdSession", Need::Roles(&[Role::CaseOfficer])),
    (
        "inspectors",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("judge", Need::Roles(&[Role::Inspector])),
    ("limits", Need::Anyone),
    ("linkReports", VERIFIERS),
    ("loadCalendarYear", Need::Roles(&[Role::Administrator])),
    ("markDuplicate", Need::Roles(&[Role::IntakeOfficer])),
    ("me", Need::SignedIn),
    ("merchant", Need::Anyone),
    ("mergeReport", Need::Roles(&[Role::IntakeOfficer])),
    ("myDevices", Need::SignedIn),
    ("myVisits", Need::Roles(&[Role::Inspector])),
    ("objectToReward", Need::Anyone),
    ("noteSideTold", Need::Roles(&[Role::CaseOfficer])),
    ("notices", Need::SignedIn),
    ("pauseForTesting", VERIFIERS),
    ("proposeNotFiling", VERIFIERS),
    (
        "proposePenalty",
        Need::Roles(&[Role::CaseOfficer, Role::Inspector]),
    ),
    ("recordClaim", Need::Roles(&[Role::RewardOfficer])),
    ("recordEligibility", Need::Roles(&[Role::RewardOfficer])),
    ("recordFinanceConsent", Need::Roles(&[Role::RewardOfficer])),
    ("proposeRefusal", Need::Roles(&[Role::CaseOfficer])),
    ("proposeTermination", Need::Roles(&[Role::CaseOfficer])),
    ("proveIdentity", Need::Roles(&[Role::CaseOfficer])),
    ("raiseCompetenceDispute", DISPUTERS),
    ("recordAgreement", Need::Roles(&[Role::CaseOfficer])),
    ("recordMeasurement", Need::Roles(&[Role::Inspector])),
    ("recordPayment", Need::Roles(&[Role::RewardOfficer])),
    ("recordRecovery", Need::Roles(&[Role::RewardOfficer])),
    ("recoverReward", Need::Roles(&[Role::Head])),
    (
        "recordService",
        Need::Roles(&[
            Role::IntakeOfficer,
            Role::CaseOfficer,
            Role::RewardOfficer,
            Role::Head,
        ]),
    ),
    ("recordTestResult", Need::Roles(&[Role::CaseOfficer])),
    ("referToPolice", Need::Roles(&[Role::Head])),
    ("referenceStandards", Need::Roles(&[Role::Inspector])),
    ("refreshSession", Need::Anyone),
    ("replyNotCompetent", Need::Roles(&[Role::IntakeOfficer])),
    ("report", OFFICERS),
    ("reviewReward", REWARD_READERS),
    ("reportLead", Need::Roles(&[Role::CaseOfficer])),
    ("reportSuggestions", VERIFIERS),
    ("reports", OFFICERS),
    ("requestIdentityProof", Need::Roles(&[Role::CaseOfficer])),
    ("requestRecusal", Need::Anyone),
    ("resumeVerification", VERIFIERS),
    ("returnComplaint", Need::Roles(&[Role::IntakeOfficer])),
    ("returnReport", Need::Roles(&[Role::IntakeOfficer])),
    ("revokeDevice", Need::SignedIn),
    ("revokeReward", Need::Roles(&[Role::Head])),
    ("reward", REWARD_READERS),
    ("rewards", REWARD_READERS),
    ("ruleEditions", Need::Anyone),
    ("screenReward", Need::Roles(&[Role::RewardOfficer])),
    ("sendForTesting", Need::Roles(&[Role::CaseOfficer])),
    ("serveNotice", Need::Roles(&[Role::CaseOfficer])),
    ("serverTime", Need::Anyone),
    ("settleCompetenceDispute", DISPUTERS),
    ("settleLead", Need::Roles(&[Role::Head])),
    ("signIn", Need::Anyone),
    ("signRecord", Need::Roles(&[Role::Inspector])),
    ("similarReports", Need::Anyone),
    ("submitMeasurement", Need::Roles(&[Role::Inspector])),
    ("submitVisit", Need::Roles(&[Role::Inspector])),
    ("tellDecision", Need::Roles(&[Role::RewardOfficer])),
    ("takeBackMediation", Need::Roles(&[Role::CaseOfficer])),
    ("takeInComplaint", Need::Roles(&[Role::IntakeOfficer])),
    ("tellOutcome", VERIFIERS),
    ("terminateMediation", Need::Roles(&[Role::Head])),
    ("trackComplaint", Need::Anyone),
    ("trackReport", Need::Anyone),
    ("transferReport", Need::Roles(&[Role::Head])),
    ("verdict", OFFICERS),
    ("violations", OFFICERS),
    ("visit", OFFICERS),
    ("withdrawComplaint", Need::Anyone),
    ("withdrawPublicationConsent", Need::Anyone),
    ("withdrawReport", Need::Anyone),
];

/// Whether the actor may call the field at all; what it may see there is another question.
pub(super) fn check(actor: &Actor, field: &str) -> Result<(), Refusal> {
    match ACCESS.iter().find(|(name, _)| *name == field) {
        None => Err(Refusal::of(Code::Denied)),
        Some((_, Need::Anyone)) => Ok(()),
        Some((_, Need::SignedIn)) => actor.signed_in().map(|_| ()),
        Some((_, Need::Roles(roles))) => {
            let user = actor.signed_in()?;
            if roles.iter().any(|role| user.roles.has(*role)) {
                Ok(())
            } else {
                Err(Refusal::of(Code::Denied))
            }
        }
    }
}
