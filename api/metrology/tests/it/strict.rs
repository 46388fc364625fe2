//! Input that cannot deceive: nothing is read twice, nothing is dropped, and a refusal knows its path.

use std::collections::BTreeSet;

use liangxin_metrology::recompute::{Recomputed, recompute};
use liangxin_metrology::wire;
use serde_json::{Value, json};

use crate::golden::{rules, tables};

/// Golden measurements of every family that can be read: the first of each shape, and every twentieth.
fn samples() -> Vec<Value> {
    let mut samples = Vec::new();
    for (_, table) in tables() {
        let cases = table["cases"].as_array().unwrap();
        let judged = cases
            .iter()
            .map(|case| &case["measurement"])
            .filter(|measurement| wire::measurement_of((*measurement).clone()).is_ok());
        let mut shapes = BTreeSet::new();
        for (index, measurement) in judged.enumerate() {
            if shapes.insert(shape(measurement)) || index % 20 == 0 {
                samples.push(measurement.clone());
            }
        }
    }
    assert!(samples.len() > 80, "{} samples", samples.len());
    samples
}

/// The paths of a measurement whatever the rows of its lists: two that have the same are read alike.
fn shape(measurement: &Value) -> BTreeSet<String> {
    let (mut found, mut shape) = (Vec::new(), BTreeSet::new());
    objects(measurement, "", "", &mut found);
    for (pointer, path) in found {
        let fields = measurement.pointer(&pointer).and_then(Value::as_object);
        let rows = |sign: char| sign.is_ascii_digit() || matches!(sign, '[' | ']');
        let path: String = path.chars().filter(|sign| !rows(*sign)).collect();
        for key in fields.into_iter().flat_map(|fields| fields.keys()) {
            shape.insert(within(&path, key));
        }
    }
    shape
}

/// The pointers and dotted paths of all objects.
fn objects(value: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            found.push((pointer.to_owned(), path.to_owned()));
            for (key, field) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                let below = format!("{path}{dot}{key}");
                objects(field, &format!("{pointer}/{key}"), &below, found);
            }
        }
        Value::Array(rows) => {
            for (index, row) in rows.iter().enumerate() {
                let below = format!("{path}[{index}]");
                objects(row, &format!("{pointer}/{index}"), &below, found);
            }
        }
        _ => {}
    }
}

fn within(path: &str, key: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{key}")
}

#[test]
fn an_unknown_field_is_refused_with_its_path_wherever_it_stands() {
    for measurement in samples() {
        let mut found = Vec::new();
        objects(&measurement, "", "", &mut found);
        for (pointer, path) in found {
            let mut changed = measurement.clone();
            let object = changed.pointer_mut(&pointer).unwrap();
            object["nobody_knows"] = json!("1 g");
            let refused = wire::read_measurement(&changed.to_string()).unwrap_err();
            let wanted = within(&path, "nobody_knows");
            let told = (refused.code.as_str(), refused.field.as_deref());
            assert_eq!(told, ("FIELD_UNKNOWN", Some(&*wanted)), "{changed}");
        }
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_path_wherever_it_stands() {
    for measurement in samples() {
        let mut found = Vec::new();
        objects(&measurement, "", "", &mut found);
        for (pointer, path) in found {
            let mut changed = measurement.clone();
            let object = changed.pointer_mut(&pointer).unwrap();
            let Some(key) = object.as_object().unwrap().keys().next().cloned() else {
                continue;
            };
            object["zz_again"] = object[&key].clone();
            let text = changed
                .to_string()
                .replace("\"zz_again\"", &format!("\"{key}\""));
            let refused = wire::read_measurement(&text).unwrap_err();
            let wanted = within(&path, &key);
            let told = (refused.code.as_str(), refused.field.as_deref());
            assert_eq!(told, ("JSON_MALFORMED", Some(&*wanted)), "{text}");
        }
    }
}

/// The paths of all keys of a document.
fn keys(value: &Value) -> BTreeSet<String> {
    let (mut found, mut keys) = (Vec::new(), BTreeSet::new());
    objects(value, "", "", &mut found);
    for (pointer, path) in found {
        let fields = value.pointer(&pointer).and_then(Value::as_object).unwrap();
        keys.extend(fields.keys().map(|key| within(&path, key)));
    }
    keys
}

#[test]
fn a_measurement_is_kept_with_exactly_the_fields_that_were_read() {
    let mut silent = 0;
    for measurement in samples() {
        let read = wire::read_document(&measurement.to_string()).unwrap();
        let kept: Value = serde_json::from_str(&wire::write_document(&read)).unwrap();
        assert_eq!(keys(&kept), keys(&measurement), "{kept}");
        assert_eq!(wire::measurement_of(kept), Ok(read.measurement.clone()));
        // The measurement alone has none that says nothing.
        let alone: Value =
            serde_json::from_str(&wire::write_measurement(&read.measurement)).unwrap();
        assert!(keys(&alone).is_subset(&keys(&measurement)), "{alone}");
        silent += keys(&measurement).len() - keys(&alone).len();
        assert_eq!(wire::measurement_of(alone), Ok(read.measurement));
    }
    assert!(silent > 0, "no sample has a field that says nothing");
}

#[test]
fn what_a_document_says_with_a_key_for_nothing_is_kept_in_the_verdict_and_changes_none() {
    let test = json!({
        "family": "SCALE_TEST", "tested_on": "2026-11-20", "scheme": "CN", "stage": "IN_SERVICE",
        "plate": {
            "class": "III", "ranges": [{"e": "5 g", "d": null, "max": "15 kg"}], "min": null,
            "additive_tare": null, "receptor": "TABLE", "supports": 4, "kind": null
        },
        "weights": {
            "standard": {"serial": "1", "certificate": "2", "valid_until": "2027-06-30", "keeper": null},
            "class": "M1", "pieces": ["5 kg"]
        },
        "zero": null,
        "weighing": [{"load": "5 kg", "indication": "5.46 kg", "added_small_weights": null}],
        "eccentricity": [], "repeatability": [], "modes": [], "confirmed": false
    });
    let mark = json!({
        "family": "C_MARK", "inspected_on": "2026-11-23", "goods_name": "香米",
        "producer": "某粮油公司", "user": "PRODUCER", "mark_present": "YES", "produced_on": null,
        "declaration": {
            "found": "DECLARED", "declared_on": "2024-01-10", "products": [],
            "covers_product": "YES", "withdrawn": "NOT_SEEN", "withdrawn_on": null
        }
    });
    for said in [test, mark] {
        let written = wire::judge(rules(), &said.to_string()).unwrap();
        let verdict: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(verdict["measurement"], said);
        let stored = wire::read_verdict(&written).unwrap();
        assert_eq!(wire::write_verdict(&stored), written);
        assert_eq!(recompute(rules(), &stored), Recomputed::Equal);
        let alone = wire::write_measurement(&stored.measurement);
        let alone: Value = serde_json::from_str(&wire::judge(rules(), &alone).unwrap()).unwrap();
        for key in ["outcome", "findings", "reasons", "notes", "summary"] {
            assert_eq!(alone[key], verdict[key], "{key}");
        }
    }
}

#[test]
fn a_verdict_adds_no_field_to_its_measurement_and_one_that_was_stored_with_nulls_keeps_them() {
    let sold = json!({
        "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": "\"scale\":null,",
        "category": {"kind": "FOOD", "class_by": {"by": "PRICE"}},
        "unit_price": "¥13/斤", "settled": "２.８kg", "checked": "2.66 kg",
        "method": "HIGHER_ACCURACY"
    });
    let written = wire::judge(rules(), &sold.to_string()).unwrap();
    let verdict: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(verdict["measurement"], sold);
    assert_eq!(
        wire::write_verdict(&wire::read_verdict(&written).unwrap()),
        written
    );
    // As the version before wrote it.
    let paid =
        r#""method":"HIGHER_ACCURACY","scale":null,"standard":null,"weights":null,"paid":null}"#;
    let before = written
        .replace(
            r#"{"by":"PRICE"}"#,
            r#"{"by":"PRICE","group":null,"reason":null}"#,
        )
        .replace(r#""method":"HIGHER_ACCURACY"}"#, paid);
    let stored = wire::read_verdict(&before).unwrap();
    assert_eq!(wire::write_verdict(&stored), before);
    assert_eq!(recompute(rules(), &stored), Recomputed::Equal);
}

#[test]
fn a_scale_test_has_no_list_that_nobody_made_unless_it_was_stored_with_one() {
    let test = json!({
        "family": "SCALE_TEST", "tested_on": "2026-11-20", "stage": "IN_SERVICE",
        "plate": {
            "class": "III", "ranges": [{"e": "5 g", "max": "15 kg"}], "receptor": "TABLE", "supports": 4
        },
        "weights": {
            "standard": {"serial": "1", "certificate": "2", "valid_until": "2027-06-30"},
            "class": "M1", "pieces": ["5 kg"]
        },
        "weighing": [{"load": "5 kg", "indication": "5.46 kg"}]
    });
    let written = wire::judge(rules(), &test.to_string()).unwrap();
    let verdict: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(verdict["measurement"], test);
    // As the version before wrote it.
    let before = written
        .replace(r#""stage":"#, r#""scheme":"CN","stage":"#)
        .replace(
            r#""indication":"5.46 kg"}]}"#,
            r#""indication":"5.46 kg"}],"eccentricity":[],"price":[]}"#,
        );
    assert_ne!(before, written);
    let stored = wire::read_verdict(&before).unwrap();
    assert_eq!(wire::write_verdict(&stored), before);
    assert_eq!(recompute(rules(), &stored), Recomputed::Equal);
}

#[test]
fn a_stored_verdict_whose_keys_stand_in_another_order_is_written_whole() {
    let pork = samples()
        .into_iter()
        .find(|sample| sample["family"] == "RETAIL_WEIGHING");
    let written = wire::judge(rules(), &pork.unwrap().to_string()).unwrap();
    let sorted: Value = serde_json::from_str(&written).unwrap();
    let read = wire::read_verdict(&sorted.to_string()).unwrap();
    assert_eq!(wire::write_verdict(&read), written);
}

#[test]
fn a_family_in_a_variant_is_told_with_the_path_of_its_field() {
    for (category, code, field) in [
        (json!({}), "FIELD_MISSING", "category.kind"),
        (json!({"kind": 1}), "FIELD_MALFORMED", "category.kind"),
        (
            json!({"kind": "STONES"}),
            "FIELD_MALFORMED",
            "category.kind",
        ),
        (
            json!({"kind": "FOOD"}),
            "FIELD_MISSING",
            "category.class_by",
        ),
        (
            json!({"kind": "FOOD", "class_by": {"by": "NAME"}}),
            "FIELD_MISSING",
            "category.class_by.group",
        ),
        (
            json!({"kind": "FOOD", "class_by": {"by": "PRICE", "reason": ""}}),
            "TEXT_EMPTY",
            "category.class_by.reason",
        ),
    ] {
        let measurement = json!({
            "family": "RETAIL_WEIGHING", "weighed_on": "2026-11-20", "goods_name": "pork",
            "category": category, "unit_price": "26 yuan/kg", "settled": "2.8 kg",
            "checked": "2.66 kg", "method": "HIGHER_ACCURACY"
        });
        let refused = wire::judge(rules(), &measurement.to_string()).unwrap_err();
        let told = (refused.code.as_str(), refused.field.as_deref());
        assert_eq!(told, (code, Some(field)), "{category}: {}", refused.message);
    }
}

#[test]
fn what_is_sold_in_one_weighing_weighs_at_most_ten_tonnes() {
    let sold = samples()
        .into_iter()
        .find(|sample| sample["family"] == "RETAIL_WEIGHING");
    let sold = sold.unwrap();
    for field in ["settled", "checked"] {
        let read = |mass: &str| {
            let mut changed = sold.clone();
            changed[field] = json!(mass);
            wire::read_measurement(&changed.to_string())
        };
        assert!(read("10 t").is_ok(), "{field}");
        let refused = read("10.001 t").unwrap_err();
        assert_eq!(refused.code, "QUANTITY_TOO_LARGE", "{field}");
    }
}
