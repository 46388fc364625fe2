//! The worst of each family: what fails beyond every reading of every rule fails whatever two things are
//! left out.

use std::collections::BTreeSet;

use liangxin_metrology::measurement::Measurement;
use liangxin_metrology::verdict::Outcome;
use serde_json::{Value, json};

use crate::deletions;
use crate::parts::judged;
use crate::slips::example;

/// The example of each family made so bad that no reading of any rule and nothing missing could save it:
/// what is set where, and what of it the failure rests on.
fn beyond_every_reading(family: &str) -> (Vec<(&'static str, Value)>, &'static [&'static str]) {
    match family {
        "RETAIL_WEIGHING" => (
            vec![("/checked", json!("1800 g"))],
            &["/settled", "/checked", "/category"],
        ),
        // No convention says how wrong a vessel may be that nobody named.
        "RETAIL_BY_MEASURE" => (
            vec![("/sale/checked", json!("300 mL"))],
            &["/sale", "/standard"],
        ),
        "PREPACKAGED_LOT" => (
            vec![("/packages/7/net", json!("300 g"))],
            &["/packages/7", "/tester"],
        ),
        "NET_CONTENT_LABEL" => (vec![("/mark/text", json!("2斤"))], &["/mark"]),
        "SCALE_TEST" => (
            vec![("/weighing/2/indication", json!("5460 g"))],
            &["/weighing/2", "/weights"],
        ),
        "FUEL_DISPENSER" => (
            vec![("/nozzles/0/points/0/runs/0/indicated", json!("21 L"))],
            &["/nozzles/0/points/0/runs/0", "/measure", "/max_flow"],
        ),
        "GAS_DISPENSER" => (
            vec![("/runs/0/indicated", json!("11 kg"))],
            &["/runs/0", "/standard"],
        ),
        "EV_CHARGER" => (
            vec![("/energy_step", json!("0.01 kWh"))],
            &["/energy_step", "/standard"],
        ),
        "SPECTACLES" => (
            vec![("/measured/left/sphere", json!("-2.00 D"))],
            &["/measured/left/sphere", "/prescription/left", "/standard"],
        ),
        "UNCUT_LENS" => (
            vec![("/measured/sphere", json!("2 D"))],
            &["/measured/sphere", "/nominal"],
        ),
        "OPTICAL_INSTRUMENT" => (
            vec![("/readings/0/indicated", json!("-2 D"))],
            &["/readings/0", "/standard_uncertainty"],
        ),
        "VERIFICATION_MARK" => (vec![("/mark", json!("FORGED"))], &["/mark"]),
        "LEGAL_UNITS" => (vec![("/text", json!("3元/斤"))], &["/text"]),
        "C_MARK" => (
            vec![("/declaration", json!({"found": "NOTHING"}))],
            &["/declaration", "/mark_present", "/produced_on"],
        ),
        "CHECKLIST" => (vec![("/answers/3/answer", json!("NO"))], &["/answers/3"]),
        _ => panic!("{family} has no measurement beyond every reading"),
    }
}

#[test]
fn what_fails_beyond_every_reading_fails_whatever_two_things_are_left_out() {
    for family in Measurement::FAMILIES {
        let (bad, kept) = beyond_every_reading(family);
        let mut measurement = example(family);
        for (pointer, value) in bad {
            *measurement.pointer_mut(pointer).unwrap() = value;
        }
        let outcome = judged(&measurement).map(|verdict| verdict.outcome);
        assert_eq!(outcome, Some(Outcome::Fails), "{family}");
        let mut all = deletions::all(&measurement);
        all.retain(|deletion| !deletion.touches(kept));
        let mut sorts = BTreeSet::new();
        all.retain(|deletion| sorts.insert(deletion.sort()));
        for (first, one) in all.iter().enumerate() {
            // From behind, so that rows keep their numbers.
            for other in &all[first..] {
                let Some(less) = other.from(&measurement) else {
                    continue;
                };
                let is_same = one.pointer == other.pointer;
                let less = if is_same {
                    less
                } else {
                    one.from(&less).unwrap_or(less)
                };
                if let Some(verdict) = judged(&less) {
                    let name = format!("{family} without {} and {}", one.pointer, other.pointer);
                    assert_eq!(verdict.outcome, Outcome::Fails, "{name}\n{less}");
                }
            }
        }
    }
}
