//! From answers to findings. The rows come from the rule set, never from here.

use std::collections::BTreeMap;

use super::answers::{Answer, AnswerGiven, Checklist, MOST_ANSWERS};
use super::counts::Counts;
use super::words;
use crate::input::{InputError, InputProblem};
use crate::refusal::JudgeError;
use crate::rules::{
    AnswersAllowed, ChecklistRow, ChecklistRules, Edition, EditionHead, Part, RuleSet,
};
use crate::verdict::{CheckResult, Cite, Grounds, Verdict};

/// The check of every row; its subject is the name of the row.
const REQUIREMENT: &str = "REQUIREMENT";

/// Judges an answered checklist by the template of its venue in force on its day.
///
/// Pure. Refuses more than 100 answers, answers to another template or edition, a row the template
/// does not have, a row answered twice, "not applicable" where the row does not allow it, and a day
/// or venue for which no template is loaded.
pub fn judge(rules: &RuleSet, input: &Checklist) -> Result<Verdict, JudgeError> {
    let edition =
        rules.edition_where::<ChecklistRules>(input.inspected_on, input.venue.checklist_word())?;
    let answers = answers_by_row(edition, input)?;
    let mut grounds = Grounds::new(rules);
    grounds.apply(edition);
    let mut counts = Counts::default();
    for row in &edition.rules.rows {
        let answer = answers.get(row.id.as_str()).copied();
        counts.add(answer);
        find(edition.head, row, answer, &mut grounds);
    }
    counts.record(&mut grounds);
    name_left_out(edition.rules, &counts, &mut grounds);
    grounds.note("A_PERSON_DECIDES", words::person_decides());
    let rows = edition.rules.rows.iter().map(|row| row.id.as_str());
    let is_not_met = |id: &&str| answers.get(id) == Some(&AnswerGiven::No);
    let not_met: Vec<&str> = rows.filter(is_not_met).collect();
    let summary = words::summary(edition.head, &counts, &not_met, grounds.outcome());
    grounds.tell(&words::found(&counts));
    Ok(grounds.conclude(summary))
}

/// Names the rows that nobody answered or could see.
fn name_left_out(rules: &ChecklistRules, counts: &Counts, grounds: &mut Grounds) {
    for row in rules.parts.in_use() {
        let words = match row.part {
            Part::RowsAnswered if counts.unanswered > 0 => words::unanswered(counts.unanswered),
            Part::RowsSeen if counts.not_seen > 0 => words::not_seen(counts.not_seen),
            _ => continue,
        };
        grounds.lacks_as(row, row.part.code(), words);
    }
}

/// The answers by the name of their row, checked against the template.
fn answers_by_row<'a>(
    edition: Edition<'_, ChecklistRules>,
    input: &'a Checklist,
) -> Result<BTreeMap<&'a str, AnswerGiven>, InputError> {
    let why = "another template is in force for this venue on this day";
    let contradicts = |field| InputError::at(field, InputProblem::Contradicts { why });
    if input.template.as_str() != edition.head.id.as_str() {
        return Err(contradicts("template"));
    }
    if input.edition.as_str() != edition.head.edition.as_str() {
        return Err(contradicts("edition"));
    }
    if input.answers.len() > MOST_ANSWERS {
        let problem = InputProblem::TooMany { most: MOST_ANSWERS };
        return Err(InputError::at("answers", problem));
    }
    let mut answers = BTreeMap::new();
    for (at, answer) in input.answers.iter().enumerate() {
        check_answer(edition.rules, at, answer)?;
        if answers.insert(answer.row.as_str(), answer.answer).is_some() {
            let field = format!("answers[{at}].row");
            return Err(InputError::at(field, InputProblem::Repeated));
        }
    }
    Ok(answers)
}

fn check_answer(rules: &ChecklistRules, at: usize, answer: &Answer) -> Result<(), InputError> {
    let row = rules
        .rows
        .iter()
        .find(|row| row.id.as_str() == answer.row.as_str())
        .ok_or_else(|| InputError::at(format!("answers[{at}].row"), InputProblem::Unknown))?;
    if answer.answer == AnswerGiven::NotApplicable && row.answer == AnswersAllowed::YesNo {
        let why = "the requirement concerns every venue of the kind";
        let problem = InputProblem::Contradicts { why };
        return Err(InputError::at(format!("answers[{at}].answer"), problem));
    }
    Ok(())
}

fn find(
    head: &EditionHead,
    row: &ChecklistRow,
    answer: Option<AnswerGiven>,
    grounds: &mut Grounds,
) {
    let result = match answer {
        Some(AnswerGiven::Yes) => CheckResult::Passes,
        Some(AnswerGiven::No) => CheckResult::Fails,
        Some(AnswerGiven::NotApplicable | AnswerGiven::NotSeen) | None => CheckResult::NotAssessed,
    };
    let is_confirmed = !row.provenance.is_provisional();
    let cite = Cite {
        head,
        article: row.article.as_str(),
        row: row.id.to_string(),
        provenance: row.provenance,
        suggests: row.violation.as_ref().filter(|_| is_confirmed),
    };
    let subject = Some(format!("row {}", row.id));
    let text = words::finding(row, answer);
    let mark = grounds.mark();
    grounds.require(REQUIREMENT, subject, result, cite, text);
    // A duty that nobody has confirmed makes no firm failure.
    if result == CheckResult::Fails && !is_confirmed {
        grounds.hold_since(mark);
        let words = words::duty_not_confirmed(row);
        grounds.reservation("DUTY_NOT_CONFIRMED", words);
    }
}
