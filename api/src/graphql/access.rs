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

/// Who may ask to see who reported; the purpose decides which of them.
const ASKERS: Need = Need::Roles(&[
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::Head,
    Role::RewardOfficer,
]);
/// Who works on a lead.
const VERIFIERS: Need = Need::Roles(&[Role::IntakeOfficer, Role::CaseOfficer]);
/// Who speaks for a unit about competence.
const DISPUTERS: Need = Need::Roles(&[Role::IntakeOfficer, Role::Head]);

/// The table: field and need, in the order of the schema.
pub const ACCESS: &[(&str, Need)] = &[
    ("acceptReport", Need::Roles(&[Role::IntakeOfficer])),
    ("addReportPhotos", Need::Anyone),
    ("answerNotice", Need::Roles(&[Role::Merchant])),
    ("answerQuestion", Need::Anyone),
    ("approveIdentityOpening", Need::Roles(&[Role::Head])),
    (
        "askReporter",
        Need::Roles(&[
            Role::IntakeOfficer,
            Role::CaseOfficer,
            Role::RewardOfficer,
            Role::Inspector,
        ]),
    ),
    ("auditCase", Need::Roles(&[Role::LegalAuditor])),
    ("case", Need::SignedIn),
    ("cases", Need::SignedIn),
    ("checkIn", Need::Roles(&[Role::Inspector])),
    ("checkInstrument", Need::Roles(&[Role::Inspector])),
    ("confidentialityPromise", Need::Anyone),
    ("closeWithoutPenalty", Need::Roles(&[Role::Head])),
    ("competentBureau", Need::Anyone),
    ("decideCase", Need::Roles(&[Role::Head])),
    ("declarePhotos", Need::Roles(&[Role::Inspector])),
    ("declineFiling", Need::Roles(&[Role::Head])),
    ("designateCompetence", Need::Roles(&[Role::Head])),
    ("dispatchReport", Need::Roles(&[Role::IntakeOfficer])),
    (
        "dispatchVisit",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("extendVerification", Need::Roles(&[Role::Head])),
    ("fileCase", Need::Roles(&[Role::Head])),
    ("fileReport", Need::Anyone),
    ("identityOpenings", ASKERS),
    ("fileSubmission", Need::Anyone),
    (
        "inspectors",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("judge", Need::Roles(&[Role::Inspector])),
    ("limits", Need::Anyone),
    ("linkReports", VERIFIERS),
    ("markDuplicate", Need::Roles(&[Role::IntakeOfficer])),
    ("me", Need::SignedIn),
    ("merchant", Need::Anyone),
    ("mergeReport", Need::Roles(&[Role::IntakeOfficer])),
    ("myDevices", Need::SignedIn),
    ("myVisits", Need::Roles(&[Role::Inspector])),
    ("openIdentity", ASKERS),
    ("personalDataWarnings", Need::Anyone),
    ("notices", Need::SignedIn),
    ("pauseForTesting", VERIFIERS),
    ("proposeNotFiling", VERIFIERS),
    (
        "proposePenalty",
        Need::Roles(&[Role::CaseOfficer, Role::Inspector]),
    ),
    ("receiptChallenge", Need::Anyone),
    ("raiseCompetenceDispute", DISPUTERS),
    ("recordMeasurement", Need::Roles(&[Role::Inspector])),
    (
        "recordService",
        Need::Roles(&[
            Role::IntakeOfficer,
            Role::CaseOfficer,
            Role::RewardOfficer,
            Role::Head,
        ]),
    ),
    ("referenceStandards", Need::Roles(&[Role::Inspector])),
    ("refreshSession", Need::Anyone),
    ("replyNotCompetent", Need::Roles(&[Role::IntakeOfficer])),
    ("report", OFFICERS),
    ("reports", OFFICERS),
    ("requestIdentityOpening", ASKERS),
    ("reportSuggestions", VERIFIERS),
    ("resumeVerification", VERIFIERS),
    ("returnReport", Need::Roles(&[Role::IntakeOfficer])),
    ("revokeDevice", Need::SignedIn),
    ("ruleEditions", Need::Anyone),
    ("screenReward", Need::Roles(&[Role::RewardOfficer])),
    ("serveNotice", Need::Roles(&[Role::CaseOfficer])),
    ("serverTime", Need::Anyone),
    ("settleCompetenceDispute", DISPUTERS),
    ("signIn", Need::Anyone),
    ("signRecord", Need::Roles(&[Role::Inspector])),
    ("similarReports", Need::Anyone),
    ("submitMeasurement", Need::Roles(&[Role::Inspector])),
    ("submitVisit", Need::Roles(&[Role::Inspector])),
    ("tellOutcome", VERIFIERS),
    ("trackReport", Need::Anyone),
    ("transferReport", Need::Roles(&[Role::Head])),
    ("verdict", OFFICERS),
    ("violations", OFFICERS),
    ("visit", OFFICERS),
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
