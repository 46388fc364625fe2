//! Files that open in a spreadsheet with every digit and every character: comma-separated, UTF-8 with a byte order
//! mark, by which spreadsheets know the encoding, and lines that end as RFC 4180 says.
//!
//! A spreadsheet takes what looks like a number for one and drops its digits, and what begins with a sign for a
//! formula and runs it. Both are kept from it.

use std::fmt::{Display, Write as _};

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Sheet(String);

/// One cell.
#[derive(Debug)]
pub(crate) enum Cell<'a> {
    /// What we made ourselves: an id, a sum, a number, a word of a list.
    Plain(String),
    /// What somebody else wrote.
    Text(&'a str),
    /// Digits that are no number, such as an account: in groups of four, which no spreadsheet adds up.
    Digits(&'a str),
}

impl Cell<'_> {
    /// What we made ourselves.
    pub(crate) fn plain(made: impl Display) -> Self {
        Self::Plain(made.to_string())
    }
}

impl Sheet {
    /// A file with its first line.
    pub(crate) fn new(columns: &[&str]) -> Self {
        let mut sheet = Self(String::from('\u{feff}'));
        sheet.0.push_str(&columns.join(","));
        sheet.0.push_str("\r\n");
        sheet
    }

    /// Writes a line.
    pub(crate) fn line<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            // Writing to a String cannot fail.
            let _ = match cell {
                Cell::Plain(made) => write!(self.0, "{made}"),
                Cell::Text(text) => write!(self.0, "{}", quoted(&guarded(text))),
                Cell::Digits(digits) => write!(self.0, "{}", quoted(&grouped(digits))),
            };
        }
        self.0.push_str("\r\n");
    }

    /// The file.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// The text with an apostrophe in front where a spreadsheet would calculate it, or count with it.
fn guarded(text: &str) -> String {
    let first = text.trim_start_matches(|c: char| c.is_whitespace() && !is_break(c));
    let is_formula = first.starts_with(is_sign);
    let is_number = !text.is_empty() && text.chars().all(counts) && text.contains(is_digit);
    if is_formula || is_number {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Signs that begin a formula, in every width that Unicode has of them, and breaks behind which one can begin.
const fn is_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '＝'
            | '＋'
            | '－'
            | '＠'
            | '﹦'
            | '﹢'
            | '﹣'
            | '﹫'
            | '⁼'
            | '⁺'
            | '⁻'
            | '₌'
            | '₊'
            | '₋'
            | '−'
    ) || is_break(c)
}

const fn is_break(c: char) -> bool {
    matches!(
        c,
        '\t' | '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// What numbers, dates and times are made of.
fn counts(c: char) -> bool {
    is_digit(c)
        || c.is_whitespace()
        || matches!(
            c,
            '.' | ','
                | ':'
                | '/'
                | '-'
                | '+'
                | '%'
                | 'e'
                | 'E'
                | '('
                | ')'
                | '．'
                | '，'
                | '：'
                | '／'
                | '－'
                | '＋'
                | '％'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cell: Cell<'_>) -> String {
        let mut sheet = Sheet::new(&["column"]);
        sheet.line([cell]);
        let file = sheet.finish();
        let line = file.strip_prefix("\u{feff}column\r\n").unwrap();
        line.strip_suffix("\r\n").unwrap().to_owned()
    }

    #[test]
    fn a_text_is_quoted_and_stays_as_it_is() {
        assert_eq!(written(Cell::Text("陈晚晴")), "\"陈晚晴\"");
        assert_eq!(written(Cell::Text("a\"b,c")), "\"a\"\"b,c\"");
        assert_eq!(written(Cell::Text("3i银行")), "\"3i银行\"");
    }

    #[test]
    fn a_sign_in_any_width_begins_no_formula() {
        for sign in [
            "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−", "\t", "\r",
            "\n",
        ] {
            let text = format!("{sign}1+1");
            assert_eq!(
                written(Cell::Text(&text)),
                format!("\"'{text}\""),
                "{sign:?}"
            );
            let behind = format!(" \u{3000}{sign}HYPERLINK(1)");
            assert_eq!(
                written(Cell::Text(&behind)),
                format!("\"'{behind}\""),
                "{sign:?}"
            );
        }
    }

    #[test]
    fn a_text_that_looks_like_a_number_or_a_date_is_kept_as_it_was_written() {
        for text in ["0571", "1E5", "3-4", "12:30", "１２３", "1/2"] {
            assert_eq!(written(Cell::Text(text)), format!("\"'{text}\""));
        }
    }

    #[test]
    fn digits_that_are_no_number_stand_in_groups() {
        let account = Cell::Digits("6222021234567890123");
        assert_eq!(written(account), "\"6222 0212 3456 7890 123\"");
    }
}
