//! Types for TypeScript, written from the schemas: a type for each definition, one for the measurement
//! of each family, and those of the library for WebAssembly.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

/// What stands before the types.
const HEAD: &str = "\
// Written from the schemas beside this file; LIANGXIN_UPDATE=1 writes it anew.

";

/// What the library refuses with, and a verdict with its measurement.
const TAIL: &str = "\
/** Why there is no verdict. */
export interface Refused {
  /** The stable code. */
  code: string;
  /** The path of the field, such as `packages[3].net`. */
  field: string | null;
  /** What is wrong, in English, for the developer. */
  message: string;
}

/** A measurement with its verdict. */
export type Judgement = Verdict & { measurement: Measurement };
";

/// The whole file.
pub fn types(measurements: &[(&'static str, Value)], verdict: &Value) -> String {
    let mut named: BTreeMap<String, Value> = BTreeMap::new();
    let mut families = Vec::new();
    for schema in measurements
        .iter()
        .map(|(_, schema)| schema)
        .chain([verdict])
    {
        let title = schema["title"].as_str().unwrap_or_default();
        add(&mut named, title, schema);
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            add(&mut named, name, definition);
        }
        families.push(title);
    }
    families.pop();
    let mut text = HEAD.to_owned();
    for (name, schema) in &named {
        describe(schema, "", &mut text);
        let _ = writeln!(text, "export type {name} = {};\n", type_of(schema, ""));
    }
    let all = families.join("\n  | ");
    let _ = writeln!(
        text,
        "/** A measurement of any family. */\nexport type Measurement =\n  | {all};\n"
    );
    text + TAIL
}

/// Two families may name the same thing, but not two things the same.
fn add(named: &mut BTreeMap<String, Value>, name: &str, schema: &Value) {
    let mut schema = schema.clone();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$defs");
    }
    let known = named
        .entry(name.to_owned())
        .or_insert_with(|| schema.clone());
    assert_eq!(*known, schema, "{name} is two things");
}

fn describe(schema: &Value, indent: &str, text: &mut String) {
    if let Some(about) = schema["description"].as_str() {
        let lines = about.split('\n').collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{indent}/** {} */", lines.replace("*/", "* /"));
    }
}

fn type_of(schema: &Value, indent: &str) -> String {
    let Some(schema) = schema.as_object() else {
        return "unknown".to_owned();
    };
    let mut parts = Vec::new();
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        parts.push(name.trim_start_matches("#/$defs/").to_owned());
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(all)) = schema.get(key) {
            parts.push(union(all.iter().map(|one| type_of(one, indent))));
        }
    }
    for one in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        parts.push(type_of(one, indent));
    }
    if let Some(value) = schema.get("const") {
        parts.push(value.to_string());
    } else if let Some(Value::Array(values)) = schema.get("enum") {
        parts.push(union(values.iter().map(Value::to_string)));
    } else if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        parts.push(object(schema, fields, indent));
    } else if parts.is_empty() {
        parts.push(of_kind(schema, indent));
    }
    match parts.as_slice() {
        [one] => one.clone(),
        several => {
            let grouped = several.iter().map(|part| match part.contains(" | ") {
                true => format!("({part})"),
                false => part.clone(),
            });
            grouped.collect::<Vec<_>>().join(" & ")
        }
    }
}

fn union(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" | ")
}

fn object(schema: &Map<String, Value>, fields: &Map<String, Value>, indent: &str) -> String {
    let needed = schema.get("required").and_then(Value::as_array);
    let inner = format!("{indent}  ");
    let mut text = "{\n".to_owned();
    for (name, field) in fields {
        describe(field, &inner, &mut text);
        let is_needed = needed.is_some_and(|all| all.iter().any(|one| one == name));
        let mark = if is_needed { "" } else { "?" };
        let _ = writeln!(text, "{inner}{name}{mark}: {};", type_of(field, &inner));
    }
    text + indent + "}"
}

/// The type of what has no fields and no words.
fn of_kind(schema: &Map<String, Value>, indent: &str) -> String {
    let one = |kind: &str| match kind {
        "integer" | "number" => "number".to_owned(),
        "array" => {
            let row = schema
                .get("items")
                .map_or("unknown".to_owned(), |items| type_of(items, indent));
            format!("Array<{row}>")
        }
        "object" => "Record<string, unknown>".to_owned(),
        other => other.to_owned(),
    };
    match schema.get("type") {
        Some(Value::String(kind)) => one(kind),
        Some(Value::Array(kinds)) => union(kinds.iter().filter_map(Value::as_str).map(one)),
        _ => "unknown".to_owned(),
    }
}
