//! Every type, field and value of the schema says what it is.

use std::collections::BTreeSet;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeDefinition, TypeKind, TypeSystemDefinition};
use liangxin_domain::event::EventKind;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::refusal::Code;
use liangxin_graphql::schema;

/// A field or a value.
struct Member {
    name: String,
    description: Option<String>,
    /// The type of a field.
    kind: String,
}

pub(super) fn definitions() -> Vec<TypeDefinition> {
    let document = parse_schema(schema::sdl()).unwrap();
    let definitions = document.definitions.into_iter();
    let types = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    });
    types.collect()
}

fn text(description: Option<&Positioned<String>>) -> Option<String> {
    description.map(|description| description.node.clone())
}

fn members(definition: &TypeDefinition) -> Vec<Member> {
    match &definition.kind {
        TypeKind::Object(object) => {
            let fields = object.fields.iter().map(|field| &field.node);
            let members = fields.map(|field| Member {
                name: field.name.node.to_string(),
                description: text(field.description.as_ref()),
                kind: field.ty.node.to_string(),
            });
            members.collect()
        }
        TypeKind::InputObject(input) => {
            let fields = input.fields.iter().map(|field| &field.node);
            let members = fields.map(|field| Member {
                name: field.name.node.to_string(),
                description: text(field.description.as_ref()),
                kind: field.ty.node.to_string(),
            });
            members.collect()
        }
        TypeKind::Enum(choice) => {
            let values = choice.values.iter().map(|value| &value.node);
            let members = values.map(|value| Member {
                name: value.value.node.to_string(),
                description: text(value.description.as_ref()),
                kind: String::new(),
            });
            members.collect()
        }
        TypeKind::Scalar | TypeKind::Interface(_) | TypeKind::Union(_) => Vec::new(),
    }
}

/// The values of all enums.
pub(super) fn values() -> BTreeSet<String> {
    let enums = definitions().into_iter();
    let enums = enums.filter(|definition| matches!(definition.kind, TypeKind::Enum(_)));
    let values = enums.flat_map(|definition| members(&definition));
    values.map(|value| value.name).collect()
}

/// Every field with its owner and its type.
pub(super) fn fields() -> Vec<(String, String, String)> {
    let mut fields = Vec::new();
    for definition in definitions() {
        for member in members(&definition) {
            fields.push((definition.name.node.to_string(), member.name, member.kind));
        }
    }
    fields
}

#[test]
fn every_type_every_field_and_every_value_says_what_it_is() {
    let mut silent = Vec::new();
    for definition in definitions() {
        let owner = &definition.name.node;
        if text(definition.description.as_ref()).is_none_or(|text| text.trim().is_empty()) {
            silent.push(owner.to_string());
        }
        for member in members(&definition) {
            if member.description.is_none_or(|text| text.trim().is_empty()) {
                silent.push(format!("{owner}.{}", member.name));
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn events_papers_and_codes_are_spelt_as_in_rows_files_and_lists() {
    let definitions = definitions();
    let words = |name: &str| {
        let found = definitions
            .iter()
            .find(|found| found.name.node.as_str() == name);
        members(found.unwrap()).into_iter().map(|value| value.name)
    };
    assert!(words("EventKind").len() > 100);
    assert!(words("Paper").len() > 50);
    assert!(words("EventKind").all(|word| word.parse::<EventKind>().is_ok()));
    assert!(words("Paper").all(|word| word.parse::<Paper>().is_ok()));
    let codes = Code::all().map(|code| code.as_str().to_owned());
    let codes: BTreeSet<_> = codes.collect();
    assert_eq!(words("ProblemCode").collect::<BTreeSet<_>>(), codes);
}

#[test]
fn no_two_values_of_an_enum_say_the_same() {
    let mut alike = Vec::new();
    for definition in definitions() {
        if !matches!(definition.kind, TypeKind::Enum(_)) {
            continue;
        }
        let mut said = BTreeSet::new();
        for value in members(&definition) {
            if !said.insert(value.description) {
                alike.push(format!("{}.{}", definition.name.node, value.name));
            }
        }
    }
    assert_eq!(alike, Vec::<String>::new());
}
