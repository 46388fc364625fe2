use super::*;
use crate::pages::layout::audit;

pub(super) fn hostile() -> PaperView {
    let nasty = || {
        Bilingual::new(
            "<script>alert(1)</script>\" onload=\"x",
            "<img src=x onerror=y>",
        )
    };
    PaperView {
        bureau: nasty(),
        title: nasty(),
        form: Some(6),
        number: Some("<b>".to_owned()),
        addressee: Some(nasty()),
        sentences: vec![nasty()],
        rows: vec![(nasty(), nasty())],
        sections: vec![Section {
            heading: nasty(),
            rows: vec![(nasty(), nasty())],
        }],
        picture: None,
        signatures: vec![nasty()],
        issued_on: "2026-11-23".parse().ok(),
        service: ServiceView::Done(vec![(nasty(), nasty())]),
        basis: vec![nasty()],
        digest: Some("<i>".to_owned()),
        check: Some("https://liangxin.example/<u>".to_owned()),
        signed: Signed::OnEachPage,
    }
}

#[test]
fn hostile_words_are_printed_as_words() {
    for lang in [Lang::Zh, Lang::En] {
        let html = render(&hostile(), lang).into_string();
        audit::check(&html);
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<b>"));
        assert!(html.contains("noindex"));
    }
}

#[test]
fn a_paper_that_was_not_served_has_lines_for_it_and_one_in_the_file_has_none() {
    let mut view = hostile();
    view.service = ServiceView::Open(Bilingual::new("□网络", "□ Internet"));
    assert!(render(&view, Lang::Zh).into_string().contains("□网络"));
    view.service = ServiceView::InFile;
    assert!(!render(&view, Lang::Zh).into_string().contains("送达"));
}

#[test]
fn each_line_of_what_somebody_said_is_a_paragraph() {
    let mut view = hostile();
    view.sentences = vec![Bilingual::new("陈述：秤刚坏。\n\n补充：有送修单。", "")];
    let html = render(&view, Lang::Zh).into_string();
    assert!(html.contains("<p>陈述：秤刚坏。</p><p>补充：有送修单。</p>"));
}

#[test]
fn what_nobody_knows_is_a_line_to_write_on() {
    let mut view = hostile();
    (view.number, view.issued_on) = (None, None);
    (view.digest, view.check) = (None, None);
    let html = render(&view, Lang::Zh).into_string();
    assert!(html.contains("年　　月　　日") && !html.contains("校验值"));
}

#[test]
fn days_are_written_out() {
    let day = written_out("2026-03-05".parse().unwrap());
    assert_eq!(
        (day.zh.as_str(), day.en.as_str()),
        ("2026年3月5日", "5 March 2026")
    );
}

#[test]
fn the_index_counts_the_papers() {
    let view = IndexView {
        subject: Bilingual::new("举报", "Report"),
        entries: vec![IndexEntry {
            href: "/notices/1".to_owned(),
            title: Bilingual::new("<u>", "<u>"),
            number: "WS-1".to_owned(),
            recipient: Bilingual::new("存卷", "File"),
            issued_on: "2026-11-23".parse().unwrap(),
            served_on: None,
        }],
    };
    let html = render_index(&view, Lang::Zh).into_string();
    audit::check(&html);
    assert!(html.contains("<td>1</td>") && !html.contains("<u>"));
}
