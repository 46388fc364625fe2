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

/// The table: field and need, in the order of the schema.
pub const ACCESS: &[(&str, Need)] = &[
    ("acceptReport", Need::Roles(&[Role::IntakeOfficer])),
    ("answerNotice", Need::Roles(&[Role::Merchant])),
    ("applyForReward", Need::Anyone),
    ("auditCase", Need::Roles(&[Role::LegalAuditor])),
    ("case", Need::SignedIn),
    ("cases", Need::SignedIn),
    ("checkIn", Need::Roles(&[Role::Inspector])),
    ("checkInstrument", Need::Roles(&[Role::Inspector])),
    ("claimReward", Need::Anyone),
    ("decideCase", Need::Roles(&[Role::Head])),
    ("decideReward", Need::Roles(&[Role::Head])),
    ("declarePhotos", Need::Roles(&[Role::Inspector])),
    (
        "dispatchVisit",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("exportPayments", Need::Roles(&[Role::RewardOfficer])),
    ("extendClaim", Need::Roles(&[Role::RewardOfficer])),
    ("fileCase", Need::Roles(&[Role::Head])),
    ("fileReport", Need::Anyone),
    ("gradeReward", Need::Roles(&[Role::RewardOfficer])),
    (
        "inspectors",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("judge", Need::Roles(&[Role::Inspector])),
    ("limits", Need::Anyone),
    ("me", Need::SignedIn),
    ("merchant", Need::Anyone),
    ("myDevices", Need::SignedIn),
    ("myVisits", Need::Roles(&[Role::Inspector])),
    ("objectToReward", Need::Anyone),
    ("notices", Need::SignedIn),
    (
        "proposePenalty",
        Need::Roles(&[Role::CaseOfficer, Role::Inspector]),
    ),
    ("recordClaim", Need::Roles(&[Role::RewardOfficer])),
    ("recordEligibility", Need::Roles(&[Role::RewardOfficer])),
    ("recordFinanceConsent", Need::Roles(&[Role::RewardOfficer])),
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
    ("referenceStandards", Need::Roles(&[Role::Inspector])),
    ("refreshSession", Need::Anyone),
    ("report", OFFICERS),
    ("reports", OFFICERS),
    ("reviewReward", REWARD_READERS),
    ("revokeDevice", Need::SignedIn),
    ("revokeReward", Need::Roles(&[Role::Head])),
    ("reward", REWARD_READERS),
    ("rewards", REWARD_READERS),
    ("ruleEditions", Need::Anyone),
    ("screenReward", Need::Roles(&[Role::RewardOfficer])),
    ("serveNotice", Need::Roles(&[Role::CaseOfficer])),
    ("serverTime", Need::Anyone),
    ("signIn", Need::Anyone),
    ("signRecord", Need::Roles(&[Role::Inspector])),
    ("submitMeasurement", Need::Roles(&[Role::Inspector])),
    ("submitVisit", Need::Roles(&[Role::Inspector])),
    ("tellDecision", Need::Roles(&[Role::RewardOfficer])),
    ("trackReport", Need::Anyone),
    ("verdict", OFFICERS),
    ("violations", OFFICERS),
    ("visit", OFFICERS),
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
