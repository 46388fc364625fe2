//! The story on a terminal: a headline for each step, and under it who did what, and the answer.

use super::{narrator::Narrator, story::STEPS};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;

/// Columns that a line may take; a Chinese character takes two.
const COLUMNS: usize = 108;

/// Prints the story. A bar for photos on their way shows on a terminal only.
#[derive(Debug)]
pub struct Console<W> {
    out: W,
    bar: Option<ProgressBar>,
}

impl<W: Write + Send> Console<W> {
    /// Prints there. What cannot be printed is lost: the story does not depend on its listeners.
    pub const fn new(out: W) -> Self {
        Self { out, bar: None }
    }

    fn lines(&mut self, (first, rest): (&str, &str), text: &str) {
        for line in wrapped((first, rest), text) {
            let _ = writeln!(self.out, "{line}");
        }
    }
}

impl<W: Write + Send> Narrator for Console<W> {
    fn begin(&mut self, number: usize) {
        let title = number.checked_sub(1).and_then(|index| STEPS.get(index));
        if let Some((en, zh)) = title {
            let _ = writeln!(self.out, "\n{number}. {en} ({zh})");
        }
    }

    fn say(&mut self, who: &str, what: &str, answer: &str, link: Option<&str>) {
        let line = format!("   {who}: {what} → {answer}");
        // An explanation has lines of its own: each is a paragraph under the step.
        let is_one_line = !answer.contains('\n') && width(&line) <= COLUMNS;
        if is_one_line {
            let _ = writeln!(self.out, "{line}");
        } else {
            self.lines(("   ", "      "), &format!("{who}: {what}"));
            for (index, paragraph) in answer.lines().enumerate() {
                let first = if index == 0 { "     → " } else { "       " };
                self.lines((first, "       "), paragraph);
            }
        }
        if let Some(link) = link {
            // A link that is broken over two lines cannot be opened.
            let _ = writeln!(self.out, "       {link}");
        }
        let _ = self.out.flush();
    }

    fn progress(&mut self, label: &str, sent: u64, total: u64) {
        let bar = self.bar.get_or_insert_with(|| bar(label, total));
        bar.set_position(sent);
        if sent >= total {
            bar.finish_and_clear();
            self.bar = None;
        }
    }
}

/// A bar on standard error; the library hides it where that is no terminal.
fn bar(label: &str, total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("     {msg} {bar:40} {bytes}/{total_bytes}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total)
        .with_style(style)
        .with_message(label.to_owned())
}

/// The text in lines of at most [`COLUMNS`] columns, broken at spaces and between Chinese
/// characters; `first` and `rest` begin the lines.
fn wrapped((first, rest): (&str, &str), text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words(text) {
        if !is_empty && width(&line) + width(word.trim_end()) > COLUMNS {
            lines.push(line.trim_end().to_owned());
            line = rest.to_owned();
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Pieces that stay together: words with the space behind them, single Chinese characters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c| c == ' ' || columns(c) == 2)
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How many columns a character takes: two from Hangul and the CJK blocks on (Unicode, annex 11,
/// as far as the story's own texts need it).
const fn columns(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 2,
        '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(tell: impl FnOnce(&mut Console<&mut Vec<u8>>)) -> String {
        let mut out = Vec::new();
        tell(&mut Console::new(&mut out));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_step_has_a_numbered_headline_in_both_languages() {
        let text = told(|console| console.begin(1));
        assert_eq!(
            text,
            "\n1. A citizen reports short weight (群众举报缺斤短两)\n"
        );
    }

    #[test]
    fn an_answer_says_who_what_the_answer_and_the_link() {
        let text =
            told(|console| console.say("Lin", "takes it in", "VERIFYING", Some("http://x/")));
        assert_eq!(text, "   Lin: takes it in → VERIFYING\n       http://x/\n");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let long = format!("{} {}", "短缺超过允许值".repeat(20), "word ".repeat(40));
        let text = told(|console| console.say("Zhou", &long, &long, None));
        assert!(text.lines().count() > 6);
        for line in text.lines() {
            assert!(width(line) <= COLUMNS, "{line}");
        }
    }

    #[test]
    fn a_photo_that_was_sent_leaves_no_bar_behind() {
        let text = told(|console| {
            console.progress("photo", 5, 10);
            console.progress("photo", 10, 10);
            assert!(console.bar.is_none());
        });
        assert!(text.is_empty());
    }
}
