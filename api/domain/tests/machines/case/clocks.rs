//! Suspension and extension, and what they do to the period for deciding (Order 2, articles 46, 64).

use super::{super::Stands, Desk, samples::*};
use chrono::Days;
use liangxin_domain::{
    cases::{
        basis::BasisKind,
        case::{AUDIT, DECIDE, DEFEND, ENFORCE, PAY, SERVE},
        command::Command,
        file::{AuditKind, CaseStateKind, SuspensionCause},
        order::CORRECT,
    },
    law::{
        clock::{ClockState, Due, PauseCause, Punctuality},
        effect::ClockEffect,
    },
    notices::{notice::Channel, paper::Paper},
    policy::Action,
    refusal::Code,
    reports::machine::FILE,
};

/// The last day for the decision.
fn end(desk: &Desk) -> Option<chrono::NaiveDate> {
    match desk.clocks.0[DECIDE].last().unwrap().due {
        Due::On { moved, .. } => Some(moved),
        _ => None,
    }
}

#[test]
fn a_case_is_filed_with_its_approval_and_the_period_for_deciding() {
    let desk = Desk::new();
    assert_eq!(desk.paper, Some(Paper::FilingApproval));
    assert_eq!(desk.clocks.open(), vec![DECIDE]);
    assert_eq!(desk.case.state_kind(), CaseStateKind::Filed);
}

#[test]
fn a_case_that_no_report_began_keeps_the_days_from_its_discovery_to_its_filing() {
    // Filed on Monday 30 March; fifteen working days from Friday the 6th end on the 27th.
    let at = "2026-03-30T02:00:00Z".parse().unwrap();
    let filed = |found_on: &str| {
        let mut case = case(at);
        case.basis.kind = BasisKind::TransferIn;
        case.basis.report = None;
        case.basis.told.found_on = Some(found_on.parse().unwrap());
        let desk = Desk::registered(case, at);
        let file = desk.clocks.0[FILE].last().unwrap();
        let on = desk.today();
        file.state_on(on, &desk.law.calendar)
    };
    let kept = |punctuality| ClockState::Satisfied { punctuality };
    assert_eq!(filed("2026-03-06"), kept(Punctuality::Late { days: 3 }));
    assert_eq!(filed("2026-03-09"), kept(Punctuality::InTime));
    // The report keeps its own.
    assert!(!Desk::filed(at).clocks.0.contains_key(FILE));
}

#[test]
fn a_case_in_the_place_of_an_annulled_one_opens_the_period_for_deciding_alone() {
    let at = "2026-03-30T02:00:00Z".parse().unwrap();
    let mut again = case(at);
    again.basis.kind = BasisKind::Visit;
    again.basis.report = None;
    again.basis.told.found_on = Some("2026-02-20".parse().unwrap());
    again.basis.told.in_place_of = Some(again.id);
    let desk = Desk::registered(again, at);
    assert_eq!(desk.clocks.open(), vec![DECIDE]);
    assert!(!desk.clocks.0.contains_key(FILE), "it was kept before");
}

#[test]
fn days_in_which_a_case_waits_do_not_count() {
    let mut desk = Desk::new();
    let before = end(&desk).unwrap();
    let on = desk.today();
    desk.go(suspend());
    assert_eq!(desk.case.state_kind(), CaseStateKind::Suspended);
    let (rule, cause) = (DECIDE, PauseCause::Suspension);
    assert_eq!(desk.effects, vec![ClockEffect::Pause { rule, cause, on }]);
    assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Paused));
    desk.later(14).go(Command::ResumeCase);
    assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Running));
    assert_eq!(desk.case.state_kind(), CaseStateKind::Filed);
    assert!(end(&desk).unwrap() >= before + Days::new(13));
}

#[test]
fn a_case_that_waits_takes_no_step_of_the_investigation() {
    let mut desk = Desk::new();
    desk.go(propose(fined(5000))).go(suspend());
    let steps = [
        suspend(),
        extend(),
        propose(fined(5000)),
        acquit(),
        audit(AuditKind::Case),
        Command::IssueNotice,
        decide(),
    ];
    for command in steps {
        let told = format!("{command:?}");
        assert_eq!(desk.refused(command), Code::WrongState, "{told}");
    }
    desk.go(Command::ResumeCase).go(audit(AuditKind::Case));
}

#[test]
fn a_case_that_does_not_wait_does_not_go_on() {
    let mut desk = Desk::new();
    assert_eq!(desk.refused(Command::ResumeCase), Code::WrongState);
    desk.go(suspend()).go(Command::ResumeCase);
    assert_eq!(desk.refused(Command::ResumeCase), Code::WrongState);
    // It may wait again on the very day.
    desk.go(suspend());
}

#[test]
fn a_head_gives_thirty_days_more_once_and_in_time() {
    let mut desk = Desk::new();
    let before = end(&desk).unwrap();
    desk.later(10).go(extend());
    assert_eq!(desk.paper, Some(Paper::ExtensionOfCase));
    assert!(end(&desk).unwrap() >= before + Days::new(28));
    assert!(end(&desk).unwrap() <= before + Days::new(45));
    let permit = super::super::people::permit(2, Action::LeadCase);
    let again = desk.take(extend(), &permit).unwrap();
    assert_eq!(again, super::super::Taken::Refused);
    let mut late = Desk::new();
    late.later(130);
    let again = late.take(extend(), &permit).unwrap();
    assert_eq!(again, super::super::Taken::Refused);
}

#[test]
fn after_the_head_the_heads_together_give_once_more_what_they_fix() {
    let heads = ["贺敏", "罗静怡"];
    let permit = super::super::people::permit(2, Action::LeadCase);
    let mut desk = Desk::new();
    let early = desk.take(extend_further(20, &heads), &permit).unwrap();
    assert_eq!(early, super::super::Taken::Refused, "first the head");
    desk.later(10).go(extend());
    let before = end(&desk).unwrap();
    for (days, who, code) in [
        (20, &heads[..1], Code::ConferenceTwo),
        (0, &heads[..], Code::OutOfRange),
        (366, &heads[..], Code::OutOfRange),
    ] {
        assert_eq!(desk.refused(extend_further(days, who)), code, "{days}");
    }
    desk.later(95).go(extend_further(20, &heads));
    assert_eq!(desk.paper, Some(Paper::ExtensionOfCase));
    assert!(end(&desk).unwrap() >= before + Days::new(15));
    assert!(end(&desk).unwrap() <= before + Days::new(30));
    let again = desk.take(extend_further(20, &heads), &permit).unwrap();
    assert_eq!(again, super::super::Taken::Refused);
}

#[test]
fn days_of_a_test_an_identification_or_a_refund_do_not_count() {
    for (cause, pause) in [
        (SuspensionCause::Testing, PauseCause::Testing),
        (SuspensionCause::Identification, PauseCause::Identification),
        (SuspensionCause::Refund, PauseCause::Refund),
    ] {
        let mut desk = Desk::new();
        let before = end(&desk).unwrap();
        desk.go(suspend_for(cause));
        let (rule, on) = (DECIDE, desk.today());
        let waits = ClockEffect::Pause {
            rule,
            cause: pause,
            on,
        };
        assert_eq!(desk.effects, vec![waits]);
        desk.later(14).go(Command::ResumeCase);
        assert!(end(&desk).unwrap() >= before + Days::new(13));
    }
}

#[test]
fn each_period_runs_from_the_step_that_opens_it_to_the_one_that_ends_it() {
    let mut desk = Desk::new();
    desk.go(propose(fined(5000)));
    assert_eq!(desk.clocks.open(), vec![AUDIT, DECIDE]);
    assert_eq!(desk.paper, Some(Paper::CaseFile));
    desk.go(audit(AuditKind::Case));
    assert_eq!(desk.clocks.open(), vec![DECIDE]);
    desk.told();
    assert_eq!(desk.clocks.open(), vec![DECIDE, DEFEND]);
    desk.silent().go(decide());
    assert_eq!(desk.clocks.open(), vec![SERVE]);
    assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Done));
    assert_eq!(desk.clocks.last(DEFEND), Some(Stands::Lapsed));
    let delivery = delivery(
        liangxin_domain::notices::notice::Channel::InPerson,
        desk.now(),
    );
    desk.go(serve_decision(delivery));
    assert_eq!(desk.clocks.open(), vec![CORRECT, ENFORCE, PAY]);
}

#[test]
fn an_order_before_the_decision_is_of_a_row_that_is_the_partys_and_of_a_day_to_come() {
    let order = |violation: &str, until: &str| Command::OrderCorrection {
        violation: violation.parse().unwrap(),
        correction: super::super::people::words(),
        correct_by: until.parse().unwrap(),
        consequence: super::super::people::words(),
    };
    let mut desk = Desk::new();
    desk.setting.venue = stall();
    let refused = [
        ("M-NIL-01", "2026-03-20", Code::ViolationUnknown),
        ("M-GAS-08", "2026-03-20", Code::ViolationVenue),
        ("M-STL-03", "2026-03-01", Code::TimeTooOld),
    ];
    for (violation, until, code) in refused {
        assert_eq!(desk.refused(order(violation, until)), code);
    }
    desk.go(order("M-STL-03", "2026-03-20"));
    assert_eq!(desk.paper, Some(Paper::CorrectionOrder));
}

#[test]
fn a_permit_for_another_action_opens_no_door() {
    let mut desk = Desk::new();
    let other = super::super::people::permit(1, Action::DisputeCompetence);
    let refused = desk.take(propose(fined(5000)), &other).unwrap_err();
    assert_eq!(refused.code, Code::Denied);
}

#[test]
fn a_decision_by_public_notice_is_paid_from_the_day_on_which_it_counts_as_served() {
    let mut desk = Desk::new();
    desk.decided(fined(5000));
    let published = desk.today();
    let public = delivery(Channel::PublicNotice, desk.now());
    desk.go(serve_decision(public));
    assert_eq!(desk.clocks.since(PAY), Some(published + Days::new(30)));
}
