use super::super::tests::hostile;
use super::*;

/// Half as wide as high below U+2E80, as wide as high above.
fn widths(sign: char) -> f32 {
    if u32::from(sign) < 0x2e80 { 0.5 } else { 1.0 }
}

fn set(view: &PaperView, lang: Lang) -> Vec<Page> {
    pages(view, lang, &widths).unwrap()
}

/// The words of a page, in the order in which they were put there.
fn said(page: &Page) -> String {
    let words = page.iter().filter_map(|mark| match mark {
        Mark::Words { text, .. } => Some(text.as_str()),
        Mark::Rule { .. } | Mark::Dark(_) => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

fn of_rows(rows: usize, words: &str) -> PaperView {
    let mut view = hostile();
    let row = |place| {
        (
            Bilingual::new(format!("第{place}项"), ""),
            Bilingual::new(words, ""),
        )
    };
    view.rows = (1..=rows).map(row).collect();
    view
}

#[test]
fn each_page_says_which_of_how_many_it_is_who_signs_it_and_the_digest() {
    let mut view = of_rows(60, "电子计价秤");
    view.signatures = vec![Bilingual::new("当事人", "Party")];
    view.digest = Some("ab".repeat(32));
    let pages = set(&view, Lang::Zh);
    let of = pages.len();
    assert!(of > 1);
    for (place, page) in pages.iter().enumerate() {
        let said = said(page);
        let counted = format!("第 {} 页　共 {of} 页", place + 1);
        for words in [counted, "当事人：____".to_owned(), "ab".repeat(32)] {
            assert!(said.contains(&words), "{words}: {said}");
        }
    }
    view.signed = Signed::AtItsEnd;
    let first = said(&set(&view, Lang::En)[0]);
    assert!(first.contains("Page 1 of") && !first.contains("Party: ____"));
}

#[test]
fn all_words_are_there_once_and_between_the_margins() {
    let view = of_rows(200, "检定合格标志清晰，铅封完好。");
    let pages = set(&view, Lang::Zh);
    let all: Vec<_> = pages.iter().map(said).collect();
    for place in 1..=200 {
        let name = format!("第{place}项");
        let named = all.iter().flat_map(|page| page.lines());
        assert_eq!(named.filter(|line| *line == name).count(), 1, "{name}");
    }
    for mark in pages.iter().flatten() {
        if let Mark::Words { at, size, text } = mark {
            let right = at.0 + width(text, &widths) * size;
            assert!(at.0 >= LEFT - 0.1 && right <= LEFT + COLUMN + 0.1, "{text}");
            assert!(at.1 > TOP && at.1 < PAGE.1 - 20.0, "{text}");
        }
    }
}

#[test]
fn a_row_that_is_longer_than_a_page_goes_on_on_the_next() {
    let lines: Vec<_> = (1..=120).map(|place| format!("读数{place}克")).collect();
    let pages = set(&of_rows(1, &lines.join("\n")), Lang::Zh);
    let all: Vec<_> = pages.iter().map(said).collect();
    let all = all.join("\n");
    for line in lines {
        assert!(all.lines().any(|said| said == line), "{line}");
    }
}

#[test]
fn a_paper_of_too_many_pages_is_refused_by_its_code() {
    let lines = "读数\n".repeat(20_000);
    let refused = pages(&of_rows(1, &lines), Lang::Zh, &widths).unwrap_err();
    assert_eq!(refused.code, Code::PaperTooLong);
}

#[test]
fn the_same_paper_is_set_the_same_and_shows_where_its_digest_is_checked() {
    let view = hostile();
    let pages = set(&view, Lang::Zh);
    assert_eq!(pages, set(&view, Lang::Zh));
    let dark = pages.iter().flatten();
    assert_eq!(dark.filter(|it| matches!(it, Mark::Dark(_))).count(), 1);
}
