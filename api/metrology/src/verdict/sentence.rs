//! The one sentence of a verdict: whom it is about, what failed first or is missing first, the outcome.

use super::{CheckResult, Finding, Outcome, Remark, Words};

/// What a finding says at its end about its own result; the sentence of the whole says it once.
const ENDS_ZH: [&str; 3] = ["；不合格", "；不符合", "。"];
const ENDS_EN: [&str; 4] = ["; fails", "; beyond the limit", "; not as wanted.", "."];

/// The sentence about `who`, with `detail` where nothing fails.
pub(super) fn of(
    (who, detail): (&Words, &Words),
    outcome: Outcome,
    findings: &[Finding],
    reasons: &[&Remark],
) -> Words {
    let failing: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.result == CheckResult::Fails)
        .collect();
    let told = match (outcome, failing.as_slice()) {
        (Outcome::NotAssessable, _) => Words::default(),
        (_, [first, rest @ ..]) => failed(first, rest.len()),
        (_, []) => detail.clone(),
    };
    let why = match outcome {
        Outcome::ScreeningOnly | Outcome::NotAssessable => missing(reasons),
        Outcome::Conforms | Outcome::Fails => Words::default(),
    };
    let (zh, en) = outcome.words();
    let joined = |parts: [&str; 2], between: &str| {
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(between)
    };
    Words::new(
        format!("{}：{}{}", who.zh, joined([&told.zh, zh], "；"), why.zh),
        format!("{}: {}{}", who.en, joined([&told.en, en], "; "), why.en),
    )
}

/// The first finding that fails, and how many fail besides.
fn failed(first: &Finding, more: usize) -> Words {
    let mut zh = without_end(&first.words.zh, &ENDS_ZH).to_owned();
    let mut en = going_on(without_end(&first.words.en, &ENDS_EN));
    if more > 0 {
        zh.push_str(&format!("（另有{more}项）"));
        en.push_str(&format!(" (and {more} more)"));
    }
    Words { zh, en }
}

/// The first reason, and how many there are besides.
fn missing(reasons: &[&Remark]) -> Words {
    let [first, rest @ ..] = reasons else {
        return Words::default();
    };
    let zh = without_end(&first.words.zh, &ENDS_ZH);
    let en = going_on(without_end(&first.words.en, &ENDS_EN));
    match rest.len() {
        0 => Words::new(format!("（{zh}）"), format!(" ({en})")),
        more => Words::new(
            format!("（{zh}，另有{more}项）"),
            format!(" ({en}; {more} more of such reasons)"),
        ),
    }
}

/// English within a sentence: a word that began one of its own goes on in small letters; a name or an
/// abbreviation stays.
fn going_on(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().filter(char::is_ascii_uppercase);
    match (first, letters.next()) {
        (Some(first), Some(second)) if second.is_ascii_lowercase() || second == ' ' => {
            format!("{}{}", first.to_ascii_lowercase(), &text[1..])
        }
        _ => text.to_owned(),
    }
}

fn without_end<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    let found = ends.iter().find_map(|end| text.strip_suffix(end));
    found.unwrap_or(text)
}
