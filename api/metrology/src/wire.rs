//! JSON in, JSON out: the form in which files, phones and the server speak to this library.
//!
//! The same measurement and the same rules give the same bytes everywhere. What is refused is refused
//! with the path of the field and a stable code.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::{Document, Silent};
use crate::judgement::Judgement;
use crate::measurement::Measurement;
use crate::nulls;
use crate::refusal::JudgeError;
use crate::rules::RuleSet;
use crate::strict::{self, Place};
use crate::tagged;
use crate::text;
use crate::verdict::Verdict;

/// The most bytes a measurement may have as JSON.
pub const LARGEST_MEASUREMENT_BYTES: usize = 256 * 1024;

/// A refusal with its code and, where one is at fault, the field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}{}: {message}", field.as_deref().map(|field| format!(" at {field}")).unwrap_or_default())]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// The path of the field, such as `packages[3].net`.
    pub field: Option<String>,
    /// What is wrong, in English, for the developer.
    pub message: String,
}

impl Refused {
    fn new(code: &str, field: Option<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            field,
            message: message.into(),
        }
    }
}

impl From<JudgeError> for Refused {
    fn from(error: JudgeError) -> Self {
        Self::new(
            error.code(),
            error.field().map(str::to_owned),
            error.to_string(),
        )
    }
}

/// Reads a measurement; see [`read_document`].
pub fn read_measurement(json: &str) -> Result<Measurement, Refused> {
    read_document(json).map(|document| document.measurement)
}

/// Reads a measurement with the keys that it is to be written with. Unknown fields are refused like missing
/// ones, and a key that stands twice.
pub fn read_document(json: &str) -> Result<Document, Refused> {
    if json.len() > LARGEST_MEASUREMENT_BYTES {
        let message = format!("more than {LARGEST_MEASUREMENT_BYTES} bytes");
        return Err(Refused::new("MEASUREMENT_TOO_LARGE", None, message));
    }
    let value = strict::parse(json)
        .map_err(|error| Refused::new("JSON_MALFORMED", error.field, error.told))?;
    document_of(value)
}

/// Reads a measurement from JSON that is already parsed.
pub fn measurement_of(value: Value) -> Result<Measurement, Refused> {
    document_of(value).map(|document| document.measurement)
}

/// Reads a measurement with its keys from JSON that is already parsed.
fn document_of(mut value: Value) -> Result<Document, Refused> {
    make_readable(&mut value, &Place::Root)?;
    let family_at = Some("family".to_owned());
    let Some(fields) = value.as_object_mut() else {
        return Err(Refused::new("JSON_MALFORMED", None, "an object is wanted"));
    };
    let family = match fields.remove("family") {
        Some(Value::String(family)) => family,
        Some(_) => {
            let message = "a text is wanted";
            return Err(Refused::new("FIELD_MALFORMED", family_at, message));
        }
        None => {
            let message = "the family is wanted";
            return Err(Refused::new("FIELD_MISSING", family_at, message));
        }
    };
    let silent = Silent::of(&value);
    let read = Measurement::read(&family, value).unwrap_or_else(|| {
        let known = Measurement::FAMILIES.join(", ");
        let message = format!("one of {known} is wanted");
        Err(Refused::new("FAMILY_UNKNOWN", family_at, message))
    });
    Ok(Document::of(read?, silent))
}

/// Judges a measurement given as JSON and answers with the verdict as JSON.
pub fn judge(rules: &RuleSet, measurement: &str) -> Result<String, Refused> {
    let judged = Judgement::of(rules, read_document(measurement)?)?;
    Ok(write_verdict(&judged))
}

/// A measurement as JSON with exactly the keys that were read.
pub fn write_document(document: &Document) -> String {
    let as_read = document.as_read();
    as_read.unwrap_or_else(|| write_measurement(&document.measurement))
}

/// A measurement as JSON, without a field for what was not said.
pub fn write_measurement(measurement: &Measurement) -> String {
    nulls::without(&written(measurement))
}

/// A verdict with its measurement as JSON, always the same text for the same verdict. The measurement has no
/// field for what was not said, unless it was read or stored with one.
pub fn write_verdict(judged: &Judgement) -> String {
    let all = written(judged);
    let as_read = written(&judged.measurement);
    let measurement = match &judged.as_stored {
        Some(stored) => Cow::Borrowed(stored.as_str()),
        None => Cow::Owned(nulls::without(&as_read)),
    };
    match all.strip_suffix(&[&*as_read, "}"].concat()) {
        Some(verdict) => [verdict, &*measurement, "}"].concat(),
        None => all,
    }
}

/// The measurement of a stored verdict as it stands there, where it would be written otherwise by now.
fn as_stored(text: &str, measurement: &Measurement) -> Option<String> {
    let (_, rest) = text.trim_end().split_once(r#","measurement":"#)?;
    let stored = rest.strip_suffix('}')?;
    let is_it = || {
        let read = serde_json::from_str::<Measurement>(stored);
        read.is_ok_and(|read| read == *measurement)
    };
    let is_other = stored != write_measurement(measurement);
    (is_other && is_it()).then(|| stored.to_owned())
}

fn written(document: &impl Serialize) -> String {
    // Writing fails only for maps whose keys are no text; a verdict has no maps.
    serde_json::to_string(document).unwrap_or_default()
}

/// Reads a verdict with its measurement that was written before.
pub fn read_verdict(text: &str) -> Result<Judgement, Refused> {
    let parse = || {
        serde_json::from_str::<Value>(text)
            .map_err(|error| Refused::new("JSON_MALFORMED", None, error.to_string()))
    };
    // Read in one go, the measurement that is missing is told before all that the verdict lacks.
    let judged: Result<Judgement, Refused> = read(parse()?);
    let judged = judged.or_else(|told| Err(read::<Verdict>(parse()?).err().unwrap_or(told)))?;
    let as_stored = as_stored(text, &judged.measurement);
    Ok(Judgement {
        as_stored,
        ..judged
    })
}

/// Drops from every text of a measurement what only breaks its reading, and refuses what would make
/// it read otherwise than it is kept. Done here and not while reading a text, because a verdict kept
/// before this rule has to be read as it is.
fn make_readable(value: &mut Value, at: &Place<'_>) -> Result<(), Refused> {
    match value {
        Value::String(kept) => {
            let clean = text::readable(kept).map_err(|error| {
                let at = at.to_string();
                let at = (!at.is_empty()).then_some(at);
                Refused::new(error.code(), at, error.to_string())
            })?;
            if let Cow::Owned(clean) = clean {
                *kept = clean;
            }
        }
        Value::Array(rows) => {
            for (index, row) in rows.iter_mut().enumerate() {
                make_readable(row, &Place::Row(at, index))?;
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                make_readable(field, &Place::Field(at, name))?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Refused> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        refused(path, &error.into_inner().to_string())
    })
}

/// Turns a refusal of the reader into code and field. The reader hands on text alone: our own
/// refusals begin with their code, its own with fixed words.
fn refused(path: String, message: &str) -> Refused {
    let (path, message) = tagged::resolve(path, message);
    let within = |name: &str| match path.as_str() {
        "." => Some(name.to_owned()),
        path => Some(format!("{path}.{name}")),
    };
    let here = (path != ".").then(|| path.clone());
    if let Some(name) = named(message, "missing field `") {
        return Refused::new("FIELD_MISSING", within(name), message);
    }
    if named(message, "unknown field `").is_some() {
        return Refused::new("FIELD_UNKNOWN", here, message);
    }
    match message.split_once(": ") {
        Some((code, rest)) if is_code(code) => Refused::new(code, here, rest),
        _ => Refused::new("FIELD_MALFORMED", here, message),
    }
}

fn named<'a>(message: &'a str, words: &str) -> Option<&'a str> {
    message.strip_prefix(words)?.split('`').next()
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
