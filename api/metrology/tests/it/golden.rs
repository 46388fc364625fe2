//! The golden tables: measurements with the verdict that the rules give, worked out by hand. Every
//! case names its source or shows its working, and every case is also judged through the phone's
//! binding, where it must give the same bytes.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use liangxin_metrology::recompute::{Recomputed, recompute};
use liangxin_metrology::refusal::CODES;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use rust_decimal::Decimal;
use serde_json::Value;

/// The embedded rules, read once.
pub fn rules() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::embedded().unwrap());
    &RULES
}

/// Every golden table with its name.
pub fn tables() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/metrology");
    let mut tables: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let table =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, table)
        })
        .collect();
    tables.sort_by(|(a, _), (b, _)| a.cmp(b));
    tables
}

#[test]
fn every_golden_case_gives_the_verdict_that_was_worked_out_by_hand() {
    let mut wrong = Vec::new();
    for (table, content) in tables() {
        let cases = content["cases"].as_array().unwrap();
        assert!(!cases.is_empty(), "{table} has no case");
        for case in cases {
            let name = format!("{table}: {}", case["name"].as_str().unwrap());
            let says = |key: &str| {
                case[key]
                    .as_str()
                    .is_some_and(|text| !text.trim().is_empty())
            };
            if !says("source") && !says("working") {
                wrong.push(format!("{name}\n  neither source nor working"));
            }
            wrong.extend(judge_case(&name, case));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn judge_case(name: &str, case: &Value) -> Option<String> {
    let expect = &case["expect"];
    let text = case["measurement"].to_string();
    match wire::judge(rules(), &text) {
        Err(refused) => {
            let actual = serde_json::to_value(&refused).unwrap();
            match expect.get("refused") {
                Some(wanted) if is_part(wanted, &actual) => None,
                _ => Some(format!("{name}\n  refused: {actual}\n  wanted: {expect}")),
            }
        }
        Ok(json) => {
            let stored = wire::read_verdict(&json).unwrap();
            assert_eq!(
                wire::write_verdict(&stored),
                json,
                "{name}: it reads back as it was written"
            );
            assert_eq!(recompute(rules(), &stored), Recomputed::Equal, "{name}");
            let actual: Value = serde_json::from_str(&json).unwrap();
            let seen = abridged(&actual);
            let is_right = matches(expect, &seen) && says_all(expect, &actual);
            (!is_right).then(|| format!("{name}\n  gave: {seen}\n  wanted: {expect}"))
        }
    }
}

#[test]
fn every_code_of_a_refusal_is_on_the_list_once() {
    let mut listed: Vec<&str> = CODES.iter().map(|(code, ..)| *code).collect();
    listed.sort_unstable();
    assert!(listed.is_sorted_by(|a, b| a < b), "a code stands twice");
    for (table, content) in tables() {
        for case in content["cases"].as_array().unwrap() {
            if let Some(code) = case["expect"]["refused"]["code"].as_str() {
                assert!(listed.contains(&code), "{table}: {code}");
            }
        }
    }
}

/// A verdict as the golden tables write it: remarks by their codes alone.
fn abridged(verdict: &Value) -> Value {
    let mut verdict = verdict.clone();
    for key in ["reasons", "notes"] {
        let codes: Vec<Value> = verdict[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|remark| remark["code"].clone())
            .collect();
        verdict[key] = codes.into();
    }
    let object = verdict.as_object_mut().unwrap();
    object.remove("measurement");
    object.remove("applied_rules");
    verdict
}

fn matches(expect: &Value, verdict: &Value) -> bool {
    expect.as_object().is_some_and(|wanted| {
        wanted.iter().all(|(key, value)| match key.as_str() {
            // Each finding and note listed must be there; others may be.
            // Held against the whole verdict, its remarks included.
            "numbers" => true,
            "findings" | "notes" | "intermediates" => value.as_array().is_some_and(|wanted| {
                let found = verdict[key].as_array().unwrap();
                wanted
                    .iter()
                    .all(|one| found.iter().any(|other| is_part(one, other)))
            }),
            _ => verdict.get(key) == Some(value),
        })
    })
}

/// Whether a verdict has every number that is wanted, other than in the measurement it keeps.
fn says_all(expect: &Value, verdict: &Value) -> bool {
    let mut verdict = verdict.clone();
    verdict.as_object_mut().unwrap().remove("measurement");
    let numbers = expect["numbers"].as_array().into_iter().flatten();
    let mut numbers = numbers.map(|number| number.as_str().unwrap());
    numbers.all(|number| says(&verdict, number))
}

/// Whether a verdict has a number: as a quantity, rounded to the decimals it is wanted with, or in its
/// English sentences.
fn says(value: &Value, number: &str) -> bool {
    match value {
        Value::Array(rows) => rows.iter().any(|row| says(row, number)),
        Value::Object(fields) => fields.values().any(|field| says(field, number)),
        Value::String(text) => is_rounded_to(text, number) || stands_in(text, number),
        _ => false,
    }
}

fn is_rounded_to(amount: &str, wanted: &str) -> bool {
    let read = |text: &str| {
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        let number = number.parse::<Decimal>().ok()?;
        Some((number, unit.to_owned()))
    };
    let (Some((number, unit)), Some((wanted, other))) = (read(amount), read(wanted)) else {
        return false;
    };
    unit == other && number.round_dp(wanted.scale()) == wanted
}

fn stands_in(text: &str, number: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '.';
        let goes_on =
            text[at + number.len()..].starts_with(|sign: char| sign.is_ascii_alphanumeric());
        !text[..at].ends_with(is_part) && !goes_on
    })
}

/// Whether every field of `wanted` is in `actual` with the same value.
fn is_part(wanted: &Value, actual: &Value) -> bool {
    match wanted.as_object() {
        Some(fields) => fields
            .iter()
            .all(|(key, value)| actual.get(key) == Some(value)),
        None => wanted == actual,
    }
}
