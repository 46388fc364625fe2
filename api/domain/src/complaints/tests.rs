use super::{
    complaint::{Complaint, Periods, Step},
    consent::{Consent, MediationConsent as ConsentTo, RepresentedConsent, Side, Way},
    filing::Standing,
    ground::{Grounds, RefusalGround, RefusalReason, TerminationGround, TerminationReason},
    mediate::AgreementForm,
    mediation::{
        Announcement, BodyKind, ChosenBy, CostBearer, RecusalRequest, RecusalRuling, Session,
        SessionMode, TestOrder,
    },
    side::LeadOutcome,
    state::ComplaintStateKind,
};
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, ComplaintId, DeviceId, UserId},
    law::calendar::shanghai_date,
    policy::{Action, Facts, Permit, Place, Stake, permit},
    refusal::{Code, Refusal},
    text::{Line, Narrative},
};
use chrono::{DateTime, TimeDelta, Utc};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

mod arrows;
mod guards;
mod walk;

/// Everything that can be asked of a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Dispatch,
    TakeIn,
    GiveBack,
    Assign,
    RequestIdentityProof,
    ProveIdentity,
    ProposeRefusal(RefusalGround),
    ApproveRefusal,
    Withdraw,
    Accept,
    Consent(Side, ConsentTo),
    Entrust,
    TakeBack,
    Announce,
    Hold(SessionMode),
    RequestRecusal,
    DecideRecusal(RecusalRuling),
    SendForTesting,
    RecordTestResult,
    Agree(AgreementForm),
    ProposeTermination(TerminationGround),
    Terminate,
    NoteTold(Side),
    Close,
    Archive,
    ReferToPolice,
    ReportLead,
    SettleLead,
}

fn all_asks() -> Vec<Ask> {
    use Ask::*;
    let mut asks = vec![
        Dispatch,
        TakeIn,
        GiveBack,
        Assign,
        RequestIdentityProof,
        ProveIdentity,
        ApproveRefusal,
        Withdraw,
        Accept,
        Entrust,
        TakeBack,
        Announce,
        RequestRecusal,
        DecideRecusal(RecusalRuling::Granted),
        DecideRecusal(RecusalRuling::Rejected),
        SendForTesting,
        RecordTestResult,
        Agree(AgreementForm::Letter),
        Agree(AgreementForm::Performed),
        Terminate,
        Close,
        Archive,
        ReferToPolice,
        ReportLead,
        SettleLead,
    ];
    asks.extend(RefusalGround::iter().map(ProposeRefusal));
    asks.extend(TerminationGround::iter().map(ProposeTermination));
    asks.extend(SessionMode::iter().map(Hold));
    for side in Side::iter() {
        asks.push(NoteTold(side));
        asks.extend([ConsentTo::Mediation, ConsentTo::Entrustment].map(|to| Consent(side, to)));
    }
    asks
}

fn line(text: &str) -> Line {
    Line::parse(text, "test").unwrap()
}

fn words() -> Narrative {
    Narrative::parse("经调查核实。", "test").unwrap()
}

fn user(n: u128) -> UserId {
    UserId::new(Uuid::from_u128(n))
}

fn officer(n: u128, role: Role) -> Actor {
    Actor::User(SignedIn {
        user: user(n),
        device: DeviceId::new(Uuid::nil()),
        roles: [role].into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(Uuid::nil()),
            division: "430100".parse().unwrap(),
        },
    })
}

fn allowed(actor: &Actor, action: Action, stake: Stake) -> Permit {
    let facts = Facts {
        place: Place::Within,
        stake,
    };
    permit(actor, action, facts).unwrap()
}

fn intake(action: Action) -> Permit {
    allowed(&officer(1, Role::IntakeOfficer), action, Stake::None)
}

fn handler() -> Permit {
    allowed(
        &officer(2, Role::CaseOfficer),
        Action::HandleComplaint,
        Stake::Assigned,
    )
}

fn head(action: Action) -> Permit {
    allowed(&officer(3, Role::Head), action, Stake::None)
}

fn complainant(action: Action) -> Permit {
    let actor = Actor::Complainant(ComplaintId::new(Uuid::from_u128(9)));
    allowed(&actor, action, Stake::Own)
}

fn grounds() -> Grounds {
    Grounds {
        refusal: RefusalGround::iter().collect(),
        termination: TerminationGround::iter().collect(),
    }
}

fn start() -> DateTime<Utc> {
    "2026-05-06T01:00:00Z".parse().unwrap()
}

fn registered(standing: Standing) -> Step {
    Complaint::register(
        &complainant_filing(),
        (
            ComplaintId::new(Uuid::from_u128(9)),
            "TS-430103-20260506-00000009".to_owned(),
        ),
        ("430103".parse().unwrap(), None),
        standing,
        start(),
    )
    .unwrap()
}

fn complainant_filing() -> Permit {
    permit(
        &Actor::Anonymous,
        Action::FileComplaint,
        Facts::placeless(Stake::None),
    )
    .unwrap()
}

fn announcement(now: DateTime<Utc>) -> Announcement {
    Announcement {
        meets_at: now + TimeDelta::hours(1),
        place: line("调解室"),
        mediators: vec![line("邓佩华")],
        recusal_until: shanghai_date(now),
        by: user(2),
        at: now,
    }
}

fn session(mode: SessionMode, now: DateTime<Utc>) -> Session {
    Session {
        mode,
        held_at: now + TimeDelta::hours(2),
        place: (mode == SessionMode::OnSite).then(|| line("调解室")),
        mediators: vec![line("邓佩华")],
        record: words(),
        by: user(2),
    }
}

/// Asks with valid input, so that only the state can say no.
#[expect(clippy::too_many_lines, reason = "one arm a command")]
fn ask(complaint: Complaint, ask: Ask, now: DateTime<Utc>) -> Result<Step, Refusal> {
    let consent = Consent {
        way: Way::Phone,
        at: now,
        noted_by: Some(user(2)),
    };
    let represented = Some(RepresentedConsent {
        on: shanghai_date(now),
        way: Way::InPerson,
    });
    match ask {
        Ask::Dispatch => {
            let to = if complaint.division == "430103".parse().unwrap() {
                "430104"
            } else {
                "430103"
            };
            complaint.dispatch(&intake(Action::DispatchComplaint), to.parse().unwrap(), now)
        }
        Ask::TakeIn => complaint.take_in(&intake(Action::TakeInComplaint)),
        Ask::GiveBack => complaint.give_back(&intake(Action::ReturnComplaint)),
        Ask::Assign => complaint.assign(&intake(Action::AssignComplaint), user(2)),
        Ask::RequestIdentityProof => complaint.request_identity_proof(
            &handler(),
            shanghai_date(now) + TimeDelta::days(3),
            &grounds(),
            now,
        ),
        Ask::ProveIdentity => complaint.prove_identity(&handler(), now),
        Ask::ProposeRefusal(ground) => {
            let reason = RefusalReason {
                ground,
                words: words(),
                citation: Some(line("第十六条第七项")),
            };
            complaint.propose_refusal(&handler(), reason, &grounds(), now)
        }
        Ask::ApproveRefusal => complaint.approve_refusal(&head(Action::DecideComplaint), now),
        Ask::Withdraw => complaint.withdraw(
            &complainant(Action::WithdrawComplaint),
            None,
            represented,
            now,
        ),
        Ask::Accept => complaint.accept(&handler(), None, now),
        Ask::Consent(side, to) => complaint.consent(
            &complainant(Action::ConsentToMediation),
            (side, to),
            consent,
        ),
        Ask::RequestRecusal => {
            let request = RecusalRequest {
                side: Side::Complainant,
                mediator: line("邓佩华"),
                words: words(),
                at: now,
            };
            complaint.request_recusal(&complainant(Action::RequestRecusal), request)
        }
        Ask::Agree(form) => complaint.agree(&handler(), (form, words()), represented, now),
        Ask::ProposeTermination(ground) => {
            let reason = TerminationReason {
                ground,
                words: Some(words()),
                citation: Some(line("第二十三条第八项")),
            };
            let over = Periods {
                mediate_until: Some(shanghai_date(now) - TimeDelta::days(1)),
            };
            complaint.propose_termination(&handler(), reason, &grounds(), (over, now))
        }
        Ask::Terminate => complaint.terminate(&head(Action::DecideComplaint), represented, now),
        other => ask_handler(complaint, other, now),
    }
}

fn ask_handler(complaint: Complaint, ask: Ask, now: DateTime<Utc>) -> Result<Step, Refusal> {
    match ask {
        Ask::Entrust => complaint.entrust(
            &handler(),
            (BodyKind::ConsumersAssociation, line("天心区消费者委员会")),
            now,
        ),
        Ask::TakeBack => complaint.take_back(&handler()),
        Ask::Announce => complaint.announce_session(&handler(), announcement(now)),
        Ask::Hold(mode) => complaint.hold_session(&handler(), session(mode, now)),
        Ask::DecideRecusal(ruling) => {
            complaint.decide_recusal(&head(Action::DecideComplaint), ruling, now)
        }
        Ask::SendForTesting => complaint.send_for_testing(
            &handler(),
            TestOrder {
                body: line("长沙市计量测试检定所"),
                sample: line("电子秤一台"),
                chosen_by: ChosenBy::Bureau,
                cost: CostBearer::Shared,
                began_on: shanghai_date(now),
                by: user(2),
            },
        ),
        Ask::RecordTestResult => complaint.record_test_result(&handler(), words(), now),
        Ask::NoteTold(side) => complaint.note_told(&handler(), (side, Way::Post), now),
        Ask::Close => complaint.close(&handler(), now),
        Ask::Archive => complaint.archive(&handler(), now),
        Ask::ReferToPolice => complaint.refer_to_police(
            &head(Action::ReferToPolice),
            (line("天心区公安分局"), words()),
            now,
        ),
        Ask::ReportLead => complaint.report_lead(&handler(), words(), now),
        Ask::SettleLead => complaint.settle_lead(
            &head(Action::DecideComplaint),
            (LeadOutcome::NotFiled, words()),
            now,
        ),
        other => panic!("{other:?} is asked elsewhere"),
    }
}

/// Walks a path that must be open, from the register on.
fn after(path: &[Ask]) -> Complaint {
    let mut complaint = registered(Standing::InPerson).complaint;
    for (n, step) in path.iter().enumerate() {
        let now = start() + TimeDelta::days(i64::try_from(n).unwrap());
        complaint = ask(complaint, *step, now)
            .unwrap_or_else(|refusal| panic!("{step:?} of {path:?}: {refusal:?}"))
            .complaint;
    }
    complaint
}

/// A shortest way into each state.
fn path_to(kind: ComplaintStateKind) -> Vec<Ask> {
    use ComplaintStateKind as S;
    let both = |to| {
        [
            Ask::Consent(Side::Complainant, to),
            Ask::Consent(Side::Respondent, to),
        ]
    };
    let then = |before, asks: &[Ask]| {
        let mut path = path_to(before);
        path.extend_from_slice(asks);
        path
    };
    match kind {
        S::Registered => Vec::new(),
        S::Dispatched => vec![Ask::Dispatch],
        S::IdProofPending => vec![Ask::RequestIdentityProof],
        S::Refused => vec![
            Ask::ProposeRefusal(RefusalGround::NoCompetence),
            Ask::ApproveRefusal,
        ],
        S::Withdrawn => vec![Ask::Withdraw],
        S::Accepted => vec![Ask::Accept],
        S::Mediating => then(S::Accepted, &both(ConsentTo::Mediation)),
        S::Entrusted => {
            let mut path = then(S::Accepted, &both(ConsentTo::Entrustment));
            path.push(Ask::Entrust);
            path
        }
        S::SuspendedRecusal => then(S::Mediating, &[Ask::RequestRecusal]),
        S::Testing => then(S::Mediating, &[Ask::SendForTesting]),
        S::AgreedLetter => then(
            S::Mediating,
            &[
                Ask::Announce,
                Ask::Hold(SessionMode::OnSite),
                Ask::Agree(AgreementForm::Letter),
            ],
        ),
        S::AgreedPerformed => then(S::Mediating, &[Ask::Agree(AgreementForm::Performed)]),
        S::Terminated => then(
            S::Mediating,
            &[
                Ask::ProposeTermination(TerminationGround::NoAgreement),
                Ask::Terminate,
            ],
        ),
        S::Closed => then(S::AgreedPerformed, &[Ask::Close]),
        S::Archived => then(S::Closed, &[Ask::Archive]),
    }
}
