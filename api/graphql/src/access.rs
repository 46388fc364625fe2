//! Who may call which root field. What a step needs follows from the policy; reads, and the few
//! writes that are no step, stand in a table, by the action of the policy where they are about one. A
//! field that is in neither is refused, whoever calls; a test holds both against the schema.

use crate::context::Reach;
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    operations,
    policy::{Action, Need},
    refusal::{Code, Refusal},
};
use std::{collections::BTreeMap, sync::LazyLock};

/// What a root field needs that is no step.
#[derive(Debug, Clone, Copy)]
enum Other {
    Anyone,
    SignedIn,
    /// What an action needs: it is asked for, or it is what the answer is for.
    For(Action),
    Roles(&'static [Role]),
}

impl Other {
    fn need(self) -> Need {
        match self {
            Self::Anyone => Need::Anyone,
            Self::SignedIn => Need::SignedIn,
            Self::For(action) => action.need(),
            Self::Roles(roles) => Need::Roles(roles.to_vec()),
        }
    }
}

const OFFICERS: Other = Other::Roles(&[
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
    Role::Inspector,
    Role::Supervisor,
]);

/// Who is sent.
const INSPECTOR: Other = Other::Roles(&[Role::Inspector]);

/// Who works with rewards; whoever works on the case does not.
const REWARD_READERS: Other = Other::Roles(&[Role::RewardOfficer, Role::Head]);

/// Reads, and writes that are no step.
const OTHERS: &[(&str, Other)] = &[
    ("accounts", Other::Roles(&[Role::Administrator])),
    ("beginSecondFactor", Other::For(Action::KeepSecondFactor)),
    ("calendarDrafts", Other::For(Action::ConfirmCalendar)),
    (
        "calendarYears",
        Other::Roles(&[Role::Administrator, Role::Head, Role::IntakeOfficer]),
    ),
    ("case", Other::SignedIn),
    ("cases", Other::SignedIn),
    ("clocks", OFFICERS),
    ("comeBackToComplaint", Other::Anyone),
    ("comeBackToReport", Other::Anyone),
    ("comparePulled", INSPECTOR),
    ("competenceDisputes", Other::For(Action::DisputeCompetence)),
    ("competentBureau", Other::Anyone),
    ("complaint", Other::SignedIn),
    ("complaints", Other::SignedIn),
    ("confidentialityPromise", Other::Anyone),
    ("desk", OFFICERS),
    ("deskCounts", OFFICERS),
    ("eventLog", Other::For(Action::ExportLog)),
    ("failedSignIns", Other::For(Action::ExportLog)),
    ("fileComplaint", Other::For(Action::FileComplaint)),
    ("fileReport", Other::For(Action::FileReport)),
    ("fileSubmission", Other::For(Action::FileReport)),
    ("handIn", Other::Anyone),
    ("heldItems", Other::For(Action::SettleHeldItem)),
    (
        "identityOpenings",
        Other::For(Action::RequestIdentityOpening),
    ),
    ("inspectors", Other::For(Action::DispatchVisit)),
    ("judge", Other::For(Action::RecordFinding)),
    ("limits", Other::Anyone),
    ("me", Other::SignedIn),
    ("merchant", Other::Anyone),
    ("merchants", OFFICERS),
    ("myDevices", Other::SignedIn),
    ("myVisits", INSPECTOR),
    ("notices", Other::SignedIn),
    ("personalDataWarnings", Other::Anyone),
    ("pull", INSPECTOR),
    ("pullNow", INSPECTOR),
    ("reconcile", Other::Anyone),
    ("recordMeasurement", Other::For(Action::RecordFinding)),
    // Each item is asked about by itself.
    ("push", Other::SignedIn),
    ("punishOnTheSpot", Other::For(Action::PunishOnTheSpot)),
    ("referenceStandards", INSPECTOR),
    ("refreshSession", Other::Anyone),
    ("report", OFFICERS),
    ("reports", OFFICERS),
    ("reportSuggestions", Other::For(Action::VerifyReport)),
    ("revokeDevice", Other::For(Action::RevokeDevice)),
    ("revokeUploads", Other::Anyone),
    ("reward", REWARD_READERS),
    ("rewards", REWARD_READERS),
    ("ruleEditions", Other::Anyone),
    ("screenReward", Other::For(Action::ScreenReward)),
    ("serverTime", Other::Anyone),
    ("signIn", Other::Anyone),
    ("similarReports", Other::Anyone),
    ("stopComplaintMail", Other::Anyone),
    ("stopReportMail", Other::Anyone),
    ("syncHealth", INSPECTOR),
    ("trackComplaint", Other::Anyone),
    ("trackReport", Other::Anyone),
    ("verdict", OFFICERS),
    ("violations", OFFICERS),
    ("visit", OFFICERS),
    (
        "visitOpinions",
        Other::Roles(&[Role::Supervisor, Role::Head]),
    ),
    ("waitingJobs", Other::For(Action::RetryJob)),
];

/// What somebody may call who has to set up a second factor first.
const TO_SET_UP: [&str; 11] = [
    "beginSecondFactor",
    "changePassword",
    "confirmSecondFactor",
    "limits",
    "me",
    "myDevices",
    "refreshSession",
    "revokeDevice",
    "serverTime",
    "signIn",
    "usePasswordCode",
];

/// The table: field and need, in the order of the alphabet.
static ACCESS: LazyLock<BTreeMap<String, Need>> = LazyLock::new(|| {
    let steps = operations::all().map(|(name, action)| (field(name), action.need()));
    let others = OTHERS
        .iter()
        .map(|(field, need)| ((*field).to_owned(), need.need()));
    steps.chain(others).collect()
});

/// Every root field with what it needs.
pub fn list() -> impl Iterator<Item = (&'static str, &'static Need)> {
    ACCESS.iter().map(|(field, need)| (field.as_str(), need))
}

/// The root field of an operation.
fn field(operation: &str) -> String {
    let mut letters = operation.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// Whether the actor may ask for an operation that comes as an item of another one: exactly who may call its field.
pub(super) fn check_operation(actor: &Actor, reach: Reach, operation: &str) -> Result<(), Refusal> {
    check(actor, reach, &field(operation))
}

/// Whether the actor may call the field at all; what it may see there is another question.
pub(super) fn check(actor: &Actor, reach: Reach, field: &str) -> Result<(), Refusal> {
    if reach == Reach::SettingUp && !TO_SET_UP.contains(&field) {
        return Err(Refusal::of(Code::SecondFactorMissing));
    }
    match ACCESS.get(field) {
        None => Err(Refusal::of(Code::Denied)),
        Some(Need::Anyone) => Ok(()),
        Some(Need::SignedIn) => actor.signed_in().map(|_| ()),
        Some(Need::Roles(roles)) => {
            let user = actor.signed_in()?;
            if roles.iter().any(|role| user.roles.has(*role)) {
                Ok(())
            } else {
                Err(Refusal::of(Code::Denied))
            }
        }
    }
}
