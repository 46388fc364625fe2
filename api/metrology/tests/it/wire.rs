//! Whatever text arrives, the answer is a verdict or a refusal with its code.

use liangxin_metrology::recompute::{Recomputed, recompute};
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire::{self, LARGEST_MEASUREMENT_BYTES, Refused};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use crate::golden::{rules, tables};

fn refused(text: &str) -> Refused {
    wire::judge(rules(), text).unwrap_err()
}

#[test]
fn text_that_is_no_measurement_is_refused_with_code_and_field() {
    for (text, code, field) in [
        ("", "JSON_MALFORMED", None),
        ("{", "JSON_MALFORMED", None),
        ("[]", "JSON_MALFORMED", None),
        ("null", "JSON_MALFORMED", None),
        ("{}", "FIELD_MISSING", Some("family")),
        (r#"{"family": 1}"#, "FIELD_MALFORMED", Some("family")),
        (r#"{"family": "MAGIC"}"#, "FAMILY_UNKNOWN", Some("family")),
        (
            r#"{"family": "RETAIL_WEIGHING"}"#,
            "FIELD_MISSING",
            Some("weighed_on"),
        ),
    ] {
        let refused = refused(text);
        assert_eq!(
            (refused.code.as_str(), refused.field.as_deref()),
            (code, field),
            "{text}"
        );
        assert!(!refused.message.is_empty());
    }
}

fn pork(goods: &str, settled: &str) -> String {
    json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": goods,
        "category": {"kind": "FOOD", "class_by": {"by": "NAME", "group": "MEAT"}},
        "unit_price": "26 yuan/kg", "settled": settled, "checked": "2.66 kg",
        "method": "HIGHER_ACCURACY"
    })
    .to_string()
}

#[test]
fn a_text_that_would_turn_a_verdict_around_is_refused_by_name_and_place() {
    let refused = refused(&pork("猪肉\u{202E}格合；", "2.8 kg"));
    assert_eq!(
        (refused.code.as_str(), refused.field.as_deref()),
        ("TEXT_HAS_CONTROLS", Some("goods_name"))
    );
    assert!(
        refused
            .message
            .contains("U+202E RIGHT-TO-LEFT OVERRIDE at character 3")
    );
}

#[test]
fn signs_that_nobody_sees_change_no_verdict() {
    let copied = pork("\u{FEFF}猪\u{200B}肉", "2.8\u{2060} kg\u{200E}");
    assert_eq!(
        wire::judge(rules(), &copied),
        wire::judge(rules(), &pork("猪肉", "2.8 kg"))
    );
}

#[test]
fn a_verdict_that_was_kept_before_texts_were_read_so_is_still_read() {
    let kept = wire::judge(rules(), &pork("猪肉格合", "2.8 kg"))
        .unwrap()
        .replace("猪肉格合", "猪肉\u{202E}格合");
    let stored = wire::read_verdict(&kept).unwrap();
    assert_eq!(wire::write_verdict(&stored), kept);
    assert_eq!(recompute(rules(), &stored), Recomputed::Equal);
}

#[test]
fn a_measurement_beyond_the_greatest_size_is_refused_before_it_is_read() {
    let text = " ".repeat(LARGEST_MEASUREMENT_BYTES + 1);
    assert_eq!(refused(&text).code, "MEASUREMENT_TOO_LARGE");
}

#[test]
fn json_nested_without_end_is_refused() {
    assert_eq!(refused(&"[".repeat(100_000)).code, "JSON_MALFORMED");
}

#[test]
fn every_family_is_read_by_the_name_it_is_listed_under() {
    for family in liangxin_metrology::measurement::Measurement::FAMILIES {
        let refused = refused(&json!({ "family": family }).to_string());
        assert_ne!(refused.code, "FAMILY_UNKNOWN", "{family}");
    }
}

/// Answers, or says what is wrong with the answer.
fn answers(text: &str) -> Result<(), TestCaseError> {
    match wire::judge(rules(), text) {
        Ok(verdict) => prop_assert!(wire::read_verdict(&verdict).is_ok()),
        Err(refused) => prop_assert!(!refused.code.is_empty() && !refused.message.is_empty()),
    }
    Ok(())
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "-?[0-9]{1,30}(\\.[0-9]{0,30})? (g|kg|mL|yuan|e|%|mm)".prop_map(Value::from),
        Just(Value::from("2026-11-23")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from);
        let fields = prop::collection::vec(("[a-z_]{1,12}", inner), 0..6)
            .prop_map(|fields| Value::Object(fields.into_iter().collect()));
        prop_oneof![list, fields]
    })
}

/// What to do to one node of a measurement.
#[derive(Debug, Clone)]
enum Mutation {
    Delete,
    Replace(Value),
    Duplicate,
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        Just(Mutation::Delete),
        tree().prop_map(Mutation::Replace),
        Just(Mutation::Duplicate),
    ]
}

/// The paths of all nodes below the root.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, v)| (key.clone(), v)).collect(),
        Value::Array(rows) => rows
            .iter()
            .enumerate()
            .map(|(index, row)| (index.to_string(), row))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let path = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        paths(child, &path, found);
        found.push(path);
    }
}

fn mutate(value: &mut Value, index: Index, mutation: Mutation) {
    let mut found = Vec::new();
    paths(value, "", &mut found);
    if found.is_empty() {
        return;
    }
    let path = index.get(&found).clone();
    if let Mutation::Replace(new) = mutation {
        *value.pointer_mut(&path).unwrap() = new;
        return;
    }
    let is_deletion = matches!(mutation, Mutation::Delete);
    let (parent, key) = path.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(fields) if is_deletion => {
            fields.remove(key);
        }
        Value::Object(fields) => {
            let twin = fields.get(key).cloned().unwrap_or_default();
            fields.insert(format!("{key}_again"), twin);
        }
        Value::Array(rows) => {
            let row: usize = key.parse().unwrap();
            if is_deletion {
                rows.remove(row);
            } else {
                rows.push(rows[row].clone());
            }
        }
        _ => {}
    }
}

/// Seeded, so that a failure happens again on every machine.
fn runner(cases: u32) -> TestRunner {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[23; 32]);
    TestRunner::new_with_rng(config, rng)
}

#[test]
fn arbitrary_json_is_answered() {
    let family = prop::option::of(Just("RETAIL_WEIGHING"));
    runner(512)
        .run(&(tree(), family), |(mut value, family)| {
            if let (Some(fields), Some(family)) = (value.as_object_mut(), family) {
                fields.insert("family".to_owned(), family.into());
            }
            answers(&value.to_string())
        })
        .unwrap();
}

#[test]
fn every_golden_measurement_with_one_to_three_changes_is_answered() {
    let changes = prop::collection::vec((any::<Index>(), mutation()), 1..=3);
    for (_, table) in tables() {
        for case in table["cases"].as_array().unwrap() {
            runner(8)
                .run(&changes, |changes| {
                    let mut measurement = case["measurement"].clone();
                    for (index, mutation) in changes {
                        mutate(&mut measurement, index, mutation);
                    }
                    answers(&measurement.to_string())
                })
                .unwrap();
        }
    }
}

#[test]
fn a_mutated_rule_file_is_accepted_or_refused_and_never_panics() {
    let embedded: Vec<(String, String)> = RuleSet::embedded()
        .unwrap()
        .files()
        .map(|file| (file.name().to_owned(), file.text().to_owned()))
        .collect();
    let change = (any::<Index>(), any::<Index>(), 0..12_usize, ".{0,8}");
    runner(256)
        .run(&change, |(file, at, length, new)| {
            let (name, text) = file.get(&embedded);
            let mut signs: Vec<char> = text.chars().collect();
            let start = at.index(signs.len());
            let end = (start + length).min(signs.len());
            signs.splice(start..end, new.chars());
            let text: String = signs.into_iter().collect();
            if let Err(error) = RuleSet::from_sources([(name.as_str(), text)]) {
                prop_assert!(error.to_string().contains(name.as_str()));
            }
            Ok(())
        })
        .unwrap();
    runner(256)
        .run(&"\\PC{0,200}", |text| {
            prop_assert!(RuleSet::from_sources([("any.toml", text)]).is_err());
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_a_verdict_lacks_is_told_by_its_own_first_field() {
    let refused = wire::read_verdict("{}").unwrap_err();
    assert_eq!(refused.code, "FIELD_MISSING");
    assert_eq!(refused.field.as_deref(), Some("outcome"));
}
