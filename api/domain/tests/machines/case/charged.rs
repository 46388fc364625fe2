//! What a case charges.

use super::{
    super::people::{line, reason, words},
    samples::{SHORT, yuan},
};
use liangxin_domain::cases::{
    charge::{Charge, MissedOrder, Penalty, Sanction, Tier},
    command::Command,
};

/// A charge for a reason alone.
pub(super) fn charge(violation: &str, fine: i64) -> Charge {
    Charge {
        violation: violation.parse().unwrap(),
        findings: Vec::new(),
        reasoned: Some(reason()),
        grave: None,
        order: None,
        lasted_until: None,
        harm: None,
        fine: yuan(fine),
    }
}

/// The charge that the measurement shows.
pub(super) fn shown(violation: &str, fine: i64) -> Charge {
    Charge {
        findings: vec![SHORT],
        reasoned: None,
        ..charge(violation, fine)
    }
}

pub(super) fn missed(ordered: &str, due: &str, missed: &str) -> MissedOrder {
    MissedOrder {
        number: line("天市监罚〔2026〕1号"),
        ordered_on: ordered.parse().unwrap(),
        due_on: due.parse().unwrap(),
        missed_on: missed.parse().unwrap(),
    }
}

pub(super) fn penalty(charges: Vec<Charge>) -> Penalty {
    Penalty {
        charges,
        sanction: Sanction::default(),
        tier: Some(Tier::Ordinary),
        tier_reason: Some(reason()),
        correction: words(),
        correct_by: "2026-12-31".parse().unwrap(),
    }
}

pub(super) fn fined(fine: i64) -> Penalty {
    penalty(vec![shown("M-QTY-01", fine)])
}

pub(super) fn propose(penalty: Penalty) -> Command {
    Command::ProposePenalty {
        penalty,
        weighty: None,
        new_facts: None,
    }
}

pub(super) fn propose_weighty(penalty: Penalty) -> Command {
    Command::ProposePenalty {
        penalty,
        weighty: Some(reason()),
        new_facts: None,
    }
}
