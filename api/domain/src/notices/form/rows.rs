//! The rows of the file of forms, and what is refused about them.

use super::{DefaultWords, FILE, Form, Label, Piece, Signature, pieces};
use crate::{
    law::{edition::LawError, provenance::Provenance},
    notices::{field::Field, paper::Paper, recipient::RecipientKind, said::SaidKind},
};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelRow {
    id: String,
    zh: String,
    en: String,
    kind: SaidKind,
}

pub(super) fn read_labels(rows: Vec<LabelRow>) -> Result<BTreeMap<Field, Label>, LawError> {
    let mut labels = BTreeMap::new();
    for LabelRow { id, zh, en, kind } in rows {
        let field = field(&id, &id)?;
        if labels.insert(field, Label { zh, en, kind }).is_some() {
            return Err(invalid(&id, "the field is named twice"));
        }
    }
    match Field::all().find(|field| !labels.contains_key(field)) {
        Some(nameless) => Err(invalid(nameless.name(), "the field has no name")),
        None => Ok(labels),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandingRow {
    field: String,
    words: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameRow {
    field: String,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormRow {
    id: Paper,
    form: Option<u8>,
    title_zh: String,
    title_en: String,
    instrument: String,
    edition: String,
    article: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    provenance: Provenance,
    layout: Provenance,
    served_on: Vec<RecipientKind>,
    required: Vec<String>,
    #[serde(default)]
    optional: Vec<String>,
    #[serde(default)]
    alternatives: Vec<Vec<String>>,
    #[serde(default)]
    standing: Vec<StandingRow>,
    #[serde(default)]
    names: Vec<NameRow>,
    #[serde(default)]
    text_zh: Vec<String>,
    #[serde(default)]
    text_en: Vec<String>,
    #[serde(default)]
    signatures: Vec<Signature>,
}

impl FormRow {
    pub(super) fn read(self, labels: &BTreeMap<Field, Label>) -> Result<Form, LawError> {
        let name: &str = self.id.into();
        let read = |names: &[String]| {
            names
                .iter()
                .map(|found| field(name, found))
                .collect::<Result<Vec<_>, _>>()
        };
        let form = Form {
            paper: self.id,
            number: self.form,
            required: read(&self.required)?,
            optional: read(&self.optional)?,
            alternatives: self
                .alternatives
                .iter()
                .map(|fields| read(fields))
                .collect::<Result<_, _>>()?,
            standing: self
                .standing
                .into_iter()
                .map(|row| {
                    Ok(DefaultWords {
                        field: field(name, &row.field)?,
                        words: row.words,
                        en: row.en,
                    })
                })
                .collect::<Result<_, LawError>>()?,
            names: self
                .names
                .into_iter()
                .map(|row| Ok((field(name, &row.field)?, (row.zh, row.en))))
                .collect::<Result<_, LawError>>()?,
            title_zh: self.title_zh,
            title_en: self.title_en,
            instrument: self.instrument,
            edition: self.edition,
            article: self.article,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            provenance: self.provenance,
            layout: self.layout,
            served_on: self.served_on,
            text_zh: self.text_zh,
            text_en: self.text_en,
            signatures: self.signatures,
        };
        check(&form, labels)?;
        Ok(form)
    }
}

/// A form is for somebody, names each field once, lets each of its readers read what it needs, and
/// its sentences name only fields that it has.
fn check(form: &Form, labels: &BTreeMap<Field, Label>) -> Result<(), LawError> {
    let name: &str = form.paper.into();
    let fields: Vec<_> = form.fields().collect();
    let distinct: BTreeSet<_> = fields.iter().copied().collect();
    if distinct.len() != fields.len() {
        return Err(invalid(name, "a field stands twice"));
    }
    if form.served_on.is_empty() {
        return Err(invalid(name, "it is for nobody"));
    }
    let reads_all = |kind: &RecipientKind| {
        form.required
            .iter()
            .all(|field| kind.may_read(field.class()))
            && (form.alternatives.is_empty() || form.alternatives_for(*kind).next().is_some())
    };
    if !form.served_on.iter().all(reads_all) {
        return Err(invalid(name, "a required field is not for its recipient"));
    }
    if form.standing.iter().any(|standing| {
        labels.get(&standing.field).map(|label| label.kind) != Some(SaidKind::Words)
    }) {
        return Err(invalid(name, "standing words stand for a day"));
    }
    if form.text_zh.len() != form.text_en.len() {
        return Err(invalid(name, "the two languages have different sentences"));
    }
    for sentence in form.text_zh.iter().chain(&form.text_en) {
        for piece in pieces(sentence) {
            if let Piece::Field(unknown) = piece
                && !fields.iter().any(|field| field.name() == unknown)
            {
                return Err(invalid(name, "a sentence names a field that is not on it"));
            }
        }
    }
    Ok(())
}

fn field(row: &str, name: &str) -> Result<Field, LawError> {
    name.parse()
        .map_err(|_| invalid(row, &format!("there is no field {name}")))
}

pub(super) fn invalid(row: &str, reason: &str) -> LawError {
    LawError::Invalid {
        file: FILE,
        row: row.to_owned(),
        reason: reason.to_owned(),
    }
}
