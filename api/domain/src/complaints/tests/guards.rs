use super::*;
use crate::complaints::{
    filing::{Agent, Basis, Demand, DemandKind, Particulars, Person, Phone, Respondent, is_late},
    state::ComplaintState,
};
use crate::money::Fen;

fn refused(complaint: &Complaint, step: Ask) -> Refusal {
    ask(complaint.clone(), step, start() + TimeDelta::days(1)).unwrap_err()
}

#[test]
fn while_the_proof_is_awaited_only_material_and_identity_are_grounds() {
    let complaint = after(&path_to(ComplaintStateKind::IdProofPending));
    for ground in RefusalGround::iter() {
        let outcome = ask(complaint.clone(), Ask::ProposeRefusal(ground), start());
        let is_open = matches!(ground, RefusalGround::Material | RefusalGround::Identity);
        assert_eq!(outcome.is_ok(), is_open, "{ground}");
    }
    assert_eq!(
        refused(
            &complaint,
            Ask::ProposeRefusal(RefusalGround::OverThreeYears)
        )
        .code,
        Code::GroundNotAllowed
    );
}

#[test]
fn before_mediation_began_nobody_can_have_found_it_hopeless_or_dear() {
    let complaint = after(&path_to(ComplaintStateKind::Accepted));
    for ground in TerminationGround::iter() {
        let outcome = ask(complaint.clone(), Ask::ProposeTermination(ground), start());
        let is_closed = matches!(
            ground,
            TerminationGround::NoAgreement | TerminationGround::TestingCost
        );
        assert_eq!(outcome.is_err(), is_closed, "{ground}");
    }
}

#[test]
fn a_ground_that_the_edition_does_not_know_is_refused() {
    let mut old = grounds();
    old.refusal.remove(&RefusalGround::Identity);
    old.termination.remove(&TerminationGround::PartyGone);
    let reason = RefusalReason {
        ground: RefusalGround::Identity,
        words: words(),
        citation: None,
    };
    let registered = after(&[]);
    let refusal = registered
        .clone()
        .propose_refusal(&handler(), reason, &old, start())
        .unwrap_err();
    assert_eq!(refusal.code, Code::GroundUnknown);
    assert_eq!(refusal.detail.as_deref(), Some("REF_6_IDENTITY"));
    let until = shanghai_date(start());
    let request = registered.request_identity_proof(&handler(), until, &old, start());
    assert_eq!(request.unwrap_err().code, Code::GroundUnknown);
    let reason = TerminationReason {
        ground: TerminationGround::PartyGone,
        words: None,
        citation: None,
    };
    let refusal = after(&path_to(ComplaintStateKind::Accepted))
        .propose_termination(&handler(), reason, &old, (Periods::default(), start()))
        .unwrap_err();
    assert_eq!(refusal.code, Code::GroundUnknown);
}

#[test]
fn other_grounds_need_words_and_a_citation() {
    let reason = RefusalReason {
        ground: RefusalGround::Other,
        words: words(),
        citation: None,
    };
    let refusal = after(&[])
        .propose_refusal(&handler(), reason, &grounds(), start())
        .unwrap_err();
    assert_eq!(refusal.field, Some("citation"));
    for (said, field) in [(None, "reason"), (Some(words()), "citation")] {
        let reason = TerminationReason {
            ground: TerminationGround::Other,
            words: said,
            citation: None,
        };
        let refusal = after(&path_to(ComplaintStateKind::Mediating))
            .propose_termination(
                &handler(),
                reason,
                &grounds(),
                (Periods::default(), start()),
            )
            .unwrap_err();
        assert_eq!(refusal.field, Some(field));
    }
}

#[test]
fn time_is_over_only_after_its_last_day() {
    let complaint = after(&path_to(ComplaintStateKind::Mediating));
    let until = shanghai_date(start()) + TimeDelta::days(60);
    let propose = |days: i64, mediate_until| {
        let reason = TerminationReason {
            ground: TerminationGround::TimeOver,
            words: None,
            citation: None,
        };
        complaint.clone().propose_termination(
            &handler(),
            reason,
            &grounds(),
            (Periods { mediate_until }, start() + TimeDelta::days(days)),
        )
    };
    assert_eq!(
        propose(60, Some(until)).unwrap_err().code,
        Code::MediationTimeNotOver
    );
    assert!(propose(61, Some(until)).is_ok());
    assert_eq!(
        propose(61, None).unwrap_err().code,
        Code::CalendarYearMissing
    );
}

#[test]
fn whoever_proposed_does_not_approve() {
    let both = officer(2, Role::Head);
    let permit = allowed(&both, Action::DecideComplaint, Stake::None);
    let proposed = after(&[Ask::ProposeRefusal(RefusalGround::NotConsumption)]);
    let refusal = proposed.approve_refusal(&permit, start()).unwrap_err();
    assert_eq!(refusal.code, Code::ProposerCannotApprove);
    assert_eq!(
        refused(&after(&[]), Ask::ApproveRefusal).code,
        Code::NothingProposed
    );
    let mediating = after(&path_to(ComplaintStateKind::Mediating));
    assert_eq!(
        refused(&mediating, Ask::Terminate).code,
        Code::NothingProposed
    );
}

#[test]
fn a_unit_that_was_sent_a_complaint_does_not_pass_it_on() {
    let taken_in = after(&[Ask::Dispatch, Ask::TakeIn]);
    assert_eq!(refused(&taken_in, Ask::Dispatch).code, Code::MayNotPassOn);
    let proved = after(&[
        Ask::Dispatch,
        Ask::TakeIn,
        Ask::RequestIdentityProof,
        Ask::ProveIdentity,
    ]);
    assert_eq!(refused(&proved, Ask::Dispatch).code, Code::MayNotPassOn);
    let returned = after(&[Ask::Dispatch, Ask::GiveBack]);
    assert_eq!(returned.division, "430103".parse().unwrap());
}

#[test]
fn a_letter_needs_a_session_on_site_and_that_needs_its_notice() {
    let mediating = after(&path_to(ComplaintStateKind::Mediating));
    let letter = Ask::Agree(AgreementForm::Letter);
    assert_eq!(refused(&mediating, letter).code, Code::LetterNeedsOnSite);
    assert_eq!(
        refused(&mediating, Ask::Hold(SessionMode::OnSite)).code,
        Code::SessionNotAnnounced
    );
    let video = ask(mediating, Ask::Hold(SessionMode::Video), start()).unwrap();
    assert_eq!(
        refused(&video.complaint, letter).code,
        Code::LetterNeedsOnSite
    );
    let announced = ask(video.complaint, Ask::Announce, start())
        .unwrap()
        .complaint;
    let other = Session {
        mediators: vec![line("他人")],
        ..session(SessionMode::OnSite, start())
    };
    let refusal = announced.hold_session(&handler(), other).unwrap_err();
    assert_eq!(refusal.code, Code::SessionDiffersFromNotice);
}

#[test]
fn a_mediator_who_steps_back_takes_the_announced_session_along() {
    let asked = after(&path_to(ComplaintStateKind::Mediating));
    let asked = ask(asked, Ask::Announce, start()).unwrap().complaint;
    let asked = ask(asked, Ask::RequestRecusal, start()).unwrap().complaint;
    for (ruling, is_kept) in [
        (RecusalRuling::Granted, false),
        (RecusalRuling::Rejected, true),
    ] {
        let decided = ask(asked.clone(), Ask::DecideRecusal(ruling), start()).unwrap();
        let ComplaintState::Mediating(mediating) = decided.complaint.state else {
            panic!("it goes on");
        };
        assert_eq!(mediating.mediation.announced.is_some(), is_kept, "{ruling}");
    }
}

#[test]
fn both_sides_are_told_before_a_terminated_complaint_is_closed() {
    let terminated = after(&path_to(ComplaintStateKind::Terminated));
    assert_eq!(refused(&terminated, Ask::Close).code, Code::SidesNotTold);
    let one = ask(terminated, Ask::NoteTold(Side::Respondent), start()).unwrap();
    assert!(one.effects.is_empty());
    assert_eq!(refused(&one.complaint, Ask::Close).code, Code::SidesNotTold);
    let both = ask(one.complaint, Ask::NoteTold(Side::Complainant), start()).unwrap();
    assert_eq!(both.effects.len(), 1);
    assert!(ask(both.complaint, Ask::Close, start()).is_ok());
}

#[test]
fn whoever_speaks_for_others_settles_and_withdraws_with_their_consent_only() {
    let joint = registered(Standing::Represented).complaint;
    let permit = complainant(Action::WithdrawComplaint);
    let refusal = joint
        .clone()
        .withdraw(&permit, None, None, start())
        .unwrap_err();
    assert_eq!(refusal.code, Code::RepresentedConsentRequired);
    let mut mediating = after(&path_to(ComplaintStateKind::Mediating));
    mediating.standing = Standing::Represented;
    let agreed = (AgreementForm::Performed, words());
    let refusal = mediating
        .agree(&handler(), agreed, None, start())
        .unwrap_err();
    assert_eq!(refusal.code, Code::RepresentedConsentRequired);
}

fn person() -> Person {
    Person {
        name: line("陈小满"),
        phone: Phone::parse("0731-0550-1234", "phone").unwrap(),
        address: line("长沙市天心区书院坪路1号"),
        id_document: None,
    }
}

fn particulars() -> Particulars {
    Particulars {
        complainants: vec![person()],
        representatives: 0,
        agent: None,
        respondent: Respondent {
            name: line("吴记鲜肉"),
            address: line("书院坪农贸市场17号"),
        },
        demand: Demand {
            kind: DemandKind::MakeUpQuantity,
            amount: Some(Fen::new(420).unwrap()),
            words: None,
        },
        basis: Basis {
            occurred_at: start(),
            harm_known_on: shanghai_date(start()),
            place: line("书院坪农贸市场"),
            content: words(),
            amount: Fen::new(5600).unwrap(),
            evidence: words(),
        },
    }
}

#[test]
fn every_field_of_form_one_is_checked_by_its_name() {
    let check = |change: &dyn Fn(&mut Particulars)| {
        let mut changed = particulars();
        change(&mut changed);
        let refusal = changed.check(start(), shanghai_date(start())).unwrap_err();
        (refusal.code, refusal.field.unwrap())
    };
    let agent = || Agent {
        person: person(),
        matter: line("调解"),
        powers: line("代为提出调解请求"),
        until: shanghai_date(start()),
        signed_on: shanghai_date(start()),
    };
    assert_eq!(particulars().check(start(), shanghai_date(start())), Ok(()));
    assert_eq!(
        check(&|p| p.complainants.clear()),
        (Code::FieldRequired, "complainants")
    );
    assert_eq!(
        check(&|p| {
            p.complainants = vec![person(), person(), person()];
            p.representatives = 3;
        }),
        (Code::RepresentativesTooMany, "representatives")
    );
    assert_eq!(
        check(&|p| p.complainants[0].phone = Phone::parse("很长", "phone").unwrap()),
        (Code::FieldFormat, "phone")
    );
    assert_eq!(
        check(&|p| p.agent = Some(agent())),
        (Code::FieldRequired, "idNumber")
    );
    assert_eq!(
        check(&|p| p.basis.occurred_at = start() + TimeDelta::hours(1)),
        (Code::TimeInFuture, "occurredAt")
    );
}

#[test]
fn joint_complaints_are_represented_only_if_somebody_does_not_speak() {
    let mut joint = particulars();
    joint.complainants = vec![person(), person(), person()];
    assert_eq!(joint.standing(), Standing::InPerson);
    joint.representatives = 2;
    assert_eq!(joint.standing(), Standing::Represented);
    joint.complainants.pop();
    assert_eq!(joint.standing(), Standing::InPerson);
}

#[test]
fn three_years_are_told_and_never_refused() {
    let known = "2023-05-06".parse().unwrap();
    let last: chrono::NaiveDate = "2026-05-06".parse().unwrap();
    assert!(!is_late(known, 3, last));
    assert!(is_late(known, 3, last + TimeDelta::days(1)));
    let mut old = particulars();
    old.basis.harm_known_on = "2019-01-01".parse().unwrap();
    assert_eq!(old.check(start(), shanghai_date(start())), Ok(()));
}

#[test]
fn every_code_of_the_law_is_one_that_the_machine_knows() {
    let sets = crate::law::code_set::CodeSets::embedded().unwrap();
    let on = |day: &str| Grounds::in_force(&sets, day.parse().unwrap());
    assert_eq!(on("2026-04-15"), grounds());
    let old = on("2026-04-14");
    assert_eq!((old.refusal.len(), old.termination.len()), (6, 7));
}
