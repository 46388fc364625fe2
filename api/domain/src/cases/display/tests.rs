mod undone;

use super::*;
use crate::{
    cases::{
        command::{Command, Setting},
        ending::{ChangeKind, ChangedBy, Left},
        file::File,
        tests::{
            after, case, day, decide, line, penalty, ready, reason, served, setting, take, words,
            yuan,
        },
    },
    law::effect::ClockEffect,
    refusal::Code,
};

/// The day of the decision of every sample.
const ON: &str = "2026-02-02";
/// Beyond the sum up to which a mitigated fine is light.
const GENERAL_FINE: i64 = 6000;

fn light_up_to() -> Option<Fen> {
    Some(yuan(5000))
}

fn rules() -> DeadlineRules {
    DeadlineRules::embedded().unwrap()
}

fn class(case: &Case) -> DisplayClass {
    case.display_class(light_up_to()).unwrap()
}

fn display(case: &Case) -> Display {
    case.display(&rules(), light_up_to()).unwrap().unwrap()
}

fn general() -> Case {
    served(yuan(GENERAL_FINE), ON)
}

/// One whose fine is paid and whose correction was seen.
fn carried_out() -> Case {
    carrying_out().into_iter().fold(general(), step_at_once)
}

fn step_at_once(case: Case, command: Command) -> Case {
    after(case, command, ON)
}

fn carrying_out() -> [Command; 2] {
    let paid = Command::RecordFinePayment {
        sum: yuan(GENERAL_FINE),
        paid_on: day(ON),
        receipt: line("票据第1号"),
    };
    let checked = Command::CheckCorrection {
        violation: None,
        on: day(ON),
        is_made: true,
        found: words("已改正。"),
    };
    [paid, checked]
}

fn annulled(case: Case, on: &str) -> Case {
    after(case, change(ChangeKind::Annulled, 0, on), on)
}

fn change(kind: ChangeKind, left: i64, on: &str) -> Command {
    Command::ChangeDecision {
        kind,
        by: ChangedBy::Review,
        body: line("区人民政府"),
        document: line("复议决定第1号"),
        on: day(on),
        left: Left {
            fine: Some(yuan(left)),
            ..Left::default()
        },
        reason: reason(),
    }
}

fn ask() -> Command {
    Command::RepairCredit {
        promise: line("信用承诺书"),
        proof: line("缴款票据"),
    }
}

fn accept(missing: Option<&str>) -> Command {
    Command::AcceptRepair {
        missing: missing.map(words),
    }
}

fn ruling(grant: bool) -> Command {
    Command::DecideRepair {
        grant,
        reason: reason(),
    }
}

/// What the setting knows of a case on a day.
fn known(case: &Case, on: &str) -> Setting {
    Setting {
        display: case.display(&rules(), light_up_to()).unwrap(),
        ..setting(on)
    }
}

fn step(case: Case, command: Command, on: &str) -> Case {
    let setting = known(&case, on);
    take(case, command, &setting).unwrap().after
}

fn clocks(case: &Case, command: Command, on: &str) -> Vec<ClockEffect> {
    let taken = take(case.clone(), command, &known(case, on));
    taken.unwrap().clocks
}

fn code(case: &Case, command: Command, on: &str) -> Code {
    let taken = take(case.clone(), command, &known(case, on));
    taken.unwrap_err().code
}

fn granted() -> Case {
    let steps = [ask(), accept(None), ruling(true)];
    steps.into_iter().fold(carried_out(), |case, command| {
        step(case, command, "2026-06-01")
    })
}

#[test]
fn a_warning_alone_is_never_shown() {
    let warned = served(Fen::ZERO, ON);
    assert_eq!(class(&warned), DisplayClass::None);
    assert_eq!(display(&warned).until, None);
    assert!(!display(&warned).is_public_on(day(ON)));
}

#[test]
fn what_was_imposed_on_the_spot_is_never_shown() {
    let mut case = served(yuan(200), ON);
    case.file.on_the_spot = Some(crate::cases::on_the_spot::OnTheSpotRecord {
        told: words("口头告知。"),
        papers: None,
    });
    assert_eq!(class(&case), DisplayClass::None);
}

#[test]
fn a_small_mitigated_fine_is_light_and_everything_else_is_general() {
    assert_eq!(class(&served(yuan(5000), ON)), DisplayClass::Light);
    assert_eq!(class(&served(yuan(5001), ON)), DisplayClass::General);
    let unknown = served(yuan(5000), ON).display_class(None);
    assert_eq!(unknown, Some(DisplayClass::General));
    let mut ordinary = served(yuan(5000), ON);
    let decision = ordinary.file.decision.as_mut().unwrap();
    decision.penalty.tier = Some(Tier::Ordinary);
    assert_eq!(class(&ordinary), DisplayClass::General);
}

#[test]
fn what_takes_things_away_is_not_light() {
    let mut takes = served(Fen::ZERO, ON);
    let decision = takes.file.decision.as_mut().unwrap();
    decision.penalty.sanction.items = Some(words("电子秤一台"));
    assert_eq!(class(&takes), DisplayClass::General);
}

#[test]
fn a_fine_that_was_lowered_is_of_the_class_of_what_is_left() {
    let lowered = after(general(), change(ChangeKind::Lowered, 5000, ON), ON);
    assert_eq!(class(&lowered), DisplayClass::Light);
}

#[test]
fn without_a_decision_that_stands_there_is_no_class() {
    let gone = annulled(general(), "2026-03-02");
    for case in [case(), gone] {
        assert_eq!(case.display_class(light_up_to()), None);
        assert_eq!(case.display(&rules(), light_up_to()), Ok(None));
    }
}

#[test]
fn times_run_to_the_same_day_or_to_the_last_of_a_shorter_month() {
    let until = |class: DisplayClass, on| class.shown_until(day(on), &rules()).unwrap();
    let light = |on| until(DisplayClass::Light, on);
    assert_eq!(light("2026-02-02"), Some(day("2026-05-02")));
    assert_eq!(light("2026-11-30"), Some(day("2027-02-28")));
    let general = |on| until(DisplayClass::General, on);
    assert_eq!(general("2026-02-02"), Some(day("2027-02-02")));
    assert_eq!(general("2028-02-29"), Some(day("2029-02-28")));
    assert_eq!(until(DisplayClass::None, "2026-02-02"), None);
}

#[test]
fn a_decision_of_before_the_rule_has_no_time() {
    let before = DisplayClass::Light.shown_until(day("2025-12-31"), &rules());
    assert!(matches!(before, Err(LawError::NotInForce { .. })));
}

#[test]
fn it_is_public_from_its_service_up_to_its_last_day() {
    let shown = display(&served(yuan(5000), ON));
    assert!(!shown.is_public_on(day("2026-02-01")));
    assert!(shown.is_public_on(day(ON)));
    assert!(shown.is_public_on(day("2026-05-02")));
    assert!(!shown.is_public_on(day("2026-05-03")));
    let unserved = after(ready(yuan(5000), ON), decide(), ON);
    assert!(!display(&unserved).is_public_on(day("2026-03-02")));
}

#[test]
fn a_granted_repair_ends_the_display_on_its_day() {
    let shown = display(&granted());
    assert!(shown.is_public_on(day("2026-05-31")));
    assert!(!shown.is_public_on(day("2026-06-01")));
}

#[test]
fn a_rejected_repair_ends_nothing_and_may_be_asked_for_again() {
    let steps = [ask(), accept(None), ruling(false), ask()];
    let case = steps.into_iter().fold(carried_out(), |case, command| {
        step(case, command, "2026-06-01")
    });
    assert!(display(&case).is_public_on(day("2026-06-01")));
    assert_eq!(case.file.repairs.len(), 2);
}

#[test]
fn each_step_of_a_repair_has_its_period() {
    let (on, opened_on) = (day("2026-06-01"), day("2026-06-01"));
    let start = |rule| ClockEffect::Start { rule, opened_on };
    let done = |rule| ClockEffect::Satisfy { rule, on };
    let case = carried_out();
    let on = "2026-06-01";
    assert_eq!(clocks(&case, ask(), on), [start(ACCEPT)]);
    let asked = step(case, ask(), on);
    let more = clocks(&asked, accept(Some("缺少承诺书。")), on);
    assert_eq!(more, [done(ACCEPT)]);
    let taken = clocks(&asked, accept(None), on);
    assert_eq!(taken, [done(ACCEPT), start(DECIDE_REPAIR)]);
    let accepted = step(asked, accept(None), on);
    assert_eq!(clocks(&accepted, ruling(true), on), [done(DECIDE_REPAIR)]);
}

#[test]
fn more_is_asked_for_once() {
    let on = "2026-06-01";
    let asked = step(carried_out(), ask(), on);
    let waits = step(asked, accept(Some("缺少承诺书。")), on);
    assert_eq!(
        waits.file.repair().unwrap().state(),
        RepairState::Incomplete
    );
    assert_eq!(code(&waits, accept(None), on), Code::WrongState);
    let again = step(waits, ask(), on);
    assert_eq!(again.file.repairs.len(), 1);
    let twice = code(&again, accept(Some("仍缺少。")), on);
    assert_eq!(twice, Code::RepairAskedBefore);
}

#[test]
fn only_what_is_shown_for_long_is_asked_for_and_not_at_once() {
    let case = carried_out();
    assert_eq!(code(&case, ask(), "2026-05-02"), Code::RepairTooEarly);
    assert!(take(case.clone(), ask(), &known(&case, "2026-05-03")).is_ok());
    assert_eq!(code(&case, ask(), "2027-02-03"), Code::RepairNeedless);
    let light = served(yuan(5000), ON);
    assert_eq!(code(&light, ask(), "2026-04-01"), Code::RepairNeedless);
    assert_eq!(code(&granted(), ask(), "2026-07-01"), Code::RepairNeedless);
}

#[test]
fn everything_is_paid_and_put_right_first() {
    let found = code(&general(), ask(), "2026-06-01");
    assert_eq!(found, Code::RepairNotCarriedOut);
}

#[test]
fn what_was_closed_in_spite_of_a_debt_is_repaired_once_all_is_carried_out() {
    let in_spite = Command::FinishCase {
        in_spite: Some(reason()),
    };
    let closed = after(general(), in_spite, ON);
    let on = "2026-06-01";
    assert_eq!(code(&closed, ask(), on), Code::RepairNotCarriedOut);
    let done = carrying_out().into_iter().fold(closed, step_at_once);
    let asked = step(done, ask(), on);
    let ended = step(step(asked, accept(None), on), ruling(true), on);
    assert_eq!(ended.file.repaired_on(), Some(day(on)));
}

#[test]
fn a_new_penalty_of_the_kind_forbids_it_also_at_the_decision() {
    let on = "2026-06-01";
    let case = carried_out();
    let again = Setting {
        has_new_penalty: true,
        ..known(&case, on)
    };
    let refused = take(case.clone(), ask(), &again).unwrap_err();
    assert_eq!(refused.code, Code::RepairNewPenalty);
    let accepted = step(step(case, ask(), on), accept(None), on);
    let refused = take(accepted.clone(), ruling(true), &again).unwrap_err();
    assert_eq!(refused.code, Code::RepairNewPenalty);
    assert!(take(accepted, ruling(false), &again).is_ok());
}

#[test]
fn one_application_is_open_at_a_time_and_each_step_has_its_place() {
    let on = "2026-06-01";
    let case = carried_out();
    assert_eq!(code(&case, accept(None), on), Code::RepairRequired);
    assert_eq!(code(&case, ruling(true), on), Code::RepairRequired);
    let asked = step(case, ask(), on);
    assert_eq!(code(&asked, ask(), on), Code::RepairOpen);
    assert_eq!(code(&asked, ruling(true), on), Code::WrongState);
}

#[test]
fn nothing_is_asked_for_without_a_decision_that_stands() {
    assert_eq!(code(&case(), ask(), "2026-06-01"), Code::WrongState);
    let asked = step(carried_out(), ask(), "2026-06-01");
    let gone = annulled(asked, "2026-06-02");
    for command in [ask(), accept(None)] {
        assert_eq!(code(&gone, command, "2026-06-02"), Code::WrongState);
    }
}

#[test]
fn what_runs_of_a_repair_ends_with_the_decision() {
    let on = "2026-06-01";
    let gone = change(ChangeKind::Annulled, 0, on);
    let lapse = |rule| ClockEffect::Lapse { rule, on: day(on) };
    let asked = step(carried_out(), ask(), on);
    assert!(clocks(&asked, gone.clone(), on).contains(&lapse(ACCEPT)));
    let accepted = step(asked, accept(None), on);
    assert!(clocks(&accepted, gone, on).contains(&lapse(DECIDE_REPAIR)));
}

#[test]
fn applications_have_an_end() {
    let steps = [ask(), accept(None), ruling(false)];
    let mut many = steps.into_iter().fold(carried_out(), |case, command| {
        step(case, command, "2026-06-01")
    });
    let one = many.file.repairs.clone();
    many.file.repairs = one.into_iter().cycle().take(100).collect();
    assert_eq!(code(&many, ask(), "2026-06-02"), Code::FieldTooLong);
}

#[test]
fn a_file_of_before_reads_as_one_without_applications() {
    let mut kept = serde_json::to_value(general().file).unwrap();
    kept.as_object_mut().unwrap().remove("repairs");
    let file: File = serde_json::from_value(kept).unwrap();
    assert_eq!(file, general().file);
    assert_eq!(general().standing(), Some(&penalty(yuan(GENERAL_FINE))));
}
