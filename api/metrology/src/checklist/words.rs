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

/// A row that is not met and whose article nobody has confirmed.
pub(super) fn duty_not_confirmed(row: &ChecklistRow) -> Words {
    let id = &row.id;
    Words::new(
        format!("{id}所依据的条款尚未核实，不能据此认定违法"),
        format!("the article that {id} rests on is not confirmed: no violation rests on it"),
    )
}

pub(super) fn unanswered(count: u32) -> Words {
    Words::new(
        format!("有{count}项未作答，结果仅供参考"),
        format!(
            "{} no answer; this is an indication only",
            rows(count, "has", "have")
        ),
    )
}

pub(super) fn not_seen(count: u32) -> Words {
    Words::new(
        format!("有{count}项未能查看"),
        format!("{} not be seen", rows(count, "could", "could")),
    )
}

fn rows(count: u32, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 row {one}"),
        _ => format!("{count} rows {many}"),
    }
}

pub(super) fn person_decides() -> Words {
    Words::new(
        "检查表记录检查人员所见；是否构成违法，由执法人员依法认定。",
        "The checklist records what an officer saw; whether there was a violation is decided by a person.",
    )
}

/// What merchants and shoppers are told: how many rows were looked at, and how many of them are not met.
pub(super) fn found(counts: &Counts) -> Words {
    let (seen, no) = (counts.yes + counts.no, counts.no);
    let points = if seen == 1 {
        "point was"
    } else {
        "points were"
    };
    match (seen, no) {
        (0, _) => Words::new("一项也没有查看", "nothing was looked at"),
        (1, 0) => Words::new("只查了1项，做到了", "1 point was looked at, and it is met"),
        (_, 0) => Words::new(
            format!("查了{seen}项，都做到了"),
            format!("{seen} {points} looked at, and all are met"),
        ),
        _ => Words::new(
            format!("查了{seen}项，{no}项没有做到"),
            format!(
                "{seen} {points} looked at, and {no} {} not met",
                if no == 1 { "is" } else { "are" }
            ),
        ),
    }
}

/// The most rows that the sentence names.
const MOST_NAMED: usize = 3;

/// The one sentence for people, with the names of the rows that are not met. Of what there is none of nothing is said.
pub(super) fn summary(
    head: &EditionHead,
    counts: &Counts,
    not_met: &[&str],
    outcome: Outcome,
) -> Words {
    let Counts {
        yes,
        no,
        not_applicable,
        not_seen,
        unanswered,
    } = counts;
    let (outcome_zh, outcome_en) = outcome.words();
    let counted = [
        (no, "不符合", "not met"),
        (not_applicable, "不适用", "not applicable"),
        (not_seen, "未能查看", "not seen"),
        (unanswered, "未作答", "unanswered"),
    ];
    let (mut zh, mut en) = (format!("符合{yes}项"), format!("{yes} met"));
    for (count, name_zh, name_en) in counted.into_iter().filter(|(count, ..)| **count > 0) {
        zh.push_str(&format!("，{name_zh}{count}项"));
        en.push_str(&format!(", {count} {name_en}"));
        if name_en == "not met" {
            let (most, more) = (not_met.len().min(MOST_NAMED), not_met.len() > MOST_NAMED);
            let named = not_met.get(..most).unwrap_or_default();
            let (etc_zh, etc_en) = if more { ("等", ", …") } else { ("", "") };
            zh.push_str(&format!("（{}{etc_zh}）", named.join("、")));
            en.push_str(&format!(" ({}{etc_en})", named.join(", ")));
        }
    }
    Words::new(
        format!("{}：{zh}；{outcome_zh}", head.title_zh),
        format!("{}: {en}; {outcome_en}", head.title_en),
    )
}
