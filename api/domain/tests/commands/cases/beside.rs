//! What goes on beside a case: its end without a party, its referral to the police, and the end of its display.

use super::{day, line, reason, user, words};
use liangxin_domain::cases::{
    command::Command,
    recusal::RecusalGround,
    referral::{Enclosures, Transfer},
};

pub(super) fn referring() -> Vec<Command> {
    let report = |facts, report| Command::ReportCrime {
        facts: words(facts),
        report: words(report),
    };
    let decide = |refer, text| Command::DecideReferral {
        refer,
        reason: reason(text),
    };
    let hand_over = |to, document, [goods, tests, others]: [&str; 3]| Command::HandOver {
        transfer: Transfer {
            to: line(to),
            document: line(document),
            enclosures: Enclosures {
                goods: words(goods),
                tests: words(tests),
                others: words(others),
            },
        },
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
        hand_over("甲", "甲", ["甲"; 3]),
        hand_over("乙", "甲", ["甲"; 3]),
        hand_over("甲", "乙", ["甲"; 3]),
        hand_over("甲", "甲", ["乙", "甲", "甲"]),
        hand_over("甲", "甲", ["甲", "乙", "甲"]),
        hand_over("甲", "甲", ["甲", "甲", "乙"]),
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

pub(super) fn without_a_party() -> Vec<Command> {
    let terminate = |proof, text| Command::TerminateCase {
        proof: line(proof),
        reason: words(text),
    };
    vec![
        terminate("甲", "甲"),
        terminate("乙", "甲"),
        terminate("甲", "乙"),
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
    let extend = |text| Command::ExtendRepair {
        reason: reason(text),
    };
    let undo = |text| Command::UndoRepair {
        reason: reason(text),
    };
    vec![
        extend("甲"),
        extend("乙"),
        undo("甲"),
        undo("乙"),
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

pub(super) fn recusing() -> Vec<Command> {
    let ask = |of, ground, text, proof: Option<&str>| Command::AskRecusal {
        of: user(of),
        ground,
        words: words(text),
        proof: proof.map(line),
    };
    let rule = |of, grant, text, attendees: &[&str]| Command::RuleOnRecusal {
        of: user(of),
        grant,
        reason: reason(text),
        attendees: attendees.iter().map(|name| line(name)).collect(),
    };
    let replace = |officers: &[u128], text| Command::ReplaceTeam {
        officers: officers.iter().map(|officer| user(*officer)).collect(),
        reason: reason(text),
    };
    vec![
        ask(1, RecusalGround::DirectInterest, "甲", None),
        ask(2, RecusalGround::DirectInterest, "甲", None),
        ask(1, RecusalGround::OtherTie, "甲", None),
        ask(1, RecusalGround::DirectInterest, "乙", None),
        ask(1, RecusalGround::DirectInterest, "甲", Some("甲")),
        ask(1, RecusalGround::DirectInterest, "甲", Some("乙")),
        rule(1, true, "甲", &[]),
        rule(2, true, "甲", &[]),
        rule(1, false, "甲", &[]),
        rule(1, true, "乙", &[]),
        rule(1, true, "甲", &["甲"]),
        rule(1, true, "甲", &["乙"]),
        replace(&[1, 2], "甲"),
        replace(&[1, 3], "甲"),
        replace(&[1, 2], "乙"),
    ]
}
