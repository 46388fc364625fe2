//! What the schema says about inputs: values that an operation takes, with the ids that somebody wants to put there.

use std::collections::{BTreeMap, BTreeSet};

use liangxin_tests::app::TestApp;
use liangxin_tests::contract::root;
use serde_json::{Value, json};
use uuid::Uuid;

use super::fit;

/// One thing of every kind, by what an id of it is called.
pub(super) type Things = BTreeMap<&'static str, Uuid>;

/// Names of ids for which nothing lies anywhere: rounds are planned and drawn by hand, and the writes that an item comes after
/// are the sender's own.
const NOTHING_YET: [&str; 3] = ["planId", "drawId", "after"];

/// Of which kind the id in a field is.
pub(super) fn kind_of(field: &str) -> &str {
    match field {
        "earlierId" | "otherId" | "intoId" | "earlierReportId" => "reportId",
        "handlerId" | "inspectorIds" | "investigatorIds" | "personId" | "chairId" | "officerId"
        | "actorId" => "userId",
        "inPlaceOfId" => "caseId",
        "toMerchantId" | "successorId" => "merchantId",
        "findings" | "findingId" => "measurementId",
        other => other,
    }
}

/// A type without the marks of lists and of what must be there.
pub(super) fn bare(kind: &str) -> &str {
    kind.trim_matches(['[', ']', '!'])
}

/// What has to stand in a field beside the id on a path; the id itself is not beside it.
fn beside((path, values): (&[String], Values), field: &str) -> Option<Value> {
    let is_beside = values == Values::Fit && path.first().is_none_or(|on_it| on_it != field);
    is_beside.then(|| fit::beside(path, field)).flatten()
}

/// The fields of each input, and the first value of each enum, as the schema says them.
pub(super) struct Schema {
    pub(super) inputs: BTreeMap<String, Vec<(String, String)>>,
    pub(super) enums: BTreeMap<String, String>,
    /// Inputs of which exactly one field is told.
    choices: BTreeSet<String>,
}

impl Schema {
    pub(super) fn read() -> Self {
        let text = std::fs::read_to_string(root().join("mobile-contract/schema.graphql")).unwrap();
        let mut schema = Self {
            inputs: BTreeMap::new(),
            enums: BTreeMap::new(),
            choices: BTreeSet::new(),
        };
        text.split("\n}\n").for_each(|block| schema.add(block));
        schema
    }

    fn add(&mut self, block: &str) {
        let mut is_doc = false;
        let lines: Vec<&str> = block
            .lines()
            .filter(|line| {
                let marks = line.matches("\"\"\"").count();
                let keeps = !is_doc && marks == 0;
                is_doc ^= marks == 1;
                keeps
            })
            .collect();
        let Some(at) = lines.iter().position(|line| line.ends_with('{')) else {
            return;
        };
        let body = lines[at + 1..].iter().map(|line| line.trim());
        let mut words = lines[at].split_whitespace();
        match (words.next(), words.next()) {
            (Some("input"), Some(name)) => {
                let fields = body.filter_map(|line| line.split_once(": "));
                let fields = fields.map(|(field, kind)| {
                    let kind = kind.split_whitespace().next().unwrap_or_default();
                    (field.to_owned(), kind.to_owned())
                });
                self.inputs.insert(name.to_owned(), fields.collect());
                if words.next() == Some("@oneOf") {
                    self.choices.insert(name.to_owned());
                }
            }
            (Some("enum"), Some(name)) => {
                let first = body.into_iter().find(|line| !line.is_empty());
                let first = first.unwrap_or_default().to_owned();
                self.enums.insert(name.to_owned(), first);
            }
            _ => {}
        }
    }

    /// A value of a type that is asked for under a name: what must be there, and what lies on a path through it.
    pub(super) fn value(
        &self,
        (name, kind): (&str, &str),
        path: &[String],
        ids: &Ids<'_>,
    ) -> Value {
        let whole = kind.trim_end_matches('!');
        let item = whole.strip_prefix('[');
        if let Some(item) = item.and_then(|item| item.strip_suffix(']')) {
            return json!([self.value((name, item), path, ids)]);
        }
        if let Some(first) = self.enums.get(whole) {
            return json!(first);
        }
        let fit = || fit::value(ids.app, (name, whole));
        if let Some(fit) = (ids.values == Values::Fit).then(fit).flatten() {
            return fit;
        }
        if let Some(fields) = self.inputs.get(whole) {
            let told = self.told(whole, fields, (path, ids.values));
            let told = told.map(|(field, kind)| {
                let on_it = path.first() == Some(field);
                let rest = path.get(1..).filter(|_| on_it).unwrap_or_default();
                let value = match beside((path, ids.values), field) {
                    Some(one) if kind.starts_with('[') => json!([one]),
                    Some(one) => one,
                    None => self.value((field, kind), rest, ids),
                };
                (field.clone(), value)
            });
            return Value::Object(told.collect());
        }
        match (whole, name) {
            ("UUID", "id") => json!(ids.app.new_id()),
            ("UUID", _) => json!(ids.of(name)),
            ("Boolean", _) => json!(true),
            ("Int" | "Float", _) => json!(1),
            ("DateTime", _) => json!(ids.app.now()),
            ("NaiveDate", _) => json!("2026-11-23"),
            (_, "wall") => json!(ids.app.now()),
            (_, "monotonicMs") => json!("60000"),
            (_, "bootId") => json!("boot-1"),
            (_, name) if name.ends_with("Yuan") => json!("1.00"),
            (_, name) if name.to_lowercase().contains("division") => json!("430104"),
            _ => json!("说明文字"),
        }
    }

    /// The fields of an input that are told.
    fn told<'a>(
        &self,
        input: &str,
        fields: &'a [(String, String)],
        (path, values): (&'a [String], Values),
    ) -> impl Iterator<Item = (&'a String, &'a str)> {
        let is_choice = self.choices.contains(input);
        let by_itself = || fields.iter().find(|(_, kind)| bare(kind) != "UUID");
        let chosen = path.first().or_else(|| Some(&by_itself()?.0));
        let told = move |(field, kind): &&'a (String, String)| match is_choice {
            true => chosen == Some(field),
            false => {
                let leads_nowhere = values == Values::Fit && path.is_empty();
                kind.ends_with('!')
                    || leads_nowhere && fit::TOLD.contains(&field.as_str())
                    || beside((path, values), field).is_some()
                    || path.first() == Some(field)
            }
        };
        fields
            .iter()
            .filter(told)
            .map(|(field, kind)| (field, kind.as_str()))
    }

    /// Where ids may stand in an input, and whether everything on the way to it must be there. The own id of a write is
    /// none of them.
    pub(super) fn ids(&self, input: &str) -> Vec<(Vec<String>, bool)> {
        let is_choice = self.choices.contains(input);
        let fields = self.inputs.get(input).into_iter().flatten();
        let found = fields.flat_map(|(field, kind)| {
            let needed = kind.ends_with('!') && !is_choice;
            match bare(kind) {
                "UUID" if field == "id" => Vec::new(),
                "UUID" => vec![(vec![field.clone()], needed)],
                inner => {
                    let below = self.ids(inner).into_iter();
                    let below = below.map(|(path, inner_needed)| {
                        let path = [vec![field.clone()], path].concat();
                        (path, needed && inner_needed)
                    });
                    below.collect()
                }
            }
        });
        found.collect()
    }
}

/// What stands beside the ids.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// Anything of the type.
    Any,
    /// What is taken as it is.
    Fit,
}

/// Which ids are sent, and beside what.
pub(super) struct Ids<'a> {
    pub(super) app: &'a TestApp,
    pub(super) elsewhere: Option<&'a Things>,
    pub(super) values: Values,
}

impl Ids<'_> {
    fn of(&self, field: &str) -> Uuid {
        let Some(known) = self.elsewhere else {
            return self.app.new_id();
        };
        let found = known.get(kind_of(field)).copied();
        found.unwrap_or_else(|| self.app.new_id())
    }
}

/// Every id that an input may name is one of a kind that the things have.
pub(super) fn assert_every_kind_is_there(schema: &Schema, things: &Things) {
    for input in schema.inputs.keys() {
        for (path, _) in schema.ids(input) {
            let Some(field) = path.last() else { continue };
            let known = things.contains_key(kind_of(field)) || NOTHING_YET.contains(&&**field);
            assert!(known, "{input} names {path:?}, and there is no such thing");
        }
    }
}
