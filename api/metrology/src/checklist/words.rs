//! A checklist in sentences for people. The wording is not a contract; the fields are.

use super::answers::AnswerGiven;
use super::counts::Counts;
use crate::rules::{ChecklistRow, EditionHead};
use crate::verdict::{Outcome, Words};

/// A row with its answer.
pub(super) fn finding(row: &ChecklistRow, answer: Option<AnswerGiven>) -> Words {
    let (zh, en) = match answer {
        Some(AnswerGiven::Yes) => ("是", "yes"),
        Some(AnswerGiven::No) => ("否", "no"),
        Some(AnswerGiven::NotApplicable) => ("不适用", "not applicable"),
        Some(AnswerGiven::NotSeen) => ("未能查看", "not seen"),
        None => ("未作答", "not answered"),
    };
    let (requirement_zh, requirement_en) = (&row.requirement_zh, &row.requirement_en);
    Words::new(
        format!("{}：{requirement_zh}——{zh}", row.id),
        format!("{}: {requirement_en}: {en}", row.id),
    )
}

pub(super) fn unanswered(count: u32) -> Words {
    Words::new(
        format!("有{count}项未作答，结果仅供参考"),
        format!("{count} rows have no answer; this is an indication only"),
    )
}

pub(super) fn not_seen(count: u32) -> Words {
    Words::new(
        format!("有{count}项未能查看"),
        format!("{count} rows could not be seen"),
    )
}

pub(super) fn person_decides() -> Words {
    Words::new(
        "检查表记录检查人员所见；是否构成违法，由执法人员依法认定。",
        "The checklist records what an officer saw; whether there was a violation is decided by a person.",
    )
}

/// The one sentence for people.
pub(super) fn summary(head: &EditionHead, counts: &Counts, outcome: Outcome) -> Words {
    let Counts {
        yes,
        no,
        not_applicable,
        not_seen,
        unanswered,
    } = counts;
    let (outcome_zh, outcome_en) = outcome.words();
    Words::new(
        format!(
            "{}：符合{yes}项，不符合{no}项，不适用{not_applicable}项，未能查看{not_seen}项，未作答{unanswered}项；{outcome_zh}",
            head.title_zh
        ),
        format!(
            "{}: {yes} met, {no} not met, {not_applicable} not applicable, {not_seen} not seen, {unanswered} unanswered; {outcome_en}",
            head.title_en
        ),
    )
}
