//! The days for an answer (Order 2, article 57).

use super::{
    super::{
        Stands,
        people::{HEAD, permit, words},
    },
    Desk, LATER,
    samples::*,
};
use chrono::{NaiveDate, TimeDelta};
use liangxin_domain::{
    cases::{
        announce::Answer,
        case::{DECIDE, DEFEND},
        charge::Penalty,
        command::{Command, Setting},
    },
    law::{clock::PauseCause, effect::ClockEffect},
    policy::Action,
    refusal::Code,
    step::Machine as _,
};

/// Noted later than it arrived.
pub(super) fn arrived(command: Command, on: NaiveDate) -> Command {
    let arrived_on = Some(on);
    match command {
        Command::AnswerNotice {
            statement, proof, ..
        } => Command::AnswerNotice {
            statement,
            proof,
            arrived_on,
        },
        Command::RequestHearing { words, proof, .. } => Command::RequestHearing {
            words,
            proof,
            arrived_on,
        },
        other => other,
    }
}

fn told(fine: i64) -> Desk {
    let mut desk = Desk::new();
    desk.audited(fined(fine)).told();
    desk
}

#[test]
fn nothing_is_decided_before_the_last_day_for_an_answer_is_over() {
    let mut desk = told(5000);
    assert_eq!(desk.refused(decide()), Code::DefenceWindowOpen);
    let last = desk.window().unwrap();
    desk.on(last);
    assert_eq!(desk.refused(decide()), Code::DefenceWindowOpen);
    desk.silent().go(decide());
}

#[test]
fn a_notice_that_did_not_reach_the_party_opens_no_window() {
    let mut desk = Desk::new();
    desk.audited(fined(5000));
    assert_eq!(desk.refused(decide()), Code::NoticeRequired);
    desk.go(Command::IssueNotice).later(30);
    assert_eq!(desk.refused(decide()), Code::NoticeRequired);
    assert_eq!(desk.refused(state()), Code::NoticeRequired);
}

#[test]
fn a_statement_does_not_shorten_the_days_and_is_not_the_last_one() {
    let mut desk = told(5000);
    desk.go(state());
    assert_eq!(
        desk.refused(super::decision::reviewed()),
        Code::DefenceWindowOpen
    );
    desk.go(state());
    assert_eq!(
        desk.case.file.round().unwrap().statements().count(),
        2,
        "both are kept"
    );
    desk.silent().go(super::decision::reviewed());
}

#[test]
fn a_signed_waiver_ends_the_wait() {
    let mut desk = told(5000);
    desk.go(waive()).go(decide());
}

#[test]
fn a_statement_after_a_waiver_takes_it_back() {
    let mut desk = told(5000);
    desk.go(waive()).go(state());
    assert_eq!(
        desk.refused(super::decision::reviewed()),
        Code::DefenceWindowOpen
    );
    desk.go(waive()).go(super::decision::reviewed());
}

#[test]
fn a_waiver_does_not_undo_a_hearing_that_was_asked_for() {
    let mut desk = told(12_000);
    desk.go(ask_hearing()).go(waive());
    assert_eq!(desk.refused(decide()), Code::DefenceWindowOpen);
    desk.silent();
    assert_eq!(desk.refused(decide()), Code::HearingRequired);
}

#[test]
fn an_officer_notes_what_the_party_says_only_with_its_paper() {
    let mut desk = told(12_000);
    let bare = || Command::AnswerNotice {
        statement: Some(words()),
        proof: None,
        arrived_on: None,
    };
    assert_eq!(desk.refused(bare()), Code::AnswerProofRequired);
    let asked = Command::RequestHearing {
        words: None,
        proof: None,
        arrived_on: None,
    };
    assert_eq!(desk.refused(asked.clone()), Code::AnswerProofRequired);
    desk.setting.is_party = true;
    desk.go(bare()).go(asked);
}

#[test]
fn a_hearing_is_asked_for_where_the_notice_offers_it() {
    assert_eq!(told(9999).refused(ask_hearing()), Code::HearingNotOffered);
    told(10_000).go(ask_hearing());
}

#[test]
fn a_hearing_is_asked_for_once_and_in_time() {
    let mut desk = told(12_000);
    desk.go(ask_hearing());
    assert_eq!(desk.refused(ask_hearing()), Code::WrongState);
    let mut late = told(12_000);
    late.silent();
    assert_eq!(late.refused(ask_hearing()), Code::HearingRequestLate);
    // A statement still is heard.
    late.go(state());
}

#[test]
fn what_arrived_in_time_may_be_noted_late() {
    let mut desk = told(12_000);
    let served = desk.today();
    let last = desk.window().unwrap();
    desk.after(Some(last));
    let today = desk.today();
    let ask = |on| arrived(ask_hearing(), on);
    let before = served.pred_opt().unwrap();
    assert_eq!(desk.refused(ask(before)), Code::TimeTooOld);
    let tomorrow = today.succ_opt().unwrap();
    assert_eq!(desk.refused(ask(tomorrow)), Code::TimeInFuture);
    assert_eq!(desk.refused(ask(today)), Code::HearingRequestLate);
    desk.go(ask(last));
    let said = ClockEffect::Satisfy {
        rule: DEFEND,
        on: last,
    };
    assert!(desk.effects.contains(&said), "{:?}", desk.effects);
    let answers = &desk.case.file.round().unwrap().answers;
    assert_eq!(answers[0].arrived_on, Some(last));
}

#[test]
fn a_statement_answers_on_the_day_on_which_it_arrived() {
    let mut desk = told(5000);
    let (rule, on) = (DEFEND, desk.today());
    desk.later(2).go(arrived(state(), on));
    assert_eq!(desk.effects, [ClockEffect::Satisfy { rule, on }]);
}

#[test]
fn a_party_says_no_day_of_its_own() {
    let mut desk = told(12_000);
    let today = desk.today();
    desk.setting.is_party = true;
    for command in [state(), ask_hearing()] {
        let dated = arrived(command.clone(), today);
        assert_eq!(desk.refused(dated), Code::FieldFormat);
        desk.go(command);
    }
}

#[test]
fn an_answer_of_before_its_day_was_kept_arrived_when_it_was_noted() {
    let mut desk = told(5000);
    desk.go(state());
    let answer = &desk.case.file.round().unwrap().answers[0];
    let mut kept = serde_json::to_value(answer).unwrap();
    kept.as_object_mut().unwrap().remove("arrived_on").unwrap();
    let read: Answer = serde_json::from_value(kept).unwrap();
    assert_eq!(read, *answer);
    assert_eq!(read.came_on(), desk.today());
}

#[test]
fn while_nobody_knows_the_calendar_nobody_can_say_that_the_days_are_over() {
    // Five working days from 29 December end in a year of which no notice is loaded.
    let mut desk = Desk::filed("2026-12-01T02:00:00Z".parse().unwrap());
    desk.on("2026-12-22".parse().unwrap());
    desk.audited(fined(12_000)).told();
    assert_eq!(desk.window(), None);
    desk.setting.now += chrono::TimeDelta::days(3);
    assert_eq!(desk.refused(decide()), Code::CalendarYearMissing);
    // Whoever asks to be heard is not too late.
    desk.go(ask_hearing());
}

#[test]
fn the_days_for_an_answer_are_over_as_soon_as_the_calendar_says_so() {
    let mut desk = Desk::filed("2026-12-01T02:00:00Z".parse().unwrap());
    desk.on("2026-12-22".parse().unwrap());
    desk.audited(Penalty {
        correct_by: "2027-03-31".parse().unwrap(),
        ..fined(12_000)
    });
    desk.told();
    assert_eq!(desk.window(), None);
    desk.law = &*LATER;
    let last = desk.asked().answer_until;
    desk.on(last.unwrap());
    assert_eq!(desk.refused(decide()), Code::DefenceWindowOpen);
    desk.after(last);
    assert_eq!(desk.refused(ask_hearing()), Code::HearingRequestLate);
    desk.go(decide());
}

#[test]
fn a_day_that_is_in_the_file_is_not_moved_by_what_the_law_says_now() {
    let mut desk = told(5000);
    let last = desk.window().unwrap();
    desk.on(last);
    let setting = Setting {
        answer_until: last.pred_opt(),
        ..desk.asked()
    };
    let permit = permit(HEAD, Action::DecideCase);
    let refused = desk.case.clone().take(decide(), &permit, &setting);
    assert_eq!(refused.unwrap_err().code, Code::DefenceWindowOpen);
}

#[test]
fn a_party_answers_and_asks_to_be_heard_while_the_case_waits() {
    let mut desk = told(12_000);
    desk.go(suspend()).later(1);
    assert_eq!(desk.refused(decide()), Code::WrongState);
    desk.go(state()).go(ask_hearing());
    // It waits already; what was asked for is waited for when the suspension ends.
    assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Paused));
    let (rule, on) = (DEFEND, desk.today());
    assert_eq!(desk.effects, vec![ClockEffect::Satisfy { rule, on }]);
    let at = desk.now() + TimeDelta::days(21);
    assert_eq!(desk.refused(announce(at)), Code::WrongState);
    desk.later(1).go(Command::ResumeCase);
    assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Paused));
    let pauses = &desk.clocks.0[DECIDE].last().unwrap().pauses;
    let causes: Vec<_> = pauses.iter().map(|pause| pause.cause).collect();
    assert_eq!(causes, [PauseCause::Suspension, PauseCause::Hearing]);
    let at = desk.now() + TimeDelta::days(21);
    desk.invited(at).later(21).go(hold());
    assert_eq!(desk.clocks.last(DECIDE), Some(Stands::Running));
}

#[test]
fn where_the_law_says_no_sum_every_party_may_ask_to_be_heard() {
    let mut desk = Desk::new();
    desk.setting.hearing_from = None;
    desk.audited(fined(100)).told().go(ask_hearing());
}

#[test]
fn a_waiver_needs_no_calendar() {
    let mut desk = Desk::filed("2026-12-01T02:00:00Z".parse().unwrap());
    desk.on("2026-12-22".parse().unwrap());
    desk.audited(fined(5000)).told();
    desk.go(waive()).go(decide());
}

#[test]
fn a_new_report_needs_a_new_notice_with_days_of_its_own() {
    let mut desk = told(5000);
    desk.silent().go(propose(fined(4000)));
    desk.go(audit(liangxin_domain::cases::file::AuditKind::Case));
    assert_eq!(desk.refused(decide()), Code::NoticeRequired);
    desk.told();
    assert_eq!(desk.refused(decide()), Code::DefenceWindowOpen);
    desk.silent().go(decide());
}
