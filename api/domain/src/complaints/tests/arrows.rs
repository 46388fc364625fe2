use super::*;
use crate::{complaints::mediation::RECUSE, law::effect::ClockEffect};
use std::collections::BTreeSet;

/// The diagram of procedures.md, 1.6, and nothing else.
fn diagram() -> BTreeSet<(ComplaintStateKind, ComplaintStateKind)> {
    use ComplaintStateKind::*;
    BTreeSet::from([
        (Registered, Dispatched),
        (Dispatched, Registered),
        (Registered, IdProofPending),
        (IdProofPending, Registered),
        (Registered, Refused),
        (IdProofPending, Refused),
        (Registered, Withdrawn),
        (Registered, Accepted),
        (Accepted, Mediating),
        (Accepted, Entrusted),
        (Entrusted, Mediating),
        (Mediating, SuspendedRecusal),
        (SuspendedRecusal, Mediating),
        (Mediating, Testing),
        (Testing, Mediating),
        (Mediating, AgreedLetter),
        (Mediating, AgreedPerformed),
        (Entrusted, AgreedLetter),
        (Accepted, Terminated),
        (Mediating, Terminated),
        (Entrusted, Terminated),
        (Refused, Closed),
        (Withdrawn, Closed),
        (AgreedLetter, Closed),
        (AgreedPerformed, Closed),
        (Terminated, Closed),
        (Closed, Archived),
    ])
}

/// A complaint in each state, ready for each step out of it that needs something before.
fn ready() -> Vec<Complaint> {
    use ComplaintStateKind as S;
    let mut all = Vec::new();
    for kind in ComplaintStateKind::iter() {
        let path = || path_to(kind);
        let also = match kind {
            S::Registered | S::IdProofPending => {
                vec![path().then(propose_refusal(RefusalGround::Identity))]
            }
            S::Accepted => vec![
                path().then(propose_termination(TerminationGround::AbsentOrRefuses)),
                path().then(consent(Side::Respondent, ConsentTo::Mediation)),
                path().both_consent(ConsentTo::Entrustment),
            ],
            S::Mediating | S::Entrusted => vec![
                path().then(propose_termination(TerminationGround::TestingCost)),
                path().at(announce),
                path().at(announce).at(|now| hold(SessionMode::OnSite, now)),
                path().then(Command::ReportLead { words: words() }),
            ],
            S::Terminated => vec![
                path().then(note_told(Side::Complainant)),
                path()
                    .then(note_told(Side::Complainant))
                    .then(note_told(Side::Respondent)),
            ],
            _ => Vec::new(),
        };
        all.push(in_state(kind));
        all.extend(also.into_iter().map(after));
    }
    all
}

/// A day after all of that.
fn later() -> DateTime<Utc> {
    day(30)
}

#[test]
fn the_arrows_of_the_machine_are_those_of_the_diagram() {
    let mut seen = BTreeSet::new();
    for complaint in ready() {
        for command in every(complaint.division, later()) {
            let from = complaint.kind();
            if let Ok(step) = ask(complaint.clone(), command, later())
                && step.after.kind() != from
            {
                seen.insert((from, step.after.kind()));
            }
        }
    }
    assert_eq!(seen, diagram());
}

/// The notes that each state takes without becoming another one.
fn takes_note(kind: ComplaintStateKind, command: &Command) -> bool {
    use ComplaintStateKind as S;
    let is_mediated = matches!(kind, S::Mediating | S::Entrusted);
    match command {
        Command::AssignComplaint { .. } => !matches!(kind, S::Dispatched | S::Closed | S::Archived),
        Command::ProposeRefusal { .. } => matches!(kind, S::Registered | S::IdProofPending),
        Command::ProposeTermination { .. } => kind == S::Accepted || is_mediated,
        Command::ConsentToMediation { .. } => kind == S::Accepted,
        Command::AnnounceSession { .. } | Command::HoldSession { .. } => is_mediated,
        Command::NoteSideTold { .. } => kind == S::Terminated,
        Command::ReferToPolice { .. } => kind != S::Archived,
        Command::ReportLead { .. } => {
            is_mediated || matches!(kind, S::SuspendedRecusal | S::Testing)
        }
        // Verified by whoever is asked, however far the mediation has come.
        Command::SettleLead { .. } | Command::WithdrawPublicationConsent => true,
        _ => false,
    }
}

/// The state that a step leads to, by the diagram.
fn leads_from(kind: ComplaintStateKind, command: &Command) -> bool {
    use ComplaintStateKind as S;
    match command {
        Command::DispatchComplaint { .. }
        | Command::RequestIdentityProof { .. }
        | Command::WithdrawComplaint { .. }
        | Command::AcceptComplaint => kind == S::Registered,
        Command::TakeInComplaint | Command::ReturnComplaint => kind == S::Dispatched,
        Command::ProveIdentity => kind == S::IdProofPending,
        Command::ApproveRefusal => matches!(kind, S::Registered | S::IdProofPending),
        Command::EntrustMediation { .. } => kind == S::Accepted,
        Command::TakeBackMediation => kind == S::Entrusted,
        Command::RequestRecusal { .. }
        | Command::SendForTesting { .. }
        | Command::RecordAgreement {
            form: AgreementForm::Performed,
            ..
        } => kind == S::Mediating,
        Command::DecideRecusal { .. } => kind == S::SuspendedRecusal,
        Command::RecordTestResult { .. } => kind == S::Testing,
        Command::RecordAgreement {
            form: AgreementForm::Letter,
            ..
        } => matches!(kind, S::Mediating | S::Entrusted),
        Command::TerminateMediation { .. } => {
            matches!(kind, S::Accepted | S::Mediating | S::Entrusted)
        }
        Command::CloseComplaint => matches!(
            kind,
            S::Refused | S::Withdrawn | S::AgreedLetter | S::AgreedPerformed | S::Terminated
        ),
        Command::ArchiveComplaint => kind == S::Closed,
        _ => false,
    }
}

#[test]
fn whatever_is_no_arrow_is_refused_with_the_state_and_changes_nothing() {
    for complaint in ready() {
        let kind = complaint.kind();
        for command in every(complaint.division, later()) {
            if leads_from(kind, &command) || takes_note(kind, &command) {
                continue;
            }
            let told = format!("{command:?} in {kind}");
            let refusal = ask(complaint.clone(), command, later()).unwrap_err();
            assert_eq!(refusal.code, Code::WrongState, "{told}");
            assert_eq!(refusal.detail, Some(kind.to_string()), "{told}");
        }
    }
}

#[test]
fn every_step_into_a_state_carries_the_paper_of_that_state() {
    for complaint in ready() {
        for command in every(complaint.division, later()) {
            let from = complaint.kind();
            let told = format!("{command:?}");
            let Ok(done) = ask(complaint.clone(), command, later()) else {
                continue;
            };
            if done.after.kind() == from {
                continue;
            }
            assert_eq!(done.paper, Some(done.after.state.paper()), "{told}");
        }
    }
}

#[test]
fn a_walk_through_every_detour_ends_in_the_archive() {
    let dispatch = || dispatch("430103".parse().unwrap());
    let path = Path::default()
        .then(dispatch())
        .then(Command::ReturnComplaint)
        .then(dispatch())
        .then(Command::TakeInComplaint)
        .then(Command::AssignComplaint { handler: user(2) })
        .at(request_identity_proof)
        .then(Command::ProveIdentity)
        .then(Command::AcceptComplaint)
        .both_consent(ConsentTo::Entrustment)
        .then(samples::entrust())
        .then(Command::TakeBackMediation)
        .at(announce)
        .then(request_recusal())
        .then(Command::DecideRecusal {
            ruling: RecusalRuling::Granted,
        })
        .then(send_for_testing())
        .then(Command::RecordTestResult { result: words() })
        .then(Command::ReportLead { words: words() })
        .at(announce)
        .at(|now| hold(SessionMode::OnSite, now))
        .at(|now| agree(AgreementForm::Letter, now))
        .then(Command::CloseComplaint)
        .then(Command::ArchiveComplaint);
    assert_eq!(after(path).kind(), ComplaintStateKind::Archived);
}

#[test]
fn a_lead_opens_a_report_and_one_of_before_that_was_so_is_settled_here() {
    let mediating = in_state(ComplaintStateKind::Mediating);
    let found = Command::ReportLead { words: words() };
    let step = ask(mediating.clone(), found, later()).unwrap();
    assert!(step.clocks.is_empty() && step.after.side.leads[0].report.is_some());
    let settle = || Command::SettleLead {
        outcome: LeadOutcome::NotFiled,
        words: words(),
    };
    let refused = ask(step.after, settle(), later()).unwrap_err();
    assert_eq!(refused.code, Code::NothingProposed);
    let mut old = mediating;
    old.side.leads.push(Lead {
        words: words(),
        by: user(99),
        at: later(),
        report: None,
        settled: None,
    });
    let settled = ask(old, settle(), later()).unwrap().after;
    assert!(settled.side.leads[0].settled.is_some());
}

#[test]
fn a_termination_ends_the_days_in_which_a_mediator_may_be_asked_to_step_back() {
    let announced = path_to(ComplaintStateKind::Mediating).at(announce);
    let path = announced.then(propose_termination(TerminationGround::NoAgreement));
    let now = day(path.0.len());
    let step = ask(after(path), terminate(now), now).unwrap();
    let (rule, on) = (RECUSE, shanghai_date(now));
    assert!(step.clocks.contains(&ClockEffect::Lapse { rule, on }));
}
