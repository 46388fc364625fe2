//! Finding what a reporter did not mean to tell: telephone numbers, identity numbers, mail addresses
//! and bank cards in free text and file names. Nothing is kept, and a citizen is warned and decides; what an officer writes of
//! a reporter may be refused for it.

use super::document::is_resident_id;
use crate::merchants::credit_code::CreditCode;
use crate::text::plain;

words! {
    /// What a text looks like it holds.
    pub enum PersonalKind as "PersonalKind" {
        /// A Chinese mobile number.
        MobilePhone,
        /// A number of the fixed network.
        Landline,
        /// A resident identity number with the right check digit.
        IdNumber,
        /// A mail address.
        Email,
        /// A bank card with the right check digit.
        BankCard,
    }
}

/// One finding; the range is in characters (Unicode scalar values), end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What it looks like.
    pub kind: PersonalKind,
    /// The first character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
}

/// Finds everything that looks like a person's number or address, in the order of the text.
#[must_use]
pub fn find(text: &str) -> Vec<Finding> {
    let chars: Vec<char> = text.chars().map(plain).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = matter_number_at(&chars, at) {
            at = end;
            continue;
        }
        let run = number_at(&chars, at).or_else(|| email_at(&chars, at));
        match run {
            Some(finding) => {
                at = finding.end.max(at + 1);
                found.push(finding);
            }
            None => at += 1,
        }
    }
    found
}

fn is_digit(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_digit)
}

/// Where the number of a report, a complaint, a case or a paper ends that begins here, such as
/// `JB-430103-2026-481516`: one in ten of them would pass for a bank card.
fn matter_number_at(chars: &[char], start: usize) -> Option<usize> {
    let is_inside = start > 0
        && chars
            .get(start - 1)
            .is_some_and(char::is_ascii_alphanumeric);
    let run = |from: usize, is: fn(&char) -> bool| {
        let rest = chars.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|c| is(c)).count()
    };
    let mut at = start;
    if !is_inside {
        at = run(start, char::is_ascii_alphabetic);
    }
    if at == start {
        return None;
    }
    // Division, year, and what is drawn or counted in it.
    for digits in [6..=6, 4..=4, 6..=7] {
        let end = run(at + 1, char::is_ascii_digit);
        if chars.get(at) != Some(&'-') || !digits.contains(&(end - at - 1)) {
            return None;
        }
        at = end;
    }
    Some(at)
}

/// A run of digits that begins here, with single spaces and hyphens inside, and a final X.
fn number_at(chars: &[char], start: usize) -> Option<Finding> {
    let is_inside = start > 0
        && chars
            .get(start - 1)
            .is_some_and(|c| c.is_ascii_alphanumeric() || *c == '.');
    if is_inside || !is_digit(chars, start) {
        return None;
    }
    // The digits, and after how many of them a group ends, and where.
    let (mut digits, mut groups, mut at) = (String::new(), Vec::new(), start);
    loop {
        match chars.get(at) {
            Some(c) if c.is_ascii_digit() => digits.push(*c),
            Some('x' | 'X') if digits.len() == 17 => {
                digits.push('X');
                groups.push((digits.len(), at + 1));
                break;
            }
            Some(' ' | '-') if is_digit(chars, at + 1) => groups.push((digits.len(), at)),
            _ => {
                groups.push((digits.len(), at));
                break;
            }
        }
        at += 1;
    }
    // A decimal or a code of letters and digits is no number of a person.
    groups.pop_if(|(_, end)| chars.get(*end).is_some_and(char::is_ascii_alphabetic));
    let (first, _) = groups.first().copied()?;
    // A day or another number may follow: the longest reading that is one of a person counts.
    groups.into_iter().rev().find_map(|(count, end)| {
        let digits = digits.get(..count)?;
        let kind = match digits.strip_prefix("86") {
            Some(bare) if bare.len() == 11 => kind_of(bare, bare.len()),
            _ => kind_of(digits, first),
        };
        Some(Finding {
            kind: kind?,
            start,
            end,
        })
    })
}

/// What digits are of which so many stand together at the beginning. Nobody cuts a number of a person after one or two
/// of them, nor an area code in two, as two days in a row and a sum behind a day would have it.
fn kind_of(digits: &str, first: usize) -> Option<PersonalKind> {
    let bytes = digits.as_bytes();
    let area = match digits.get(..2)? {
        "01" | "02" => 3,
        _ => 4,
    };
    match (bytes.len(), bytes.first(), bytes.get(1)) {
        (11, Some(b'1'), Some(b'3'..=b'9')) if first > 2 => Some(PersonalKind::MobilePhone),
        (10..=12, Some(b'0'), Some(b'1'..=b'9')) if first == area || first == bytes.len() => {
            Some(PersonalKind::Landline)
        }
        (18, ..) if is_resident_id(digits) => Some(PersonalKind::IdNumber),
        // An organisation that is known by digits alone, one in ten of which would pass for a card.
        (18, ..) if CreditCode::parse(digits, "").is_ok() => None,
        (16..=19, Some(b'3'..=b'6' | b'9'), _) if first > 3 && passes_luhn(bytes) => {
            Some(PersonalKind::BankCard)
        }
        _ => None,
    }
}

fn passes_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit.saturating_sub(b'0'));
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    digits.iter().all(u8::is_ascii_digit) && sum.is_multiple_of(10)
}

/// A mail address whose local part begins here.
fn email_at(chars: &[char], start: usize) -> Option<Finding> {
    let local = |c: &char| c.is_ascii_alphanumeric() || "._%+-".contains(*c);
    if (start > 0 && chars.get(start - 1).is_some_and(local))
        || !chars.get(start).is_some_and(char::is_ascii_alphanumeric)
    {
        return None;
    }
    let at = start + chars.get(start..)?.iter().take_while(|c| local(c)).count();
    if chars.get(at) != Some(&'@') {
        return None;
    }
    let domain: String = chars
        .get(at + 1..)?
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric() || **c == '.' || **c == '-')
        .collect();
    let domain = domain.trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    let is_domain =
        !name.is_empty() && top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    is_domain.then_some(Finding {
        kind: PersonalKind::Email,
        start,
        end: at + 1 + domain.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use PersonalKind::{BankCard, Email, IdNumber, Landline, MobilePhone};

    #[test]
    fn what_looks_like_a_person_is_found_where_it_stands() {
        for (text, expected) in [
            ("请打13800138000找我", vec![(MobilePhone, "13800138000")]),
            ("138 0013 8000", vec![(MobilePhone, "138 0013 8000")]),
            ("+86-138-0013-8000", vec![(MobilePhone, "86-138-0013-8000")]),
            (
                "１３８００１３８０００",
                vec![(MobilePhone, "１３８００１３８０００")],
            ),
            ("电话0731-85551234。", vec![(Landline, "0731-85551234")]),
            ("010 6555 1234", vec![(Landline, "010 6555 1234")]),
            ("号码073185551234。", vec![(Landline, "073185551234")]),
            ("86 138 0013 8000", vec![(MobilePhone, "86 138 0013 8000")]),
            ("13800138000 2026-11-23", vec![(MobilePhone, "13800138000")]),
            (
                "13800138000 11010519491231002X",
                vec![
                    (MobilePhone, "13800138000"),
                    (IdNumber, "11010519491231002X"),
                ],
            ),
            ("0731-85551234 9:30", vec![(Landline, "0731-85551234")]),
            (
                "JB-430103-2026-481516-13800138000",
                vec![(MobilePhone, "13800138000")],
            ),
            (
                "身份证11010519491231002X",
                vec![(IdNumber, "11010519491231002X")],
            ),
            (
                "身份证11010519491231002x，",
                vec![(IdNumber, "11010519491231002x")],
            ),
            ("a.b@mail.example.", vec![(Email, "a.b@mail.example")]),
            ("邮箱:chen_1@qq.com谢谢", vec![(Email, "chen_1@qq.com")]),
            (
                "卡号4111 1111 1111 1111",
                vec![(BankCard, "4111 1111 1111 1111")],
            ),
            ("卡号 6222 0212 3456 7890 127", vec![]),
            ("照片 13800138000.jpg", vec![(MobilePhone, "13800138000")]),
            ("IMG_13800138000.jpg", vec![(MobilePhone, "13800138000")]),
            (
                "13800138000和a@b.cn",
                vec![(MobilePhone, "13800138000"), (Email, "a@b.cn")],
            ),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let found = find(text);
            let found: Vec<(_, String)> = found
                .iter()
                .map(|f| (f.kind, chars[f.start..f.end].iter().collect()))
                .collect();
            let expected: Vec<(_, String)> = expected
                .iter()
                .map(|(kind, part)| (*kind, (*part).to_owned()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn weights_prices_dates_and_report_numbers_are_no_persons() {
        for text in [
            "买了2000克，实重1850克，单价28.00元",
            "2026-11-23 09:12",
            "JB-430103-20261123-7QK2M4AB",
            "JB-430103-2026-000123",
            "举报JB-430103-2026-481516、案件 aj-430103-2026-481508。",
            "TS-430103-2026-013451 2026年",
            "WS-430103-2026-1481511-2",
            "2026-07-15 2026-07-20",
            "2026-11-05 2026-11-20",
            "2026-11-15 2026-11-20 3次",
            "2026-07-15 200000元",
            "2026-11-30 2026-12-01 2026-12-02",
            "当事人914301037123457400",
            "110105194912310021",
            "12345678901",
            "1234567890123456",
            "书院坪农贸市场17号摊位",
            "公平秤编号 20261123001",
            "@mail.example",
            "a@b",
            "",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn a_long_text_takes_no_longer_than_it_is_long() {
        assert_eq!(find(&"9".repeat(4000)), []);
        assert_eq!(find(&"a".repeat(4000)), []);
        assert_eq!(find(&"1 ".repeat(2000)), []);
    }
}
