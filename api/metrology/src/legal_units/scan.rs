//! Reading a text for units that are not legal: a unit is one only where a unit can stand.

use rust_decimal::Decimal;

use crate::printed::Printed;
use crate::rules::{LegalUnitRules, UnitRow};

/// A unit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    /// What unit it is.
    pub row: &'a UnitRow,
    /// How it is written.
    pub written: String,
    /// The place of its first character, from 1, in the text as it was given.
    pub place: usize,
    /// What stands around it.
    pub around: String,
    /// The number before it, where that is in digits.
    pub number: Option<Decimal>,
    /// Whether a legal unit beside it says the same (`1克拉(0.2g)`).
    pub is_beside_legal: bool,
}

/// Where a unit stands.
enum Standing {
    /// After a number, which is known where it is in digits.
    Number(Option<Decimal>),
    /// After "/", 每 or "per".
    Per,
}

/// All units found, first to last.
pub(crate) fn scan<'a>(rules: &'a LegalUnitRules, text: &str) -> Vec<Hit<'a>> {
    let printed = Printed::of(text);
    let scan = Scan {
        rules,
        is_prose: prose(rules, &printed),
        printed,
    };
    let (mut hits, mut at) = (Vec::new(), 0);
    while at < scan.printed.len() {
        match scan.hit(at) {
            Some((hit, length)) => {
                hits.push(hit);
                at += length;
            }
            None => at += 1,
        }
    }
    hits
}

/// Which characters belong to words that hold no unit.
fn prose(rules: &LegalUnitRules, printed: &Printed) -> Vec<bool> {
    let mut is_prose = vec![false; printed.len()];
    for at in 0..printed.len() {
        for word in &rules.prose.words {
            let length = printed.goes_on(at, word.as_str()).unwrap_or(0);
            is_prose
                .iter_mut()
                .skip(at)
                .take(length)
                .for_each(|known| *known = true);
        }
    }
    is_prose
}

struct Scan<'a> {
    rules: &'a LegalUnitRules,
    is_prose: Vec<bool>,
    printed: Printed,
}

impl<'a> Scan<'a> {
    fn hit(&self, at: usize) -> Option<(Hit<'a>, usize)> {
        let (row, length) = self.unit_at(at)?;
        let number = match self.standing(at)? {
            Standing::Number(number) => number,
            Standing::Per if row.after_per => None,
            Standing::Per => return None,
        };
        let end = at + length;
        // 两 is a unit of its own and the number two: before a unit or 百, 千, 万 it is the number.
        let goes_on = |sign: char| "十百千万亿".contains(sign);
        let is_number = self.unit_at(end).is_some() || self.printed.char(end).is_some_and(goes_on);
        if length == 1 && self.is_numeral(at) && is_number {
            return None;
        }
        let hit = Hit {
            row,
            written: self.printed.slice(at, end),
            place: self.printed.place(at),
            around: self.printed.slice(at.saturating_sub(AROUND), end + AROUND),
            number,
            is_beside_legal: self.is_beside_legal(row, end),
        };
        Some((hit, length))
    }

    /// The unit with the longest spelling at a place, and its length.
    fn unit_at(&self, at: usize) -> Option<(&'a UnitRow, usize)> {
        if self.is_prose.get(at).copied().unwrap_or(true) {
            return None;
        }
        let mut best: Option<(&UnitRow, usize)> = None;
        for row in &self.rules.units {
            for written in &row.written {
                let length = self.printed.goes_on_loosely(at, written.as_str());
                if let Some(length) = length.filter(|new| best.is_none_or(|(_, old)| *new > old)) {
                    best = Some((row, length));
                }
            }
        }
        best
    }

    fn standing(&self, at: usize) -> Option<Standing> {
        let (before, sign) = self.printed.before(at)?;
        match sign {
            '/' | '每' => Some(Standing::Per),
            'r' | 'R' => self.is_per(before).then_some(Standing::Per),
            '多' | '余' | '来' => {
                let (number, _) = self.printed.before(before)?;
                self.number(number).map(|_| Standing::Number(None))
            }
            _ => self.number(before).map(Standing::Number),
        }
    }

    fn is_per(&self, last: usize) -> bool {
        let Some(first) = last.checked_sub(2) else {
            return false;
        };
        self.printed.goes_on_loosely(first, "per").is_some() && self.printed.ends_word(first)
    }

    /// The number that ends at a place, unless it is an ordinal (第三); its value where it is in digits.
    fn number(&self, last: usize) -> Option<Option<Decimal>> {
        let is_digit = |sign: char| sign.is_ascii_digit() || sign == '½';
        let is_last_digit = self.printed.char(last).is_some_and(is_digit);
        if !is_last_digit && !self.is_numeral(last) {
            return None;
        }
        let belongs = |at: usize| {
            let is_part = |sign: char| is_digit(sign) || matches!(sign, '.' | ',');
            self.is_numeral(at) || self.printed.char(at).is_some_and(is_part)
        };
        let first = (0..=last)
            .rev()
            .take_while(|at| belongs(*at))
            .last()
            .unwrap_or(last);
        let sign_before = first.checked_sub(1).and_then(|at| self.printed.char(at));
        if sign_before == Some('第') {
            return None;
        }
        let text = self.printed.slice(first, last + 1);
        Some(Decimal::from_str_exact(&text).ok())
    }

    /// A Chinese numeral that can end a number. 零 cannot: 零钱 and 零担 are words.
    fn is_numeral(&self, at: usize) -> bool {
        let is_numeral =
            |sign: char| "一二三四五六七八九十百千万亿半两壹贰叁肆伍陆柒捌玖拾佰仟".contains(sign);
        self.printed.char(at).is_some_and(is_numeral)
            && !self.is_prose.get(at).copied().unwrap_or(true)
    }

    fn is_beside_legal(&self, row: &UnitRow, end: usize) -> bool {
        let is_between =
            |sign: char| matches!(sign, ' ' | '(' | '/' | '=' | '≈' | '约' | '合' | '即');
        let is_number = |sign: char| sign.is_ascii_digit() || sign == '.';
        let skip = |from: usize, is_skipped: &dyn Fn(char) -> bool| {
            (from..self.printed.len())
                .find(|at| !self.printed.char(*at).is_some_and(is_skipped))
                .unwrap_or(self.printed.len())
        };
        let number = skip(end, &is_between);
        let number_end = skip(number, &is_number);
        let unit = self.printed.skip_blanks(number_end);
        number_end > number
            && row
                .beside
                .iter()
                .any(|legal| self.printed.goes_on_loosely(unit, legal.as_str()).is_some())
    }
}

/// How much is shown on either side of a unit found.
const AROUND: usize = 6;
