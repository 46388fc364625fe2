//! A paper as it is printed: bureau, heading, number, addressee, sentences, what else is on it, the
//! place of the seal, the service, and in small print on what it rests. It knows no forms: it gets
//! words. The Chinese sheet is the paper; the English one is for reading.

use chrono::NaiveDate;
use liangxin_domain::{notices::said, refusal::Lang};
use maud::{DOCTYPE, Markup, html};

use super::layout::{Bilingual, tag};
use super::style::paper_stylesheet_href;

/// A paper in words.
#[derive(Debug, Clone)]
pub struct PaperView {
    /// The issuing bureau.
    pub bureau: Bilingual,
    /// The heading.
    pub title: Bilingual,
    /// The number among the ten forms.
    pub form: Option<u8>,
    /// Its own number; none of what is numbered by hand.
    pub number: Option<String>,
    /// Whom it addresses; none for what stays in the file.
    pub addressee: Option<Bilingual>,
    /// The sentences.
    pub sentences: Vec<Bilingual>,
    /// What no sentence says: name and words.
    pub rows: Vec<(Bilingual, Bilingual)>,
    /// What it shows.
    pub picture: Option<Picture>,
    /// Who signs it beside the bureau.
    pub signatures: Vec<Bilingual>,
    /// The day on which it was issued, in China; none of what is dated by hand.
    pub issued_on: Option<NaiveDate>,
    /// How it was served; none while it was not, or for what stays in the file.
    pub service: ServiceView,
    /// On what it rests and how well that is known.
    pub basis: Vec<Bilingual>,
    /// The digest of the content; none of what is not kept.
    pub digest: Option<String>,
}

/// A picture on a paper.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Where it lies.
    pub source: String,
    /// What it shows.
    pub shows: Bilingual,
}

/// What is printed of the service.
#[derive(Debug, Clone)]
pub enum ServiceView {
    /// The paper stays in the file.
    InFile,
    /// Not served yet: lines to be filled in by hand, the first with a box for each way.
    Open(Bilingual),
    /// Served: name and words.
    Done(Vec<(Bilingual, Bilingual)>),
}

/// The index of a file.
#[derive(Debug, Clone)]
pub struct IndexView {
    /// What the file is about.
    pub subject: Bilingual,
    /// The papers in their order.
    pub entries: Vec<IndexEntry>,
}

/// A line of the index.
#[derive(Debug, Clone)]
pub struct IndexEntry {
    /// Where the paper is.
    pub href: String,
    /// The heading.
    pub title: Bilingual,
    /// Its number.
    pub number: String,
    /// For whom.
    pub recipient: Bilingual,
    /// The day of issue, in China.
    pub issued_on: NaiveDate,
    /// The day of service, in China.
    pub served_on: Option<NaiveDate>,
}

/// A day as it is written out on paper.
pub fn written_out(day: NaiveDate) -> Bilingual {
    Bilingual::new(said::written_out(day), day.format("%-d %B %Y").to_string())
}

/// The sheet of a paper.
pub fn render(view: &PaperView, lang: Lang) -> Markup {
    render_styled(view, lang, &paper_stylesheet_href())
}

/// The same with its stylesheet elsewhere: a sheet that leaves the house has it beside itself.
pub fn render_styled(view: &PaperView, lang: Lang, stylesheet: &str) -> Markup {
    let title = view.title.text(lang);
    let body = html! {
        p.bureau { (view.bureau.text(lang)) }
        h1 { (title) }
        p.number {
            (lang.pick("编号：", "No. "))
            @match &view.number { Some(number) => (number), None => span.line {} }
        }
        @if let Some(to) = &view.addressee {
            p.to { (to.text(lang)) (lang.pick("：", ":")) }
        }
        div.body { @for sentence in &view.sentences { (paragraphs(sentence.text(lang))) } }
        (facts(&view.rows, lang))
        @if let Some(picture) = &view.picture {
            img.shown src=(picture.source) alt=(picture.shows.text(lang));
        }
        (signatures(&view.signatures, lang))
        div.close {
            div.seal aria-hidden="true" { span { (lang.pick("（印章）", "(seal)")) } }
            div {
                p { (view.bureau.text(lang)) }
                p { (issued_on(view.issued_on).text(lang)) }
            }
        }
        (service(&view.service, lang))
        div.small {
            @if let Some(number) = view.form {
                p { (lang.pick("文书格式之", "Form ")) (number) (lang.pick("（2026年4月）", " (April 2026)")) }
            }
            @for line in &view.basis { p { (line.text(lang)) } }
            @if let Some(digest) = &view.digest {
                p { (lang.pick("内容校验值（SHA-256）：", "Digest of the content (SHA-256): ")) span.digest { (digest) } }
            }
        }
    };
    sheet((title, stylesheet), lang, &body)
}

/// A sentence whose words have lines of their own: each begins like a paragraph.
fn paragraphs(sentence: &str) -> Markup {
    let lines = sentence.lines().filter(|line| !line.trim().is_empty());
    html! { @for line in lines { p { (line) } } }
}

/// The day of issue, or the place to write it.
fn issued_on(day: Option<NaiveDate>) -> Bilingual {
    match day {
        Some(day) => written_out(day),
        None => Bilingual::new("　　　　年　　月　　日", "Date: ____________"),
    }
}

/// The index of a file (卷内文件目录).
pub fn render_index(view: &IndexView, lang: Lang) -> Markup {
    let title = lang.pick("卷内文件目录", "Papers in this file");
    let heads = [
        lang.pick("序号", "No."),
        lang.pick("文书名称", "Paper"),
        lang.pick("编号", "Number"),
        lang.pick("对象", "For"),
        lang.pick("制作日期", "Issued"),
        lang.pick("送达日期", "Served"),
    ];
    let body = html! {
        h1 { (title) }
        p.number { (view.subject.text(lang)) }
        div.index {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for (position, entry) in view.entries.iter().enumerate() {
                        tr {
                            td { (position + 1) }
                            td { a href=(entry.href) { (entry.title.text(lang)) } }
                            td { (entry.number) }
                            td { (entry.recipient.text(lang)) }
                            td.day { (entry.issued_on) }
                            td.day { @if let Some(day) = entry.served_on { (day) } }
                        }
                    }
                }
            }
        }
    };
    sheet((title, &paper_stylesheet_href()), lang, &body)
}

fn sheet((title, stylesheet): (&str, &str), lang: Lang, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(tag(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow, noarchive";
                meta name="format-detection" content="telephone=no";
                title { (title) }
                link rel="stylesheet" href=(stylesheet);
                link rel="icon" href="data:,";
            }
            body {
                p.desk {
                    (lang.pick(
                        "用浏览器的“打印”功能可以打印或者另存为 PDF。",
                        "Use your browser's print function to print this or keep it as a PDF. The Chinese sheet is the paper; this one is for reading.",
                    ))
                }
                main.sheet { (body) }
            }
        }
    }
}

fn facts(rows: &[(Bilingual, Bilingual)], lang: Lang) -> Markup {
    html! {
        @if !rows.is_empty() {
            table.facts {
                tbody {
                    @for (name, words) in rows {
                        tr { th scope="row" { (name.text(lang)) } td { (words.text(lang)) } }
                    }
                }
            }
        }
    }
}

fn signatures(signers: &[Bilingual], lang: Lang) -> Markup {
    html! {
        @if !signers.is_empty() {
            ul.signatures {
                @for signer in signers {
                    li {
                        span {
                            (signer.text(lang))
                            (lang.pick("（签名或者盖章）：", " (signature or seal): "))
                        }
                        span.line {}
                        span { (lang.pick("年　　月　　日", "date")) }
                    }
                }
            }
        }
    }
}

fn service(view: &ServiceView, lang: Lang) -> Markup {
    let rows = match view {
        ServiceView::InFile => return html! {},
        ServiceView::Open(ways) => vec![
            (Bilingual::new("送达方式", "How"), ways.clone()),
            (
                Bilingual::new("送达时间", "When"),
                Bilingual::new("年　　月　　日　　时　　分", " "),
            ),
            (
                Bilingual::new("受送达人签收或者送达凭证", "Receipt or proof"),
                Bilingual::new(" ", " "),
            ),
        ],
        ServiceView::Done(rows) => rows.clone(),
    };
    html! {
        section.service {
            h2 { (lang.pick("送达", "Service")) }
            (facts(&rows, lang))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::audit;
    use super::*;

    fn hostile() -> PaperView {
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
            picture: None,
            signatures: vec![nasty()],
            issued_on: "2026-11-23".parse().ok(),
            service: ServiceView::Done(vec![(nasty(), nasty())]),
            basis: vec![nasty()],
            digest: Some("<i>".to_owned()),
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
        (view.number, view.issued_on, view.digest) = (None, None, None);
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
}
