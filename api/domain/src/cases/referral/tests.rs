use super::*;
use crate::{
    cases::{
        case::{Case, DECIDE},
        command::Command,
        file::{CaseStateKind, NoPenaltyGround, SuspensionCause},
        tests::{
            HEAD, after, case, day, decide, line, pass, propose, ready, reason, refused, setting,
            take, user, words, yuan,
        },
    },
    law::{clock::PauseCause, effect::ClockEffect},
    notices::paper::Paper,
    refusal::Code,
    reports::state::Receiver,
};

mod waiting;

fn report() -> Command {
    Command::ReportCrime {
        facts: words("涉嫌销售伪劣产品。"),
        report: words("经两名执法人员核实，建议移送。"),
    }
}

fn decision(refer: bool) -> Command {
    Command::DecideReferral {
        refer,
        reason: reason(),
    }
}

fn hand_over() -> Command {
    Command::HandOver {
        transfer: Transfer {
            to: line("天心区公安分局"),
            document: line("移送书第1号"),
            enclosures: Enclosures {
                goods: words("电子秤一台。"),
                tests: words("检定结果通知书一份。"),
                others: words("没有其他材料。"),
            },
        },
    }
}

fn answer(accepted: bool, on: &str) -> Command {
    Command::NotePoliceAnswer {
        accepted,
        document: line("通知书第1号"),
        on: day(on),
    }
}

fn review() -> Command {
    Command::AskReview { reason: reason() }
}

fn goods() -> Command {
    Command::HandOverGoods {
        list: words("电子秤一台。"),
    }
}

fn liability(is_liable: bool, on: &str) -> Command {
    Command::NoteLiability {
        is_liable,
        document: line("起诉书第1号"),
        on: day(on),
    }
}

fn returned(on: &str) -> Command {
    Command::ReturnFromPolice {
        document: line("移送函第1号"),
        on: day(on),
        reason: reason(),
    }
}

fn transfer(to: Receiver) -> Command {
    Command::TransferCase {
        to,
        receiver: line("接收机关"),
        reason: words("不属本机关管辖。"),
    }
}

fn suspend() -> Command {
    Command::SuspendCase {
        cause: SuspensionCause::OtherDecision,
        reason: reason(),
    }
}

/// Each step on the day that is named with it.
fn steps(case: Case, steps: impl IntoIterator<Item = (Command, &'static str)>) -> Case {
    steps
        .into_iter()
        .fold(case, |case, (step, on)| after(case, step, on))
}

fn handed_over(case: Case) -> Case {
    let path = [
        (report(), "2026-06-02"),
        (decision(true), "2026-06-03"),
        (hand_over(), "2026-06-04"),
    ];
    steps(case, path)
}

fn accepted(case: Case) -> Case {
    after(handed_over(case), answer(true, "2026-06-05"), "2026-06-05")
}

fn refusal(case: Case) -> Case {
    after(handed_over(case), answer(false, "2026-06-05"), "2026-06-05")
}

fn state(case: &Case) -> ReferralState {
    case.file.referral().unwrap().state()
}

fn clocks(case: Case, command: Command, on: &str) -> Vec<ClockEffect> {
    take(case, command, &setting(on)).unwrap().clocks
}

fn starts(rule: &'static str, on: &str) -> ClockEffect {
    let opened_on = day(on);
    ClockEffect::Start { rule, opened_on }
}

fn done(rule: &'static str, on: &str) -> ClockEffect {
    ClockEffect::Satisfy { rule, on: day(on) }
}

#[test]
fn a_crime_is_reported_without_any_proposal_and_the_case_stays_where_it_is() {
    let step = take(case(), report(), &setting("2026-06-02")).unwrap();
    assert_eq!(step.clocks, [starts(REFERRAL, "2026-06-02")]);
    assert_eq!(step.after.state_kind(), CaseStateKind::Filed);
    assert_eq!(state(&step.after), ReferralState::Reported);
    let reported = &step.after.file.referral().unwrap().reported;
    assert_eq!(reported.officers, case().investigators);
}

#[test]
fn a_crime_is_reported_in_every_state_before_the_decision() {
    let paths = [
        vec![],
        vec![suspend()],
        vec![propose(yuan(300))],
        vec![propose(yuan(300)), pass()],
        vec![propose(yuan(300)), pass(), Command::IssueNotice],
    ];
    for path in paths {
        let path = path.into_iter().map(|step| (step, "2026-06-02"));
        let reported = after(steps(case(), path), report(), "2026-06-02");
        assert_eq!(state(&reported), ReferralState::Reported);
    }
}

#[test]
fn one_officer_does_not_report_a_crime() {
    let mut case = case();
    case.investigators = Team::stored([user(11)]);
    let code = refused(&case, report(), "2026-06-02");
    assert_eq!(code, Code::InspectorsTwoRequired);
}

#[test]
fn nothing_is_referred_after_the_decision_or_the_end() {
    let decided = after(ready(yuan(300), "2026-06-02"), decide(), "2026-06-02");
    let ended = after(case(), transfer(Receiver::OtherAgency), "2026-06-02");
    for case in [decided, ended] {
        assert_eq!(refused(&case, report(), "2026-06-03"), Code::WrongState);
    }
}

#[test]
fn a_second_report_waits_for_the_first_one() {
    let reported = after(case(), report(), "2026-06-02");
    assert_eq!(
        refused(&reported, report(), "2026-06-02"),
        Code::ReferralOpen
    );
    let declined = after(reported, decision(false), "2026-06-03");
    let again = after(declined, report(), "2026-06-04");
    assert_eq!(again.file.referrals.len(), 2);
    assert_eq!(state(&again), ReferralState::Reported);
}

#[test]
fn the_head_decides_and_the_hand_over_has_its_day_and_its_paper() {
    let reported = after(case(), report(), "2026-06-02");
    let decided = take(reported, decision(true), &setting("2026-06-03")).unwrap();
    let on = "2026-06-03";
    assert_eq!(decided.clocks, [done(REFERRAL, on), starts(HAND_OVER, on)]);
    let step = take(decided.after, hand_over(), &setting("2026-06-04")).unwrap();
    let on = "2026-06-04";
    assert_eq!(step.clocks, [done(HAND_OVER, on), starts(ANSWER, on)]);
    assert_eq!(step.paper, Some(Paper::PoliceTransfer));
    assert_eq!(state(&step.after), ReferralState::HandedOver);
}

#[test]
fn what_the_head_declines_is_not_handed_over_and_the_case_is_decided() {
    let path = [(report(), "2026-06-02"), (decision(false), "2026-06-03")];
    let declined = steps(ready(yuan(300), "2026-06-02"), path);
    let code = refused(&declined, hand_over(), "2026-06-03");
    assert_eq!(code, Code::WrongState);
    let decided = after(declined, decide(), "2026-06-03");
    assert_eq!(decided.state_kind(), CaseStateKind::Decided);
}

#[test]
fn each_step_has_its_place_in_the_order() {
    let on = "2026-06-05";
    let later = [
        decision(true),
        hand_over(),
        answer(true, on),
        review(),
        goods(),
        liability(true, on),
        returned(on),
    ];
    for step in later.clone() {
        assert_eq!(refused(&case(), step, on), Code::ReferralRequired);
    }
    let reported = after(case(), report(), "2026-06-02");
    for step in later.into_iter().skip(1) {
        assert_eq!(refused(&reported, step, on), Code::WrongState);
    }
}

#[test]
fn goods_follow_once_within_their_days() {
    let given = handed_over(case());
    let touched = clocks(given, answer(true, "2026-06-05"), "2026-06-06");
    let on = "2026-06-05";
    assert_eq!(touched, [done(ANSWER, on), starts(GOODS, on)]);
    let step = take(accepted(case()), goods(), &setting("2026-06-08")).unwrap();
    assert_eq!(step.clocks, [done(GOODS, "2026-06-08")]);
    let code = refused(&step.after, goods(), "2026-06-08");
    assert_eq!(code, Code::GoodsWithPolice);
}

#[test]
fn a_refusal_is_reviewed_once_and_in_time() {
    let touched = clocks(
        handed_over(case()),
        answer(false, "2026-06-05"),
        "2026-06-05",
    );
    let on = "2026-06-05";
    assert_eq!(touched, [done(ANSWER, on), starts(REVIEW, on)]);
    let no = refusal(case());
    assert_eq!(refused(&no, review(), "2027-01-01"), Code::ReviewLate);
    let step = take(no, review(), &setting("2026-06-08")).unwrap();
    let on = "2026-06-08";
    assert_eq!(step.clocks, [done(REVIEW, on), starts(ANSWER, on)]);
    assert_eq!(state(&step.after), ReferralState::UnderReview);
    let on = "2026-06-09";
    let touched = clocks(step.after.clone(), answer(false, on), on);
    assert_eq!(touched, [done(ANSWER, on)]);
    let still_no = after(step.after, answer(false, on), on);
    assert_eq!(refused(&still_no, review(), on), Code::ReviewAskedBefore);
}

#[test]
fn after_a_review_the_police_may_take_it_up_nevertheless() {
    let asked = after(refusal(case()), review(), "2026-06-08");
    let taken = after(asked, answer(true, "2026-06-09"), "2026-06-09");
    assert!(taken.file.is_with_police());
}

#[test]
fn what_the_police_refuse_is_decided_here_and_the_right_to_a_review_ends() {
    let no = refusal(ready(yuan(300), "2026-06-02"));
    let touched = clocks(no, decide(), "2026-06-08");
    let (rule, on) = (REVIEW, day("2026-06-08"));
    assert!(touched.contains(&ClockEffect::Lapse { rule, on }));
    let no = refusal(ready(yuan(300), "2026-06-02"));
    let decided = after(no, decide(), "2026-06-06");
    assert_eq!(refused(&decided, review(), "2026-06-06"), Code::WrongState);
}

#[test]
fn a_case_goes_to_the_police_by_a_referral_that_was_handed_over() {
    let to_police = || transfer(Receiver::Police);
    let code = refused(&case(), to_police(), "2026-06-02");
    assert_eq!(code, Code::ReferralRequired);
    let approved = steps(
        case(),
        [(report(), "2026-06-02"), (decision(true), "2026-06-03")],
    );
    let code = refused(&approved, to_police(), "2026-06-04");
    assert_eq!(code, Code::ReferralRequired);
    let given = after(approved, hand_over(), "2026-06-04");
    let ended = after(given, to_police(), "2026-06-04");
    assert_eq!(ended.state_kind(), CaseStateKind::Transferred);
    let code = refused(&ended, to_police(), "2026-06-05");
    assert_eq!(code, Code::WrongState);
}

#[test]
fn a_refusal_that_comes_after_the_case_went_to_the_police_may_be_reviewed() {
    let given = handed_over(case());
    let ended = after(given, transfer(Receiver::Police), "2026-06-04");
    let on = "2026-06-05";
    let no = take(ended, answer(false, on), &setting(on)).unwrap();
    assert_eq!(no.clocks, [done(ANSWER, on), starts(REVIEW, on)]);
    let asked = after(no.after, review(), "2026-06-08");
    assert_eq!(state(&asked), ReferralState::UnderReview);
}

#[test]
fn what_the_police_say_lies_neither_ahead_nor_before_they_could_say_it() {
    let given = handed_over(case());
    let taken = accepted(case());
    let (on, ahead) = ("2026-06-08", "2026-06-09");
    for (case, step) in [
        (&given, answer(true, ahead)),
        (&taken, liability(true, ahead)),
        (&taken, returned(ahead)),
    ] {
        assert_eq!(refused(case, step, on), Code::TimeInFuture);
    }
    for (case, step) in [
        (&given, answer(true, "2026-06-03")),
        (&taken, liability(true, "2026-06-04")),
        (&taken, returned("2026-06-04")),
    ] {
        assert_eq!(refused(case, step, on), Code::TimeTooOld);
    }
}

#[test]
fn a_crime_is_on_record_only_when_somebody_was_held_liable() {
    let taken = accepted(case());
    assert_eq!(taken.file.liable_on(), None);
    let held = after(taken, liability(true, "2026-08-03"), "2026-08-04");
    assert_eq!(held.file.liable_on(), Some(day("2026-08-03")));
    let acquitted = after(held, liability(false, "2026-10-12"), "2026-10-12");
    assert_eq!(acquitted.file.liable_on(), None);
}

#[test]
fn liability_is_noted_also_after_the_case_ended_with_the_police() {
    let ended = after(accepted(case()), transfer(Receiver::Police), "2026-06-08");
    assert_eq!(ended.state_kind(), CaseStateKind::Transferred);
    let held = after(ended, liability(true, "2026-08-03"), "2026-08-04");
    assert_eq!(held.file.liable_on(), Some(day("2026-08-03")));
}

#[test]
fn acts_of_one_kind_have_an_end() {
    let mut many = after(
        after(case(), report(), "2026-06-02"),
        decision(false),
        "2026-06-02",
    );
    let one = many.file.referrals.clone();
    many.file.referrals = one.into_iter().cycle().take(100).collect();
    assert_eq!(refused(&many, report(), "2026-06-03"), Code::FieldTooLong);
    let mut noted = after(
        accepted(case()),
        liability(true, "2026-06-05"),
        "2026-06-08",
    );
    let last = noted.file.referrals.last_mut().unwrap();
    let one = last.liability.clone();
    last.liability = one.into_iter().cycle().take(100).collect();
    let code = refused(&noted, liability(true, "2026-06-05"), "2026-06-08");
    assert_eq!(code, Code::FieldTooLong);
}

#[test]
fn a_file_of_before_referrals_reads_as_one_without() {
    let mut kept = serde_json::to_value(case().file).unwrap();
    kept.as_object_mut().unwrap().remove("referrals");
    let file: File = serde_json::from_value(kept).unwrap();
    assert_eq!(file, case().file);
}

#[test]
fn the_marks_name_who_acted() {
    let reported = after(case(), report(), "2026-06-02");
    assert_eq!(
        reported.file.referral().unwrap().reported.made.by,
        user(HEAD)
    );
}
