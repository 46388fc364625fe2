//! The final report that proposes a penalty, with two values a field of everything that it charges.

use super::{day, fen, line, reason, words};
use liangxin_domain::cases::{
    charge::{Charge, MissedOrder, Penalty, Sanction, Tier},
    command::Command,
};
use uuid::Uuid;

pub(super) fn every() -> Vec<Command> {
    let mut found = vec![propose(penalty()), weighty("甲"), weighty("乙")];
    found.extend([new_facts("甲"), new_facts("乙")]);
    found.extend(penalties().into_iter().map(propose));
    let charges = charges().into_iter().map(|charge| Penalty {
        charges: vec![charge],
        ..penalty()
    });
    found.extend(charges.map(propose));
    let sanctions = sanctions().into_iter().map(|sanction| Penalty {
        sanction,
        ..penalty()
    });
    found.extend(sanctions.map(propose));
    found
}

fn propose(penalty: Penalty) -> Command {
    Command::ProposePenalty {
        penalty,
        weighty: None,
        new_facts: None,
    }
}

fn weighty(text: &str) -> Command {
    Command::ProposePenalty {
        penalty: penalty(),
        weighty: Some(reason(text)),
        new_facts: None,
    }
}

fn new_facts(text: &str) -> Command {
    Command::ProposePenalty {
        penalty: penalty(),
        weighty: None,
        new_facts: Some(reason(text)),
    }
}

fn penalty() -> Penalty {
    Penalty {
        charges: vec![charge()],
        sanction: Sanction::default(),
        tier: None,
        tier_reason: None,
        correction: words("甲"),
        correct_by: day(1),
    }
}

fn penalties() -> Vec<Penalty> {
    let tier = |tier| Penalty {
        tier: Some(tier),
        ..penalty()
    };
    let why = |text| Penalty {
        tier_reason: Some(reason(text)),
        ..penalty()
    };
    vec![
        tier(Tier::Light),
        tier(Tier::Heavy),
        why("甲"),
        why("乙"),
        Penalty {
            correction: words("乙"),
            ..penalty()
        },
        Penalty {
            correct_by: day(2),
            ..penalty()
        },
        Penalty {
            charges: vec![charge(), charge()],
            ..penalty()
        },
    ]
}

fn charge() -> Charge {
    Charge {
        violation: "M-QTY-01".parse().unwrap(),
        findings: Vec::new(),
        reasoned: None,
        grave: None,
        order: None,
        lasted_until: None,
        harm: None,
        fine: fen(1),
    }
}

fn charges() -> Vec<Charge> {
    let mut found = vec![
        Charge {
            violation: "M-QTY-02".parse().unwrap(),
            ..charge()
        },
        Charge {
            fine: fen(2),
            ..charge()
        },
    ];
    for n in [1, 2] {
        found.push(Charge {
            findings: vec![Uuid::from_u128(n)],
            ..charge()
        });
    }
    for text in ["甲", "乙"] {
        found.push(Charge {
            reasoned: Some(reason(text)),
            ..charge()
        });
        found.push(Charge {
            grave: Some(reason(text)),
            ..charge()
        });
    }
    for n in [1, 2] {
        found.push(Charge {
            lasted_until: Some(day(n)),
            ..charge()
        });
    }
    for text in ["甲", "乙"] {
        found.push(Charge {
            harm: Some(reason(text)),
            ..charge()
        });
    }
    let orders = [("甲", 1, 1, 1), ("乙", 1, 1, 1), ("甲", 2, 1, 1)];
    let days = [("甲", 1, 2, 1), ("甲", 1, 1, 2)];
    for (number, ordered, due, missed) in orders.into_iter().chain(days) {
        found.push(Charge {
            order: Some(MissedOrder {
                number: line(number),
                ordered_on: day(ordered),
                due_on: day(due),
                missed_on: day(missed),
            }),
            ..charge()
        });
    }
    found
}

fn sanctions() -> Vec<Sanction> {
    let base = Sanction::default;
    let mut found = vec![
        Sanction {
            takes_gains: true,
            ..base()
        },
        Sanction {
            warning: true,
            ..base()
        },
        Sanction {
            items_value: fen(1),
            ..base()
        },
        Sanction {
            compensation: fen(1),
            ..base()
        },
    ];
    for (sum, text) in [(1, "甲"), (2, "乙")] {
        found.push(Sanction {
            gains: Some(fen(sum)),
            ..base()
        });
        found.push(Sanction {
            items: Some(words(text)),
            ..base()
        });
        found.push(Sanction {
            stop_use: Some(words(text)),
            ..base()
        });
    }
    found
}
