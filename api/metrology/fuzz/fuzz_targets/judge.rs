//! Whatever comes in as a measurement, judging neither panics nor hangs nor guesses: it is refused with
//! a code of the list, or it makes a verdict that reads back as it was written, comes out the same again,
//! and says why where it decides nothing.

#![no_main]

use std::sync::LazyLock;

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::recompute::{Recomputed, recompute};
use liangxin_metrology::refusal::CODES;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::verdict::{CheckResult, Outcome};
use liangxin_metrology::wire;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::Value;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| match RuleSet::embedded() {
    Ok(rules) => rules,
    Err(error) => panic!("{error}"),
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match wire::judge(&RULES, text) {
        Err(refused) => {
            let is_listed = CODES.iter().any(|(code, ..)| *code == refused.code);
            assert!(is_listed, "not on the list: {refused}");
        }
        Ok(json) => match wire::read_verdict(&json) {
            Ok(stored) => examine(&stored, &json),
            Err(refused) => panic!("it does not read back: {refused}\n{json}"),
        },
    }
});

fn examine(stored: &Judgement, json: &str) {
    assert_eq!(wire::write_verdict(stored), json);
    assert_eq!(recompute(&RULES, stored), Recomputed::Equal, "{json}");
    let verdict = &stored.verdict;
    let any = |result| verdict.findings.iter().any(|one| one.result == result);
    match verdict.outcome {
        Outcome::Conforms => {
            assert!(any(CheckResult::Passes), "nothing passes: {json}");
            assert!(!any(CheckResult::Fails), "something fails: {json}");
        }
        Outcome::Fails => assert!(any(CheckResult::Fails), "nothing fails: {json}"),
        Outcome::ScreeningOnly | Outcome::NotAssessable => {
            let says_why = !verdict.reasons.is_empty()
                || any(CheckResult::NotAssessed)
                || any(CheckResult::Fails);
            assert!(says_why, "no reason is given: {json}");
        }
    }
    for words in [&verdict.summary, &verdict.plain] {
        assert!(!words.zh.is_empty() && !words.en.is_empty(), "{json}");
    }
}

// Bytes that are changed anywhere are mostly no JSON any more; so half of the time a field is changed.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = match seed % 2 {
        0 => None,
        _ => change_field(&data[..size], seed),
    };
    match changed {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});

/// The measurement with one field changed; nothing where it is no measurement.
fn change_field(data: &[u8], seed: u32) -> Option<String> {
    let mut document: Value = serde_json::from_slice(data).ok()?;
    let mut paths = Vec::new();
    list(&document, String::new(), &mut paths);
    let mut dice = Dice(u64::from(seed));
    let path = dice.pick(&paths)?.clone();
    let other = document.pointer(dice.pick(&paths)?)?.clone();
    match dice.roll(6) {
        0 => remove(&mut document, &path),
        1 => *document.pointer_mut(&path)? = other,
        2 => repeat(document.pointer_mut(&path)?),
        3 => *document.pointer_mut(&path)? = Value::Null,
        _ => change_text(document.pointer_mut(&path)?),
    }
    Some(document.to_string())
}

/// The pointers of every field and row but the family, which stays.
fn list(value: &Value, at: String, paths: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, one)| (key.clone(), one)).collect(),
        Value::Array(rows) => (0..).map(|n: usize| n.to_string()).zip(rows).collect(),
        _ => Vec::new(),
    };
    for (step, one) in below {
        let path = format!("{at}/{}", step.replace('~', "~0").replace('/', "~1"));
        if path == "/family" {
            continue;
        }
        list(one, path.clone(), paths);
        paths.push(path);
    }
}

fn remove(document: &mut Value, path: &str) {
    let Some((above, step)) = path.rsplit_once('/') else {
        return;
    };
    match (document.pointer_mut(above), step.parse::<usize>()) {
        (Some(Value::Object(fields)), _) => drop(fields.remove(step)),
        (Some(Value::Array(rows)), Ok(row)) if row < rows.len() => drop(rows.remove(row)),
        _ => {}
    }
}

/// A list grows by its last row.
fn repeat(value: &mut Value) {
    if let Value::Array(rows) = value {
        rows.extend(rows.last().cloned());
    }
}

/// A text is changed as the fuzzer changes bytes, with the words of the dictionary.
fn change_text(value: &mut Value) {
    let Value::String(text) = value else { return };
    let mut bytes = text.clone().into_bytes();
    let size = bytes.len();
    bytes.resize(size + 32, 0);
    let size = fuzzer_mutate(&mut bytes, size, size + 32);
    bytes.truncate(size);
    *text = String::from_utf8_lossy(&bytes).into_owned();
}

/// Numbers that follow from the seed alone (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed >> 33) as usize) % sides.max(1)
    }

    fn pick<'a>(&mut self, all: &'a [String]) -> Option<&'a String> {
        let at = self.roll(all.len());
        all.get(at)
    }
}
