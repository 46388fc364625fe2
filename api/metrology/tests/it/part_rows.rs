//! The parts of each test are rows of data for every family, and of an instrument for every stage of its life.

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

/// The stages that a part belongs to.
fn stages(row: &Value) -> Vec<&str> {
    let list = row.get("stages").and_then(Value::as_array);
    let list = list.into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

/// What is tested as an instrument; all else is checked in one way whatever the check is for.
const TESTED: [&str; 7] = [
    "scale_limits",
    "fuel_dispenser",
    "cng_dispenser",
    "lng_dispenser",
    "ac_charger",
    "dc_charger",
    "optical_instruments",
];

#[test]
fn every_edition_for_an_instrument_lists_the_parts_of_every_stage_and_no_other_tells_them_apart() {
    let every = ["INITIAL", "IN_SERVICE", "QUICK_LOOK", "SUBSEQUENT"];
    let mut tested = BTreeSet::new();
    for (id, section, content) in sections(rules()) {
        let parts = content.get("parts").and_then(Value::as_array);
        let rows = parts.map_or(&[] as &[Value], Vec::as_slice);
        let told: BTreeSet<&str> = rows.iter().flat_map(stages).collect();
        let is_tested = TESTED.contains(&section.as_str());
        let wanted = if is_tested { every.as_slice() } else { &[] };
        let told: Vec<&str> = told.into_iter().collect();
        assert_eq!(told, wanted, "{id}: {section}");
        let is_whole = rows.iter().all(|row| stages(row).is_empty() != is_tested);
        assert!(is_whole, "{id}: {section} has a part of no stage");
        tested.extend(is_tested.then_some(section));
    }
    assert_eq!(tested.len(), TESTED.len(), "{tested:?}");
}
