use super::*;
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, DeviceId, UserId},
    policy::{self, Facts, Place, Stake},
    reports::state::{NotFiledGround, ReportStateKind},
};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

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

#[test]
fn time_stands_still_while_something_is_tested() {
    let on = shanghai_date(now());
    assert_eq!(
        after(&["accept", "pause"]).clocks,
        [ClockEffect::Pause {
            rule: VERIFY,
            cause: PauseCause::Testing,
            on
        }]
    );
    assert_eq!(
        after(&["accept", "pause", "resume"]).clocks,
        [ClockEffect::Resume { rule: VERIFY, on }]
    );
}

#[test]
fn a_pause_remembers_whether_the_period_had_been_extended() {
    let ReportState::PausedTest(_, extension, _) = after(&["accept", "pause"]).state else {
        panic!("not paused");
    };
    assert_eq!(extension, None);
    let ReportState::PausedTest(_, extension, _) = after(&["accept", "extend", "pause"]).state
    else {
        panic!("not paused");
    };
    assert!(extension.is_some());
}

#[test]
fn the_period_is_extended_by_a_head_once_and_before_it_ends() {
    let verifying = after(&["accept"]).state;
    let until = |day: &str| Command::Extend {
        reason: words("案情复杂。"),
        last_day: Some(day.parse().unwrap()),
    };
    let extended = go(&verifying, until("2026-11-23")).unwrap();
    assert!(matches!(
        extended.clocks[..],
        [ClockEffect::Extend { rule: VERIFY, .. }]
    ));
    assert_eq!(
        go(&verifying, until("2026-11-22")).unwrap_err().code,
        Code::DeadlinePassed
    );
    assert_eq!(
        go(&extended.state, until("2026-12-31")).unwrap_err().code,
        Code::WrongState
    );
}

#[test]
fn whoever_worked_on_the_lead_approves_nothing_about_it() {
    let verifying = after(&["accept"]).state;
    let own = |state: &ReportState, name, n| {
        let command = command(name);
        let permit = permit(n, command.action());
        take(state, received(), command, &permit, now())
            .unwrap_err()
            .code
    };
    assert_eq!(
        own(&verifying, "extend", OFFICER),
        Code::InvestigatorCannotApprove
    );
    assert_eq!(
        own(&proposed(&verifying), "decline", OFFICER),
        Code::InvestigatorCannotApprove
    );
    let in_case = after(&["accept", "file", "open"]).state;
    assert_eq!(
        own(&in_case, "transfer", 10),
        Code::InvestigatorCannotApprove
    );
    assert_eq!(
        own(&in_case, "no penalty", 11),
        Code::InvestigatorCannotApprove
    );
}

#[test]
fn declining_needs_a_proposal_of_somebody_else() {
    let verifying = after(&["accept"]).state;
    assert_eq!(
        go(&verifying, Command::DeclineFiling).unwrap_err().code,
        Code::NotFilingProposalRequired
    );
    let declined = go(&proposed(&verifying), Command::DeclineFiling).unwrap();
    assert!(matches!(
        declined.clocks[..],
        [ClockEffect::Satisfy { rule: VERIFY, .. }]
    ));
    // A proposal waits through a test.
    let paused = go(&proposed(&verifying), command("pause")).unwrap();
    let resumed = go(&paused.state, command("resume")).unwrap();
    assert!(go(&resumed.state, Command::DeclineFiling).is_ok());
}

#[test]
fn a_case_is_filed_with_two_officers_or_not_at_all() {
    let one = Command::File {
        case: case(),
        officers: Team::stored([user(10), user(10)]),
    };
    assert_eq!(
        go(&after(&["accept"]).state, one).unwrap_err().code,
        Code::InspectorsTwoRequired
    );
}

#[test]
fn only_the_same_reporter_about_the_same_party_is_a_double_or_merges() {
    for (reporter, party, code) in [
        (Sameness::Different, Sameness::Same, Code::OtherReporter),
        (Sameness::Unknown, Sameness::Same, Code::OtherReporter),
        (Sameness::Same, Sameness::Different, Code::OtherParty),
        (Sameness::Same, Sameness::Unknown, Code::OtherParty),
    ] {
        let double = Command::MarkDuplicate(earlier(reporter, party, ReportState::Registered));
        let merge = Command::Merge {
            into: earlier(reporter, party, ReportState::Registered),
            new_facts: words("新事实。"),
        };
        for command in [double, merge] {
            assert_eq!(
                go(&ReportState::Registered, command).unwrap_err().code,
                code
            );
        }
    }
}

#[test]
fn what_is_decided_takes_no_new_facts_and_no_double_of_a_double_is_made() {
    let filed = after(&["accept", "file"]).state;
    let merge = Command::Merge {
        into: earlier(Sameness::Same, Sameness::Same, filed.clone()),
        new_facts: words("新事实。"),
    };
    assert_eq!(
        go(&ReportState::Registered, merge).unwrap_err().code,
        Code::WrongState
    );
    // Said again after the decision it is still said before.
    let double = Command::MarkDuplicate(earlier(Sameness::Same, Sameness::Same, filed));
    assert!(go(&ReportState::Registered, double).is_ok());
    let of_a_double = Command::MarkDuplicate(earlier(
        Sameness::Same,
        Sameness::Same,
        after(&["double"]).state,
    ));
    assert_eq!(
        go(&ReportState::Registered, of_a_double).unwrap_err().code,
        Code::WrongState
    );
}

#[test]
fn a_supplement_restarts_the_clock_of_its_target_and_keeps_what_was_decided_about_it() {
    let later: NaiveDate = "2026-11-24".parse().unwrap();
    let restart = ClockEffect::Restart {
        rule: VERIFY,
        opened_on: later,
    };
    let extend = ClockEffect::Extend {
        rule: VERIFY,
        by: user(HEAD),
        on: later,
    };
    let pause = ClockEffect::Pause {
        rule: VERIFY,
        cause: PauseCause::Testing,
        on: later,
    };
    for (path, effects) in [
        (&[][..], vec![restart.clone()]),
        (&["accept"], vec![restart.clone()]),
        (&["accept", "extend"], vec![restart.clone(), extend.clone()]),
        (&["accept", "pause"], vec![restart.clone(), pause.clone()]),
        (&["accept", "extend", "pause"], vec![restart, extend, pause]),
    ] {
        assert_eq!(restarted_by(&after(path).state, later).unwrap(), effects);
    }
    assert!(restarted_by(&after(&["accept", "file"]).state, later).is_err());
}

#[test]
fn a_report_of_the_old_order_knows_neither_article_35_nor_our_seven_days() {
    let old: NaiveDate = "2026-04-14".parse().unwrap();
    let step = |name| {
        let command = command(name);
        let permit = permit(who(&command), command.action());
        take(&ReportState::Registered, old, command, &permit, now())
    };
    assert_eq!(step("double").unwrap_err().code, Code::OldOrderApplies);
    assert_eq!(step("merge").unwrap_err().code, Code::OldOrderApplies);
    let told = step("reply").unwrap();
    assert!(told.clocks.iter().all(|effect| effect.rule() == VERIFY));
    let told = after(&["reply"]);
    assert!(
        told.clocks
            .iter()
            .any(|effect| effect.rule() == NOT_COMPETENT)
    );
}
