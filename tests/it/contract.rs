//! What a phone may rely on is what the program does: each file in `mobile-contract/` is compared with the program.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, Selection};
use liangxin_domain::metrology;
use liangxin_domain::policy::Need;
use liangxin_domain::privacy::promise::{PROMISE, Viewer};
use liangxin_domain::refusal::{Channel, Code};
use liangxin_graphql::access;
use liangxin_graphql::limits::MAX_COMPLEXITY;
use liangxin_graphql::schema;
use liangxin_tests::app::on_both;
use liangxin_tests::contract::{assert_file, operation, operations};
use serde_json::{Value, json};

mod costs;
mod described;
mod examples;
mod folders;
mod limits;
mod page;

#[test]
fn the_schema_file_is_the_programs_schema() {
    assert_file("mobile-contract/schema.graphql", &schema::sdl());
}

#[test]
fn the_list_of_codes_is_the_programs_table() {
    let codes = Code::all().map(|code| {
        json!({
            "code": code.as_str(),
            "class": <&str>::from(code.class()),
            "channel": match code.channel() {
                Channel::Problem => "PROBLEM",
                Channel::Error => "ERROR",
            },
            "zh": code.zh(),
            "en": code.en(),
        })
    });
    // What is refused within a measurement, told as `innerCode`.
    let inner = metrology::refusal::CODES.iter().map(|(code, zh, en)| {
        json!({ "code": code, "class": "PERMANENT", "channel": "MEASUREMENT", "zh": zh, "en": en })
    });
    assert_file(
        "mobile-contract/error-codes.json",
        &pretty(&Value::from_iter(codes.chain(inner))),
    );
}

#[test]
fn the_promise_is_the_programs() {
    let words = |viewers: &[Viewer]| -> Vec<&'static str> {
        viewers.iter().map(|viewer| (*viewer).into()).collect()
    };
    let promises = PROMISE.iter().map(|promise| {
        json!({
            "field": promise.field,
            "zh": promise.zh,
            "en": promise.en,
            "seenBy": words(promise.seen_by),
            "onOpening": words(promise.on_opening),
            "whenZh": promise.when_zh,
            "whenEn": promise.when_en,
        })
    });
    assert_file(
        "mobile-contract/promise.json",
        &pretty(&Value::from_iter(promises)),
    );
}

#[test]
fn every_operation_has_the_name_of_its_file_and_stands_alone() {
    for name in operations() {
        let document =
            parse_query(operation(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let DocumentOperations::Multiple(all) = document.operations else {
            panic!("{name} has no name");
        };
        let found: Vec<_> = all.keys().map(|found| found.to_string()).collect();
        assert_eq!(found, [name]);
    }
}

#[tokio::test]
async fn every_operation_is_one_of_the_schema_and_within_the_limits() {
    on_both(async |app| {
        for name in operations() {
            // Without variables nothing runs that needs one; what is wrong with the document itself shows before that.
            let reply = app.anonymous().run(&name, json!({})).await;
            let (requested, left) = reply.cost().unwrap();
            assert_ne!(requested, 0, "{name}");
            assert_eq!(requested + left, MAX_COMPLEXITY, "{name}");
            let expected = ["SIGN_IN_REQUIRED", "INPUT_INVALID"];
            let is_expected = |code: &String| expected.contains(&code.as_str());
            assert!(
                reply.problems().iter().all(is_expected),
                "{name}: {reply:?}"
            );
        }
    })
    .await;
}

#[test]
fn every_root_field_is_in_the_access_table_and_used_by_an_operation() {
    let declared: BTreeSet<_> = root_fields();
    let guarded: BTreeSet<_> = access::list().map(|(field, _)| field.to_owned()).collect();
    let used: BTreeSet<_> = operations()
        .iter()
        .flat_map(|name| fields_of(&operation(name)))
        .collect();
    assert_eq!(declared, guarded, "the schema and the access table");
    assert_eq!(declared, used, "the schema and the operations");
}

#[test]
fn who_may_call_what_is_as_it_was() {
    let mut fields: Vec<_> = access::list().collect();
    fields.sort_by_key(|(field, _)| field.to_ascii_lowercase());
    let width = fields.iter().map(|(field, _)| field.len()).max();
    let width = width.unwrap_or_default();
    let mut table = String::new();
    for (field, need) in fields {
        let need = match need {
            Need::Anyone => "anyone".to_owned(),
            Need::SignedIn => "signed in".to_owned(),
            Need::Roles(roles) => roles
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        };
        writeln!(table, "{field:width$}  {need}").unwrap();
    }
    assert_file("tests/it/snapshots/gate.txt", &table);
}

/// The fields of the roots in the published schema.
fn root_fields() -> BTreeSet<String> {
    let document = async_graphql::parser::parse_schema(schema::sdl()).unwrap();
    let mut fields = BTreeSet::new();
    for definition in document.definitions {
        use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let definition = definition.node;
        if let ("Query" | "Mutation" | "Subscription", TypeKind::Object(object)) =
            (definition.name.node.as_str(), &definition.kind)
        {
            fields.extend(
                object
                    .fields
                    .iter()
                    .map(|field| field.node.name.node.to_string()),
            );
        }
    }
    fields
}

fn fields_of(document: &str) -> Vec<String> {
    let document = parse_query(document).unwrap();
    let operations = document
        .operations
        .iter()
        .flat_map(|(_, operation)| operation.node.selection_set.node.items.clone());
    operations
        .filter_map(|selection| match selection.node {
            Selection::Field(field) => Some(field.node.name.node.to_string()),
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
        })
        .collect()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}
