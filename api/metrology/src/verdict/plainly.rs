//! What merchants and shoppers are told: one sentence, without law, of what was found and what that means.

use rust_decimal::{Decimal, RoundingStrategy};

use super::sentence::{ENDS_EN, ENDS_ZH, going_on, without_end};
use super::{CheckResult, Finding, Grounds, Outcome, Words};

/// Where the words of a finding go on to the limit, which is law.
const LIMIT_ZH: [&str; 8] = [
    "，限值",
    "；限值",
    "，允差",
    "，不得低于",
    "，最小高度",
    "，不大于",
    "，不小于",
    "，不得有偏差",
];
const LIMIT_EN: [&str; 5] = [
    ", limit",
    "; limit",
    ", at least",
    ", at most",
    ", none is allowed",
];

impl Grounds {
    /// Says what was found, and what that means.
    pub(crate) fn tell(&mut self, found: &Words) {
        let outcome = self.outcome();
        let (zh, en) = outcome.plainly();
        let found_en = capital(&found.en);
        let between = match outcome {
            // A sentence has one colon.
            Outcome::Conforms | Outcome::Fails if !found_en.contains(": ") => ": ",
            _ => "; ",
        };
        let en = joined!(&found_en, between, en);
        self.say_plainly(Words::new(joined!(&found.zh, zh), en));
    }

    /// Says what fails first, else `found`, and what that means.
    pub(crate) fn tell_first(&mut self, found: &Words) {
        match self
            .first_failing()
            .map(|finding| without_limit(&finding.words))
        {
            Some(failing) => self.tell(&failing),
            None => self.tell(found),
        }
    }

    /// Says what fails first, else why there is no firm answer, else `found`, and what that means.
    pub(crate) fn tell_why(&mut self, found: &Words) {
        let reasons = self.reasons();
        let why = reasons.first().map(|reason| without_limit(&reason.words));
        match why.filter(|_| self.outcome() != Outcome::Conforms) {
            Some(why) => self.tell_first(&why),
            None => self.tell_first(found),
        }
    }

    /// How many things were looked at.
    pub(crate) fn assessed(&self) -> usize {
        let is_assessed = |finding: &&Finding| finding.result != CheckResult::NotAssessed;
        self.findings().iter().filter(is_assessed).count()
    }
}

impl Outcome {
    /// What it means, behind what was found.
    fn plainly(self) -> (&'static str, &'static str) {
        match self {
            Self::Conforms => ("，合格。", "this is as it should be."),
            Self::Fails => ("，不合格。", "this is not as it should be."),
            Self::ScreeningOnly => ("，还不能下结论。", "nothing is certain yet."),
            Self::NotAssessable => ("，凭这次检查得不出结论。", "this check proves nothing."),
        }
    }
}

/// A sentence begins with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// What a finding says before its limit and its result.
fn without_limit(words: &Words) -> Words {
    let cut = |text: &str, limits: &[&str], ends: &[&str]| {
        let at = limits.iter().filter_map(|limit| text.find(limit)).min();
        let kept = at.and_then(|at| text.get(..at));
        kept.unwrap_or_else(|| without_end(text, ends)).to_owned()
    };
    let zh = cut(&words.zh, &LIMIT_ZH, &ENDS_ZH);
    let en = going_on(&cut(&words.en, &LIMIT_EN, &ENDS_EN));
    // Which annex lists something is law, too.
    Words::new(
        as_read(&zh.replace("附表1所列的", "这里可用的")),
        as_read(&en.replace("of annex 1", "that may be used here")),
    )
}

/// The decimals of a percentage that people read; the finding has them all.
const DECIMALS: u32 = 2;

/// A text whose percentages have no more decimals than people read, unless nothing would be left of them.
fn as_read(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut parts = text.split('%').peekable();
    while let Some(part) = parts.next() {
        let Some(_) = parts.peek() else {
            read.push_str(part);
            break;
        };
        let number = part.trim_end();
        let before = number.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
        let (_, blank) = part.split_at(number.len());
        let (_, digits) = number.split_at(before.len());
        let to_nearest = RoundingStrategy::MidpointAwayFromZero;
        let rounded = digits.parse::<Decimal>().ok();
        let rounded = rounded.map(|one| one.round_dp_with_strategy(DECIMALS, to_nearest));
        match rounded.filter(|one| !one.is_zero()) {
            Some(one) => read.extend([before, &one.normalize().to_string(), blank, "%"]),
            None => read.extend([part, "%"]),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::as_read;

    #[test]
    fn a_percentage_has_no_more_decimals_than_people_read() {
        for (text, wanted) in [
            ("重复性0.1183%", "重复性0.12%"),
            ("repeatability 0.1003 %", "repeatability 0.1 %"),
            ("-0.305% and 12 %", "-0.31% and 12 %"),
            ("0.001%", "0.001%"),
            ("差0.0011千瓦时", "差0.0011千瓦时"),
            ("%", "%"),
        ] {
            assert_eq!(as_read(text), wanted);
        }
    }
}
