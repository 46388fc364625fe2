//! Codes, numbers and addresses as people type and paste them: on a Chinese keyboard in full width, with
//! whatever dash and blank the program beside it made of theirs, with a label before and a full stop
//! behind. Texts that are read by people are not touched by this; they are [`super::Text`].

/// A character in its plain form: full width as ASCII, every dash as `-`, every blank within a line as a
/// space. One character stays one character, so that places in a text stay the same.
#[must_use]
pub(crate) fn plain(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c if is_dash(c) => '-',
        c if c.is_whitespace() && !c.is_control() => ' ',
        c => c,
    }
}

/// A typed code or number in plain characters, without what nobody sees.
#[must_use]
pub(crate) fn typed(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { plain(c) })
        .collect()
}

/// Unicode's dash punctuation, the minus sign, and the box line that input methods offer as a dash.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{058A}' | '\u{05BE}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{301C}'
                | '\u{30A0}'
                | '\u{FE31}'
                | '\u{FE32}'
                | '\u{FE58}'
                | '\u{FE63}'
    )
}

/// Soft hyphens, zero-width signs, marks of direction and of shape.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
    )
}

/// A telephone number as it was typed, without the words around it: from the first digit, or the `+` or
/// bracket before it, to the last. What stands between is the caller's to judge. Empty if there is no
/// digit.
#[must_use]
pub fn phone_number(text: &str) -> String {
    let plain = typed(text);
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(first), Some(last)) = (plain.find(is_digit), plain.rfind(is_digit)) else {
        return String::new();
    };
    let before = plain.get(..first).unwrap_or_default();
    let opened = before.trim_end_matches(['+', '(']).len();
    plain.get(opened..=last).unwrap_or_default().to_owned()
}

/// A mail address as it was typed, without the label before it and what closes a sentence behind it.
/// `None` if there is not exactly one address, or if something stands beside it that may belong to it.
pub(super) fn address(text: &str) -> Option<String> {
    // An input method in Chinese writes its own full stop, in a host name too.
    let plain = typed(text).replace(['。', '｡'], ".");
    let plain = close_up(&close_up(&plain, '@'), '.');
    let (before, behind) = plain.split_once('@')?;
    if behind.contains('@') {
        return None;
    }
    let local = tail(before, |c| {
        c.is_ascii_graphic() && !"\"(),:;<>[\\]".contains(c)
    });
    let label = before.strip_suffix(local)?.trim_end();
    let local = if label.is_empty() {
        local
    } else {
        local.trim_start_matches(['-', '.'])
    };
    let domain = behind
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.')
        .map_or(behind, |end| behind.get(..end).unwrap_or_default());
    let rest = behind.strip_prefix(domain)?.trim_start();
    let is_apart =
        |c: Option<char>| c.is_none_or(|c| !c.is_ascii() || "\"'(),:;<>[]!?".contains(c));
    (is_apart(label.chars().next_back()) && is_apart(rest.chars().next()))
        .then(|| format!("{local}@{}", domain.trim_end_matches('.')))
}

/// The text without blanks on either side of a sign.
fn close_up(text: &str, sign: char) -> String {
    let parts: Vec<_> = text.split(sign).map(str::trim).collect();
    parts.join(sign.encode_utf8(&mut [0; 4]))
}

/// The longest end of the text that holds only such characters.
fn tail(text: &str, is_inside: impl Fn(char) -> bool) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_inside(*c))
        .last();
    start.map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_dashes_and_blanks_are_read_as_plain_ones() {
        assert_eq!(
            typed("７ＱＫ２－Ｍ４ＸＷ\u{2011}9T0B—3HNR\u{3000}5\u{200B}VAP：＠．"),
            "7QK2-M4XW-9T0B-3HNR 5VAP:@."
        );
        assert_eq!(typed("a\r\nb"), "a  b");
        assert_eq!(plain('\n'), '\n', "a line stays a line where places count");
    }

    #[test]
    fn a_telephone_number_is_taken_out_of_the_words_around_it() {
        for (text, number) in [
            ("手机：１３８００１３８０００。", "13800138000"),
            ("Tel. +86 138—0013—8000 (陈女士)", "+86 138-0013-8000"),
            ("（０７３１）8555\u{3000}1234", "(0731)8555 1234"),
            ("电话 \u{202A}13800138000\u{202C}", "13800138000"),
            ("没有", ""),
        ] {
            assert_eq!(phone_number(text), number, "{text}");
        }
    }
}
