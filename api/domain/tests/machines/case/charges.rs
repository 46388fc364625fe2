//! What the law allows of a penalty, where it is proposed.

use super::{
    super::people::{reason, words},
    Desk,
    samples::*,
};
use liangxin_domain::{
    cases::{
        charge::{Charge, Penalty, Sanction, Tier},
        order::Missed,
    },
    money::Fen,
    refusal::Code,
};
use uuid::Uuid;

fn refusal(penalty: Penalty) -> Code {
    Desk::new().refused(propose(penalty))
}

fn is_proposed(penalty: Penalty) {
    Desk::new().go(propose(penalty));
}

/// The orders that a penalty names were missed, by the file of another case.
fn with_orders(penalty: &Penalty) -> Desk {
    let mut desk = Desk::new();
    let charges = penalty.charges.iter();
    let missed = charges.filter_map(|charge| {
        let (violation, order) = (charge.violation.clone(), charge.order.clone()?);
        Some(Missed { violation, order })
    });
    desk.setting.missed_orders = missed.collect();
    desk
}

fn is_proposed_on_orders(penalty: Penalty) {
    with_orders(&penalty).go(propose(penalty));
}

fn with(sanction: Sanction, charge: Charge) -> Penalty {
    Penalty {
        sanction,
        ..penalty(vec![charge])
    }
}

#[test]
fn a_charge_names_a_finding_of_its_own_case() {
    let charge = Charge {
        findings: vec![SHORT, Uuid::from_u128(99)],
        ..shown("M-QTY-01", 5000)
    };
    assert_eq!(refusal(penalty(vec![charge])), Code::FindingUnknown);
    is_proposed(fined(5000));
}

#[test]
fn a_finding_that_suggests_something_else_proves_no_charge() {
    let charge = |finding| Charge {
        findings: vec![finding],
        ..shown("M-QTY-01", 5000)
    };
    assert_eq!(refusal(penalty(vec![charge(PLAIN)])), Code::ChargeUnproved);
    is_proposed(penalty(vec![charge(SHORT)]));
    let without = Charge {
        findings: Vec::new(),
        ..charge(SHORT)
    };
    assert_eq!(refusal(penalty(vec![without])), Code::ChargeUnproved);
}

#[test]
fn a_charge_that_no_finding_suggests_needs_its_reason() {
    let charge = Charge {
        findings: vec![PLAIN],
        ..charge("M-CHT-01", 2000)
    };
    let unreasoned = Charge {
        reasoned: None,
        ..charge.clone()
    };
    assert_eq!(refusal(penalty(vec![unreasoned])), Code::ChargeUnproved);
    is_proposed(penalty(vec![charge]));
}

#[test]
fn a_finding_shows_the_row_that_is_punished_as_what_it_suggests() {
    // The stall's duty not to sell short is punished as short weight.
    let charge = shown("M-STL-04", 0);
    let warned = Sanction {
        warning: true,
        ..Sanction::default()
    };
    is_proposed(with(warned, charge));
}

#[test]
fn what_is_the_duty_of_a_filling_station_is_not_charged_to_a_stall() {
    let mut desk = Desk::new();
    desk.setting.venue = stall();
    for violation in ["M-GAS-08", "M-OPT-06"] {
        let charge = charge(violation, 3000);
        assert_eq!(
            desk.refused(propose(penalty(vec![charge]))),
            Code::ViolationVenue,
            "{violation}"
        );
    }
    desk.go(propose(fined(5000)));
}

#[test]
fn a_violation_that_is_no_row_of_the_day_of_the_conduct_is_unknown() {
    assert_eq!(
        refusal(penalty(vec![charge("M-NIL-01", 100)])),
        Code::ViolationUnknown
    );
}

#[test]
fn a_fine_on_refusal_alone_asks_for_the_order_that_was_missed() {
    let bare = charge("M-STL-03", 1000);
    assert_eq!(refusal(penalty(vec![bare.clone()])), Code::FineNeedsOrder);
    let grave = Charge {
        grave: Some(reason()),
        ..bare.clone()
    };
    assert_eq!(refusal(penalty(vec![grave])), Code::FineNeedsOrder);
    is_proposed_on_orders(penalty(vec![Charge {
        order: Some(missed("2026-02-02", "2026-02-10", "2026-02-20")),
        ..bare
    }]));
}

#[test]
fn a_fine_on_refusal_or_in_grave_cases_asks_for_one_of_the_two() {
    let bare = charge("M-STL-05", 1000);
    assert_eq!(refusal(penalty(vec![bare.clone()])), Code::FineNeedsOrder);
    is_proposed(penalty(vec![Charge {
        grave: Some(reason()),
        ..bare.clone()
    }]));
    is_proposed_on_orders(penalty(vec![Charge {
        order: Some(missed("2026-02-02", "2026-02-10", "2026-02-20")),
        ..bare
    }]));
}

#[test]
fn without_a_fine_nobody_asks_for_an_order() {
    let warned = Sanction {
        warning: true,
        ..Sanction::default()
    };
    is_proposed(with(warned, charge("M-STL-03", 0)));
}

#[test]
fn an_order_is_made_then_due_then_found_missed_and_not_in_the_future() {
    let days = [
        // Due before it was made.
        ("2026-02-10", "2026-02-02", "2026-02-20"),
        // Found missed on its last day.
        ("2026-02-02", "2026-02-10", "2026-02-10"),
        // Found missed tomorrow: the case is of 2 March.
        ("2026-02-02", "2026-02-10", "2026-03-03"),
    ];
    for (ordered, due, found) in days {
        let charge = Charge {
            order: Some(missed(ordered, due, found)),
            ..charge("M-STL-03", 1000)
        };
        let penalty = penalty(vec![charge]);
        assert_eq!(
            with_orders(&penalty).refused(propose(penalty)),
            Code::OrderDates,
            "{ordered} {due} {found}"
        );
    }
    is_proposed_on_orders(penalty(vec![Charge {
        order: Some(missed("2026-02-10", "2026-02-10", "2026-03-02")),
        ..charge("M-STL-03", 1000)
    }]));
}

#[test]
fn one_act_is_not_fined_under_two_provisions() {
    let two = |fine| penalty(vec![shown("M-QTY-01", 5000), shown("M-QTY-02", fine)]);
    assert_eq!(refusal(two(100)), Code::ActFinedTwice);
    is_proposed(two(0));
}

#[test]
fn two_acts_are_fined_side_by_side() {
    is_proposed(penalty(vec![
        shown("M-QTY-01", 5000),
        charge("M-VER-01", 1000),
    ]));
}

#[test]
fn a_violation_is_charged_once() {
    let twice = penalty(vec![charge("M-QTY-01", 5000), charge("M-QTY-01", 100)]);
    assert_eq!(refusal(twice), Code::ChargeTwice);
}

#[test]
fn a_fine_lies_in_the_range_of_its_row() {
    assert_eq!(refusal(fined(30_001)), Code::FineOutOfRange);
    is_proposed(fined(30_000));
    // Where the article leaves no choice, no fine at all is out of range as well.
    let warned = Sanction {
        warning: true,
        ..Sanction::default()
    };
    assert_eq!(
        refusal(with(warned, shown("M-QTY-01", 0))),
        Code::FineOutOfRange
    );
}

#[test]
fn only_a_mitigated_fine_is_below_the_minimum() {
    let of = |tier| Penalty {
        tier: Some(tier),
        ..penalty(vec![charge("M-OPT-02", 999)])
    };
    for tier in [Tier::Light, Tier::Ordinary, Tier::Heavy] {
        assert_eq!(refusal(of(tier)), Code::FineOutOfRange, "{tier}");
    }
    is_proposed(of(Tier::Mitigated));
}

#[test]
fn the_use_is_stopped_where_the_row_orders_it_and_not_for_the_first_time_in_the_decision() {
    let stopping = |violation| {
        let stop_use = Some(super::super::people::words());
        let stopped = Sanction {
            stop_use,
            ..Sanction::default()
        };
        with(stopped, charge(violation, 500))
    };
    assert_eq!(refusal(stopping("M-CHT-01")), Code::StopUseNotAllowed);
    is_proposed(stopping("M-VER-01"));
    let alone = with(stopping("M-VER-01").sanction, charge("M-VER-01", 0));
    assert_eq!(refusal(alone), Code::PenaltyEmpty);
    let mut desk = Desk::new();
    desk.audited(penalty(vec![charge("M-VER-01", 500)])).told();
    let now = propose(stopping("M-VER-01"));
    assert_eq!(desk.refused(now), Code::HeavierNeedsNewFacts);
}

#[test]
fn what_lies_in_the_range_is_not_called_mitigated() {
    let of = |violation, fine| Penalty {
        tier: Some(Tier::Mitigated),
        ..penalty(vec![charge(violation, fine)])
    };
    assert_eq!(refusal(of("M-OPT-02", 1000)), Code::FineOutOfRange);
    is_proposed(of("M-OPT-02", 999));
    // Where the row has no least fine, the reason has to say it.
    is_proposed(of("M-QTY-01", 300));
    // One of several is enough.
    is_proposed(Penalty {
        tier: Some(Tier::Mitigated),
        ..penalty(vec![charge("M-OPT-02", 1000), charge("M-VER-01", 50)])
    });
}

#[test]
fn the_heavier_range_asks_what_makes_the_case_grave() {
    let plain = charge("M-GAS-02", 6000);
    assert_eq!(refusal(penalty(vec![plain.clone()])), Code::FineOutOfRange);
    let grave = |fine| {
        penalty(vec![Charge {
            grave: Some(reason()),
            fine: yuan(fine),
            ..plain.clone()
        }])
    };
    is_proposed(grave(6000));
    assert_eq!(refusal(grave(4999)), Code::FineOutOfRange);
    assert_eq!(refusal(grave(30_001)), Code::FineOutOfRange);
}

#[test]
fn a_fine_that_follows_from_gains_asks_for_them() {
    let of = |gains, fine| {
        let sanction = Sanction {
            gains,
            ..Sanction::default()
        };
        with(sanction, charge("M-GAS-07", fine))
    };
    assert_eq!(refusal(of(None, 3000)), Code::FieldRequired);
    assert_eq!(refusal(of(Some(yuan(1000)), 3001)), Code::FineOutOfRange);
    is_proposed(of(Some(yuan(1000)), 3000));
    assert_eq!(
        refusal(of(Some(yuan(20_000)), 30_001)),
        Code::FineOutOfRange
    );
}

#[test]
fn gains_are_taken_where_the_article_takes_them_and_where_they_are_known() {
    let taking = |gains| Sanction {
        gains,
        takes_gains: true,
        ..Sanction::default()
    };
    let known = Some(yuan(800));
    assert_eq!(
        refusal(with(taking(known), shown("M-QTY-01", 5000))),
        Code::ConfiscationNotAllowed
    );
    assert_eq!(
        refusal(with(taking(None), charge("M-OPT-04", 500))),
        Code::FieldRequired
    );
    is_proposed(with(taking(known), charge("M-OPT-04", 500)));
}

#[test]
fn things_are_taken_where_the_article_takes_them_and_are_named() {
    let taking = |items, value| Sanction {
        items,
        items_value: yuan(value),
        ..Sanction::default()
    };
    let scale = || Some(words());
    assert_eq!(
        refusal(with(taking(scale(), 300), charge("M-OPT-04", 500))),
        Code::ConfiscationNotAllowed
    );
    assert_eq!(
        refusal(with(taking(None, 300), charge("M-CHT-01", 500))),
        Code::FieldRequired
    );
    is_proposed(with(taking(scale(), 300), charge("M-CHT-01", 500)));
}

#[test]
fn a_penalty_imposes_something() {
    let of = |sanction| with(sanction, charge("M-CHT-01", 0));
    assert_eq!(refusal(of(Sanction::default())), Code::PenaltyEmpty);
    // Gains that are known and left are nothing.
    let left = Sanction {
        gains: Some(yuan(800)),
        ..Sanction::default()
    };
    assert_eq!(refusal(of(left)), Code::PenaltyEmpty);
    let some = [
        Sanction {
            warning: true,
            ..Sanction::default()
        },
        Sanction {
            items: Some(words()),
            ..Sanction::default()
        },
    ];
    for sanction in some {
        is_proposed(of(sanction));
    }
    // A loss is made good where the article orders it.
    let repaid = Sanction {
        compensation: Fen::SMALLEST,
        ..Sanction::default()
    };
    assert_eq!(refusal(of(repaid.clone())), Code::CompensationNotAllowed);
    is_proposed(with(repaid, charge("M-ACC-01", 0)));
}

#[test]
fn a_penalty_charges_something_says_why_so_heavy_and_leaves_time_to_correct() {
    assert_eq!(refusal(penalty(Vec::new())), Code::FieldRequired);
    let untold = Penalty {
        tier_reason: None,
        ..fined(5000)
    };
    assert_eq!(refusal(untold), Code::FieldRequired);
    let untiered = Penalty {
        tier: None,
        ..fined(5000)
    };
    assert_eq!(refusal(untiered), Code::FieldRequired);
    let late = Penalty {
        correct_by: "2026-03-01".parse().unwrap(),
        ..fined(5000)
    };
    assert_eq!(refusal(late), Code::TimeTooOld);
}
