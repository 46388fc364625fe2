//! The parts of each test are rows of data for every family, and each edition says which purposes of a test
//! its sources tell apart.

use std::collections::BTreeSet;

use liangxin_metrology::rules::RuleSet;
use toml::{Table, Value};

use crate::golden::rules;

/// The sections of every edition that judges something and is no table beside one.
fn sections(rules: &RuleSet) -> Vec<(String, String, Table)> {
    const BESIDE: [&str; 7] = [
        "slips",
        "standard_weights",
        "market_scale",
        "three_codes",
        "consumer_remedy",
        "tolerable_deficiency",
        "edition",
    ];
    let mut found = Vec::new();
    for file in rules.files() {
        let text: Table = file.text().parse().unwrap();
        let id = text["edition"]["id"].as_str().unwrap().to_owned();
        for (section, content) in text {
            if let (Value::Table(content), false) = (content, BESIDE.contains(&section.as_str())) {
                found.push((id.clone(), section, content));
            }
        }
    }
    found
}

fn words<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    let list = value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    list.filter_map(Value::as_str).collect()
}

#[test]
fn every_edition_lists_the_parts_of_its_test_with_article_and_provenance() {
    let mut without = Vec::new();
    for (id, section, content) in sections(rules()) {
        let parts = content.get("parts").and_then(Value::as_array);
        let rows = parts.map_or(&[] as &[Value], Vec::as_slice);
        let is_said = |row: &Value| {
            let has = |key| {
                row.get(key)
                    .and_then(Value::as_str)
                    .is_some_and(|text| !text.is_empty())
            };
            has("part") && has("article") && has("provenance") && has("source")
        };
        // A text is looked at whole.
        let may_lack = section == "legal_units";
        if rows.is_empty() != may_lack || !rows.iter().all(is_said) {
            without.push(format!("{id}: {section}"));
        }
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_edition_says_which_purposes_of_a_test_its_sources_tell_apart() {
    let mut wrong = Vec::new();
    for (id, section, content) in sections(rules()) {
        let Some(purposes) = content.get("purposes") else {
            wrong.push(format!("{id}: {section} says nothing"));
            continue;
        };
        let said: BTreeSet<&str> = words(purposes, "told_apart").into_iter().collect();
        let parts = content["parts"].as_array().unwrap().iter();
        let used: BTreeSet<&str> = parts.flat_map(|row| words(row, "stages")).collect();
        if !used.is_subset(&said) {
            wrong.push(format!("{id}: {section} says {said:?} and uses {used:?}"));
        }
        let source = purposes["source"].as_str().unwrap();
        assert!(!source.is_empty(), "{id}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
