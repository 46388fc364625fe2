//! Every sentence of a verdict, in both languages, as it was read aloud once. A changed sentence changes
//! the file beside this one: `LIANGXIN_UPDATE=1 cargo test -p liangxin-metrology sentences`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use liangxin_metrology::verdict::{CheckResult, Finding, Verdict};
use liangxin_metrology::wire;

use crate::golden::{rules, tables};

/// The most verdicts of a family that are written down.
const MOST: usize = 16;

/// What a verdict says, but for its numbers: two that say the same are shown once.
fn shape(verdict: &Verdict) -> String {
    let mut shape = format!("{:?}", verdict.outcome);
    for finding in &verdict.findings {
        if finding.result == CheckResult::Fails {
            let _ = write!(shape, " {}", finding.check);
        }
    }
    for remark in verdict.reasons.iter().chain(&verdict.notes) {
        let _ = write!(shape, " {}", remark.code);
    }
    shape
}

/// Everything but the findings that pass; of those the first stands for all.
fn told(verdict: &Verdict) -> String {
    let passing = |finding: &&Finding| finding.result == CheckResult::Passes;
    let findings = &verdict.findings;
    let first = findings.iter().find(passing);
    let others = findings.iter().filter(|finding| !passing(finding)).take(3);
    let findings = first
        .into_iter()
        .chain(others)
        .map(|finding| &finding.words);
    let remarks = verdict.reasons.iter().chain(&verdict.notes);
    let mut text = String::new();
    for words in [&verdict.summary, &verdict.plain]
        .into_iter()
        .chain(findings)
        .chain(remarks.map(|remark| &remark.words))
    {
        let _ = writeln!(text, "{}\n{}", words.zh, words.en);
    }
    text
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, not a setting of the program"
)]
fn is_update() -> bool {
    std::env::var_os("LIANGXIN_UPDATE").is_some()
}

#[test]
fn every_sentence_is_the_one_that_was_read_aloud() {
    let mut text = String::new();
    for (table, content) in tables() {
        let mut seen = BTreeSet::new();
        for case in content["cases"].as_array().unwrap() {
            let Ok(measurement) = wire::measurement_of(case["measurement"].clone()) else {
                continue;
            };
            let Ok(verdict) = measurement.judge(rules()) else {
                continue;
            };
            if seen.len() < MOST && seen.insert(shape(&verdict)) {
                let name = case["name"].as_str().unwrap();
                let _ = writeln!(text, "## {table}: {name}\n{}", told(&verdict));
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sentences.txt");
    if is_update() {
        fs::write(&file, &text).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap();
    let differing = kept
        .lines()
        .zip(text.lines())
        .find(|(one, other)| one != other);
    assert_eq!(differing, None, "the first line that differs");
    assert_eq!(kept, text);
}

#[test]
fn no_sentence_has_what_nobody_would_say() {
    let mut found: Vec<String> = Vec::new();
    for (table, content) in tables() {
        for case in content["cases"].as_array().unwrap() {
            let Ok(measurement) = wire::measurement_of(case["measurement"].clone()) else {
                continue;
            };
            let Ok(verdict) = measurement.judge(rules()) else {
                continue;
            };
            let zh = verdict.explain_zh();
            for odd in [
                " °", "±0克", "±0元", "pcs", "λ", "T1", "T2", "，，", "；；", "。；", "。）",
            ] {
                let line = zh.lines().find(|line| line.contains(odd));
                found.extend(line.map(|line| format!("{table}: {odd} in {line}")));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
