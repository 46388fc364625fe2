//! Printed text as a reader sees it: full-width signs and squared units brought to their plain form,
//! every character with its place in the text as it was given.

/// Text in plain characters.
pub(crate) struct Printed {
    chars: Vec<char>,
    /// The place, from 1, of each character in the text as it was given.
    places: Vec<usize>,
}

impl Printed {
    pub(crate) fn of(text: &str) -> Self {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        for (index, sign) in text.chars().enumerate() {
            let mut push = |plain: char| {
                chars.push(plain);
                places.push(index + 1);
            };
            match squared(sign) {
                Some(unit) => unit.chars().for_each(push),
                None => push(plain(sign)),
            }
        }
        Self { chars, places }
    }

    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(crate) fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// The place, from 1, in the text as it was given.
    pub(crate) fn place(&self, at: usize) -> usize {
        self.places.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> String {
        let to = to.min(self.len());
        self.chars
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// The number of characters of `word` when the text goes on with it at `at`.
    pub(crate) fn goes_on(&self, at: usize, word: &str) -> Option<usize> {
        self.matches(at, word, |a, b| a == b)
    }

    /// As [`Printed::goes_on`] for a unit: capitals do not count, and after Latin letters no further
    /// letter may follow.
    pub(crate) fn goes_on_loosely(&self, at: usize, unit: &str) -> Option<usize> {
        let length = self.matches(at, unit, |a, b| a.eq_ignore_ascii_case(&b))?;
        self.ends_word(at + length).then_some(length)
    }

    /// Whether no Latin letter runs on over `at`.
    pub(crate) fn ends_word(&self, at: usize) -> bool {
        let is_letter = |index: usize| self.char(index).is_some_and(|c| c.is_ascii_alphabetic());
        at == 0 || !is_letter(at - 1) || !is_letter(at)
    }

    /// The first place at or after `at` that is not blank.
    pub(crate) fn skip_blanks(&self, mut at: usize) -> usize {
        while self.char(at) == Some(' ') {
            at += 1;
        }
        at
    }

    /// The last character before `at` that is not blank, with its index.
    pub(crate) fn before(&self, at: usize) -> Option<(usize, char)> {
        (0..at)
            .rev()
            .filter_map(|index| Some((index, self.char(index)?)))
            .find(|(_, sign)| *sign != ' ')
    }

    /// The text without blanks.
    pub(crate) fn without_blanks(&self) -> String {
        self.chars.iter().filter(|sign| **sign != ' ').collect()
    }

    fn matches(&self, at: usize, word: &str, same: impl Fn(char, char) -> bool) -> Option<usize> {
        let mut length = 0;
        for wanted in word.chars() {
            if !same(self.char(at + length)?, wanted) {
                return None;
            }
            length += 1;
        }
        (length > 0).then_some(length)
    }
}

/// Whether a character is a Chinese one.
pub(crate) fn is_chinese(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

fn plain(sign: char) -> char {
    match sign {
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '\u{2113}' => 'l',
        '✕' | '✖' | '╳' => '×',
        _ => sign,
    }
}

/// Units that have a character of their own.
fn squared(sign: char) -> Option<&'static str> {
    Some(match sign {
        '㎏' => "kg",
        '㎎' => "mg",
        '㎖' => "ml",
        '㎜' => "mm",
        '㎝' => "cm",
        '㎟' => "mm²",
        '㎠' => "cm²",
        '㎡' => "m²",
        _ => return None,
    })
}
