use super::*;
use crate::complaints::{
    filing::{Agent, Basis, Demand, DemandKind, Particulars, Person, Phone, Respondent, is_late},
    state::ComplaintState,
};
use crate::money::Fen;

fn later() -> DateTime<Utc> {
    day(30)
}

fn refused(complaint: &Complaint, command: Command) -> Refusal {
    ask(complaint.clone(), command, later()).unwrap_err()
}

#[test]
fn while_the_proof_is_awaited_only_material_and_identity_are_grounds() {
    let complaint = in_state(ComplaintStateKind::IdProofPending);
    for ground in RefusalGround::iter() {
        let outcome = ask(complaint.clone(), propose_refusal(ground), start());
        let is_open = matches!(ground, RefusalGround::Material | RefusalGround::Identity);
        assert_eq!(outcome.is_ok(), is_open, "{ground}");
    }
    assert_eq!(
        refused(&complaint, propose_refusal(RefusalGround::OverThreeYears)).code,
        Code::GroundNotAllowed
    );
}

#[test]
fn before_mediation_began_nobody_can_have_found_it_hopeless_or_dear() {
    let complaint = in_state(ComplaintStateKind::Accepted);
    for ground in TerminationGround::iter() {
        let outcome = ask(complaint.clone(), propose_termination(ground), start());
        let is_closed = matches!(
            ground,
            TerminationGround::NoAgreement | TerminationGround::TestingCost
        );
        assert_eq!(outcome.is_err(), is_closed, "{ground}");
    }
}

/// Asks under another setting than the usual one.
fn refused_under(setting: &Setting, complaint: Complaint, command: Command) -> Refusal {
    let permit = permitted(command.action());
    complaint.take(command, &permit, setting).unwrap_err()
}

#[test]
fn a_ground_that_the_edition_does_not_know_is_refused() {
    let mut old = setting(later());
    old.grounds.refusal.remove(&RefusalGround::Identity);
    old.grounds
        .termination
        .remove(&TerminationGround::PartyGone);
    let registered = in_state(ComplaintStateKind::Registered);
    let propose = propose_refusal(RefusalGround::Identity);
    let refusal = refused_under(&old, registered.clone(), propose);
    assert_eq!(refusal.code, Code::GroundUnknown);
    assert_eq!(refusal.detail.as_deref(), Some("REF_6_IDENTITY"));
    let request = request_identity_proof(later());
    let refusal = refused_under(&old, registered, request);
    assert_eq!(refusal.code, Code::GroundUnknown);
    let accepted = in_state(ComplaintStateKind::Accepted);
    let propose = propose_termination(TerminationGround::PartyGone);
    let refusal = refused_under(&old, accepted, propose);
    assert_eq!(refusal.code, Code::GroundUnknown);
}

#[test]
fn other_grounds_need_words_and_a_citation() {
    let reason = RefusalReason {
        ground: RefusalGround::Other,
        words: words(),
        citation: None,
    };
    let registered = in_state(ComplaintStateKind::Registered);
    let refusal = refused(&registered, Command::ProposeRefusal { reason });
    assert_eq!(refusal.field, Some("citation"));
    let mediating = in_state(ComplaintStateKind::Mediating);
    for (said, field) in [(None, "reason"), (Some(words()), "citation")] {
        let reason = TerminationReason {
            ground: TerminationGround::Other,
            words: said,
            citation: None,
        };
        let refusal = refused(&mediating, Command::ProposeTermination { reason });
        assert_eq!(refusal.field, Some(field));
    }
}

#[test]
fn time_is_over_only_after_its_last_day() {
    let complaint = in_state(ComplaintStateKind::Mediating);
    let until = shanghai_date(start()) + TimeDelta::days(60);
    let propose = |days: i64, mediate_until| {
        let setting = Setting {
            mediate_until,
            ..setting(start() + TimeDelta::days(days))
        };
        let command = propose_termination(TerminationGround::TimeOver);
        let permit = permitted(command.action());
        complaint.clone().take(command, &permit, &setting)
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
    let proposed = after(Path::default().then(propose_refusal(RefusalGround::NotConsumption)));
    let refusal = proposed
        .take(Command::ApproveRefusal, &permit, &setting(start()))
        .unwrap_err();
    assert_eq!(refusal.code, Code::ProposerCannotApprove);
    assert_eq!(
        refused(
            &in_state(ComplaintStateKind::Registered),
            Command::ApproveRefusal
        )
        .code,
        Code::NothingProposed
    );
    let mediating = in_state(ComplaintStateKind::Mediating);
    assert_eq!(
        refused(&mediating, terminate(later())).code,
        Code::NothingProposed
    );
}

#[test]
fn a_unit_that_was_sent_a_complaint_does_not_pass_it_on() {
    let dispatch = || dispatch("430103".parse().unwrap());
    let sent = || path_to(ComplaintStateKind::Dispatched);
    let taken_in = after(sent().then(Command::TakeInComplaint));
    assert_eq!(refused(&taken_in, dispatch()).code, Code::MayNotPassOn);
    let proved = sent()
        .then(Command::TakeInComplaint)
        .at(request_identity_proof)
        .then(Command::ProveIdentity);
    assert_eq!(refused(&after(proved), dispatch()).code, Code::MayNotPassOn);
    let returned = after(sent().then(Command::ReturnComplaint));
    assert_eq!(returned.division, "430103".parse().unwrap());
}

#[test]
fn a_letter_needs_a_session_on_site_and_that_needs_its_notice() {
    let mediating = in_state(ComplaintStateKind::Mediating);
    let letter = || agree(AgreementForm::Letter, later());
    assert_eq!(refused(&mediating, letter()).code, Code::LetterNeedsOnSite);
    assert_eq!(
        refused(&mediating, hold(SessionMode::OnSite, later())).code,
        Code::SessionNotAnnounced
    );
    let video = ask(mediating, hold(SessionMode::Video, start()), start()).unwrap();
    assert_eq!(
        refused(&video.after, letter()).code,
        Code::LetterNeedsOnSite
    );
    let announced = ask(video.after, announce(start()), start()).unwrap().after;
    let Command::HoldSession {
        mode,
        held_at,
        place,
        record,
        ..
    } = hold(SessionMode::OnSite, later())
    else {
        panic!("it holds a session");
    };
    let other = Command::HoldSession {
        mode,
        held_at,
        place,
        mediators: vec![line("他人")],
        record,
    };
    let refusal = refused(&announced, other);
    assert_eq!(refusal.code, Code::SessionDiffersFromNotice);
}

#[test]
fn a_mediator_who_steps_back_takes_the_announced_session_along() {
    let asked = in_state(ComplaintStateKind::Mediating);
    let asked = ask(asked, announce(start()), start()).unwrap().after;
    let asked = ask(asked, request_recusal(), start()).unwrap().after;
    for (ruling, is_kept) in [
        (RecusalRuling::Granted, false),
        (RecusalRuling::Rejected, true),
    ] {
        let decided = ask(asked.clone(), Command::DecideRecusal { ruling }, start()).unwrap();
        let ComplaintState::Mediating(mediating) = decided.after.state else {
            panic!("it goes on");
        };
        assert_eq!(mediating.mediation.announced.is_some(), is_kept, "{ruling}");
    }
}

#[test]
fn both_sides_are_told_before_a_terminated_complaint_is_closed() {
    let terminated = in_state(ComplaintStateKind::Terminated);
    assert_eq!(
        refused(&terminated, Command::CloseComplaint).code,
        Code::SidesNotTold
    );
    let one = ask(terminated, note_told(Side::Respondent), start()).unwrap();
    assert!(one.clocks.is_empty());
    assert_eq!(
        refused(&one.after, Command::CloseComplaint).code,
        Code::SidesNotTold
    );
    let both = ask(one.after, note_told(Side::Complainant), start()).unwrap();
    assert_eq!(both.clocks.len(), 1);
    assert!(ask(both.after, Command::CloseComplaint, start()).is_ok());
}

#[test]
fn whoever_speaks_for_others_settles_and_withdraws_with_their_consent_only() {
    let joint = registered(Representation::Represented).after;
    let withdraw = Command::WithdrawComplaint {
        words: None,
        represented: None,
    };
    let refusal = refused(&joint, withdraw);
    assert_eq!(refusal.code, Code::RepresentedConsentRequired);
    let mut mediating = in_state(ComplaintStateKind::Mediating);
    mediating.standing = Representation::Represented;
    let agree = Command::RecordAgreement {
        form: AgreementForm::Performed,
        terms: words(),
        represented: None,
    };
    let refusal = refused(&mediating, agree);
    assert_eq!(refusal.code, Code::RepresentedConsentRequired);
}

#[test]
fn a_session_that_lies_ahead_was_not_held() {
    let mediating = in_state(ComplaintStateKind::Mediating);
    let ahead = hold(SessionMode::Video, later() + TimeDelta::hours(1));
    let refusal = refused(&mediating, ahead);
    assert_eq!(
        (refusal.code, refusal.field),
        (Code::TimeInFuture, Some("heldAt"))
    );
}

#[test]
fn nobody_consents_for_the_other_side() {
    let accepted = in_state(ComplaintStateKind::Accepted);
    let own = Setting {
        own_side: Some(Side::Respondent),
        ..setting(later())
    };
    let command = consent(Side::Complainant, ConsentTo::Mediation);
    let refusal = refused_under(&own, accepted, command);
    assert_eq!(refusal.code, Code::Denied);
}

fn person() -> Person {
    Person {
        name: line("陈小满"),
        phone: Phone::parse("0731-0550-1234", "phone").unwrap(),
        address: line("长沙市天心区书院坪路1号"),
        id_document: None,
    }
}

pub(super) fn particulars() -> Particulars {
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
    assert_eq!(joint.standing(), Representation::InPerson);
    joint.representatives = 2;
    assert_eq!(joint.standing(), Representation::Represented);
    joint.complainants.pop();
    assert_eq!(joint.standing(), Representation::InPerson);
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
    let new = on("2026-04-15");
    assert!(new.refusal.into_keys().eq(RefusalGround::iter()));
    assert!(new.termination.into_keys().eq(TerminationGround::iter()));
    let old = on("2026-04-14");
    assert_eq!((old.refusal.len(), old.termination.len()), (6, 7));
}
