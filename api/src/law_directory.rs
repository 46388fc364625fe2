//! Law of an operator: a directory of files that replace the built-in ones of the same name, read
//! once at start. Also what `liangxin law check` finds in them.

use anyhow::Context as _;
use chrono::NaiveDate;
use liangxin_app::app::Law;
use liangxin_domain::{
    law::{
        code_set::CodeSets,
        deadline::{DeadlineRules, NAMED},
        edition::{Dated, LawError},
        threshold::Thresholds,
        violation::Violations,
    },
    reports::state::NotFiledGround,
    rewards::scheme::RewardSchemes,
};
use std::{collections::BTreeMap, path::Path};
use strum::IntoEnumIterator as _;

/// The files that may be replaced.
const FILES: [&str; 5] = [
    "deadlines.toml",
    "code-sets.toml",
    "thresholds.toml",
    "reward-schemes.toml",
    "violations.toml",
];

/// Puts the files of a directory in the place of the built-in ones; answers their names. A file
/// that cannot be read or is mistaken stops the start: half of a law must not be in force.
pub fn read(directory: &Path, law: &mut Law) -> anyhow::Result<Vec<String>> {
    let (replaced, mistakes) = lay_over(directory, law)?;
    match mistakes.into_iter().next() {
        None => Ok(replaced),
        Some(mistake) => Err(mistake),
    }
}

/// As [`read`], with every mistake and not only the first.
pub fn lay_over(
    directory: &Path,
    law: &mut Law,
) -> anyhow::Result<(Vec<String>, Vec<anyhow::Error>)> {
    let shown = directory.display();
    let entries = std::fs::read_dir(directory)
        .with_context(|| format!("cannot read the law directory {shown}"))?;
    let (mut replaced, mut mistakes) = (Vec::new(), Vec::new());
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read the law directory {shown}"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".toml") {
            continue;
        }
        // A misspelled name would leave the built-in law in force without a word.
        if !FILES.contains(&name.as_str()) {
            mistakes.push(anyhow::anyhow!(
                "{name} is none of the files of law: {}",
                FILES.join(", ")
            ));
            continue;
        }
        let text = std::fs::read_to_string(entry.path())
            .with_context(|| format!("cannot read {}", entry.path().display()))?;
        match replace(law, &name, &text) {
            Ok(()) => replaced.push(name),
            Err(mistake) => mistakes.push(anyhow::Error::new(mistake)),
        }
    }
    replaced.sort();
    Ok((replaced, mistakes))
}

fn replace(law: &mut Law, name: &str, text: &str) -> Result<(), LawError> {
    match name {
        "deadlines.toml" => law.deadlines = DeadlineRules::parse(text)?,
        "code-sets.toml" => law.code_sets = CodeSets::parse(text)?,
        "thresholds.toml" => law.thresholds = Thresholds::parse(text)?,
        "reward-schemes.toml" => law.schemes = RewardSchemes::parse(text)?,
        _ => law.violations = Violations::parse(text)?,
    }
    Ok(())
}

/// The rows that the program needs and that no edition has today, each with file and row. It does not
/// start without them: a step that needs one could not be taken.
#[must_use]
pub fn missing(law: &Law, today: NaiveDate) -> Vec<String> {
    let periods = NAMED.iter().map(|id| {
        (
            "deadlines.toml",
            (*id).to_owned(),
            law.deadlines.rule_on(id, today).err(),
        )
    });
    let grounds = NotFiledGround::iter().map(|ground| {
        let row = ground.row_on(&law.code_sets, today);
        ("code-sets.toml", ground.code(), row.err())
    });
    periods
        .chain(grounds)
        .filter_map(|(file, id, error)| {
            error.map(|e| format!("{file}, {id}: {e}, and the program needs it"))
        })
        .collect()
}

/// What is wrong with the law as a whole, beyond what each file says by itself: what is [`missing`],
/// days between two editions that no row covers, a year of the calendar left out. Each with file and
/// row; two schemes for one place are refused with their file.
#[must_use]
pub fn faults(law: &Law, today: NaiveDate) -> Vec<String> {
    let mut faults = missing(law, today);
    faults.extend(gaps("deadlines.toml", law.deadlines.iter()));
    faults.extend(gaps("code-sets.toml", law.code_sets.iter()));
    faults.extend(gaps("thresholds.toml", law.thresholds.iter()));
    faults.extend(gaps("reward-schemes.toml", law.schemes.iter()));
    faults.extend(gaps("violations.toml", law.violations.iter()));
    let years: Vec<i32> = law.calendar.years().collect();
    for pair in years.windows(2) {
        if let [one, next] = pair
            && next - one > 1
        {
            faults.push(format!("calendar: no year between {one} and {next}"));
        }
    }
    faults
}

/// Days between two editions of one id.
fn gaps<'a, T: Dated + 'a>(file: &str, rows: impl Iterator<Item = &'a T>) -> Vec<String> {
    let mut editions: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for row in rows {
        editions.entry(row.id()).or_default().push(row);
    }
    let mut found = Vec::new();
    for (id, mut rows) in editions {
        rows.sort_by_key(|row| row.valid_from());
        for pair in rows.windows(2) {
            let [before, after] = pair else { continue };
            let Some(ends) = before.valid_to() else {
                continue;
            };
            if ends
                .succ_opt()
                .is_some_and(|next| next < after.valid_from())
            {
                found.push(format!(
                    "{file}, {id}: no row between {ends} and {}",
                    after.valid_from()
                ));
            }
        }
    }
    found
}
