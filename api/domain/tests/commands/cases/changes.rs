//! What is made of a decision after it.

use super::{day, fen, line, reason};
use liangxin_domain::cases::{
    command::Command,
    ending::{ChangeKind, ChangedBy},
};

pub(super) fn every() -> Vec<Command> {
    let change = |(kind, by), texts: [&str; 3], on, fine| {
        let [body, document, why] = texts;
        Command::ChangeDecision {
            kind,
            by,
            body: line(body),
            document: line(document),
            on: day(on),
            fine: fen(fine),
            reason: reason(why),
        }
    };
    let annulled = (ChangeKind::Annulled, ChangedBy::Review);
    vec![
        change(annulled, ["甲", "甲", "甲"], 1, 1),
        change(
            (ChangeKind::Lowered, ChangedBy::Review),
            ["甲", "甲", "甲"],
            1,
            1,
        ),
        change(
            (ChangeKind::Annulled, ChangedBy::Court),
            ["甲", "甲", "甲"],
            1,
            1,
        ),
        change(annulled, ["乙", "甲", "甲"], 1, 1),
        change(annulled, ["甲", "乙", "甲"], 1, 1),
        change(annulled, ["甲", "甲", "乙"], 1, 1),
        change(annulled, ["甲", "甲", "甲"], 2, 1),
        change(annulled, ["甲", "甲", "甲"], 1, 2),
    ]
}
