//! What a merchant says of a visit that is over: a few words and a short text.
//!
//! It reaches nobody but the offices above, added up with what others said of the same office in the same quarter, once nobody
//! can add to it any more: no visit, no merchant, no moment and no order stands beside it. Whoever was inspected must be able to
//! speak; whoever inspected must not learn who did.

use crate::{
    law::calendar::{shanghai_date, shanghai_start_of},
    limits::{OPINIONS_FEWEST, PASSPORT_DAYS},
    refusal::{Code, Refusal},
    text::Line,
};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

words! {
    /// What a merchant says of a visit.
    pub enum OpinionWord as "VisitOpinionWord" {
        /// It was made as the law asks.
        Proper,
        /// No certificate was shown.
        NoCertificate,
        /// Nobody said why they came or what rights the merchant has.
        NotExplained,
        /// Business was disturbed more than it had to be.
        Disturbed,
        /// Gifts, meals or favours were asked for or taken.
        Favours,
        /// Costs were put on the merchant.
        Costs,
    }
}

/// What one merchant says of one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    words: BTreeSet<OpinionWord>,
    text: Option<Line>,
}

impl Opinion {
    /// One word at least; the text may be left out.
    pub fn of(
        words: impl IntoIterator<Item = OpinionWord>,
        text: Option<Line>,
    ) -> Result<Self, Refusal> {
        let words: BTreeSet<_> = words.into_iter().collect();
        if words.is_empty() {
            return Err(Refusal::on(Code::FieldRequired, "words"));
        }
        Ok(Self { words, text })
    }
}

/// A quarter of a year, such as `2026Q4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarter {
    year: i32,
    number: u32,
}

impl Quarter {
    /// That of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            number: day.month0() / 3 + 1,
        }
    }

    /// The moment at which it begins in China.
    #[must_use]
    pub fn begin(self) -> DateTime<Utc> {
        let first = NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1);
        first.map_or(DateTime::UNIX_EPOCH, shanghai_start_of)
    }

    /// Whether what was said of its visits may be told: whoever can still say something can no longer say it of this quarter.
    /// What is told of it never changes afterwards, so that no two answers differ by one opinion. A day lies between, for what
    /// was sent at the last moment and is still being written.
    #[must_use]
    pub fn is_told_at(self, now: DateTime<Utc>) -> bool {
        let after = match self.number {
            4 => NaiveDate::from_ymd_opt(self.year + 1, 1, 1),
            number => NaiveDate::from_ymd_opt(self.year, number * 3 + 1, 1),
        };
        let days = Days::new(PASSPORT_DAYS.unsigned_abs() + 1);
        let from = after.and_then(|after| after.checked_add_days(days));
        from.is_some_and(|from| shanghai_date(now) >= from)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::on(Code::FieldFormat, "quarter");
        let (year, number) = text.split_once('Q').ok_or_else(bad)?;
        let quarter = Self {
            year: year.parse().map_err(|_| bad())?,
            number: number.parse().map_err(|_| bad())?,
        };
        let is_one = (2000..=9999).contains(&quarter.year) && (1..=4).contains(&quarter.number);
        // What is written otherwise is not looked for.
        match is_one && quarter.to_string() == text {
            true => Ok(quarter),
            false => Err(bad()),
        }
    }
}

/// What merchants said of the visits of one office in one quarter, added up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opinions {
    /// How many visits somebody said something of.
    pub given: u32,
    /// To how many merchants they were: one that is visited five times is one, and known to everybody.
    pub merchants: u32,
    /// Of how many visits somebody else said something after the first one, which alone counts: whoever shows the code has
    /// it too.
    pub contested: u32,
    /// How often each word was said.
    pub words: BTreeMap<OpinionWord, u32>,
    /// The texts, in the order of their characters.
    pub texts: Vec<String>,
}

impl Opinions {
    /// Adds what one more said.
    pub fn add(&mut self, opinion: &Opinion) {
        self.given = self.given.saturating_add(1);
        for word in &opinion.words {
            let times = self.words.entry(*word).or_default();
            *times = times.saturating_add(1);
        }
        if let Some(text) = &opinion.text {
            self.texts.push(text.to_string());
            self.texts.sort();
        }
    }

    /// Notes that one more merchant said something.
    pub const fn meet(&mut self) {
        self.merchants = self.merchants.saturating_add(1);
    }

    /// Notes that somebody said something of a visit of which another one had.
    pub const fn contest(&mut self) {
        self.contested = self.contested.saturating_add(1);
    }

    /// What the offices above are told: nothing of fewer than five merchants, and no texts that are fewer than five.
    #[must_use]
    pub fn told(mut self) -> Option<Self> {
        if self.merchants < OPINIONS_FEWEST {
            return None;
        }
        let texts = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        if texts < OPINIONS_FEWEST {
            self.texts.clear();
        }
        if self.contested < OPINIONS_FEWEST {
            self.contested = 0;
        }
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(words: &[OpinionWord], text: Option<&str>) -> Opinion {
        let text = text.map(|text| Line::parse(text, "text").unwrap());
        Opinion::of(words.iter().copied(), text).unwrap()
    }

    fn added(texts: &[Option<&str>]) -> Opinions {
        let mut all = Opinions::default();
        for text in texts {
            all.meet();
            all.add(&opinion(&[OpinionWord::Proper], *text));
        }
        all
    }

    #[test]
    fn of_fewer_than_five_nothing_is_told_and_of_five_nothing_says_which_came_first() {
        let texts = ["戊", "甲", "丁", "乙", "丙"].map(Some);
        assert_eq!(added(&texts[..4]).told(), None);
        let told = added(&texts).told().unwrap();
        let mut backwards = texts;
        backwards.reverse();
        assert_eq!(added(&backwards).told().unwrap(), told);
        assert_eq!(told.words, BTreeMap::from([(OpinionWord::Proper, 5)]));
        assert_eq!(told.texts.len(), 5);
        let mut of_four = added(&texts[..4]);
        of_four.add(&opinion(&[OpinionWord::Favours], Some("己")));
        assert_eq!(of_four.told(), None, "one of the four was visited twice");
        let few = [Some("甲"), None, None, None, None];
        let told = added(&few).told().unwrap();
        assert!(told.given == 5 && told.texts.is_empty());
    }

    #[test]
    fn a_quarter_is_told_once_nobody_can_add_to_it() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let quarter = Quarter::of("2026-12-31".parse().unwrap());
        assert_eq!(quarter.to_string(), "2026Q4");
        assert_eq!("2026Q4".parse::<Quarter>().unwrap(), quarter);
        // The last visit is of the last day; its passport is good for thirty days more.
        assert!(!quarter.is_told_at(at("2027-01-31T15:59:59Z")));
        assert!(quarter.is_told_at(at("2027-01-31T16:00:00Z")));
        assert_eq!(quarter.begin(), at("2026-09-30T16:00:00Z"));
        let third = Quarter::of("2026-07-01".parse().unwrap());
        assert!(third.is_told_at(at("2026-11-01T00:00:00Z")));
        assert!(!third.is_told_at(at("2026-10-31T00:00:00Z")));
        assert_eq!(third.begin(), at("2026-06-30T16:00:00Z"));
        for bad in ["", "2026", "2026Q0", "2026Q5", "2026Q04", "26Q4", "+2026Q4"] {
            assert!(bad.parse::<Quarter>().is_err(), "{bad}");
        }
    }

    #[test]
    fn who_says_no_word_says_nothing() {
        let text = Line::parse("都好", "text").unwrap();
        let refused = Opinion::of([], Some(text)).unwrap_err();
        assert_eq!(refused.code, Code::FieldRequired);
    }
}
