//! Papers that are filled from what is kept and signed by hand: no number, no day of issue, no service. What nobody kept is an
//! empty line, and never guessed.

use chrono::NaiveDate;
use liangxin_app::app::App;
use liangxin_domain::notices::{field::Field, paper::Paper};
use std::collections::BTreeMap;

use super::layout::Bilingual;
use super::notice::words;
use super::paper::{PaperView, ServiceView, Signed};

/// What is known of the fields of a sheet.
pub(super) type Known = BTreeMap<Field, Bilingual>;

/// The sheet of a bureau, whose name is given in both languages, by the form of a day; none if there was no form yet.
pub(super) fn sheet(
    app: &App,
    bureau: &(String, String),
    (paper, day): (Paper, NaiveDate),
    mut known: Known,
) -> Option<PaperView> {
    let form = app.law.papers.form_on(paper, day).ok()?;
    for standing in &form.standing {
        let words = Bilingual::new(standing.words.clone(), standing.en.clone());
        known.entry(standing.field).or_insert(words);
    }
    let rows = form.fields().filter_map(|field| {
        let written = known.get(&field).cloned();
        let empty = || Bilingual::new("", "");
        Some((
            words::name(app, form, field)?,
            written.unwrap_or_else(empty),
        ))
    });
    let signatures = form.signatures.iter();
    Some(PaperView {
        bureau: Bilingual::new(bureau.0.clone(), bureau.1.clone()),
        title: Bilingual::new(form.title_zh.clone(), form.title_en.clone()),
        form: form.number,
        number: None,
        addressee: None,
        sentences: Vec::new(),
        rows: rows.collect(),
        sections: Vec::new(),
        picture: None,
        signatures: signatures
            .map(|it| Bilingual::new(it.zh.clone(), it.en.clone()))
            .collect(),
        issued_on: None,
        service: ServiceView::InFile,
        basis: words::basis(form),
        digest: None,
        check: None,
        signed: Signed::AtItsEnd,
    })
}
