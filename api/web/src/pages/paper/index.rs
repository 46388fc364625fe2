//! The index of a file: which papers it holds, in their order.

use chrono::NaiveDate;
use liangxin_domain::refusal::Lang;
use maud::{Markup, html};

use super::sheet;
use crate::pages::layout::Bilingual;
use crate::pages::style::paper_stylesheet_href;

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
