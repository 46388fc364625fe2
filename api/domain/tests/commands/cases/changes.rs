//! What is made of a decision after it.

use super::{day, fen, line, reason};
use liangxin_domain::cases::{
    command::Command,
    ending::{ChangeKind, ChangedBy, Left},
    execution::RemedyKind,
};

pub(super) fn every() -> Vec<Command> {
    [changes(), remedies()].concat()
}

fn remedies() -> Vec<Command> {
    let (review, suit) = (RemedyKind::Review, RemedyKind::Suit);
    let remedy =
        |kind, [body, document]: [&str; 2], from, until: Option<u32>| Command::NoteRemedy {
            kind,
            body: line(body),
            document: line(document),
            from: day(from),
            until: until.map(day),
        };
    vec![
        remedy(suit, ["甲", "甲"], 1, None),
        remedy(review, ["甲", "甲"], 1, None),
        remedy(suit, ["乙", "甲"], 1, None),
        remedy(suit, ["甲", "乙"], 1, None),
        remedy(suit, ["甲", "甲"], 2, None),
        remedy(suit, ["甲", "甲"], 1, Some(2)),
    ]
}

fn changes() -> Vec<Command> {
    let change = |(kind, by), texts: [&str; 3], on, sums: [i64; 3]| {
        let [body, document, why] = texts;
        let [fine, gains, goods] = sums.map(|sum| Some(fen(sum)));
        Command::ChangeDecision {
            kind,
            by,
            body: line(body),
            document: line(document),
            on: day(on),
            left: Left { fine, gains, goods },
            reason: reason(why),
        }
    };
    let annulled = (ChangeKind::Annulled, ChangedBy::Review);
    let (texts, sums) = (["甲", "甲", "甲"], [1, 1, 1]);
    vec![
        change(annulled, texts, 1, sums),
        change((ChangeKind::Lowered, ChangedBy::Review), texts, 1, sums),
        change((ChangeKind::Annulled, ChangedBy::Court), texts, 1, sums),
        change(annulled, ["乙", "甲", "甲"], 1, sums),
        change(annulled, ["甲", "乙", "甲"], 1, sums),
        change(annulled, ["甲", "甲", "乙"], 1, sums),
        change(annulled, texts, 2, sums),
        change(annulled, texts, 1, [2, 1, 1]),
        change(annulled, texts, 1, [1, 2, 1]),
        change(annulled, texts, 1, [1, 1, 2]),
    ]
}
