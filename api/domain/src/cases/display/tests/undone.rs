//! More time for a decision on credit repair, and a repair that was got by lying.

use super::*;

fn extend() -> Command {
    Command::ExtendRepair { reason: reason() }
}

fn undo() -> Command {
    Command::UndoRepair { reason: reason() }
}

fn accepted() -> Case {
    let steps = [ask(), accept(None)];
    steps.into_iter().fold(carried_out(), |case, command| {
        step(case, command, "2026-06-01")
    })
}

#[test]
fn the_head_takes_more_time_for_what_was_taken_up_and_is_not_decided() {
    let (case, on) = (accepted(), "2026-06-03");
    let taken = take(case.clone(), extend(), &known(&case, on)).unwrap();
    let rule = DECIDE_REPAIR;
    assert!(matches!(
        taken.clocks[..],
        [ClockEffect::Extend { rule: found, on: at, .. }] if found == rule && at == day(on)
    ));
    let extended = taken.after.file.repair().unwrap().extended.clone();
    assert_eq!(extended.unwrap().reason, reason());
    let asked = step(carried_out(), ask(), "2026-06-01");
    for case in [asked, granted()] {
        assert_eq!(code(&case, extend(), on), Code::WrongState);
    }
}

#[test]
fn what_was_got_by_lying_is_shown_anew_for_three_years_and_nobody_asks_again_meanwhile() {
    let lied = step(granted(), undo(), "2026-09-10");
    assert_eq!(lied.file.repair().unwrap().state(), RepairState::Undone);
    assert_eq!(lied.file.repaired_on(), None);
    let shown = display(&lied);
    assert_eq!(shown.until, Some(day("2029-09-10")));
    assert_eq!(shown.repair_after, Some(day("2029-09-10")));
    assert!(shown.is_public_on(day("2029-09-10")));
    assert!(!shown.is_public_on(day("2029-09-11")));
    assert_eq!(code(&lied, ask(), "2028-01-03"), Code::RepairTooEarly);
    assert_eq!(code(&lied, undo(), "2026-09-11"), Code::WrongState);
}

#[test]
fn only_what_was_granted_is_undone_and_not_with_a_decision_that_is_gone() {
    let on = "2026-09-10";
    assert_eq!(code(&carried_out(), undo(), on), Code::RepairRequired);
    assert_eq!(code(&accepted(), undo(), on), Code::WrongState);
    let rejected = step(accepted(), ruling(false), on);
    assert_eq!(code(&rejected, undo(), on), Code::WrongState);
    let gone = annulled(granted(), on);
    assert_eq!(code(&gone, undo(), on), Code::WrongState);
}

#[test]
fn an_application_of_before_reads_as_one_that_nobody_extended_or_undid() {
    let mut kept = serde_json::to_value(granted().file).unwrap();
    let repair = kept["repairs"][0].as_object_mut().unwrap();
    for later in ["extended", "undone"] {
        repair.remove(later).unwrap();
    }
    let file: File = serde_json::from_value(kept).unwrap();
    assert_eq!(file, granted().file);
}
