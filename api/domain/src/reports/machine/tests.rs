use super::*;
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, DeviceId, UserId},
    policy::{self, Facts, Place, Stake},
    reports::{
        regime::Regime,
        resemblance::Sameness,
        state::{NotFiledGround, NotFilingProposal, ReportStateKind},
    },
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

mod rules;
mod walk;

const OFFICER: u128 = 1;
const HEAD: u128 = 2;

fn user(n: u128) -> UserId {
    UserId::new(Uuid::from_u128(n))
}

fn actor(n: u128) -> Actor {
    Actor::User(SignedIn {
        user: user(n),
        device: DeviceId::new(Uuid::nil()),
        roles: [
            Role::IntakeOfficer,
            Role::CaseOfficer,
            Role::Head,
            Role::Inspector,
        ]
        .into_iter()
        .collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
    })
}

fn permit(n: u128, action: Action) -> Permit {
    let facts = Facts {
        place: Place::Within,
        stake: Stake::None,
    };
    policy::permit(&actor(n), action, facts).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-11-23T01:00:00Z".parse().unwrap()
}

fn received() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

fn words(text: &str) -> Narrative {
    Narrative::parse(text, "words").unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text, "line").unwrap()
}

fn case() -> CaseId {
    CaseId::new(Uuid::from_u128(50))
}

fn team() -> Team {
    Team::stored([user(10), user(11)])
}

fn earlier(reporter: Sameness, party: Sameness, state: ReportState) -> Earlier {
    Earlier {
        report: ReportId::new(Uuid::from_u128(60)),
        state,
        resemblance: Resemblance {
            reporter,
            party,
            facts: Sameness::Same,
        },
    }
}

fn same() -> Earlier {
    earlier(Sameness::Same, Sameness::Same, ReportState::Registered)
}

/// Every command once, as somebody would give it who means well.
fn commands() -> Vec<(&'static str, Command)> {
    vec![
        (
            "reply",
            Command::ReplyNotCompetent {
                competent: line("岳麓区市场监督管理局"),
            },
        ),
        ("double", Command::MarkDuplicate(same())),
        (
            "merge",
            Command::Merge {
                into: same(),
                new_facts: words("第二次购买也短缺。"),
            },
        ),
        ("accept", Command::Accept),
        (
            "extend",
            Command::Extend {
                reason: words("待鉴定。"),
                last_day: None,
            },
        ),
        (
            "pause",
            Command::PauseForTesting {
                cause: PauseCause::Testing,
                body: line("省计量院"),
                sample: line("电子秤"),
            },
        ),
        (
            "resume",
            Command::Resume {
                result: words("不合格。"),
            },
        ),
        ("decline", Command::DeclineFiling),
        (
            "file",
            Command::File {
                case: case(),
                officers: team(),
            },
        ),
        ("open", Command::OpenCase),
        ("penalty", Command::ClosePenalty),
        (
            "no penalty",
            Command::CloseNoPenalty {
                reason: words("证据不足。"),
            },
        ),
        (
            "transfer",
            Command::Transfer {
                to: Receiver::Police,
                receiver: line("天心区公安分局"),
            },
        ),
    ]
}

fn command(name: &str) -> Command {
    let found = commands().into_iter().find(|(known, _)| *known == name);
    found.unwrap().1
}

/// Whoever may take the step: what an officer did, a head approves.
fn who(command: &Command) -> u128 {
    match command.action() {
        Action::ExtendVerification
        | Action::DeclineFiling
        | Action::FileCase
        | Action::DecideCase
        | Action::TransferReport => HEAD,
        _ => OFFICER,
    }
}

fn go(state: &ReportState, command: Command) -> Result<Step, Refusal> {
    let permit = permit(who(&command), command.action());
    take(state, received(), command, &permit, now())
}

fn proposed(state: &ReportState) -> ReportState {
    let proposal = NotFilingProposal {
        ground: NotFiledGround::NoEvidence,
        reason: words("复称无短缺。"),
        proposed: Mark {
            by: user(OFFICER),
            at: now(),
        },
    };
    propose_not_filing(state, proposal, &permit(OFFICER, Action::VerifyReport)).unwrap()
}

/// Walks a path by the names of its commands.
fn after(path: &[&str]) -> Step {
    path.iter().fold(register(received()), |step, name| {
        let state = match *name {
            "decline" => proposed(&step.state),
            _ => step.state,
        };
        go(&state, command(name)).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
    })
}

/// One way to each state of the diagram.
fn way_to(kind: ReportStateKind) -> Vec<&'static str> {
    match kind {
        ReportStateKind::Registered => vec![],
        ReportStateKind::NotCompetent => vec!["reply"],
        ReportStateKind::Duplicate => vec!["double"],
        ReportStateKind::Merged => vec!["merge"],
        ReportStateKind::Verifying => vec!["accept"],
        ReportStateKind::VerifyingExtended => vec!["accept", "extend"],
        ReportStateKind::PausedTest => vec!["accept", "pause"],
        ReportStateKind::NotFiled => vec!["accept", "decline"],
        ReportStateKind::Filed => vec!["accept", "file"],
        ReportStateKind::Case => vec!["accept", "file", "open"],
        ReportStateKind::ClosedPenalty => vec!["accept", "file", "open", "penalty"],
        ReportStateKind::ClosedNoPenalty => vec!["accept", "file", "open", "no penalty"],
        ReportStateKind::Transferred => vec!["accept", "file", "open", "transfer"],
    }
}

/// The arrows of the diagram in section 1.7, and no others.
fn arrows(kind: ReportStateKind) -> &'static [&'static str] {
    match kind {
        ReportStateKind::Registered => &["reply", "double", "merge", "accept"],
        ReportStateKind::Verifying => &["extend", "pause", "decline", "file"],
        ReportStateKind::VerifyingExtended => &["pause", "decline", "file"],
        ReportStateKind::PausedTest => &["resume"],
        ReportStateKind::Filed => &["open"],
        ReportStateKind::Case => &["penalty", "no penalty", "transfer"],
        _ => &[],
    }
}

#[test]
fn every_path_of_the_diagram_leads_where_it_says_by_the_paper_it_says() {
    let paths: [(&[&str], ReportStateKind, Paper); 19] = [
        (&[], ReportStateKind::Registered, Paper::ReportForm),
        (
            &["reply"],
            ReportStateKind::NotCompetent,
            Paper::CompetenceReply,
        ),
        (
            &["double"],
            ReportStateKind::Duplicate,
            Paper::DuplicateRecord,
        ),
        (&["merge"], ReportStateKind::Merged, Paper::MergeRecord),
        (
            &["accept"],
            ReportStateKind::Verifying,
            Paper::VerificationRecord,
        ),
        (
            &["accept", "extend"],
            ReportStateKind::VerifyingExtended,
            Paper::ExtensionApproval,
        ),
        (
            &["accept", "pause"],
            ReportStateKind::PausedTest,
            Paper::TestingEntrustment,
        ),
        (
            &["accept", "extend", "pause"],
            ReportStateKind::PausedTest,
            Paper::TestingEntrustment,
        ),
        (
            &["accept", "pause", "resume"],
            ReportStateKind::Verifying,
            Paper::TestingResult,
        ),
        (
            &["accept", "pause", "resume", "extend"],
            ReportStateKind::VerifyingExtended,
            Paper::ExtensionApproval,
        ),
        (
            &["accept", "extend", "pause", "resume"],
            ReportStateKind::VerifyingExtended,
            Paper::TestingResult,
        ),
        (
            &["accept", "decline"],
            ReportStateKind::NotFiled,
            Paper::NotFiledApproval,
        ),
        (
            &["accept", "extend", "decline"],
            ReportStateKind::NotFiled,
            Paper::NotFiledApproval,
        ),
        (
            &["accept", "file"],
            ReportStateKind::Filed,
            Paper::FilingApproval,
        ),
        (
            &["accept", "extend", "file"],
            ReportStateKind::Filed,
            Paper::FilingApproval,
        ),
        (
            &["accept", "file", "open"],
            ReportStateKind::Case,
            Paper::CaseFile,
        ),
        (
            &["accept", "file", "open", "penalty"],
            ReportStateKind::ClosedPenalty,
            Paper::PenaltyDecision,
        ),
        (
            &["accept", "file", "open", "no penalty"],
            ReportStateKind::ClosedNoPenalty,
            Paper::NoPenaltyDecision,
        ),
        (
            &["accept", "file", "open", "transfer"],
            ReportStateKind::Transferred,
            Paper::TransferLetter,
        ),
    ];
    for (path, kind, paper) in paths {
        let step = after(path);
        assert_eq!((step.state.kind(), step.paper), (kind, paper), "{path:?}");
        assert_eq!(step.state.made_by(), paper, "{path:?}");
    }
}

#[test]
fn whatever_is_no_arrow_is_refused() {
    for kind in ReportStateKind::iter() {
        let state = after(&way_to(kind)).state;
        for (name, command) in commands() {
            let state = match (name, kind) {
                ("decline", ReportStateKind::Verifying | ReportStateKind::VerifyingExtended) => {
                    proposed(&state)
                }
                _ => state.clone(),
            };
            let outcome = go(&state, command);
            if arrows(kind).contains(&name) {
                assert!(outcome.is_ok(), "{kind} -> {name}: {outcome:?}");
            } else {
                assert_eq!(
                    outcome.unwrap_err().code,
                    Code::WrongState,
                    "{kind} -> {name}"
                );
            }
        }
    }
}

#[test]
fn a_permit_for_another_action_opens_no_door() {
    for (name, command) in commands() {
        let other = permit(OFFICER, Action::DisputeCompetence);
        let outcome = take(&ReportState::Registered, received(), command, &other, now());
        assert_eq!(outcome.unwrap_err().code, Code::Denied, "{name}");
    }
}
