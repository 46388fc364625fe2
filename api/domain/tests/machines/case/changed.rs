//! What a review, a court or the bureau itself makes of a decision, several times after one another.

use super::{
    super::people::{line, reason, words},
    Desk,
    samples::*,
};
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{
        charge::{Penalty, Sanction},
        command::Command,
        ending::{Change, ChangeKind, ChangedBy, Left},
    },
    money::Fen,
    notices::{notice::Channel, paper::Paper},
    refusal::Code,
};

fn changed(kind: ChangeKind, on: NaiveDate, left: Left) -> Command {
    Command::ChangeDecision {
        kind,
        by: ChangedBy::Review,
        body: line("长沙市人民政府"),
        document: line("长政复决字〔2026〕1号"),
        on,
        left,
        reason: reason(),
    }
}

pub(super) fn change(kind: ChangeKind, on: NaiveDate, fine: i64) -> Command {
    let fine = Some(yuan(fine));
    changed(
        kind,
        on,
        Left {
            fine,
            ..Left::default()
        },
    )
}

pub(super) fn correct(on: NaiveDate) -> Command {
    changed(ChangeKind::Corrected, on, Left::default())
}

pub(super) fn lower_gains(on: NaiveDate, gains: Fen) -> Command {
    let gains = Some(gains);
    changed(
        ChangeKind::Lowered,
        on,
        Left {
            gains,
            ..Left::default()
        },
    )
}

/// What lowered the decision, the oldest first.
pub(super) fn lowered(desk: &Desk) -> Vec<&Change> {
    let file = &desk.case.file;
    let all = file.former_changes.iter().chain(&file.change);
    all.filter(|change| change.kind == ChangeKind::Lowered)
        .collect()
}

/// A decision that takes 1,000 of fine, 4,000 of gains and things worth 300.
fn taking() -> Desk {
    let mut desk = Desk::new();
    desk.served(Penalty {
        sanction: Sanction {
            gains: Some(yuan(4000)),
            takes_gains: true,
            items: Some(words()),
            items_value: yuan(300),
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-CHT-01", 1000)])
    });
    desk
}

#[test]
fn what_was_lowered_and_then_annulled_is_compared_by_what_it_was_lowered_to() {
    let mut desk = taking();
    let today = desk.today();
    let left = Left {
        fine: Some(yuan(400)),
        gains: Some(yuan(1500)),
        goods: Some(Fen::ZERO),
    };
    desk.go(changed(ChangeKind::Lowered, today, left));
    desk.go(change(ChangeKind::Annulled, today, 0));
    assert_eq!(desk.case.fine(), Fen::ZERO);
    let of = |fine, items| Penalty {
        sanction: Sanction {
            gains: Some(yuan(1500)),
            takes_gains: true,
            items,
            ..Sanction::default()
        },
        ..penalty(vec![charge("M-CHT-01", fine)])
    };
    let mut anew = Desk::new();
    anew.setting.former = desk.case.last_weight();
    for heavier in [of(401, None), of(400, Some(words()))] {
        assert_eq!(anew.refused(propose(heavier)), Code::HeavierNeedsNewFacts);
    }
    anew.go(propose(of(400, None)));
}

#[test]
fn gains_and_things_are_lowered_too_and_what_is_not_named_stays() {
    let mut desk = taking();
    let today = desk.today();
    let sums = |desk: &Desk| (desk.case.fine(), desk.case.gains(), desk.case.goods());
    assert_eq!(sums(&desk), (yuan(1000), yuan(4000), yuan(300)));
    for more in [yuan(4000), yuan(4001)] {
        assert_eq!(
            desk.refused(lower_gains(today, more)),
            Code::FineHeavierThanNotice
        );
    }
    desk.go(lower_gains(today, yuan(1500)));
    assert_eq!(sums(&desk), (yuan(1000), yuan(1500), yuan(300)));
    assert_eq!(desk.case.sum(), yuan(2800));
    assert_eq!(desk.owed().unwrap().penalty, yuan(2500));
    let goods = Left {
        goods: Some(Fen::ZERO),
        ..Left::default()
    };
    desk.go(changed(ChangeKind::Lowered, today, goods));
    assert_eq!(sums(&desk), (yuan(1000), yuan(1500), Fen::ZERO));
    // Less of one makes up for nothing of another.
    let mixed = Left {
        fine: Some(yuan(1)),
        gains: Some(yuan(1501)),
        goods: None,
    };
    let mixed = changed(ChangeKind::Lowered, today, mixed);
    assert_eq!(desk.refused(mixed), Code::FineHeavierThanNotice);
}

#[test]
fn each_change_stays_in_the_file_and_the_last_one_counts() {
    let mut desk = taking();
    let today = desk.today();
    desk.go(change(ChangeKind::Lowered, today, 800));
    desk.go(lower_gains(today, yuan(100)));
    desk.go(change(ChangeKind::Lowered, today, 500));
    assert_eq!(
        (desk.case.fine(), desk.case.gains()),
        (yuan(500), yuan(100))
    );
    desk.go(change(ChangeKind::Annulled, today, 0));
    let fines: Vec<_> = desk.case.file.changes().map(|change| change.fine).collect();
    assert_eq!(fines, [yuan(800), yuan(800), yuan(500), Fen::ZERO]);
    assert_eq!(desk.refused(correct(today)), Code::WrongState);
}

#[test]
fn a_slip_of_the_pen_is_put_right_before_the_service_too_and_is_no_other_decision() {
    let mut desk = Desk::new();
    let today = desk.today();
    assert_eq!(desk.refused(correct(today)), Code::CaseNotDecided);
    desk.decided(fined(5000));
    let (today, open) = (desk.today(), desk.clocks.open());
    desk.go(correct(today));
    assert_eq!(desk.paper, Some(Paper::DecisionChange));
    assert_eq!(desk.clocks.open(), open);
    let delivery = delivery(Channel::InPerson, desk.now());
    desk.go(serve_decision(delivery));
    assert_eq!(desk.case.fine(), yuan(5000));
    desk.go(change(ChangeKind::Lowered, today, 3000))
        .go(correct(today));
    assert_eq!(desk.case.fine(), yuan(3000));
}

#[test]
fn what_was_paid_beyond_what_is_left_is_the_partys() {
    let mut desk = Desk::new();
    desk.served(fined(5000));
    let today = desk.today();
    let over = |desk: &Desk| desk.case.overpaid_by(desk.today(), desk.asked().paying);
    desk.go(pay(5000, today, "罚0001"));
    assert_eq!(over(&desk), Fen::ZERO);
    desk.go(change(ChangeKind::Lowered, today, 3000));
    assert_eq!(over(&desk), yuan(2000));
    desk.go(change(ChangeKind::Annulled, today, 0));
    assert_eq!(over(&desk), yuan(5000));
}

#[test]
fn a_late_fee_is_not_paid_beyond_what_is_left() {
    let mut desk = Desk::new();
    desk.served(fined(5000));
    // One day late: 150 of fee.
    let today = desk.due(1);
    desk.on(today);
    desk.go(pay(5150, today, "罚0001"));
    let over = |desk: &Desk| desk.case.overpaid_by(desk.today(), desk.asked().paying);
    assert_eq!(over(&desk), Fen::ZERO);
    // Three percent of what is left, and not of what was decided.
    desk.go(change(ChangeKind::Lowered, today, 1000));
    assert_eq!(over(&desk), yuan(4120));
}
