use super::*;
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, CaseId, DeviceId, ReportId, UserId, VisitId},
    inspections::visit::Team,
    law::clock::PauseCause,
    metrology::quantity::{Gram, YuanPerKg},
    places::custody::{Custody, Receiving},
    policy::{self, Action, Facts, Place, Stake},
    reports::{
        command::Earlier,
        regime::Regime,
        report::Short,
        resemblance::Resemblance,
        state::{NotFiledGround, Receiver, ReportStateKind},
    },
    text::{Line, Narrative},
};
use chrono::{DateTime, NaiveDate, Utc};
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
        roles: {
            use Role::{CaseOfficer, Head, Inspector, IntakeOfficer};
            [IntakeOfficer, CaseOfficer, Head, Inspector]
                .into_iter()
                .collect()
        },
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430103".parse().unwrap(),
        },
        settles_on: None,
    })
}

fn permit(n: u128, action: Action) -> Permit {
    let facts = Facts {
        place: Place::Office,
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
        report: Report {
            id: ReportId::new(Uuid::from_u128(60)),
            ..report(state, received())
        },
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

fn report(state: ReportState, received_on: NaiveDate) -> Report {
    let noon = received_on.and_hms_opt(4, 0, 0).unwrap().and_utc();
    Report {
        id: ReportId::new(Uuid::from_u128(61)),
        number: "JB-430103-20261120-7QK2M4".to_owned(),
        state,
        merchant: None,
        party: "12 号肉摊".to_owned(),
        division: "430103".parse().unwrap(),
        custody: Custody::received_by("430103".parse().unwrap()),
        place: "农贸市场".to_owned(),
        position: None,
        occurred_at: noon,
        short: Some(Short {
            goods: "排骨".to_owned(),
            unit_price: YuanPerKg::parse("56").unwrap(),
            settled: Gram::parse("1000").unwrap(),
            checked: Gram::parse("900").unwrap(),
        }),
        narrative: "复称短缺。".to_owned(),
        found_in: None,
        received_at: noon,
        version: 1,
    }
}

fn setting(at: DateTime<Utc>) -> Setting {
    let unit = "430103".parse().unwrap();
    Setting {
        now: at,
        unit,
        seat: Some(unit),
        receiving: Receiving::Ready,
        is_annulled: false,
        verify_until: None,
        earlier: Some(same()),
    }
}

/// Every command once that is an arrow of the diagram, as somebody would give it who means well.
fn commands() -> Vec<(&'static str, Command)> {
    let earlier = same().report.id;
    let reason = || words("情况如此。");
    let sorting = vec![
        (
            "reply",
            Command::ReplyNotCompetent {
                competent: line("岳麓区市场监督管理局"),
                reason: reason(),
            },
        ),
        (
            "double",
            Command::MarkDuplicate {
                earlier,
                sameness: reason(),
            },
        ),
        (
            "merge",
            Command::MergeReport {
                into: earlier,
                new_facts: words("第二次购买也短缺。"),
            },
        ),
        ("accept", Command::AcceptReport),
    ];
    let (cause, body, sample) = (PauseCause::Testing, line("省计量院"), line("电子秤"));
    let result = words("不合格。");
    let verifying = vec![
        ("extend", Command::ExtendVerification { reason: reason() }),
        (
            "pause",
            Command::PauseForTesting {
                cause,
                body,
                sample,
            },
        ),
        ("resume", Command::ResumeVerification { result }),
        ("decline", Command::DeclineFiling),
    ];
    let (case, officers) = (case(), team());
    let deciding = vec![
        ("file", Command::FileCase { case, officers }),
        ("open", Command::OpenCase),
        ("penalty", Command::ClosePenalty),
        ("acquit", Command::CloseWithoutPenalty { reason: reason() }),
        ("terminate", Command::CloseTerminated { reason: reason() }),
        (
            "transfer",
            Command::TransferReport {
                to: Receiver::Police,
                receiver: line("天心区公安分局"),
                reason: reason(),
            },
        ),
    ];
    [sorting, verifying, deciding].concat()
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

fn go(state: &ReportState, command: Command) -> Result<Step<Report>, Refusal> {
    go_with(state, command, &setting(now()))
}

fn go_with(
    state: &ReportState,
    command: Command,
    setting: &Setting,
) -> Result<Step<Report>, Refusal> {
    let permit = permit(who(&command), command.action());
    report(state.clone(), received()).take(command, &permit, setting)
}

fn propose() -> Command {
    Command::ProposeNotFiling {
        ground: NotFiledGround::NoEvidence,
        reason: words("复称无短缺。"),
    }
}

fn proposed(state: &ReportState) -> ReportState {
    go(state, propose()).unwrap().after.state
}

fn registered() -> Step<Report> {
    report(ReportState::Registered, received()).register()
}

/// Walks a path by the names of its commands.
fn after(path: &[&str]) -> Step<Report> {
    path.iter().fold(registered(), |step, name| {
        let state = match *name {
            "decline" => proposed(&step.after.state),
            _ => step.after.state,
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
        ReportStateKind::ClosedNoPenalty => vec!["accept", "file", "open", "acquit"],
        ReportStateKind::Transferred => vec!["accept", "file", "open", "transfer"],
    }
}

/// The arrows of the diagram in section 1.7, and two more: before anybody proposed anything a matter may go to the police
/// (State Council Order 310), and its case may end because the party is gone.
fn arrows(kind: ReportStateKind) -> &'static [&'static str] {
    match kind {
        ReportStateKind::Registered => &["reply", "double", "merge", "accept"],
        ReportStateKind::Verifying => &["extend", "pause", "decline", "file"],
        ReportStateKind::VerifyingExtended => &["pause", "decline", "file"],
        ReportStateKind::PausedTest => &["resume"],
        ReportStateKind::Filed => &["open", "terminate", "transfer"],
        ReportStateKind::Case => &["penalty", "acquit", "terminate", "transfer"],
        _ => &[],
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one sample a command")]
fn every_path_of_the_diagram_leads_where_it_says_by_the_paper_it_says() {
    use ReportStateKind as At;
    // From the filing on the papers are the case's; only the letter of transfer is the report's.
    let letter = Some(Paper::TransferLetter);
    let paths = [
        ("", At::Registered, Some(Paper::ReportForm)),
        ("reply", At::NotCompetent, Some(Paper::CompetenceReply)),
        ("double", At::Duplicate, Some(Paper::DuplicateRecord)),
        ("merge", At::Merged, Some(Paper::MergeRecord)),
        ("accept", At::Verifying, Some(Paper::VerificationRecord)),
        (
            "accept extend",
            At::VerifyingExtended,
            Some(Paper::ExtensionApproval),
        ),
        (
            "accept pause",
            At::PausedTest,
            Some(Paper::TestingEntrustment),
        ),
        (
            "accept extend pause",
            At::PausedTest,
            Some(Paper::TestingEntrustment),
        ),
        (
            "accept pause resume",
            At::Verifying,
            Some(Paper::TestingResult),
        ),
        (
            "accept pause resume extend",
            At::VerifyingExtended,
            Some(Paper::ExtensionApproval),
        ),
        (
            "accept extend pause resume",
            At::VerifyingExtended,
            Some(Paper::TestingResult),
        ),
        (
            "accept decline",
            At::NotFiled,
            Some(Paper::NotFiledApproval),
        ),
        (
            "accept extend decline",
            At::NotFiled,
            Some(Paper::NotFiledApproval),
        ),
        ("accept file", At::Filed, None),
        ("accept extend file", At::Filed, None),
        ("accept file transfer", At::Transferred, letter),
        ("accept file open", At::Case, None),
        ("accept file open penalty", At::ClosedPenalty, None),
        ("accept file open acquit", At::ClosedNoPenalty, None),
        ("accept file terminate", At::ClosedNoPenalty, None),
        ("accept file open terminate", At::ClosedNoPenalty, None),
        ("accept file open transfer", At::Transferred, letter),
    ];
    for (path, kind, paper) in paths {
        let step = after(&path.split_whitespace().collect::<Vec<_>>());
        assert_eq!(
            (step.after.state.kind(), step.paper),
            (kind, paper),
            "{path}"
        );
    }
}

#[test]
fn whatever_is_no_arrow_is_refused() {
    for kind in ReportStateKind::iter() {
        let state = after(&way_to(kind)).after.state;
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
        let outcome = registered().after.take(command, &other, &setting(now()));
        assert_eq!(outcome.unwrap_err().code, Code::Denied, "{name}");
    }
}
