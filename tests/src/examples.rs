//! The examples of the contract: what was sent and what came back when a test ran an operation and had a whole answer.
//!
//! They are recorded with the other files that the program writes, and never by hand. Of all tests that run an operation one
//! tells its example, however many ran and in which order: the story that is told for it, or the first in the alphabet.
//! Clock and ids of a test follow from its name, so it tells the same each time.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::contract::{is_updating, root};

/// The tests that are there to be told.
const STORIES: &str = "examples::";

/// Texts that are longer are cut.
const TEXT_CHARS: usize = 2_000;

/// By which test of this run each operation is told.
static KEPT: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());

/// The file of an operation's example.
pub fn file(operation: &str) -> PathBuf {
    let name = format!("mobile-contract/examples/{operation}.json");
    root().join(name)
}

/// Keeps an answer as the example of an operation, if it is this test's to tell and nothing is missing in it. Panics if it
/// cannot be written.
pub(crate) fn keep(operation: &str, variables: &Value, data: &Value) {
    let thread = std::thread::current();
    let test = thread.name().filter(|name| name.contains("::"));
    let Some(test) = test.filter(|_| is_updating() && is_whole(data)) else {
        return;
    };
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let is_told = match kept.get(operation) {
        Some(by) => place(by) <= place(test),
        None => written_by(operation).is_some_and(|by| place(&by) < place(test)),
    };
    if is_told {
        return;
    }
    let example = json!({
        "test": test,
        "variables": shown("", variables),
        "answer": { "data": shown("", data) },
    });
    let text = format!("{example:#}\n");
    let written = std::fs::write(file(operation), text);
    written.unwrap_or_else(|error| panic!("the example of {operation} was not written: {error}"));
    kept.insert(operation.to_owned(), test.to_owned());
}

/// Which of two tests tells an example: the smaller one.
fn place(test: &str) -> (bool, &str) {
    (!test.starts_with(STORIES), test)
}

/// By which test an example was written.
fn written_by(operation: &str) -> Option<String> {
    let text = std::fs::read_to_string(file(operation)).ok()?;
    let example: Value = serde_json::from_str(&text).ok()?;
    example["test"].as_str().map(str::to_owned)
}

/// Whether there is something in each field of the root, and in its list if it is one.
fn is_whole(data: &Value) -> bool {
    let is_there = |value: &Value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        page => page["items"]
            .as_array()
            .is_none_or(|items| !items.is_empty()),
    };
    data.as_object()
        .is_some_and(|fields| fields.values().all(is_there))
}

/// Whether what stands in a field of that name is a token.
pub fn is_token(name: &str) -> bool {
    name == "token" || name.ends_with("Token")
}

/// A value as it is shown: without what opens or proves something, and without the length of what is long.
fn shown(name: &str, value: &Value) -> Value {
    match value {
        Value::String(_) if is_token(name) => json!("(a token)"),
        Value::String(_) if name == "ciphertext" => json!("(sealed)"),
        Value::String(text) if text.contains("eyJ") => {
            let (before, _) = text.split_once("eyJ").unwrap_or_default();
            json!(format!("{before}(signed)"))
        }
        Value::String(text) if text.chars().count() > TEXT_CHARS => {
            let begin: String = text.chars().take(TEXT_CHARS).collect();
            json!(format!("{begin} …"))
        }
        Value::Array(items) => items.iter().map(|item| shown(name, item)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| (name.clone(), shown(name, value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}
