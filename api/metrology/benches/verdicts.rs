//! What a verdict costs: exact judging of golden cases, and beside it in the same run the judgement a
//! program with binary floats would make, which gives no grounds and is wrong at the edges.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use serde_json::Value;

/// A golden case to judge, named by its table and its name, and what the group is called.
const CASES: [(&str, &str, &str); 2] = [
    ("retail", "retail-weighing", "pork short by 140 g fails"),
    // The place of the lot of 125 packages: group, golden table and name of the case.
    // A case that is not in the tables is left out of the run and named.
    (
        "lot of 125 packages",
        "prepackaged-lot",
        "a lot of 125 packages",
    ),
];

fn measurement(table: &str, case: &str) -> Option<Measurement> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/metrology")
        .join(format!("{table}.json"));
    let text = std::fs::read_to_string(path).ok()?;
    let content: Value = serde_json::from_str(&text).ok()?;
    let cases = content["cases"].as_array()?;
    let found = cases.iter().find(|one| one["name"] == case)?;
    wire::measurement_of(found["measurement"].clone()).ok()
}

/// Class 2 of table 1 in binary floats: the outcome alone.
fn is_short_in_floats(settled: f64, checked: f64, factor: f64) -> Option<bool> {
    let limit = [(2500.0, 5.0), (10_000.0, 10.0), (15_000.0, 15.0)]
        .into_iter()
        .find(|(end, _)| settled <= *end)?
        .1;
    Some(settled - checked > limit * factor)
}

fn verdicts(criterion: &mut Criterion) {
    let rules = match RuleSet::embedded() {
        Ok(rules) => rules,
        Err(error) => panic!("{error}"),
    };
    for (group, table, case) in CASES {
        let Some(measurement) = measurement(table, case) else {
            eprintln!("left out, not in the golden tables: {table}: {case}");
            continue;
        };
        let json = serde_json::to_string(&measurement).unwrap_or_default();
        let mut group = criterion.benchmark_group(group);
        group.bench_function("judge", |run| {
            run.iter(|| black_box(&measurement).judge(&rules));
        });
        group.bench_function("JSON to JSON", |run| {
            run.iter(|| wire::judge(&rules, black_box(&json)));
        });
        group.finish();
    }
    criterion
        .benchmark_group("retail")
        .bench_function("naive floats", |run| {
            run.iter(|| is_short_in_floats(black_box(2800.0), black_box(2660.0), black_box(1.0)));
        });
}

criterion_group!(benches, verdicts);
criterion_main!(benches);
