//! `liangxin judge` and `liangxin verify verdict`: verdicts without a server.

use anyhow::Context as _;
use liangxin_domain::metrology::{
    judgement::Judgement,
    recompute::{Difference, Recomputed, recompute},
    rules::RuleSet,
    verdict::Verdict,
    wire,
};
use std::path::Path;

/// How a verdict is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In Chinese and English.
    Text,
    /// As JSON.
    Json,
}

/// Judges the measurement in a file.
pub(super) fn run(file: &Path, rules: &RuleSet, form: Form) -> anyhow::Result<()> {
    let measured = wire::read_document(&text(file)?)?;
    let judged = Judgement::of(rules, measured).map_err(wire::Refused::from)?;
    match form {
        Form::Json => println!("{}", wire::write_verdict(&judged)),
        Form::Text => print(&judged.verdict),
    }
    Ok(())
}

/// Judges the measurement of a stored verdict again. It fails where the verdict is another one.
pub(super) fn again(file: &Path, rules: &RuleSet) -> anyhow::Result<()> {
    let stored = wire::read_verdict(&text(file)?)?;
    match recompute(rules, &stored) {
        Recomputed::Equal => {
            println!("equal: the rules give the same verdict");
            return Ok(());
        }
        Recomputed::OtherRules { ids, differences } => {
            println!(
                "not loaded with the text that the verdict names: {}",
                ids.join(", ")
            );
            if differences.is_empty() {
                println!("the rules that are loaded give the same verdict");
            }
            list(&differences);
        }
        Recomputed::Differs(differences) => list(&differences),
        Recomputed::Refused(error) => println!("the measurement is refused now: {error}"),
    }
    anyhow::bail!("the stored verdict is not what the rules give")
}

fn list(differences: &[Difference]) {
    for Difference { at, stored, again } in differences {
        println!("{at}: stored {stored}, recomputed {again}");
    }
}

fn print(verdict: &Verdict) {
    println!("{}\n{}", verdict.plain.zh, verdict.plain.en);
    println!("\n{}\n\n{}", verdict.explain_zh(), verdict.explain_en());
    println!();
    for number in &verdict.intermediates {
        let sign = if number.is_exact { "=" } else { "≈" };
        println!("{} {sign} {}", number.name, number.amount);
    }
    println!();
    for rule in &verdict.applied_rules {
        println!(
            "{} ({}): {} / {}",
            rule.id, rule.edition, rule.title.zh, rule.title.en
        );
    }
    println!("provenance: {}", verdict.provenance.as_str());
    for row in &verdict.rows_unverified {
        println!("not verified: {row}");
    }
}

fn text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
