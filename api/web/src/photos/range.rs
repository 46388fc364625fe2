//! Which part of some bytes a request asks for (RFC 9110, section 14).

use actix_web::http::header::{self, EntityTag, HeaderMap};

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Everything. Also of whoever asks for several parts, for none, or for parts of other bytes.
    Whole,
    /// From one byte to another, both included.
    Range(usize, usize),
    /// Nothing that there is.
    Outside,
}

/// The part of so many bytes that a request asks for, if they are still those that it knows by their tag.
pub(super) fn part_of(headers: &HeaderMap, whole: usize, tag: &EntityTag) -> Part {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let known = text(header::IF_RANGE);
    if known.is_some_and(|known| known != tag.to_string()) {
        return Part::Whole;
    }
    let range = text(header::RANGE).and_then(|range| range.trim().strip_prefix("bytes="));
    range.map_or(Part::Whole, |range| read(range.trim(), whole))
}

fn read(range: &str, whole: usize) -> Part {
    let Some((from, last)) = range.split_once('-') else {
        return Part::Whole;
    };
    // A number that is no number asks for nothing that is known, and one that is too large for what there is.
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let end = whole.saturating_sub(1);
    match (number(from), number(last)) {
        (Some(from), _) if from >= whole && (last.is_empty() || number(last).is_some()) => {
            Part::Outside
        }
        (Some(from), None) if last.is_empty() => Part::Range(from, end),
        (Some(from), Some(last)) if from <= last => Part::Range(from, last.min(end)),
        (None, Some(0)) if from.is_empty() => Part::Outside,
        (None, Some(many)) if from.is_empty() && whole > 0 => {
            Part::Range(whole.saturating_sub(many), end)
        }
        _ => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn one_range_is_given_and_what_is_none_is_answered_with_everything() {
        for (range, part) in [
            ("bytes=0-9", Part::Range(0, 9)),
            ("bytes=90-", Part::Range(90, 99)),
            ("bytes=-10", Part::Range(90, 99)),
            ("bytes=-1000", Part::Range(0, 99)),
            ("bytes=50-1000", Part::Range(50, 99)),
            ("bytes=100-", Part::Outside),
            ("bytes=99999999999999999999999-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=9-0", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=0-9", Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(range));
            let tag = EntityTag::new_strong("a".to_owned());
            assert_eq!(part_of(&headers, 100, &tag), part, "{range}");
            headers.insert(header::IF_RANGE, HeaderValue::from_static("\"b\""));
            assert_eq!(part_of(&headers, 100, &tag), Part::Whole, "other bytes");
        }
    }
}
