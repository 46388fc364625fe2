//! What merchants and shoppers are told: one sentence of what was found and what it means, without law.

use liangxin_metrology::verdict::{CheckResult, Finding, Verdict};

use crate::golden::tables;
use crate::parts::judged;

/// Every golden verdict, with its name.
fn verdicts() -> impl Iterator<Item = (String, Verdict)> {
    tables().into_iter().flat_map(|(table, content)| {
        let cases = content["cases"].as_array().unwrap().clone();
        cases.into_iter().filter_map(move |case| {
            let name = format!("{table}: {}", case["name"].as_str().unwrap());
            Some((name, judged(&case["measurement"])?))
        })
    })
}

fn none(found: Vec<String>) {
    assert!(
        found.is_empty(),
        "{} wrong\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn every_family_and_outcome_says_plainly_what_was_found() {
    let says_nothing = [
        "",
        "检查合格。",
        "检查不合格。",
        "这次检查不完整，还不能下结论。",
        "这次检查无法得出结论。",
    ];
    let mut found = Vec::new();
    for (name, Verdict { plain, outcome, .. }) in verdicts() {
        let is_empty = says_nothing.contains(&plain.zh.as_str());
        let is_one = plain.zh.ends_with('。') && plain.zh.matches('。').count() == 1;
        let is_ended = plain.en.ends_with('.') && !plain.en.contains(". ");
        if is_empty || !is_one || !is_ended {
            found.push(format!("{outcome:?} {name}: {} / {}", plain.zh, plain.en));
        }
    }
    none(found);
}

#[test]
fn what_fails_by_a_number_is_said_plainly_with_a_number() {
    let mut found = Vec::new();
    for (name, verdict) in verdicts() {
        let mut failing = verdict.findings.iter();
        let is_measured =
            |one: &Finding| one.result == CheckResult::Fails && one.measured.is_some();
        let Some(first) = failing.find(|one| is_measured(one)) else {
            continue;
        };
        let has_number = |text: &str| text.contains(|sign: char| sign.is_ascii_digit());
        let plain = &verdict.plain;
        let says = has_number(&plain.zh) && has_number(&plain.en);
        // That a scale may cheat, or is wrong where the goods are full, is said before how much.
        let is_of_the_scale =
            ["MODE_DIFFERENCE", "SAME_SCALE_WEIGHT_TEST"].contains(&&*first.check);
        // Where something without a number fails too, that may be the plainer thing to say.
        let is_alone = |one: &Finding| one.result != CheckResult::Fails || one.measured.is_some();
        if !says && !is_of_the_scale && verdict.findings.iter().all(is_alone) {
            found.push(format!("{name}: {} {}", first.check, plain.zh));
        }
    }
    none(found);
}

#[test]
fn nothing_plain_speaks_of_law() {
    let law = [
        "《",
        "》",
        "限值",
        "允差",
        "附表",
        "规程",
        "条例",
        "标准GB",
        "GB",
        "JJ",
        "负偏差",
        "最大允许误差",
        "limit",
        "article",
        "permitted",
        "tolerable",
        "annex",
    ];
    let mut found = Vec::new();
    for (name, Verdict { plain, .. }) in verdicts() {
        for word in law {
            if plain.zh.contains(word) || plain.en.contains(word) {
                found.push(format!("{name}: {word} in {} / {}", plain.zh, plain.en));
            }
        }
        if plain.zh.contains('第') && plain.zh.contains('条') {
            found.push(format!("{name}: {}", plain.zh));
        }
    }
    none(found);
}

#[test]
fn the_title_of_a_law_stands_in_its_signs() {
    let mut found = Vec::new();
    let mut named = 0;
    for (name, verdict) in verdicts() {
        let told = verdict.explain_zh();
        // A checklist is a form and no law.
        let laws = verdict.applied_rules.iter();
        for law in laws.filter(|law| !law.id.starts_with("checklist")) {
            let title = law.title.zh.as_str();
            for (at, _) in told.match_indices(title) {
                named += 1;
                let (before, after) = (&told[..at], &told[at + title.len()..]);
                if !before.ends_with('《') || !after.starts_with('》') {
                    found.push(format!("{name}: {title}"));
                }
            }
        }
        for open in told.split('《').skip(1) {
            if !open.contains('》') {
                found.push(format!("{name}: 《{open}"));
            }
        }
    }
    assert!(named > 0, "no law is named");
    none(found);
}
