//! A measurement as the document it was read from, with the keys that say nothing.
//!
//! `"scale": null`, an empty list and `"confirmed": false` mean what leaving the key out means, and the types of
//! a measurement do not tell them apart. It is written with exactly the keys that were read all the same: whoever
//! compares what was sent with what was kept finds none more and none less.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::measurement::Measurement;
use crate::wire;

/// A measurement with the keys it was read with. For serde it is the measurement alone, so that the digest of
/// whoever sends it again with a `null` more is the same; [`wire::write_document`] writes it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Document {
    /// What was measured.
    pub measurement: Measurement,
    #[serde(skip)]
    silent: Silent,
}

/// The fields of a document that may say nothing, each in its place; nothing where it has none. No greater than the
/// document, whoever wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Silent(Option<Value>);

impl From<Measurement> for Document {
    fn from(measurement: Measurement) -> Self {
        Self::of(measurement, Silent::default())
    }
}

impl Document {
    pub(crate) fn of(measurement: Measurement, silent: Silent) -> Self {
        Self {
            measurement,
            silent,
        }
    }

    /// As JSON with the keys that were read, where writing the measurement alone would drop some.
    pub(crate) fn as_read(&self) -> Option<String> {
        let silent = self.silent.0.as_ref()?;
        let alone = wire::write_measurement(&self.measurement);
        let mut document: Value = serde_json::from_str(&alone).ok()?;
        put_back(&mut document, silent).then(|| document.to_string())
    }
}

impl Silent {
    /// Those of a measurement that is not read yet.
    pub(crate) fn of(document: &Value) -> Self {
        Self(within(document))
    }
}

/// What of a value may say nothing, at the places where it stands: a row of a list that has nothing of it is null.
fn within(value: &Value) -> Option<Value> {
    let kept = |field: &Value| match may_say_nothing(field) {
        true => Some(field.clone()),
        false => within(field),
    };
    match value {
        Value::Object(fields) => {
            let kept = |(key, field): (&String, &Value)| Some((key.clone(), kept(field)?));
            let fields: Map<String, Value> = fields.iter().filter_map(kept).collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        Value::Array(rows) => {
            let rows = rows.iter().map(|row| within(row).unwrap_or_default());
            let rows: Vec<Value> = rows.collect();
            let is_one = |row: &Value| !row.is_null();
            rows.iter().any(is_one).then_some(Value::Array(rows))
        }
        _ => None,
    }
}

/// Puts fields that say nothing back in their places, where the document lacks them; whether it lacked any.
fn put_back(document: &mut Value, silent: &Value) -> bool {
    let mut is_lacking = false;
    match (document, silent) {
        (Value::Object(fields), Value::Object(silent)) => {
            for (key, one) in silent {
                match fields.get_mut(key) {
                    Some(field) => is_lacking |= put_back(field, one),
                    None if may_say_nothing(one) => {
                        fields.insert(key.clone(), one.clone());
                        is_lacking = true;
                    }
                    None => {}
                }
            }
        }
        (Value::Array(rows), Value::Array(silent)) => {
            for (row, one) in rows.iter_mut().zip(silent) {
                is_lacking |= put_back(row, one);
            }
        }
        _ => {}
    }
    is_lacking
}

/// Whether a field may be one that is not written: null, an empty list, or what is taken where the key is left
/// out. One that is written all the same is no harm.
fn may_say_nothing(field: &Value) -> bool {
    match field {
        Value::Null | Value::Bool(false) => true,
        Value::Array(rows) => rows.is_empty(),
        Value::String(word) => matches!(word.as_str(), "CN" | "NOT_SEEN"),
        _ => false,
    }
}
