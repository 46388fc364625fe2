//! The one sentence of a verdict: whom it is about, what failed first or is missing first, the outcome.

use super::{CheckResult, Finding, Grounds, Outcome, Remark, Words};

/// What a finding says at its end about its own result; the sentence of the whole says it once.
pub(super) const ENDS_ZH: [&str; 4] = ["；不合格", "；不符合。", "；不符合", "。"];
pub(super) const ENDS_EN: [&str; 4] = ["; fails", "; beyond the limit", "; not as wanted.", "."];

impl Grounds {
    /// The sentence of the whole about `who`, with `detail` where nothing fails.
    pub(crate) fn sentence(&self, who: &Words, detail: &Words) -> Words {
        let who = (who.zh.as_str(), who.en.as_str());
        let outcome = self.outcome();
        let first = self.first_failing();
        let Some(first) = first.filter(|_| outcome != Outcome::NotAssessable) else {
            let told = match outcome {
                Outcome::NotAssessable => &Words::default(),
                _ => detail,
            };
            return self.fitted(who, (told, &Words::default()), outcome.words());
        };
        let is_failing = |finding: &&Finding| finding.result == CheckResult::Fails;
        let besides = match self.findings().iter().filter(is_failing).count() {
            0 | 1 => Words::default(),
            count => {
                let more = count - 1;
                Words::new(format!("（另有{more}项）"), format!(" (and {more} more)"))
            }
        };
        let told = Words::new(
            without_end(&first.words.zh, &ENDS_ZH),
            going_on(without_end(&first.words.en, &ENDS_EN)),
        );
        self.fitted(who, (&told, &besides), outcome.words())
    }

    /// What was found about somebody and what besides, how it ends, and why there is no answer. Where that is
    /// more than three lines, what stands in brackets behind the name is left out, then the reason, which
    /// the lines below tell, then all that stands in brackets.
    pub(crate) fn fitted(
        &self,
        who: (&str, &str),
        (told, besides): (&Words, &Words),
        end: (&str, &str),
    ) -> Words {
        let (why, short) = match self.outcome() {
            Outcome::ScreeningOnly | Outcome::NotAssessable => {
                let short = Words::new("（理由见下）", " (reason below)");
                (missing(&self.reasons()), short)
            }
            Outcome::Conforms | Outcome::Fails => (Words::default(), Words::default()),
        };
        let zh = Form {
            between: ["：", "；"],
            parts: [who.0, &told.zh, &besides.zh, end.0],
            reasons: [&why.zh, &short.zh],
        };
        let en = Form {
            between: [": ", "; "],
            parts: [who.1, &told.en, &besides.en, end.1],
            reasons: [&why.en, &short.en],
        };
        Words::new(zh.within(LINES_ZH), en.within(LINES_EN))
    }
}

/// A sentence in one language: whom it is about, what was found, what besides, the outcome; and the
/// reason in full and in short.
struct Form<'a> {
    between: [&'static str; 2],
    parts: [&'a str; 4],
    reasons: [&'a str; 2],
}

impl Form<'_> {
    /// The first of its forms that is not too wide, else the shortest.
    fn within(&self, most: usize) -> String {
        let ([who, told, ..], [why, short]) = (self.parts, self.reasons);
        let whole = self.written(who, told, why);
        if fits(&whole, most) {
            return whole;
        }
        let brief = without_last_brackets(who);
        for (who, why) in [(brief, why), (who, short), (brief, short)] {
            let shorter = self.written(who, told, why);
            if fits(&shorter, most) {
                return shorter;
            }
        }
        self.written(brief, &without_brackets(told), short)
    }

    fn written(&self, who: &str, told: &str, why: &str) -> String {
        let [_, _, besides, end] = self.parts;
        let [colon, semicolon] = self.between;
        let semicolon = if told.is_empty() { "" } else { semicolon };
        joined!(who, colon, told, besides, semicolon, end, why)
    }
}

/// Whom it is about without the brackets at the end.
fn without_last_brackets(who: &str) -> &str {
    let open = match who.chars().last() {
        Some('）') => who.rfind('（'),
        Some(')') => who.rfind(" ("),
        _ => None,
    };
    open.and_then(|open| who.get(..open)).unwrap_or(who)
}

/// Three lines of a phone, in letters: 358 pixels hold 21 Chinese characters or 46 letters.
const LINES_ZH: usize = 3 * 21 * 2;
const LINES_EN: usize = 3 * 46;

/// The first reason, and how many there are besides. Of a long one only what it begins with: the rest is
/// told below.
fn missing(reasons: &[&Remark]) -> Words {
    let [first, rest @ ..] = reasons else {
        return Words::default();
    };
    let zh = beginning(without_end(&first.words.zh, &ENDS_ZH), &CLAUSES_ZH);
    let en = beginning(without_end(&first.words.en, &ENDS_EN), &CLAUSES_EN);
    let en = going_on(en);
    match rest.len() {
        0 => Words::new(format!("（{zh}）"), format!(" ({en})")),
        1 => Words::new(
            format!("（{zh}，另有1项）"),
            format!(" ({en}; and 1 more reason)"),
        ),
        more => Words::new(
            format!("（{zh}，另有{more}项）"),
            format!(" ({en}; and {more} more reasons)"),
        ),
    }
}

/// Where a long reason may be broken off.
const CLAUSES_ZH: [&str; 6] = ["；", "。", "，可能", "，缺少", "，也没有", "（含"];
const CLAUSES_EN: [&str; 4] = ["; ", ". ", ", which", ", and "];

/// The first clause of a text that is too long to stand in brackets.
fn beginning<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    if fits(text, LONGEST_IN_BRACKETS) {
        return text;
    }
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether a text is at most so wide: a Chinese character counts for two letters. No text is wider than it
/// has bytes.
fn fits(text: &str, most: usize) -> bool {
    if text.len() <= most {
        return true;
    }
    // The first byte of each longer sign.
    let wide = text.bytes().filter(|byte| *byte >= 0xc0).count();
    text.chars().count() + wide <= most
}

/// A line and a half.
const LONGEST_IN_BRACKETS: usize = 64;

/// A text without what stands in brackets, and the blank before them.
fn without_brackets(text: &str) -> String {
    let (mut kept, mut depth) = (String::new(), 0_u32);
    for sign in text.chars() {
        match sign {
            '(' | '（' => {
                if depth == 0 && kept.ends_with(' ') {
                    kept.pop();
                }
                depth += 1;
            }
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(sign),
            _ => {}
        }
    }
    kept
}

/// English within a sentence: a word that began one of its own goes on in small letters; a name or an
/// abbreviation stays.
pub(super) fn going_on(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().filter(char::is_ascii_uppercase);
    match (first, letters.next()) {
        (Some(first), Some(second)) if second.is_ascii_lowercase() || second == ' ' => {
            format!("{}{}", first.to_ascii_lowercase(), &text[1..])
        }
        _ => text.to_owned(),
    }
}

pub(super) fn without_end<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    let found = ends.iter().find_map(|end| text.strip_suffix(end));
    found.unwrap_or(text)
}
