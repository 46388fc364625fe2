//! What waits while a referral is open or the police have the case.

use super::*;

#[test]
fn no_penalty_takes_the_place_of_an_open_referral() {
    let ready = ready(yuan(300), "2026-06-02");
    let reported = after(ready.clone(), report(), "2026-06-02");
    let given = handed_over(ready);
    for case in [reported, given] {
        assert_eq!(refused(&case, decide(), "2026-06-04"), Code::ReferralOpen);
        let elsewhere = transfer(Receiver::OtherAgency);
        assert_eq!(refused(&case, elsewhere, "2026-06-04"), Code::ReferralOpen);
    }
}

#[test]
fn a_case_without_penalty_waits_for_an_open_referral_too() {
    let no_penalty = Command::ProposeNoPenalty {
        ground: NoPenaltyGround::NoFault,
        reason: reason(),
        corrected_on: None,
    };
    let path = [
        (no_penalty, "2026-06-02"),
        (pass(), "2026-06-02"),
        (report(), "2026-06-02"),
    ];
    let reported = steps(case(), path);
    let close = Command::CloseCase {
        reason: words("不予处罚。"),
    };
    let code = refused(&reported, close.clone(), "2026-06-03");
    assert_eq!(code, Code::ReferralOpen);
    let declined = after(reported, decision(false), "2026-06-03");
    let closed = after(declined, close, "2026-06-03");
    assert_eq!(closed.state_kind(), CaseStateKind::ClosedNoPenalty);
}

#[test]
fn while_the_police_have_it_the_case_waits_and_goes_on_when_it_comes_back() {
    let waiting = accepted(ready(yuan(300), "2026-06-02"));
    assert!(waiting.file.is_with_police());
    assert_eq!(waiting.state_kind(), CaseStateKind::Noticed);
    let steps = [
        decide(),
        propose(yuan(300)),
        pass(),
        report(),
        transfer(Receiver::OtherAgency),
    ];
    for step in steps {
        assert_eq!(refused(&waiting, step, "2026-06-08"), Code::PoliceHaveCase);
    }
    let back = after(waiting, returned("2026-08-03"), "2026-08-03");
    assert_eq!(state(&back), ReferralState::Returned);
    let decided = after(back, decide(), "2026-08-03");
    assert_eq!(decided.state_kind(), CaseStateKind::Decided);
}

#[test]
fn the_time_with_the_police_counts_unless_the_head_suspends_the_case() {
    let given = handed_over(case());
    let touched = clocks(given, answer(true, "2026-06-05"), "2026-06-05");
    assert!(touched.iter().all(|effect| effect.rule() != DECIDE));
    let waits = clocks(accepted(case()), suspend(), "2026-06-08");
    let cause = PauseCause::Suspension;
    let on = day("2026-06-08");
    let rule = DECIDE;
    assert_eq!(waits, [ClockEffect::Pause { rule, cause, on }]);
}

#[test]
fn the_party_may_answer_its_notice_while_the_police_have_the_case() {
    let waiting = accepted(ready(yuan(300), "2026-06-02"));
    let said = Command::AnswerNotice {
        statement: Some(words("货物并不短缺。")),
        proof: Some(line("陈述书")),
        arrived_on: None,
    };
    let answered = after(waiting, said, "2026-06-08");
    assert_eq!(answered.file.round().unwrap().answers.len(), 2);
}
