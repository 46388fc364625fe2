//! A measurement as the document it was read from, with the keys that say nothing.
//!
//! `"scale": null`, an empty list and `"confirmed": false` mean what leaving the key out means, and the types of
//! a measurement do not tell them apart. It is written with exactly the keys that were read all the same: whoever
//! compares what was sent with what was kept finds none more and none less.

use serde::Serialize;
use serde_json::Value;

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

/// The fields of a document that may say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Silent(Vec<Field>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    /// The JSON pointer of the object that it stands in.
    within: String,
    key: String,
    value: Value,
}

impl From<Measurement> for Document {
    fn from(measurement: Measurement) -> Self {
        let silent = Silent::default();
        Self {
            measurement,
            silent,
        }
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
        let Silent(silent) = &self.silent;
        if silent.is_empty() {
            return None;
        }
        let alone = wire::write_measurement(&self.measurement);
        let mut document: Value = serde_json::from_str(&alone).ok()?;
        let mut is_dropped = false;
        for field in silent {
            is_dropped |= field.put_back(&mut document);
        }
        is_dropped.then(|| document.to_string())
    }
}

impl Silent {
    /// Those of a measurement that is not read yet.
    pub(crate) fn of(document: &Value) -> Self {
        let mut found = Vec::new();
        gather(document, &mut String::new(), &mut found);
        Self(found)
    }
}

impl Field {
    /// Puts the field in its place where the document lacks it; whether it did.
    fn put_back(&self, document: &mut Value) -> bool {
        let within = document.pointer_mut(&self.within);
        let Some(fields) = within.and_then(Value::as_object_mut) else {
            return false;
        };
        let is_lacking = !fields.contains_key(&self.key);
        if is_lacking {
            fields.insert(self.key.clone(), self.value.clone());
        }
        is_lacking
    }
}

fn gather(value: &Value, at: &mut String, found: &mut Vec<Field>) {
    let length = at.len();
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if may_say_nothing(field) {
                    found.push(Field {
                        within: at.clone(),
                        key: key.clone(),
                        value: field.clone(),
                    });
                } else if field.is_object() || field.is_array() {
                    at.push('/');
                    at.push_str(key);
                    gather(field, at, found);
                    at.truncate(length);
                }
            }
        }
        Value::Array(rows) => {
            for (index, row) in rows.iter().enumerate() {
                at.push('/');
                at.push_str(&index.to_string());
                gather(row, at, found);
                at.truncate(length);
            }
        }
        _ => {}
    }
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
