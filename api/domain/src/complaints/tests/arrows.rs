use super::*;
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
    let mut all = Vec::new();
    for kind in ComplaintStateKind::iter() {
        let path = path_to(kind);
        all.push(after(&path));
        let mut also = |asks: &[Ask]| {
            let mut path = path.clone();
            path.extend_from_slice(asks);
            all.push(after(&path));
        };
        let consent = |side, to| Ask::Consent(side, to);
        match kind {
            ComplaintStateKind::Registered | ComplaintStateKind::IdProofPending => {
                also(&[Ask::ProposeRefusal(RefusalGround::Identity)]);
            }
            ComplaintStateKind::Accepted => {
                also(&[Ask::ProposeTermination(TerminationGround::AbsentOrRefuses)]);
                also(&[consent(Side::Respondent, ConsentTo::Mediation)]);
                also(&[
                    consent(Side::Complainant, ConsentTo::Entrustment),
                    consent(Side::Respondent, ConsentTo::Entrustment),
                ]);
            }
            ComplaintStateKind::Mediating | ComplaintStateKind::Entrusted => {
                also(&[Ask::ProposeTermination(TerminationGround::TestingCost)]);
                also(&[Ask::Announce]);
                also(&[Ask::Announce, Ask::Hold(SessionMode::OnSite)]);
                also(&[Ask::ReportLead]);
            }
            ComplaintStateKind::Terminated => {
                also(&[Ask::NoteTold(Side::Complainant)]);
                also(&[
                    Ask::NoteTold(Side::Complainant),
                    Ask::NoteTold(Side::Respondent),
                ]);
            }
            _ => {}
        }
    }
    all
}

#[test]
fn the_arrows_of_the_machine_are_those_of_the_diagram() {
    let mut seen = BTreeSet::new();
    for complaint in ready() {
        for step in all_asks() {
            let now = start() + TimeDelta::days(30);
            let from = complaint.kind();
            if let Ok(step) = ask(complaint.clone(), step, now)
                && step.complaint.kind() != from
            {
                seen.insert((from, step.complaint.kind()));
            }
        }
    }
    assert_eq!(seen, diagram());
}

/// The notes that each state takes without becoming another one.
fn takes_note(kind: ComplaintStateKind, step: Ask) -> bool {
    use ComplaintStateKind as S;
    let is_mediated = matches!(kind, S::Mediating | S::Entrusted);
    match step {
        Ask::Assign => !matches!(kind, S::Dispatched | S::Closed | S::Archived),
        Ask::ProposeRefusal(_) => matches!(kind, S::Registered | S::IdProofPending),
        Ask::ProposeTermination(_) => kind == S::Accepted || is_mediated,
        Ask::Consent(..) => kind == S::Accepted,
        Ask::Announce | Ask::Hold(_) => is_mediated,
        Ask::NoteTold(_) => kind == S::Terminated,
        Ask::ReferToPolice => kind != S::Archived,
        Ask::ReportLead => is_mediated || matches!(kind, S::SuspendedRecusal | S::Testing),
        // Verified by whoever is asked, however far the mediation has come.
        Ask::SettleLead => true,
        _ => false,
    }
}

/// The state that a step leads to, by the diagram.
fn leads_from(kind: ComplaintStateKind, step: Ask) -> bool {
    use ComplaintStateKind as S;
    match step {
        Ask::Dispatch | Ask::RequestIdentityProof | Ask::Withdraw | Ask::Accept => {
            kind == S::Registered
        }
        Ask::TakeIn | Ask::GiveBack => kind == S::Dispatched,
        Ask::ProveIdentity => kind == S::IdProofPending,
        Ask::ApproveRefusal => matches!(kind, S::Registered | S::IdProofPending),
        Ask::Entrust => kind == S::Accepted,
        Ask::TakeBack => kind == S::Entrusted,
        Ask::RequestRecusal | Ask::SendForTesting | Ask::Agree(AgreementForm::Performed) => {
            kind == S::Mediating
        }
        Ask::DecideRecusal(_) => kind == S::SuspendedRecusal,
        Ask::RecordTestResult => kind == S::Testing,
        Ask::Agree(AgreementForm::Letter) => matches!(kind, S::Mediating | S::Entrusted),
        Ask::Terminate => matches!(kind, S::Accepted | S::Mediating | S::Entrusted),
        Ask::Close => matches!(
            kind,
            S::Refused | S::Withdrawn | S::AgreedLetter | S::AgreedPerformed | S::Terminated
        ),
        Ask::Archive => kind == S::Closed,
        _ => false,
    }
}

#[test]
fn whatever_is_no_arrow_is_refused_with_the_state_and_changes_nothing() {
    for complaint in ready() {
        let kind = complaint.kind();
        for step in all_asks() {
            if leads_from(kind, step) || takes_note(kind, step) {
                continue;
            }
            let before = complaint.clone();
            let refusal = ask(complaint.clone(), step, start() + TimeDelta::days(30)).unwrap_err();
            assert_eq!(refusal.code, Code::WrongState, "{step:?} in {kind}");
            assert_eq!(refusal.detail, Some(kind.to_string()), "{step:?}");
            assert_eq!(complaint, before);
        }
    }
}

#[test]
fn every_step_into_a_state_carries_the_paper_of_that_state() {
    for complaint in ready() {
        for step in all_asks() {
            let from = complaint.kind();
            let Ok(done) = ask(complaint.clone(), step, start() + TimeDelta::days(30)) else {
                continue;
            };
            if done.complaint.kind() == from {
                continue;
            }
            assert_eq!(done.paper, Some(done.complaint.state.paper()), "{step:?}");
        }
    }
}

#[test]
fn a_walk_through_every_detour_ends_in_the_archive() {
    let both = |to| {
        [
            Ask::Consent(Side::Complainant, to),
            Ask::Consent(Side::Respondent, to),
        ]
    };
    let mut path = vec![
        Ask::Dispatch,
        Ask::GiveBack,
        Ask::Dispatch,
        Ask::TakeIn,
        Ask::Assign,
        Ask::RequestIdentityProof,
        Ask::ProveIdentity,
        Ask::Accept,
    ];
    path.extend(both(ConsentTo::Entrustment));
    path.extend([
        Ask::Entrust,
        Ask::TakeBack,
        Ask::Announce,
        Ask::RequestRecusal,
        Ask::DecideRecusal(RecusalRuling::Granted),
        Ask::SendForTesting,
        Ask::RecordTestResult,
        Ask::ReportLead,
        Ask::Announce,
        Ask::Hold(SessionMode::OnSite),
        Ask::Agree(AgreementForm::Letter),
        Ask::SettleLead,
        Ask::Close,
        Ask::Archive,
    ]);
    assert_eq!(after(&path).kind(), ComplaintStateKind::Archived);
}
