//! Who walks: everybody with every role, so that only the machines can say no.

use liangxin_domain::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, ComplaintId, DeviceId, UserId},
    policy::{self, Action, Facts, Permit, Place, Stake},
    text::{Line, Narrative, Reason},
};
use uuid::Uuid;

/// Works on the matter.
pub(crate) const OFFICER: u128 = 1;
/// Approves.
pub(crate) const HEAD: u128 = 2;
/// Audits a case.
pub(crate) const AUDITOR: u128 = 3;
/// Leads a hearing.
pub(crate) const CHAIR: u128 = 4;
/// Investigates a case.
pub(crate) const INVESTIGATOR: u128 = 10;

pub(crate) fn user(n: u128) -> UserId {
    UserId::new(Uuid::from_u128(n))
}

pub(crate) fn permit(n: u128, action: Action) -> Permit {
    let actor = Actor::User(SignedIn {
        user: user(n),
        device: DeviceId::new(Uuid::nil()),
        roles: [
            Role::IntakeOfficer,
            Role::CaseOfficer,
            Role::Head,
            Role::Inspector,
            Role::LegalAuditor,
        ]
        .into_iter()
        .collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
        settles_on: None,
    });
    allowed(&actor, action, Stake::Assigned)
        .or_else(|| allowed(&actor, action, Stake::None))
        .unwrap_or_else(|| panic!("nobody may {action:?}"))
}

pub(crate) fn complainant(action: Action) -> Permit {
    let actor = Actor::Complainant(ComplaintId::new(Uuid::from_u128(9)));
    allowed(&actor, action, Stake::Own).unwrap()
}

pub(crate) fn anybody(action: Action) -> Permit {
    policy::permit(&Actor::Anonymous, action, Facts::placeless(Stake::None)).unwrap()
}

fn allowed(actor: &Actor, action: Action, stake: Stake) -> Option<Permit> {
    let place = Place::Office;
    policy::permit(actor, action, Facts { place, stake }).ok()
}

pub(crate) fn line(text: &str) -> Line {
    Line::parse(text, "test").unwrap()
}

pub(crate) fn words() -> Narrative {
    Narrative::parse("经调查核实。", "test").unwrap()
}

pub(crate) fn reason() -> Reason {
    Reason::parse("有相应证据证实。", "test").unwrap()
}
