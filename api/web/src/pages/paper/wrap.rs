//! Breaking text into lines. Han characters may be parted anywhere, words of letters and digits may not; no line begins with a
//! sign that closes and none ends with one that opens (GB/T 15834-2011). What is wider than a line by itself is cut.

/// How wide a character is, in parts of the size in which it is set.
pub(super) type Widths<'a> = &'a dyn Fn(char) -> f32;

const CLOSING: &str = "，。、；：？！）》〉」』】〕”’％…,.;:?!)]}%";
const OPENING: &str = "（《〈「『【〔“‘([{";

/// How wide a text is.
pub(super) fn width(text: &str, widths: Widths<'_>) -> f32 {
    text.chars().map(widths).sum()
}

/// The text in lines that are at most so wide. A line of its own stays one, an empty one too.
pub(super) fn wrap<'a>(text: &'a str, most: f32, widths: Widths<'_>) -> Vec<&'a str> {
    text.lines()
        .flat_map(|line| broken(line, most, widths))
        .collect()
}

fn broken<'a>(line: &'a str, most: f32, widths: Widths<'_>) -> Vec<&'a str> {
    let mut lines = Vec::new();
    let (mut from, mut to, mut used) = (0, 0, 0.0);
    for unit in units(line, most, widths) {
        let wide = width(unit, widths);
        if used + wide > most && to > from {
            lines.push(part(line, from, to));
            (from, used) = (to, 0.0);
        }
        let begins = from > 0 && to == from;
        to += unit.len();
        if begins && unit.trim().is_empty() {
            // A space at which a line was broken begins no other.
            from = to;
        } else {
            used += wide;
        }
    }
    lines.push(part(line, from, to));
    lines
}

fn part(line: &str, from: usize, to: usize) -> &str {
    line.get(from..to).unwrap_or_default().trim_end()
}

/// What is not parted, one after the other and without gaps; what is wider than a line is cut to characters.
fn units<'a>(line: &'a str, most: f32, widths: Widths<'_>) -> Vec<&'a str> {
    let mut units = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, sign) in line.char_indices() {
        if before.is_some_and(|before| !holds(before, sign)) {
            units.extend(line.get(from..at));
            from = at;
        }
        before = Some(sign);
    }
    units.extend(line.get(from..).filter(|rest| !rest.is_empty()));
    let cut = units
        .into_iter()
        .flat_map(|unit| match width(unit, widths) > most {
            true => unit.split_inclusive(|_: char| true).collect::<Vec<_>>(),
            false => vec![unit],
        });
    cut.collect()
}

/// Whether nothing may be broken between two signs.
fn holds(left: char, right: char) -> bool {
    if left.is_whitespace() || right.is_whitespace() {
        return left.is_whitespace() && right.is_whitespace();
    }
    CLOSING.contains(right) || OPENING.contains(left) || is_western(left) && is_western(right)
}

/// Letters and digits of scripts that part their words by spaces; a hyphen or a slash in them is a place to break.
fn is_western(sign: char) -> bool {
    !matches!(sign, '-' | '/') && u32::from(sign) < 0x2e80
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half as wide as high below U+2E80, as wide as high above.
    fn widths(sign: char) -> f32 {
        if is_western(sign) || matches!(sign, '-' | '/') {
            0.5
        } else {
            1.0
        }
    }

    fn lines(text: &str, most: f32) -> Vec<&str> {
        wrap(text, most, &widths)
    }

    #[test]
    fn han_is_parted_anywhere_and_words_nowhere() {
        assert_eq!(lines("现场检查笔录", 4.0), ["现场检查", "笔录"]);
        assert_eq!(lines("the scale of stall", 5.0), ["the scale", "of stall"]);
        assert_eq!(lines("电子秤ACS-15", 4.0), ["电子秤", "ACS-15"]);
    }

    #[test]
    fn no_line_begins_with_what_closes_nor_ends_with_what_opens() {
        assert_eq!(lines("秤已过期，须停用", 4.0), ["秤已过", "期，须停", "用"]);
        assert_eq!(lines("猪肉摊（甲）乙", 4.0), ["猪肉摊", "（甲）乙"]);
    }

    #[test]
    fn what_is_wider_than_a_line_is_cut_and_nothing_is_lost() {
        let digest = "0123456789abcdef".repeat(4);
        let cut = lines(&digest, 10.0);
        assert_eq!(cut.len(), 4);
        assert_eq!(cut.concat(), digest);
        for text in ["", " ", "甲 ", "，", "（", "a\n\nb"] {
            for line in lines(text, 1.0) {
                assert!(text.contains(line));
            }
        }
        assert_eq!(lines("甲\n\n乙", 9.0), ["甲", "", "乙"]);
        assert_eq!(lines("", 9.0), Vec::<&str>::new());
    }
}
