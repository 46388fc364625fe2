//! What a charge rests on, what a penalty weighs, and why there is none. Told by the file and the days alone.

use super::{
    Desk,
    demands::day,
    samples::{ORDERED, PLAIN, SHORT},
};
use chrono::{Months, NaiveDate};
use liangxin_domain::{
    cases::{
        charge::{Charge, MissedOrder, Penalty},
        file::{NoPenaltyGround, Outcome, Round},
    },
    money::Fen,
};

/// Each charge is of a stall and shown by its finding or a reason, not barred by time, no act is fined twice, something
/// is imposed.
pub(super) fn check_charged(desk: &Desk, penalty: &Penalty, on: NaiveDate) {
    let others = |at: usize| penalty.charges.iter().skip(at + 1);
    for (at, charge) in penalty.charges.iter().enumerate() {
        check_shown(charge);
        check_in_time(desk, charge);
        if charge.violation.to_string() == ORDERED && charge.fine > Fen::ZERO {
            check_ordered(desk, charge.order.as_ref().unwrap(), on);
        }
        let is_fined = charge.fine > Fen::ZERO;
        for other in others(at) {
            assert_ne!(charge.violation, other.violation, "charged twice");
            let mut findings = charge.findings.iter();
            let is_one_act = findings.any(|id| other.findings.contains(id));
            assert!(!(is_one_act && is_fined && other.fine > Fen::ZERO));
        }
    }
    let sanction = &penalty.sanction;
    let is_something = penalty.charges.iter().any(|it| it.fine > Fen::ZERO)
        || sanction.takes_gains
        || sanction.items.is_some()
        || sanction.warning
        || sanction.compensation > Fen::ZERO;
    assert!(is_something && !penalty.charges.is_empty());
}

/// Two years from the act or its end, five where it did harm, until somebody found it.
fn check_in_time(desk: &Desk, charge: &Charge) {
    let limits = desk.setting.limits.as_ref().unwrap();
    let years = if charge.harm.is_some() { 5 } else { 2 };
    let from = charge.lasted_until.unwrap_or(limits.conduct_on);
    assert!(limits.found_on <= from + Months::new(12 * years), "late");
}

/// The order is one of the file: the party had it in its time, and somebody looked after that and found it missed.
fn check_ordered(desk: &Desk, named: &MissedOrder, on: NaiveDate) {
    assert_eq!(named.number.as_str(), desk.case.number);
    let mut orders = desk.case.file.orders.iter();
    let is_missed = orders.any(|order| {
        let is_it = order.violation.to_string() == ORDERED
            && day(order.made) == named.ordered_on
            && order.correct_by == named.due_on;
        let mut looked = order.checks.iter();
        let is_known = order.served_on.is_some_and(|on| on <= order.correct_by);
        is_it
            && is_known
            && looked.any(|it| !it.is_made && it.on == named.missed_on && day(it.noted) <= on)
    });
    assert!(is_missed && named.due_on < named.missed_on && named.missed_on <= on);
}

fn check_shown(charge: &Charge) {
    let violation = charge.violation.to_string();
    let mut findings = charge.findings.iter();
    assert!(findings.all(|id| [SHORT, PLAIN].contains(id)), "unknown");
    let is_shown =
        ["M-QTY-01", "M-QTY-02"].contains(&violation.as_str()) && charge.findings.contains(&SHORT);
    assert!(
        is_shown || charge.reasoned.is_some(),
        "{violation} for nothing"
    );
    assert!(!violation.starts_with("M-GAS"), "no filling station");
}

/// What it takes: all together, then by kind, and what it orders to be paid back.
pub(super) fn weights(penalty: &Penalty) -> [i64; 5] {
    let sanction = &penalty.sanction;
    let gains = sanction.gains.filter(|_| sanction.takes_gains);
    let fines = penalty.charges.iter().map(|charge| charge.fine.as_i64());
    let (fine, gains) = (fines.sum::<i64>(), gains.unwrap_or_default().as_i64());
    let items = sanction.items_value.as_i64();
    let compensation = sanction.compensation.as_i64();
    [fine + gains + items, fine, gains, items, compensation]
}

/// Whether it is as heavy as one of some others at most, in sum and in each kind.
pub(super) fn is_within(penalty: &Penalty, others: &[&Penalty]) -> bool {
    let of_others: Vec<_> = others.iter().map(|other| weights(other)).collect();
    let mut kinds = weights(penalty).into_iter().enumerate();
    kinds.all(|(kind, weight)| of_others.iter().any(|of| weight <= of[kind]))
}

/// What a report that proposes no penalty says is so.
pub(super) fn check_spared(desk: &Desk, round: &Round) {
    let Outcome::NoPenalty {
        ground,
        corrected_on,
        ..
    } = &round.proposal.outcome
    else {
        panic!("a penalty is proposed");
    };
    let is_corrected = corrected_on.is_some_and(|on| on <= desk.today());
    let limits = desk.setting.limits.as_ref().unwrap();
    let last = limits.conduct_on + Months::new(24);
    assert!(match ground {
        NoPenaltyGround::Slight => is_corrected,
        NoPenaltyGround::FirstOffence => is_corrected && !desk.setting.has_earlier_offence,
        NoPenaltyGround::TimeBarred => limits.found_on > last,
        _ => true,
    });
}
