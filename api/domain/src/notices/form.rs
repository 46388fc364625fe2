//! What must be on each paper: the forms, read from `law/papers.toml`.
//!
//! A form says who may get the paper, which fields it needs, which words stand on it anyhow, and in
//! which sentences the fields are read. The order lays down what must be told; how the official
//! sheet looks is known less well, so that has a provenance of its own.

mod rows;

use self::rows::{FormRow, invalid, read_labels};
use super::{draft::Written, field::Field, paper::Paper, recipient::RecipientKind, said::SaidKind};
use crate::{
    law::{
        edition::{self, Dated, LawError},
        file::LawFile,
        provenance::Provenance,
    },
    limits::PAPER_FIELD_CHARS,
    refusal::{Code, Refusal},
    text::Text,
};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use strum::IntoEnumIterator as _;

const FILE: &str = "papers.toml";

/// The name of a field for people, and what is written into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// In Chinese, as printed.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Words, a day or a moment.
    pub kind: SaidKind,
}

/// Words that stand on a form unless others are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultWords {
    /// Where.
    pub field: Field,
    /// The words that are kept with the paper.
    pub words: String,
    /// The same in English, for reading.
    pub en: String,
}

/// A place on a paper where somebody signs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Who signs, in Chinese.
    pub zh: String,
    /// Who signs, in English.
    pub en: String,
}

/// One edition of the form of one kind of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The kind of paper.
    pub paper: Paper,
    /// The number among the ten forms of April 2026.
    pub number: Option<u8>,
    /// The heading in Chinese.
    pub title_zh: String,
    /// The heading in English.
    pub title_en: String,
    /// The instrument that asks for the paper.
    pub instrument: String,
    /// Its edition.
    pub edition: String,
    /// The article.
    pub article: String,
    /// The first day on which the form is used.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: Option<NaiveDate>,
    /// How well it is known what must be on the paper.
    pub provenance: Provenance,
    /// How well it is known how the official sheet looks.
    pub layout: Provenance,
    /// Who may get it.
    pub served_on: Vec<RecipientKind>,
    /// Without these it is not issued.
    pub required: Vec<Field>,
    /// These may be there.
    pub optional: Vec<Field>,
    /// Sets of fields of which exactly one stands on it, whole: a test is ordered for a complaint or
    /// for a report, and not everything that the one needs is known of the other.
    pub alternatives: Vec<Vec<Field>>,
    /// Words that stand on it unless others are written.
    pub standing: Vec<DefaultWords>,
    /// Names of fields that differ on this form, in Chinese and in English.
    pub names: BTreeMap<Field, (String, String)>,
    /// The sentences, in Chinese; `{complaintNumber}` stands for what is written there. A sentence
    /// that names a field in which nothing is written is left out.
    pub text_zh: Vec<String>,
    /// The same in English, for reading; the Chinese sentences are the paper.
    pub text_en: Vec<String>,
    /// Who signs it beside the bureau.
    pub signatures: Vec<Signature>,
}

impl Dated for Form {
    fn id(&self) -> &str {
        self.paper.into()
    }

    fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    fn valid_to(&self) -> Option<NaiveDate> {
        self.valid_to
    }
}

impl Form {
    /// The fields that the form has, in the order in which they are printed.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        let named = || {
            let one_of = self.alternatives.iter().flatten();
            one_of.chain(&self.required).chain(&self.optional).copied()
        };
        let standing = self.standing.iter().map(|standing| standing.field);
        named().chain(standing.filter(move |field| !named().any(|other| other == *field)))
    }

    /// The sets of alternative fields that this kind of reader may read.
    pub fn alternatives_for(&self, kind: RecipientKind) -> impl Iterator<Item = &Vec<Field>> {
        let readable =
            move |set: &&Vec<Field>| set.iter().all(|field| kind.may_read(field.class()));
        self.alternatives.iter().filter(readable)
    }

    /// One set is chosen by writing anything of it; then all of it must be there, and nothing of the
    /// others.
    fn check_alternatives(&self, written: &Written) -> Result<(), Refusal> {
        let is_written = |field: &&Field| written.get(**field).is_some();
        let touched = self
            .alternatives
            .iter()
            .filter(|set| set.iter().any(|field| is_written(&field)));
        let mut touched = touched.chain(&self.alternatives);
        let Some(chosen) = touched.next() else {
            return Ok(());
        };
        if let Some(missing) = chosen.iter().find(|field| !is_written(field)) {
            return Err(Refusal::on(Code::FieldRequired, missing.name()));
        }
        let others = self.alternatives.iter().filter(|set| *set != chosen);
        match others.flatten().find(is_written) {
            Some(foreign) => Err(Refusal::on(Code::FieldNotOnForm, foreign.name())),
            None => Ok(()),
        }
    }
}

/// All forms, with the names of their fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    forms: Vec<Form>,
    labels: BTreeMap<Field, Label>,
}

impl Forms {
    /// The forms that are built in.
    pub fn embedded() -> Result<Self, LawError> {
        Self::parse(include_str!("../../law/papers.toml"))
    }

    /// Reads forms and refuses a file that leaves a paper without a form or a field without a name.
    pub fn parse(text: &str) -> Result<Self, LawError> {
        let mut file = LawFile::parse(FILE, text)?;
        let labels = read_labels(file.take_rows("field")?)?;
        let rows: Vec<FormRow> = file.take_rows("paper")?;
        file.finish()?;
        let forms = rows
            .into_iter()
            .map(|row| row.read(&labels))
            .collect::<Result<Vec<_>, _>>()?;
        edition::check_editions(FILE, &forms)?;
        for paper in Paper::iter() {
            if !forms.iter().any(|form| form.paper == paper) {
                return Err(invalid(paper.into(), "the paper has no form"));
            }
        }
        Ok(Self { forms, labels })
    }

    /// The form of a paper on the day on which it is issued.
    pub fn form_on(&self, paper: Paper, day: NaiveDate) -> Result<&Form, LawError> {
        edition::get_on(&self.forms, paper.into(), day)
    }

    /// All editions of all forms.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.forms.iter()
    }

    /// The name of a field; every field has one.
    #[must_use]
    pub fn label(&self, field: Field) -> Option<&Label> {
        self.labels.get(&field)
    }

    /// Fills in the standing words and checks that the paper may be issued as it is written: for
    /// that recipient, with every field that the form needs, with none that it has not.
    pub fn complete(&self, form: &Form, mut written: Written) -> Result<Written, Refusal> {
        if !form.served_on.contains(&written.recipient().kind()) {
            let kind = written.recipient().kind();
            return Err(Refusal::on(Code::RecipientNotAllowed, "recipient").with(kind.to_string()));
        }
        for standing in &form.standing {
            written.fill(standing.field, &standing.words);
        }
        let known: BTreeSet<_> = form.fields().collect();
        for (field, said) in written.iter() {
            if !known.contains(&field) {
                return Err(Refusal::on(Code::FieldNotOnForm, field.name()));
            }
            if self.label(field).map(|label| label.kind) != Some(said.kind()) {
                return Err(Refusal::on(Code::FieldFormat, field.name()));
            }
            Text::<PAPER_FIELD_CHARS>::parse(&said.to_string(), field.name())?;
        }
        form.check_alternatives(&written)?;
        match form
            .required
            .iter()
            .find(|field| written.get(**field).is_none())
        {
            Some(missing) => Err(Refusal::on(Code::FieldRequired, missing.name())),
            None => Ok(written),
        }
    }
}

/// A part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// The name of a field.
    Field(&'a str),
}

/// A sentence in its parts; a brace that is not closed is words.
#[must_use]
pub fn pieces(sentence: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some((words, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        found.extend([Piece::Words(words), Piece::Field(name)]);
        rest = behind;
    }
    found.push(Piece::Words(rest));
    found
}

#[cfg(test)]
mod tests;
