//! Slips of the keyboard in every family: ten times what was measured and a tenth of it are refused until
//! somebody confirms them.

use std::fs;
use std::path::Path;

use liangxin_metrology::judgement::Judgement;
use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::verdict::Outcome;
use liangxin_metrology::wire::{self, Refused};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::golden::rules;

/// The values of each family's example that are checked against another. What is not a measurement at all
/// (a text, a mark, a list of answers) has none.
const CHECKED: &[(&str, &[&str])] = &[
    ("RETAIL_WEIGHING", &["/checked", "/paid"]),
    ("RETAIL_BY_MEASURE", &["/sale/checked"]),
    ("PREPACKAGED_LOT", &["/packages/0/net", "/packages/12/net"]),
    ("NET_CONTENT_LABEL", &["/character_height"]),
    (
        "SCALE_TEST",
        &[
            "/weighing/0/indication",
            "/weighing/4/indication",
            "/eccentricity/0/indication",
            "/repeatability/0/indications/1",
            "/price/0/shown",
        ],
    ),
    (
        "FUEL_DISPENSER",
        &[
            "/nozzles/0/points/0/runs/0/indicated",
            "/nozzles/0/points/0/runs/0/paid",
            "/nozzles/0/points/1/runs/2/oil_at_nozzle",
        ],
    ),
    ("GAS_DISPENSER", &["/runs/1/indicated"]),
    ("EV_CHARGER", &["/runs/1/indicated"]),
    (
        "SPECTACLES",
        &[
            "/measured/pd",
            "/measured/right/sphere",
            "/measured/left/sphere",
        ],
    ),
    ("UNCUT_LENS", &["/measured/sphere"]),
    ("OPTICAL_INSTRUMENT", &["/readings/0/indicated"]),
    ("VERIFICATION_MARK", &["/interval_printed_months"]),
    ("LEGAL_UNITS", &[]),
    ("C_MARK", &[]),
    ("CHECKLIST", &[]),
];

/// The full example of a family that phones are given.
pub fn example(family: &str) -> Value {
    let name = family.to_lowercase().replace('_', "-");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../mobile-contract/measurements");
    let text = fs::read_to_string(folder.join(format!("{name}.example.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A value so many times as great, in its unit.
fn times(value: &Value, factor: Decimal) -> Value {
    let scaled = |number: &str| Decimal::from_str_exact(number).unwrap() * factor;
    match value {
        Value::String(text) => {
            let (number, unit) = text.split_once(' ').unwrap();
            json!(format!("{} {unit}", scaled(number).normalize()))
        }
        number => {
            let whole: u32 = scaled(&number.to_string()).trunc().try_into().unwrap();
            json!(whole.max(1))
        }
    }
}

fn judge(measurement: &Value) -> Result<Judgement, Refused> {
    let read = wire::measurement_of(measurement.clone())?;
    Judgement::of(rules(), read).map_err(Refused::from)
}

/// Every example with one of its values ten times as great or a tenth of it.
fn slipped() -> Vec<(String, String, Value)> {
    let mut slipped = Vec::new();
    for (family, paths) in CHECKED {
        for path in *paths {
            for factor in [Decimal::TEN, Decimal::new(1, 1)] {
                let mut changed = example(family);
                let value = changed.pointer_mut(path).unwrap();
                *value = times(value, factor);
                let name = format!("{family} {path} {value}");
                slipped.push((name, (*path).to_owned(), changed));
            }
        }
    }
    slipped
}

/// `/packages/0/net` as a refusal spells it: `packages[0].net`.
fn field(path: &str) -> String {
    let mut field = String::new();
    for step in path.split('/').skip(1) {
        match step.parse::<usize>() {
            Ok(row) => field.push_str(&format!("[{row}]")),
            Err(_) if field.is_empty() => field.push_str(step),
            Err(_) => field.push_str(&format!(".{step}")),
        }
    }
    field
}

#[test]
fn every_family_says_which_of_its_values_are_checked_against_another() {
    let listed: Vec<&str> = CHECKED.iter().map(|(family, _)| *family).collect();
    for family in Measurement::FAMILIES {
        assert!(listed.contains(family), "{family}");
    }
}

#[test]
fn ten_times_and_a_tenth_are_refused_in_every_family() {
    for (name, path, changed) in slipped() {
        let refused = judge(&changed).unwrap_err();
        let is_refused = matches!(
            refused.code.as_str(),
            "VALUE_DOUBTFUL" | "VALUE_ABSURD" | "QUANTITY_TOO_LARGE" | "QUANTITY_TOO_PRECISE"
        );
        assert!(is_refused, "{name}: {refused}");
        assert_eq!(refused.field, Some(field(&path)), "{name}: {refused}");
    }
}

#[test]
fn a_jin_for_a_kilogram_is_refused_either_way_until_it_is_confirmed() {
    // 1 斤 = 0.5 kg. The goods of the example are short by 140 g of 2.8 kg: found 2.66 kg, entered as 2.66 斤
    // they are 1.33 kg of 2.8 kg (a factor of 2.11), and 5.32 斤 entered as kilograms are 5.32 kg (1.9). A scale
    // of 15 kg and a package of 500 g that are right are off by 2 exactly, as is the sum at 26 yuan for what
    // was a 斤.
    for (family, path) in [
        ("RETAIL_WEIGHING", "/checked"),
        ("RETAIL_WEIGHING", "/paid"),
        ("RETAIL_BY_MEASURE", "/sale/checked"),
        ("PREPACKAGED_LOT", "/packages/2/net"),
        ("SCALE_TEST", "/weighing/4/indication"),
        ("SCALE_TEST", "/repeatability/0/indications/1"),
    ] {
        for factor in [Decimal::TWO, Decimal::new(5, 1)] {
            let mut changed = example(family);
            let value = changed.pointer_mut(path).unwrap();
            *value = times(value, factor);
            let refused = judge(&changed).unwrap_err();
            let told = (refused.code.as_str(), refused.field);
            assert_eq!(told, ("VALUE_DOUBTFUL", Some(field(path))), "{family}");
            changed["confirmed"] = json!(true);
            assert!(judge(&changed).is_ok(), "{family} {path}");
        }
    }
}

#[test]
fn what_a_cheating_scale_commonly_gives_is_no_slip() {
    // 2.8 kg paid for, 1.6 kg found: a factor of 1.75. A scale that shows 8.75 kg for 5 kg: 1.75.
    let mut sold = example("RETAIL_WEIGHING");
    sold["checked"] = json!("1.6 kg");
    assert_eq!(judge(&sold).unwrap().verdict.outcome, Outcome::Fails);
    let mut test = example("SCALE_TEST");
    test["weighing"][2]["indication"] = json!("8750 g");
    assert_eq!(judge(&test).unwrap().verdict.outcome, Outcome::Fails);
}

#[test]
fn what_is_doubtful_is_judged_once_it_is_confirmed_and_the_verdict_says_so() {
    let mut confirmed = 0;
    for (name, _, mut changed) in slipped() {
        if judge(&changed).unwrap_err().code != "VALUE_DOUBTFUL" {
            continue;
        }
        changed["confirmed"] = json!(true);
        let verdict = judge(&changed)
            .unwrap_or_else(|refused| panic!("{name}: {refused}"))
            .verdict;
        let is_said = |code: &str| verdict.notes.iter().any(|note| note.code == code);
        assert!(is_said("VALUE_CONFIRMED"), "{name}");
        confirmed += 1;
    }
    assert!(confirmed >= CHECKED.len(), "{confirmed}");
}

#[test]
fn three_times_what_a_dispenser_or_charger_should_show_is_doubtful_and_judged_once_confirmed() {
    for (family, path) in [
        ("FUEL_DISPENSER", "/nozzles/0/points/0/runs/0/indicated"),
        ("GAS_DISPENSER", "/runs/0/indicated"),
        ("EV_CHARGER", "/runs/0/indicated"),
    ] {
        let mut changed = example(family);
        let value = changed.pointer_mut(path).unwrap();
        *value = times(value, Decimal::from(3));
        if let Some(run) = changed.pointer_mut(path.trim_end_matches("/indicated")) {
            // The sum would be doubted as well.
            run.as_object_mut().unwrap().remove("paid");
        }
        let refused = judge(&changed).unwrap_err();
        let told = (refused.code.as_str(), refused.field);
        assert_eq!(told, ("VALUE_DOUBTFUL", Some(field(path))), "{family}");
        changed["confirmed"] = json!(true);
        let verdict = judge(&changed).unwrap().verdict;
        let is_said = |code: &str| verdict.notes.iter().any(|note| note.code == code);
        assert!(is_said("VALUE_CONFIRMED"), "{family}");
    }
}

#[test]
fn what_nobody_doubts_is_not_said_to_be_confirmed() {
    for (family, paths) in CHECKED {
        let mut measurement = example(family);
        if paths.is_empty() {
            // Nothing of these can be confirmed.
            continue;
        }
        measurement["confirmed"] = json!(true);
        let verdict = judge(&measurement).unwrap().verdict;
        let is_said = verdict
            .notes
            .iter()
            .any(|note| note.code == "VALUE_CONFIRMED");
        assert!(!is_said, "{family}");
    }
}
