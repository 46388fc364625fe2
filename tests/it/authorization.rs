//! Who may do what, all of it: every action, every role, every place, every stake.

use std::fmt::Write as _;

use liangxin_demo::fixtures::{bureau_id, merchant_id, user_id};
use liangxin_domain::accounts::role::Role;
use liangxin_domain::actor::{Actor, Seat, SignedIn};
use liangxin_domain::id::{ComplaintId, DeviceId, ReportId};
use liangxin_domain::policy::{Action, Facts, Place, Stake, permit};
use liangxin_tests::contract::assert_file;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

const PLACES: [Place; 3] = [Place::Office, Place::Below, Place::Elsewhere];
const STAKES: [Stake; 5] = [
    Stake::None,
    Stake::Own,
    Stake::Assigned,
    Stake::Investigator,
    Stake::FormerInvestigator,
];
const ROLES: [Role; 10] = [
    Role::Inspector,
    Role::IntakeOfficer,
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
    Role::Merchant,
    Role::SecurityAuditor,
    Role::Administrator,
    Role::Supervisor,
];

#[test]
fn who_may_do_what_where_and_with_which_stake_is_as_it_was() {
    let actors = actors();
    let mut table = String::from(
        "Every action, by place and stake of the thing, for every kind of actor.\n\
         yes: allowed; no: DENIED; sign in: SIGN_IN_REQUIRED; worked on it: INVESTIGATOR_CANNOT_APPROVE.\n",
    );
    for action in Action::iter() {
        if let Some(reason) = action.reason_from_above() {
            write!(table, "\nA superior acts: {reason}.").unwrap();
        }
        write!(table, "\n{:<16}", action.to_string()).unwrap();
        for place in PLACES {
            for stake in STAKES {
                write!(table, " {:<28}", format!("{place}/{stake}")).unwrap();
            }
        }
        table.push('\n');
        for (name, actor) in &actors {
            write!(table, "{name:<16}").unwrap();
            for place in PLACES {
                for stake in STAKES {
                    write!(
                        table,
                        " {:<28}",
                        answer(actor, action, Facts { place, stake })
                    )
                    .unwrap();
                }
            }
            table.push('\n');
        }
    }
    let table: String = table
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect();
    assert_file("tests/it/snapshots/authorization.txt", &table);
}

fn answer(actor: &Actor, action: Action, facts: Facts) -> &'static str {
    match permit(actor, action, facts).map_err(|refusal| refusal.code.as_str()) {
        Ok(_) => "yes",
        Err("DENIED") => "no",
        Err("SIGN_IN_REQUIRED") => "sign in",
        Err("INVESTIGATOR_CANNOT_APPROVE") => "worked on it",
        Err(other) => other,
    }
}

fn actors() -> Vec<(String, Actor)> {
    let roles = ROLES.map(|role| (role.to_string(), person(role)));
    let others = [
        ("anonymous".to_owned(), Actor::Anonymous),
        (
            "reporter".to_owned(),
            Actor::Reporter(ReportId::new(Uuid::nil())),
        ),
        (
            "complainant".to_owned(),
            Actor::Complainant(ComplaintId::new(Uuid::nil())),
        ),
        ("system".to_owned(), Actor::System),
    ];
    roles.into_iter().chain(others).collect()
}

fn person(role: Role) -> Actor {
    let seat = match role {
        Role::Merchant => Seat::Merchant(merchant_id("tianxin-stall-17")),
        _ => Seat::Bureau {
            bureau: bureau_id("tianxin"),
            division: "430103".parse().unwrap(),
        },
    };
    Actor::User(SignedIn {
        user: user_id("somebody"),
        device: DeviceId::new(Uuid::nil()),
        roles: [role].into_iter().collect(),
        seat,
        settles_on: None,
    })
}
