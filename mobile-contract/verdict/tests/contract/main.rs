//! The contract of measurements and verdicts in `mobile-contract/measurements`: a JSON Schema of each
//! family, generated from the types that read it; a full example of each; and the same for TypeScript.
//!
//! `LIANGXIN_UPDATE=1` writes what is generated anew.

#![expect(
    clippy::unwrap_used,
    reason = "fixtures outside a #[test] function fail a test by panicking too"
)]

mod typescript;
mod webassembly;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jsonschema::Validator;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::rules::RuleSet;
use liangxin_metrology::schema;
use liangxin_metrology::wire;
use serde_json::Value;

#[test]
fn the_schemas_are_those_of_the_types() {
    let all = schema::measurements();
    assert_eq!(all.len(), Measurement::FAMILIES.len());
    for (family, schema) in all {
        is_current(&file_of(family, "schema.json"), &pretty(&schema));
    }
    is_current("verdict.schema.json", &pretty(&schema::verdict()));
}

#[test]
fn the_types_for_typescript_are_those_of_the_schemas() {
    let measurements = schema::measurements();
    let types = typescript::types(&measurements, &schema::verdict());
    is_current("measurements.d.ts", &types);
}

#[test]
fn every_golden_measurement_that_can_be_read_fits_its_schema() {
    for (family, validator) in validators() {
        let mut fits = 0;
        for measurement in golden(family) {
            if wire::measurement_of(measurement.clone()).is_err() {
                continue;
            }
            if let Err(error) = validator.validate(&measurement) {
                panic!(
                    "{family} at {}: {error}\n{measurement}",
                    error.instance_path()
                );
            }
            fits += 1;
        }
        assert!(fits > 0, "{family} has no measurement that can be read");
    }
}

#[test]
fn what_lacks_a_field_or_has_one_too_many_does_not_fit_its_schema() {
    for (family, validator) in validators() {
        let example = example(family);
        let mut more = example.clone();
        more["no_such_field"] = true.into();
        assert!(!validator.is_valid(&more), "{family} takes any field");
        let fields = example.as_object().unwrap();
        for field in fields.keys() {
            let mut less = example.clone();
            less.as_object_mut().unwrap().remove(field);
            let is_read = wire::measurement_of(less.clone()).is_ok();
            assert_eq!(
                validator.is_valid(&less),
                is_read,
                "{family} without {field}"
            );
        }
    }
    for (family, validator) in validators() {
        for measurement in golden(family) {
            let refused = wire::measurement_of(measurement.clone()).err();
            let is_of_form = |code: &str| matches!(code, "FIELD_UNKNOWN" | "FIELD_MISSING");
            if refused.is_some_and(|refused| is_of_form(&refused.code)) {
                assert!(!validator.is_valid(&measurement), "{measurement}");
            }
        }
    }
}

#[test]
fn the_example_of_each_family_fits_its_schema_and_is_judged() {
    for (family, validator) in validators() {
        let example = example(family);
        if let Err(error) = validator.validate(&example) {
            panic!("{family} at {}: {error}", error.instance_path());
        }
        let judged = wire::judge(rules(), &example.to_string());
        assert!(judged.is_ok(), "{family}: {judged:?}");
    }
}

#[test]
fn every_verdict_of_the_golden_tables_fits_the_schema_of_verdicts() {
    let validator = jsonschema::validator_for(&schema::verdict()).unwrap();
    for family in Measurement::FAMILIES {
        for measurement in golden(family) {
            let Ok(judged) = wire::judge(rules(), &measurement.to_string()) else {
                continue;
            };
            let mut verdict: Value = serde_json::from_str(&judged).unwrap();
            verdict.as_object_mut().unwrap().remove("measurement");
            if let Err(error) = validator.validate(&verdict) {
                panic!("{family} at {}: {error}\n{verdict}", error.instance_path());
            }
        }
    }
}

/// The embedded rules, read once.
fn rules() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::embedded().unwrap());
    &RULES
}

/// What checks a measurement of each family against its schema.
fn validators() -> &'static BTreeMap<&'static str, Validator> {
    static VALIDATORS: LazyLock<BTreeMap<&'static str, Validator>> = LazyLock::new(|| {
        let all = schema::measurements().into_iter();
        all.map(|(family, schema)| (family, jsonschema::validator_for(&schema).unwrap()))
            .collect()
    });
    &VALIDATORS
}

/// The measurements of a family in all golden tables: its own, and the ones worked out by somebody else.
fn golden(family: &str) -> Vec<Value> {
    let of_family = TABLES.iter().filter(|one| one["family"] == family);
    of_family.cloned().collect()
}

/// Every measurement of the golden tables, read once.
static TABLES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let folder = root().join("fixtures/metrology");
    let files = fs::read_dir(folder).unwrap().map(|one| one.unwrap().path());
    let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
    let mut files: Vec<PathBuf> = files.filter(is_table).collect();
    files.sort();
    let tables = files.iter().map(|path| read(path));
    let measurement = |case: &Value| case["measurement"].clone();
    tables
        .flat_map(|table| {
            let cases = table["cases"].as_array().unwrap();
            cases.iter().map(measurement).collect::<Vec<_>>()
        })
        .collect()
});

#[test]
fn what_somebody_else_calculated_is_asked_too() {
    let table = read(&root().join("fixtures/metrology/hand-calculated.json"));
    let cases = table["cases"].as_array().unwrap();
    let mut asked = 0;
    for family in Measurement::FAMILIES {
        let of_family = cases.iter().map(|case| &case["measurement"]);
        let of_family: Vec<_> = of_family.filter(|one| one["family"] == *family).collect();
        let all = golden(family);
        assert!(of_family.iter().all(|one| all.contains(one)), "{family}");
        assert!(all.len() > of_family.len(), "{family} has its own table");
        asked += of_family.len();
    }
    assert!(asked > 400, "{asked} cases");
}

fn example(family: &str) -> Value {
    read(&folder().join(file_of(family, "example.json")))
}

/// `RETAIL_WEIGHING` is in `retail-weighing` with an ending.
fn file_of(family: &str, ending: &str) -> String {
    format!("{}.{ending}", family.to_lowercase().replace('_', "-"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder() -> PathBuf {
    root().join("mobile-contract/measurements")
}

fn read(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

fn pretty(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).unwrap() + "\n"
}

/// A variable of the environment, if it is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests have no settings of the application"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether a file of the contract is what is generated; writes it where the environment says so.
fn is_current(name: &str, generated: &str) {
    let path = folder().join(name);
    if variable("LIANGXIN_UPDATE").as_deref() == Some("1") {
        fs::write(&path, generated).unwrap();
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == generated,
        "{name} is not what the types say; LIANGXIN_UPDATE=1 writes it anew"
    );
}
