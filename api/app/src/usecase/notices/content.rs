//! The content of a paper as text: what is hashed and kept, and read back for printing. Names are
//! taken out of it and sealed, so that a copy of the database links no matter to a person.

use crate::{
    app::{App, sha256},
    error::AppError,
    ports::keys::Column,
    store::{notices::Kept, places::Bureau},
};
use liangxin_domain::{
    id::NoticeId,
    notices::{
        draft::Written,
        field::Field,
        form::{Form, Forms},
        notice::Notice,
        said::Said,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The names and words of fields.
type Words = BTreeMap<String, String>;

/// What stands on a paper beside what is sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Content {
    paper: String,
    /// Since when the form has been used; with the paper it names the edition.
    form: String,
    number: String,
    /// The issuing bureau's name in Chinese.
    pub(super) bureau_zh: String,
    /// And in English.
    pub(super) bureau_en: String,
    issued_at: String,
    recipient: String,
    fields: Words,
}

/// Puts what was written into the text that is kept for ever.
pub(super) fn keep(
    app: &App,
    notice: &Notice,
    (form, bureau): (&Form, &Bureau),
    written: &Written,
) -> Result<Kept, AppError> {
    let (hidden, open): (Vec<_>, Vec<_>) = written
        .iter()
        .map(|(field, said)| (field, said.to_string()))
        .partition(|(field, _)| field.class().is_sealed());
    let words = |fields: Vec<(Field, String)>| -> Words {
        let named = fields.into_iter();
        named
            .map(|(field, words)| (field.to_string(), words))
            .collect()
    };
    let content = Content {
        paper: notice.paper.to_string(),
        form: form.valid_from.to_string(),
        number: notice.number.clone(),
        bureau_zh: bureau.name_zh.clone(),
        bureau_en: bureau.name_en.clone(),
        issued_at: notice.issued_at.to_rfc3339(),
        recipient: notice.recipient.kind().to_string(),
        fields: words(open),
    };
    let content = json(&content)?;
    let sealed = if hidden.is_empty() {
        None
    } else {
        let sealed = app.keys.seal(
            &app.ids,
            Column::Notice.of(notice.id.uuid()),
            &json(&words(hidden))?,
        );
        Some(sealed.ok_or_else(|| AppError::internal("seal a paper", "the cipher refused"))?)
    };
    let digest = sha256(&hashed(&content, sealed.as_deref()));
    Ok(Kept {
        content,
        sealed,
        digest,
    })
}

/// Reads the text back. A paper that is not what its digest says is not shown.
pub(super) fn unpack(
    app: &App,
    notice: &Notice,
    kept: &Kept,
) -> Result<(Content, Written), AppError> {
    let damaged = |column| AppError::damaged("notice", column);
    if sha256(&hashed(&kept.content, kept.sealed.as_deref())) != kept.digest {
        return Err(damaged("digest"));
    }
    let content: Content = serde_json::from_str(&kept.content).map_err(|_| damaged("content"))?;
    let mut words = content.fields.clone();
    if let Some(sealed) = &kept.sealed {
        words.extend(unseal(app, notice.id, sealed).ok_or_else(|| damaged("sealed"))?);
    }
    let fields = words
        .into_iter()
        .map(|(name, words)| read(&app.law.papers, &name, words))
        .collect::<Option<BTreeMap<_, _>>>();
    let written = fields.and_then(|fields| Written::stored(notice.recipient, fields));
    Ok((content, written.ok_or_else(|| damaged("content"))?))
}

fn read(forms: &Forms, name: &str, words: String) -> Option<(Field, Said)> {
    let field: Field = name.parse().ok()?;
    let said = Said::stored(forms.label(field)?.kind, words)?;
    Some((field, said))
}

fn unseal(app: &App, id: NoticeId, sealed: &[u8]) -> Option<Words> {
    serde_json::from_str(&app.keys.unseal(Column::Notice.of(id.uuid()), sealed)?).ok()
}

/// What the digest is of: the text, and the sealed part as it is stored. Of the clear names no
/// digest is kept, because a name can be guessed.
fn hashed(content: &str, sealed: Option<&[u8]>) -> Vec<u8> {
    [content.as_bytes(), &[0], sealed.unwrap_or_default()].concat()
}

fn json(value: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(|e| AppError::internal("write a paper", e))
}
