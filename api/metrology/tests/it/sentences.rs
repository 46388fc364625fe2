//! Every sentence of a verdict, in both languages, as it was read aloud once: of each family every finding that
//! passes, fails or was left out, every reason and note, and the summary of every kind. A changed sentence changes
//! the file beside this one: `LIANGXIN_UPDATE=1 cargo test -p liangxin-metrology sentences`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use liangxin_metrology::verdict::{CheckResult, Finding, Verdict, Words};
use liangxin_metrology::wire;

use crate::golden::{rules, tables};

/// A sentence, in both languages, under what it stands for: two of a kind differ by their numbers alone.
fn sentences(verdict: &Verdict) -> Vec<(String, &Words)> {
    let outcome = format!("{:?}", verdict.outcome);
    let failing = verdict.findings.iter().find(|finding| fails(finding));
    let reason = verdict.reasons.first();
    let whole = format!(
        "{outcome} {} {}",
        failing.map_or("", |finding| &finding.check),
        reason.map_or("", |remark| &remark.code)
    );
    let mut told = vec![
        (format!("summary {whole}"), &verdict.summary),
        (format!("plain {whole}"), &verdict.plain),
    ];
    told.extend(verdict.findings.iter().map(|finding| {
        let kind = format!("{} {:?}", finding.check, finding.result);
        (kind, &finding.words)
    }));
    let remarks = verdict.reasons.iter().chain(&verdict.notes);
    told.extend(remarks.map(|remark| (remark.code.to_string(), &remark.words)));
    told
}

fn fails(finding: &Finding) -> bool {
    finding.result == CheckResult::Fails
}

/// The sentences of a verdict of whose kind none was told before.
fn told(verdict: &Verdict, seen: &mut BTreeSet<String>) -> String {
    let mut text = String::new();
    for (kind, words) in sentences(verdict) {
        if seen.insert(kind) {
            let _ = writeln!(text, "{}\n{}", words.zh, words.en);
        }
    }
    text
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, not a setting of the program"
)]
pub fn is_update() -> bool {
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
            let told = told(&verdict, &mut seen);
            if !told.is_empty() {
                let name = case["name"].as_str().unwrap();
                let _ = writeln!(text, "## {table}: {name}\n{told}");
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

/// How wide a text is: a Chinese character as wide as two letters.
fn width(text: &str) -> usize {
    let wide = |sign: char| if sign.is_ascii() { 1 } else { 2 };
    text.chars().map(wide).sum()
}

#[test]
fn a_summary_fits_three_lines_of_a_phone() {
    let mut longest: Vec<String> = Vec::new();
    for (table, content) in tables() {
        for case in content["cases"].as_array().unwrap() {
            let Ok(measurement) = wire::measurement_of(case["measurement"].clone()) else {
                continue;
            };
            let Ok(verdict) = measurement.judge(rules()) else {
                continue;
            };
            // 358 pixels hold 21 Chinese characters or 46 letters.
            let Verdict { summary, plain, .. } = &verdict;
            for (said, line) in [
                (&summary.zh, 42),
                (&summary.en, 46),
                (&plain.zh, 42),
                (&plain.en, 46),
            ] {
                if width(said) > 3 * line {
                    longest.push(format!("{table}: {} {said}", width(said)));
                }
            }
        }
    }
    assert!(longest.is_empty(), "{}", longest.join("\n"));
}
