//! What a verdict costs: exact judging of golden cases, and beside it in the same run the judgement a
//! program with binary floats would make, which gives no grounds and is wrong at the edges.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::recompute::recompute;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use serde_json::Value;

/// The allocator of the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A golden case to judge, named by its table and its name, and what the group is called.
const CASES: [(&str, &str, &str); 2] = [
    ("retail", "retail-weighing", "pork short by 140 g fails"),
    (
        "lot of 125 packages",
        "prepackaged-lot",
        "lot of 3201: n 125, 7 T1 conforms",
    ),
];

/// The measurement of a golden case.
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

/// The lot criteria of JJF 1070-2005 for 125 packages in binary floats: the outcome alone.
fn lot_passes_in_floats(nominal: f64, contents: &[f64]) -> bool {
    let count = contents.len() as f64;
    let deficiency = nominal * 0.03;
    let mean = contents.iter().sum::<f64>() / count;
    let squares: f64 = contents.iter().map(|q| (q - mean).powi(2)).sum();
    let deviation = (squares / (count - 1.0)).sqrt();
    let beyond = |times: f64| {
        contents
            .iter()
            .filter(|q| nominal - **q > times * deficiency)
            .count()
    };
    let (t1, t2) = (beyond(1.0), beyond(2.0));
    mean >= nominal - 0.234 * deviation && t1 - t2 <= 7 && t2 == 0
}

fn verdicts(criterion: &mut Criterion) {
    let rules = match RuleSet::embedded() {
        Ok(rules) => rules,
        Err(error) => panic!("{error}"),
    };
    for (group, table, case) in CASES {
        let Some(measurement) = measurement(table, case) else {
            panic!("not in the golden tables: {table}: {case}");
        };
        let json = serde_json::to_string(&measurement).unwrap_or_default();
        let mut group = criterion.benchmark_group(group);
        group.bench_function("judge", |run| {
            run.iter(|| black_box(&measurement).judge(&rules));
        });
        group.bench_function("JSON to JSON", |run| {
            run.iter(|| wire::judge(&rules, black_box(&json)));
        });
        let stored = match Judgement::of(&rules, measurement.clone()) {
            Ok(judged) => wire::write_verdict(&judged),
            Err(error) => panic!("{error}"),
        };
        group.bench_function("recompute a stored verdict", |run| {
            run.iter(|| {
                wire::read_verdict(black_box(&stored)).map(|judged| recompute(&rules, &judged))
            });
        });
        group.finish();
    }
    criterion
        .benchmark_group("retail")
        .bench_function("naive floats", |run| {
            run.iter(|| is_short_in_floats(black_box(2800.0), black_box(2660.0), black_box(1.0)));
        });
    let contents: Vec<f64> = (0..125)
        .map(|n| if n < 7 { 480.0 } else { 520.0 })
        .collect();
    criterion
        .benchmark_group("lot of 125 packages")
        .bench_function("naive floats", |run| {
            run.iter(|| lot_passes_in_floats(black_box(500.0), black_box(&contents)));
        });
}

criterion_group!(benches, verdicts);
criterion_main!(benches);
