//! Whatever comes in as a rule file, it is refused with a reason, or it judges every family without a
//! panic: a set that loads can be used without looking back.

#![no_main]

use std::sync::LazyLock;

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::recompute::{Recomputed, recompute};
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::wire;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// The golden tables, of which the first measurements of each outcome are judged.
const TABLES: [&str; 15] = [
    include_str!("../../../../fixtures/metrology/c-mark.json"),
    include_str!("../../../../fixtures/metrology/checklist.json"),
    include_str!("../../../../fixtures/metrology/ev-charger.json"),
    include_str!("../../../../fixtures/metrology/fuel-dispenser.json"),
    include_str!("../../../../fixtures/metrology/gas-dispenser.json"),
    include_str!("../../../../fixtures/metrology/legal-units.json"),
    include_str!("../../../../fixtures/metrology/net-content-label.json"),
    include_str!("../../../../fixtures/metrology/optical-instrument.json"),
    include_str!("../../../../fixtures/metrology/prepackaged-lot.json"),
    include_str!("../../../../fixtures/metrology/retail-by-measure.json"),
    include_str!("../../../../fixtures/metrology/retail-weighing.json"),
    include_str!("../../../../fixtures/metrology/scale-test.json"),
    include_str!("../../../../fixtures/metrology/spectacles.json"),
    include_str!("../../../../fixtures/metrology/uncut-lens.json"),
    include_str!("../../../../fixtures/metrology/verification-mark.json"),
];

/// How many measurements of a table are judged.
const OF_EACH: usize = 5;

static MEASUREMENTS: LazyLock<Vec<Measurement>> =
    LazyLock::new(|| TABLES.into_iter().flat_map(first_of).collect());

fn first_of(table: &str) -> Vec<Measurement> {
    let content: Value = serde_json::from_str(table).unwrap_or_default();
    let cases = content["cases"].as_array().cloned().unwrap_or_default();
    let read = |case: &Value| wire::measurement_of(case["measurement"].clone()).ok();
    cases.iter().filter_map(read).take(OF_EACH).collect()
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    // Alone first: the set of all editions takes far longer to load.
    if let Err(error) = RuleSet::from_sources([("fuzzed.toml", text)]) {
        assert!(!error.to_string().is_empty());
        return;
    }
    let Ok(rules) = RuleSet::embedded_with([("fuzzed.toml", text)]) else {
        return;
    };
    for measurement in MEASUREMENTS.iter() {
        if let Ok(judged) = Judgement::of(&rules, measurement.clone()) {
            assert_eq!(recompute(&rules, &judged), Recomputed::Equal, "{text}");
        }
    }
});
