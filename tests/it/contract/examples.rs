//! Every operation has an example, and each is what the schema says: its variables can be sent, and its answer has what the
//! operation selects and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    BaseType, Field, OperationDefinition, Selection, SelectionSet, Type, TypeDefinition, TypeKind,
};
use chrono::{DateTime, NaiveDate, SecondsFormat};
use liangxin_tests::contract::{is_updating, operation, operations};
use liangxin_tests::examples::{file, is_token};
use serde_json::Value;
use uuid::Uuid;

use super::described::definitions;

/// Operations that have none, each with the reason.
const WITHOUT: [(&str, &str); 0] = [];

#[test]
fn every_operation_has_an_example_that_fits_the_schema() {
    // They are being written while this one runs.
    if is_updating() {
        return;
    }
    let types = definitions().into_iter();
    let types = types.map(|definition| (definition.name.node.to_string(), definition));
    let mut look = Look {
        types: types.collect(),
        wrong: Vec::new(),
    };
    let mut without = Vec::new();
    for name in operations() {
        let Ok(text) = std::fs::read_to_string(file(&name)) else {
            without.push(name);
            continue;
        };
        let example: Value = serde_json::from_str(&text).unwrap();
        let document = parse_query(operation(&name)).unwrap();
        let (_, definition) = document.operations.iter().next().unwrap();
        look.example(&name, &definition.node, &example);
    }
    assert_eq!(look.wrong, Vec::<String>::new());
    assert_eq!(without, WITHOUT.map(|(name, _)| name));
}

#[test]
fn no_example_shows_a_token() {
    if is_updating() {
        return;
    }
    for name in operations() {
        let text = std::fs::read_to_string(file(&name)).unwrap();
        let fields = text.lines().filter_map(|line| line.split_once("\": \""));
        let tokens = fields.filter(|(field, _)| is_token(field.trim_start_matches([' ', '"'])));
        for (_, shown) in tokens {
            assert_eq!(shown.trim_end_matches(['"', ',']), "(a token)", "{name}");
        }
    }
}

/// Whose value it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Told,
}

/// What was looked at, and where it is not as the schema says.
struct Look {
    types: BTreeMap<String, TypeDefinition>,
    wrong: Vec<String>,
}

impl Look {
    fn example(&mut self, name: &str, operation: &OperationDefinition, example: &Value) {
        let known = operation.variable_definitions.iter();
        let known: BTreeSet<_> = known.map(|it| it.node.name.node.as_str()).collect();
        let sent = example["variables"].as_object().unwrap();
        for unknown in sent.keys().filter(|sent| !known.contains(sent.as_str())) {
            self.wrong.push(format!("{name}: there is no ${unknown}"));
        }
        for variable in &operation.variable_definitions {
            let variable = &variable.node;
            let value = &example["variables"][variable.name.node.as_str()];
            let at = format!("{name}.${}", variable.name.node);
            if !value.is_null() || variable.default_value.is_none() {
                self.takes(&variable.var_type.node, value, &at);
            }
        }
        let root = match operation.ty.to_string().as_str() {
            "query" => "Query",
            "subscription" => "Subscription",
            _ => "Mutation",
        };
        let set = &operation.selection_set.node;
        self.object(root, set, (&example["answer"]["data"], name));
    }

    /// A value that is sent.
    fn takes(&mut self, kind: &Type, value: &Value, at: &str) {
        match (&kind.base, value) {
            (_, Value::Null) if kind.nullable => {}
            (BaseType::List(inner), Value::Array(items)) => {
                items.iter().for_each(|item| self.takes(inner, item, at));
            }
            (BaseType::Named(name), value) if !value.is_null() => self.input(name, value, at),
            _ => self.wrong.push(format!("{at} is no {kind}: {value}")),
        }
    }

    fn input(&mut self, name: &str, value: &Value, at: &str) {
        let definition = self.types.get(name).map(|found| found.kind.clone());
        let Some(TypeKind::InputObject(input)) = definition else {
            return self.leaf(name, (value, Way::Sent), at);
        };
        let Some(sent) = value.as_object() else {
            return self.wrong.push(format!("{at} is no {name}: {value}"));
        };
        let known = input
            .fields
            .iter()
            .map(|field| field.node.name.node.as_str());
        let known: BTreeSet<_> = known.collect();
        for unknown in sent.keys().filter(|sent| !known.contains(sent.as_str())) {
            self.wrong.push(format!("{at}: {name} has no {unknown}"));
        }
        for field in &input.fields {
            let (field, at) = (&field.node, format!("{at}.{}", field.node.name.node));
            let value = &value[field.name.node.as_str()];
            if !value.is_null() || field.default_value.is_none() {
                self.takes(&field.ty.node, value, &at);
            }
        }
    }

    /// A value that is told.
    fn told(&mut self, kind: &Type, set: &SelectionSet, (value, at): (&Value, &str)) {
        match (&kind.base, value) {
            (_, Value::Null) if kind.nullable => {}
            (BaseType::List(inner), Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|item| self.told(inner, set, (item, at)));
            }
            (BaseType::Named(name), value) if !value.is_null() => match set.items.as_slice() {
                [] => self.leaf(name, (value, Way::Told), at),
                _ => self.object(name, set, (value, at)),
            },
            _ => self.wrong.push(format!("{at} is no {kind}: {value}")),
        }
    }

    fn object(&mut self, owner: &str, set: &SelectionSet, (value, at): (&Value, &str)) {
        let fields: Vec<&Field> = set
            .items
            .iter()
            .filter_map(|item| match &item.node {
                Selection::Field(field) => Some(&field.node),
                Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
            })
            .collect();
        let selected = fields
            .iter()
            .map(|field| field.response_key().node.as_str());
        let selected: BTreeSet<_> = selected.collect();
        let told = value.as_object().into_iter().flat_map(|told| told.keys());
        let told: BTreeSet<_> = told.map(String::as_str).collect();
        if selected != told {
            return self
                .wrong
                .push(format!("{at} selects {selected:?} and has {told:?}"));
        }
        for field in fields {
            let key = field.response_key().node.as_str();
            let at = format!("{at}.{key}");
            match self.type_of(owner, field.name.node.as_str()) {
                Some(kind) => self.told(&kind, &field.selection_set.node, (&value[key], &at)),
                None => self.wrong.push(format!("{owner} has no {at}")),
            }
        }
    }

    fn type_of(&self, owner: &str, field: &str) -> Option<Type> {
        let TypeKind::Object(object) = &self.types.get(owner)?.kind else {
            return None;
        };
        let mut fields = object.fields.iter().map(|field| &field.node);
        let found = fields.find(|known| known.name.node.as_str() == field)?;
        Some(found.ty.node.clone())
    }

    fn leaf(&mut self, name: &str, (value, way): (&Value, Way), at: &str) {
        let text = value.as_str();
        let fits = match (name, self.types.get(name).map(|found| &found.kind)) {
            (_, Some(TypeKind::Enum(choice))) => choice
                .values
                .iter()
                .any(|known| Some(known.node.value.node.as_str()) == text),
            ("Int", _) => value.is_i64(),
            ("Float", _) => value.is_number(),
            ("Boolean", _) => value.is_boolean(),
            ("String" | "ID", _) => text.is_some(),
            ("UUID", _) => text.is_some_and(|text| Uuid::try_parse(text).is_ok()),
            ("NaiveDate", _) => text.is_some_and(|text| text.parse::<NaiveDate>().is_ok()),
            ("DateTime", _) => text.is_some_and(|text| is_moment(text, way)),
            _ => false,
        };
        if !fits {
            self.wrong.push(format!("{at} is no {name}: {value}"));
        }
    }
}

/// Whether a text is a moment; one that is told has one form.
fn is_moment(text: &str, way: Way) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok_and(|at| {
        let form = at.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true);
        way == Way::Sent || form == text
    })
}
