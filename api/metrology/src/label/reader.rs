//! Reading a mark as it is printed. Refuses nothing: what it cannot read it says.

use std::ops::Range;

use rust_decimal::Decimal;

use super::runs::{Run, Token, runs};
use crate::label::{LabelUnit, QuantityKind};
use crate::printed::{Printed, is_chinese};
use crate::quantity::{Gram, Millilitre, Millimetre, SquareCentimetre};
use crate::rules::{LabelRules, SpellingRow};

/// A mark in its parts.
pub(super) struct Mark<'a> {
    /// The text without blanks, in plain characters.
    pub plain: String,
    /// The quantities whose unit is one of annex 1, spelt rightly or not.
    pub quantities: Vec<Read<'a>>,
    /// Numbers whose unit is missing or unknown, other than numbers of items.
    pub others: Vec<Other>,
    /// Numbers of items: those that × joins to another number.
    pub items: Vec<Other>,
    /// Numbers of a name, such as the 50 of `SPF50`.
    pub codes: Vec<String>,
    /// All numbers but those, as they are joined by ×.
    pub runs: Vec<Run>,
    /// Words and signs that leave the quantity open, such as 约 or ±, and a range.
    pub unclear: Vec<String>,
    /// The place of the range; its numbers are said with it and not a second time.
    range: Option<Range<usize>>,
    /// Whether it is a range of items: then no single number is the quantity.
    pub is_range_of_items: bool,
    /// Whether a number is written in Chinese numerals.
    pub has_chinese_number: bool,
}

/// A number with a unit of annex 1.
pub(super) struct Read<'a> {
    pub number: String,
    pub written: String,
    pub spelling: &'a SpellingRow,
    pub is_right: bool,
    pub quantity: Option<NetQuantity>,
}

/// A number without a unit that is known.
pub(super) struct Other {
    pub number: String,
    pub unit: String,
}

/// A quantity of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NetQuantity {
    Mass(Gram),
    Volume(Millilitre),
    Length(Millimetre),
    Area(SquareCentimetre),
}

impl NetQuantity {
    fn read(number: &str, unit: LabelUnit) -> Option<Self> {
        use super::QuantityKind as Kind;
        let text = format!("{number} {}", unit.symbol());
        match unit.kind() {
            Kind::Mass => Gram::read(&text).ok().map(Self::Mass),
            Kind::Volume => Millilitre::read(&text).ok().map(Self::Volume),
            Kind::Length => Millimetre::read(&text).ok().map(Self::Length),
            Kind::Area => SquareCentimetre::read(&text).ok().map(Self::Area),
            Kind::Count => None,
        }
    }

    /// Its value in the base unit.
    fn measured(self) -> Decimal {
        match self {
            Self::Mass(mass) => mass.value(),
            Self::Volume(volume) => volume.value(),
            Self::Length(length) => length.value(),
            Self::Area(area) => area.value(),
        }
    }

    pub(super) fn is_zero(self) -> bool {
        match self {
            Self::Mass(mass) => mass.is_zero(),
            Self::Volume(volume) => volume.is_zero(),
            Self::Length(length) => length.is_zero(),
            Self::Area(area) => area.is_zero(),
        }
    }
}

impl Other {
    fn of(token: &Token) -> Self {
        Self {
            number: token.number.clone(),
            unit: token.word.clone(),
        }
    }
}

impl Read<'_> {
    /// The quantity as printed.
    pub(super) fn text(&self) -> String {
        format!("{} {}", self.number, self.written)
    }
}

/// Reads a mark of goods that are sold by `kind`.
pub(super) fn read<'a>(rules: &'a LabelRules, kind: QuantityKind, text: &str) -> Mark<'a> {
    let printed = Printed::of(text);
    let measured = range(&printed, |at| {
        known_unit(&printed, at, rules).map(|(_, written, _)| at + written.chars().count())
    });
    let is_counted = kind == QuantityKind::Count && measured.is_none();
    let items = is_counted.then(|| range(&printed, |at| counting_word(&printed, at)));
    // `A10-12型` is a name.
    let is_code = |range: &Range<usize>| range.start > 0 && is_letter(&printed, range.start - 1);
    let of_items = items.flatten().filter(|range| !is_code(range));
    let is_range_of_items = of_items.is_some();
    let range = measured.or(of_items);
    let mut mark = Mark {
        plain: printed.without_blanks(),
        quantities: Vec::new(),
        others: Vec::new(),
        items: Vec::new(),
        codes: Vec::new(),
        runs: Vec::new(),
        unclear: unclear(&printed, range.clone(), rules),
        range,
        is_range_of_items,
        has_chinese_number: has_chinese_number((&printed, rules), kind),
    };
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < printed.len() {
        if !is_digit(&printed, at) {
            at += 1;
            continue;
        }
        at = mark.take((&printed, rules), at, &mut tokens);
    }
    mark.runs = runs(tokens);
    for run in &mark.runs {
        let list = match run.is_product() {
            true => &mut mark.items,
            false => &mut mark.others,
        };
        list.extend(run.without_unit().map(Other::of));
    }
    mark
}

impl<'a> Mark<'a> {
    /// Takes the number at a place with its unit, and says where to go on.
    fn take(
        &mut self,
        (printed, rules): (&Printed, &'a LabelRules),
        at: usize,
        tokens: &mut Vec<Token>,
    ) -> usize {
        let end = number_end(printed, at);
        let number: String = printed
            .slice(at, end)
            .chars()
            .filter(|c| *c != ' ')
            .collect();
        let unit = printed.skip_blanks(end);
        let is_joined = is_after_times(printed, at);
        if let Some((spelling, written, is_right)) = known_unit(printed, unit, rules) {
            let quantity = NetQuantity::read(&number, spelling.unit);
            tokens.push(Token {
                text: format!("{number} {written}"),
                value: quantity.map(NetQuantity::measured),
                kind: Some(spelling.unit.kind()),
                number: number.clone(),
                word: String::new(),
                is_joined,
            });
            let next = unit + written.chars().count();
            self.quantities.push(Read {
                quantity,
                number,
                written,
                spelling,
                is_right,
            });
            return next;
        }
        let is_items = is_times(printed, unit) || is_joined;
        let before = at.checked_sub(1);
        let is_code = before.is_some_and(|before| is_letter(printed, before));
        if is_code && !is_items {
            self.codes.push(number);
            return end;
        }
        if self.range.as_ref().is_some_and(|range| range.contains(&at)) {
            return end;
        }
        let word = unknown_unit(printed, unit);
        tokens.push(Token {
            text: format!("{number}{word}"),
            value: Decimal::from_str_exact(&number).ok(),
            kind: None,
            number,
            word,
            is_joined,
        });
        end
    }
}

/// The words of the edition that leave a quantity open, each once, in the order of the list, and what
/// reaches from one number to another.
fn unclear(printed: &Printed, range: Option<Range<usize>>, rules: &LabelRules) -> Vec<String> {
    let plain = printed.without_blanks().to_lowercase();
    let words = rules.unclear.words.iter().map(|word| word.as_str());
    let is_said = |word: &&str| plain.contains(&word.replace(' ', ""));
    let range = range.map(|range| printed.slice(range.start, range.end));
    // The sign of a range is said with it.
    let is_apart = |word: &&str| range.as_ref().is_none_or(|range| !range.contains(*word));
    let words = words.filter(is_said).filter(is_apart).map(str::to_owned);
    words.chain(range.clone()).collect()
}

/// Where the first range of a mark stands: `500-510g`, `500g至550g`, `10~12个`. `unit` says where the unit ends that
/// begins at a place. A number beside another without a unit is none, such as a day.
fn range(printed: &Printed, unit: impl Fn(usize) -> Option<usize>) -> Option<Range<usize>> {
    let is_sign = |at: usize| printed.char(at).is_some_and(is_of_range);
    let begins = |at: &usize| {
        let is_within = |before: usize| is_digit(printed, before) || is_sign(before);
        is_digit(printed, *at) && !at.checked_sub(1).is_some_and(is_within)
    };
    (0..printed.len()).filter(begins).find_map(|start| {
        let unit = |end: usize| unit(printed.skip_blanks(end));
        let end = number_end(printed, start);
        let first = unit(end);
        let sign = printed.skip_blanks(first.unwrap_or(end));
        let second = printed.skip_blanks(sign + 1);
        if !is_sign(sign) || !is_digit(printed, second) {
            return None;
        }
        let end = number_end(printed, second);
        let last = unit(end);
        (first.is_some() || last.is_some()).then(|| start..last.unwrap_or(end))
    })
}

/// Where a word ends that counts items, such as 个 or 片; nothing where it counts days or degrees.
fn counting_word(printed: &Printed, at: usize) -> Option<usize> {
    let is_no_item = |word: &&str| printed.goes_on(at, word).is_some();
    let sign = printed.char(at)?;
    (is_chinese(sign) && !is_of_range(sign) && !NO_ITEMS.iter().any(is_no_item)).then_some(at + 1)
}

/// Words that stand behind numbers which are no items.
const NO_ITEMS: [&str; 13] = [
    "年",
    "月",
    "日",
    "号",
    "个月",
    "天",
    "周",
    "时",
    "小时",
    "分",
    "岁",
    "度",
    "摄氏度",
];

fn is_of_range(sign: char) -> bool {
    matches!(sign, '-' | '‐'..='―' | '−' | '~' | '至' | '到')
}

/// The significant digits of a number. Zeros at the end of a whole number may only hold the place and
/// are not counted.
pub(super) fn significant_digits(number: &str) -> usize {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let digits = if number.contains('.') {
        digits
    } else {
        digits.trim_end_matches('0')
    };
    digits.len()
}

fn is_digit(printed: &Printed, at: usize) -> bool {
    printed.char(at).is_some_and(|sign| sign.is_ascii_digit())
}

fn is_letter(printed: &Printed, at: usize) -> bool {
    printed
        .char(at)
        .is_some_and(|sign| sign.is_ascii_alphabetic())
}

/// Where a number ends: digits, points and commas between digits, and groups of three after a blank.
fn number_end(printed: &Printed, start: usize) -> usize {
    let mut at = start;
    loop {
        let is_joined = matches!(printed.char(at), Some('.' | ',')) && is_digit(printed, at + 1);
        let is_group = printed.char(at) == Some(' ')
            && (1..=3).all(|step| is_digit(printed, at + step))
            && !is_digit(printed, at + 4)
            && (at - start <= 3 || (at >= start + 4 && printed.char(at - 4) == Some(' ')));
        if is_digit(printed, at) || is_joined || is_group {
            at += 1;
        } else {
            return at;
        }
    }
}

/// The unit of annex 1 at a place, in its longest spelling, and whether it is spelt rightly.
fn known_unit<'a>(
    printed: &Printed,
    at: usize,
    rules: &'a LabelRules,
) -> Option<(&'a SpellingRow, String, bool)> {
    let mut best: Option<(&SpellingRow, String, bool)> = None;
    for row in &rules.spellings {
        for wanted in &row.written {
            let Some(length) = printed.goes_on_loosely(at, wanted.as_str()) else {
                continue;
            };
            let written = printed.slice(at, at + length);
            let is_right = written == wanted.as_str();
            let rank = |written: &str, is_right: bool| (written.chars().count(), is_right);
            let is_better = best
                .as_ref()
                .is_none_or(|(_, other, right)| rank(&written, is_right) > rank(other, *right));
            if is_better {
                best = Some((row, written, is_right));
            }
        }
    }
    best
}

fn unknown_unit(printed: &Printed, at: usize) -> String {
    let is_unit = |sign: char| sign.is_alphabetic() || is_chinese(sign);
    let signs = (at..printed.len()).map_while(|index| printed.char(index).filter(|c| is_unit(*c)));
    signs.take(LONGEST_SHOWN).collect()
}

/// How much of an unknown unit is shown.
const LONGEST_SHOWN: usize = 12;

fn is_times(printed: &Printed, at: usize) -> bool {
    match printed.char(at) {
        Some('×' | '*') => true,
        Some('x' | 'X') => !is_letter(printed, at + 1),
        // 5袋×100 g
        Some(sign) if is_chinese(sign) => {
            matches!(
                printed.char(printed.skip_blanks(at + 1)),
                Some('×' | '*' | 'x' | 'X')
            )
        }
        _ => false,
    }
}

fn is_after_times(printed: &Printed, at: usize) -> bool {
    printed
        .before(at)
        .is_some_and(|(_, sign)| matches!(sign, '×' | '*' | 'x' | 'X'))
}

/// Whether a number in Chinese numerals stands before a unit, or of counted goods before a word that counts.
fn has_chinese_number((printed, rules): (&Printed, &LabelRules), kind: QuantityKind) -> bool {
    let counts = |sign: char| kind == QuantityKind::Count && COUNTING_WORDS.contains(sign);
    (0..printed.len()).any(|at| {
        let is_numeral = |sign: char| "一二三四五六七八九十百千半两".contains(sign);
        let unit = printed.skip_blanks(at + 1);
        printed.char(at).is_some_and(is_numeral)
            && (known_unit(printed, unit, rules).is_some()
                || printed.char(unit).is_some_and(counts))
    })
}

/// Words by which goods are counted; any other behind a numeral may be a word of its own (`一次性`).
const COUNTING_WORDS: &str = "个只枚条支盒袋瓶包片抽张根粒块双卷罐桶箱打";
