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
    ("decideCase", Need::Roles(&[Role::Head])),
    ("declarePhotos", Need::Roles(&[Role::Inspector])),
    (
        "dispatchVisit",
        Need::Roles(&[Role::IntakeOfficer, Role::Head]),
    ),
    ("fileCase", Need::Roles(&[Role::Head])),
    ("fileReport", Need::Anyone),
    ("identityOpenings", ASKERS),
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
    ("openIdentity", ASKERS),
    ("personalDataWarnings", Need::Anyone),
    (
        "proposePenalty",
        Need::Roles(&[Role::CaseOfficer, Role::Inspector]),
    ),
    ("receiptChallenge", Need::Anyone),
    ("recordMeasurement", Need::Roles(&[Role::Inspector])),
    ("referenceStandards", Need::Roles(&[Role::Inspector])),
    ("refreshSession", Need::Anyone),
    ("report", OFFICERS),
    ("reports", OFFICERS),
    ("requestIdentityOpening", ASKERS),
    ("revokeDevice", Need::SignedIn),
    ("ruleEditions", Need::Anyone),
    ("screenReward", Need::Roles(&[Role::RewardOfficer])),
    ("serveNotice", Need::Roles(&[Role::CaseOfficer])),
    ("serverTime", Need::Anyone),
    ("signIn", Need::Anyone),
    ("signRecord", Need::Roles(&[Role::Inspector])),
    ("submitMeasurement", Need::Roles(&[Role::Inspector])),
    ("submitVisit", Need::Roles(&[Role::Inspector])),
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
