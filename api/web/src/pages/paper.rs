//! A paper as it is printed: bureau, heading, number, addressee, sentences, what else is on it, the
//! place of the seal, the service, and in small print on what it rests. It knows no forms: it gets
//! words. The Chinese sheet is the paper; the English one is for reading. The same words become a page
//! here and a PDF in `paper/`: `flow.rs` sets them on pages, `wrap.rs` in lines, `pdf.rs` writes them down.

mod flow;
mod index;
mod pdf;
mod wrap;

pub use index::{IndexEntry, IndexView, render_index};
pub use pdf::pdf;

use chrono::NaiveDate;
use liangxin_domain::{notices::said, refusal::Lang};
use maud::{DOCTYPE, Markup, html};

use super::layout::{Bilingual, tag};
use super::rating::square_code;
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
    /// Parts with headings of their own.
    pub sections: Vec<Section>,
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
    /// Where anybody checks that digest.
    pub check: Option<String>,
    /// Whether it is signed on every page.
    pub signed: Signed,
}

/// Where a paper of several pages is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// Where it ends.
    AtItsEnd,
    /// On every page too.
    OnEachPage,
}

/// A part of a paper with a heading of its own.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading.
    pub heading: Bilingual,
    /// Name and words.
    pub rows: Vec<(Bilingual, Bilingual)>,
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
            (number_label().text(lang))
            @match &view.number { Some(number) => (number), None => span.line {} }
        }
        @if let Some(to) = &view.addressee {
            p.to { (to.text(lang)) (lang.pick("：", ":")) }
        }
        div.body { @for sentence in &view.sentences { (paragraphs(sentence.text(lang))) } }
        (facts(&view.rows, lang))
        @for part in &view.sections {
            section.part { h2 { (part.heading.text(lang)) } (facts(&part.rows, lang)) }
        }
        @if let Some(picture) = &view.picture {
            img.shown src=(picture.source) alt=(picture.shows.text(lang));
        }
        (signatures(&view.signatures, lang))
        div.close {
            div.seal aria-hidden="true" { span { (seal().text(lang)) } }
            div {
                p { (view.bureau.text(lang)) }
                p { (issued_on(view.issued_on).text(lang)) }
            }
        }
        (service(&view.service, lang))
        div.small {
            @for line in small(view) { p { (line.text(lang)) } }
            @if let Some(digest) = &view.digest {
                p { (digest_label().text(lang)) span.digest { (digest) } }
            }
            @if let Some(check) = &view.check {
                (square_code(check, check_label().text(lang)))
                p { (check_label().text(lang)) span.digest { (check) } }
            }
        }
    };
    sheet((title, stylesheet), lang, &body)
}

fn number_label() -> Bilingual {
    Bilingual::new("编号：", "No. ")
}

fn seal() -> Bilingual {
    Bilingual::new("（印章）", "(seal)")
}

fn digest_label() -> Bilingual {
    Bilingual::new(
        "内容校验值（SHA-256）：",
        "Digest of the content (SHA-256): ",
    )
}

fn check_label() -> Bilingual {
    Bilingual::new("扫码核对校验值：", "Scan to check the digest: ")
}

fn signs() -> Bilingual {
    Bilingual::new("（签名或者盖章）：", " (signature or seal): ")
}

fn day_to_sign() -> Bilingual {
    Bilingual::new("年　　月　　日", "date")
}

/// On what it rests, behind the form if that has a number.
fn small(view: &PaperView) -> Vec<Bilingual> {
    let form = view.form.map(|number| {
        Bilingual::new(
            format!("文书格式之{number}（2026年4月）"),
            format!("Form {number} (April 2026)"),
        )
    });
    form.into_iter().chain(view.basis.iter().cloned()).collect()
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
                            (signs().text(lang))
                        }
                        span.line {}
                        span { (day_to_sign().text(lang)) }
                    }
                }
            }
        }
    }
}

/// What is told of the service, or has lines to be filled in; nothing of what stays in the file.
fn service_rows(view: &ServiceView) -> Vec<(Bilingual, Bilingual)> {
    match view {
        ServiceView::InFile => Vec::new(),
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
    }
}

fn service_heading() -> Bilingual {
    Bilingual::new("送达", "Service")
}

fn service(view: &ServiceView, lang: Lang) -> Markup {
    let rows = service_rows(view);
    html! {
        @if !rows.is_empty() {
            section.service {
                h2 { (service_heading().text(lang)) }
                (facts(&rows, lang))
            }
        }
    }
}

#[cfg(test)]
mod tests;
