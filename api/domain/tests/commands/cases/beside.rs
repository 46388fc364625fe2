//! What goes on beside a case: its referral to the police, and the end of its display.

use super::{day, line, reason, words};
use liangxin_domain::cases::command::Command;

pub(super) fn referring() -> Vec<Command> {
    let report = |facts, report| Command::ReportCrime {
        facts: words(facts),
        report: words(report),
    };
    let decide = |refer, text| Command::DecideReferral {
        refer,
        reason: reason(text),
    };
    let hand_over = |to, document| Command::HandOver {
        to: line(to),
        document: line(document),
    };
    let ask = |text| Command::AskReview {
        reason: reason(text),
    };
    let goods = |list| Command::HandOverGoods { list: words(list) };
    let mut found = vec![
        report("甲", "甲"),
        report("乙", "甲"),
        report("甲", "乙"),
        decide(true, "甲"),
        decide(false, "甲"),
        decide(true, "乙"),
        hand_over("甲", "甲"),
        hand_over("乙", "甲"),
        hand_over("甲", "乙"),
        ask("甲"),
        ask("乙"),
        goods("甲"),
        goods("乙"),
    ];
    found.extend(answering());
    found
}

/// What comes from outside.
fn answering() -> Vec<Command> {
    let answer = |accepted, document, on| Command::NotePoliceAnswer {
        accepted,
        document: line(document),
        on: day(on),
    };
    let liable = |is_liable, document, on| Command::NoteLiability {
        is_liable,
        document: line(document),
        on: day(on),
    };
    let back = |document, on, text| Command::ReturnFromPolice {
        document: line(document),
        on: day(on),
        reason: reason(text),
    };
    vec![
        answer(true, "甲", 1),
        answer(false, "甲", 1),
        answer(true, "乙", 1),
        answer(true, "甲", 2),
        liable(true, "甲", 1),
        liable(false, "甲", 1),
        liable(true, "乙", 1),
        liable(true, "甲", 2),
        back("甲", 1, "甲"),
        back("乙", 1, "甲"),
        back("甲", 2, "甲"),
        back("甲", 1, "乙"),
    ]
}

pub(super) fn repairing() -> Vec<Command> {
    let ask = |promise, proof| Command::RepairCredit {
        promise: line(promise),
        proof: line(proof),
    };
    let accept = |missing: Option<&str>| Command::AcceptRepair {
        missing: missing.map(words),
    };
    let decide = |grant, text| Command::DecideRepair {
        grant,
        reason: reason(text),
    };
    vec![
        ask("甲", "甲"),
        ask("乙", "甲"),
        ask("甲", "乙"),
        accept(None),
        accept(Some("甲")),
        accept(Some("乙")),
        decide(true, "甲"),
        decide(false, "甲"),
        decide(true, "乙"),
    ]
}
