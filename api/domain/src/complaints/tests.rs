use super::{
    command::{Command, Setting},
    complaint::Complaint,
    consent::{MediationConsent as ConsentTo, Side},
    ending::AgreementForm,
    filing::Representation,
    ground::{Grounds, RefusalGround, RefusalReason, TerminationGround, TerminationReason},
    mediation::{RecusalRuling, SessionMode},
    side::{Lead, LeadOutcome},
    state::ComplaintStateKind,
};
use crate::{
    accounts::role::Role,
    actor::{Actor, Seat, SignedIn},
    id::{BureauId, ComplaintId, DeviceId, UserId},
    law::{calendar::shanghai_date, code_set::CodeSets},
    policy::{Action, Facts, Permit, Place, Stake, permit},
    refusal::{Code, Refusal},
    step::{Command as _, Machine as _, Step},
};
use chrono::{DateTime, TimeDelta, Utc};
use samples::{
    agree, announce, consent, dispatch, every, hold, line, note_told, propose_refusal,
    propose_termination, request_identity_proof, request_recusal, send_for_testing, terminate,
    words,
};
use std::sync::LazyLock;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

mod arrows;
mod guards;
#[path = "../../tests/samples/complaints.rs"]
mod samples;
mod typed;
mod walk;

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
        settles_on: None,
    })
}

fn allowed(actor: &Actor, action: Action, stake: Stake) -> Permit {
    let facts = Facts {
        place: Place::Office,
        stake,
    };
    permit(actor, action, facts).unwrap()
}

/// Whoever usually does it.
fn permitted(action: Action) -> Permit {
    match action {
        Action::HandleComplaint => allowed(&officer(2, Role::CaseOfficer), action, Stake::Assigned),
        Action::DecideComplaint | Action::ReferToPolice => {
            allowed(&officer(3, Role::Head), action, Stake::None)
        }
        Action::WithdrawComplaint | Action::ConsentToMediation | Action::RequestRecusal => {
            let actor = Actor::Complainant(ComplaintId::new(Uuid::from_u128(9)));
            allowed(&actor, action, Stake::Own)
        }
        _ => allowed(&officer(1, Role::IntakeOfficer), action, Stake::None),
    }
}

/// Read once: a walk asks for them at every step.
fn grounds() -> Grounds {
    static GROUNDS: LazyLock<Grounds> = LazyLock::new(|| {
        let sets = CodeSets::embedded().unwrap();
        Grounds::in_force(&sets, "2026-04-15".parse().unwrap())
    });
    GROUNDS.clone()
}

fn setting(now: DateTime<Utc>) -> Setting {
    samples::setting(&grounds(), now)
}

fn start() -> DateTime<Utc> {
    "2026-05-06T01:00:00Z".parse().unwrap()
}

fn registered(standing: Representation) -> Step<Complaint> {
    let anybody = permit(
        &Actor::Anonymous,
        Action::FileComplaint,
        Facts::placeless(Stake::None),
    );
    Complaint::register(
        &anybody.unwrap(),
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

/// Asks with valid input, so that only the state can say no.
fn ask(
    complaint: Complaint,
    command: Command,
    now: DateTime<Utc>,
) -> Result<Step<Complaint>, Refusal> {
    let permit = permitted(command.action());
    complaint.take(command, &permit, &setting(now))
}

/// Commands to a new complaint, one a day.
#[derive(Debug, Clone, Default)]
struct Path(Vec<Command>);

impl Path {
    fn then(mut self, command: Command) -> Self {
        self.0.push(command);
        self
    }

    /// A command that names its own day.
    fn at(self, command: impl FnOnce(DateTime<Utc>) -> Command) -> Self {
        let now = day(self.0.len());
        self.then(command(now))
    }

    fn both_consent(self, to: ConsentTo) -> Self {
        self.then(consent(Side::Complainant, to))
            .then(consent(Side::Respondent, to))
    }
}

fn day(n: usize) -> DateTime<Utc> {
    start() + TimeDelta::days(i64::try_from(n).unwrap())
}

/// Walks a path that must be open, from the register on.
fn after(path: Path) -> Complaint {
    let mut complaint = registered(Representation::InPerson).after;
    for (n, command) in path.0.into_iter().enumerate() {
        let told = format!("{command:?}");
        complaint = ask(complaint, command, day(n))
            .unwrap_or_else(|refusal| panic!("{told}: {refusal:?}"))
            .after;
    }
    complaint
}

fn in_state(kind: ComplaintStateKind) -> Complaint {
    after(path_to(kind))
}

/// A shortest way into each state.
fn path_to(kind: ComplaintStateKind) -> Path {
    use ComplaintStateKind as S;
    let new = Path::default();
    match kind {
        S::Registered => new,
        S::Dispatched => new.then(dispatch("430103".parse().unwrap())),
        S::IdProofPending => new.at(request_identity_proof),
        S::Refused => new
            .then(propose_refusal(RefusalGround::NoCompetence))
            .then(Command::ApproveRefusal),
        S::Withdrawn => new.then(Command::WithdrawComplaint {
            words: None,
            represented: None,
        }),
        S::Accepted => new.then(Command::AcceptComplaint),
        S::Mediating => path_to(S::Accepted).both_consent(ConsentTo::Mediation),
        S::Entrusted => path_to(S::Accepted)
            .both_consent(ConsentTo::Entrustment)
            .then(samples::entrust()),
        S::SuspendedRecusal => path_to(S::Mediating).then(request_recusal()),
        S::Testing => path_to(S::Mediating).then(send_for_testing()),
        S::AgreedLetter => path_to(S::Mediating)
            .at(announce)
            .at(|now| hold(SessionMode::OnSite, now))
            .at(|now| agree(AgreementForm::Letter, now)),
        S::AgreedPerformed => path_to(S::Mediating).at(|now| agree(AgreementForm::Performed, now)),
        S::Terminated => path_to(S::Mediating)
            .then(propose_termination(TerminationGround::NoAgreement))
            .at(terminate),
        S::Closed => path_to(S::AgreedPerformed).then(Command::CloseComplaint),
        S::Archived => path_to(S::Closed).then(Command::ArchiveComplaint),
    }
}
