//! Measurements of a visit: of every family, with what they were made with and what they are a test of.

use liangxin_demo::fixtures::instrument_id;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::root;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use std::fs;

/// The examples of the contract by family, such as `scale-test`.
fn examples() -> Vec<(String, Value)> {
    let folder = root().join("mobile-contract/measurements");
    let mut found: Vec<(String, Value)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let family = name.strip_suffix(".example.json")?.to_owned();
            let text = fs::read_to_string(entry.path()).unwrap();
            Some((family, serde_json::from_str(&text).unwrap()))
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found
}

fn example(family: &str) -> Value {
    let (_, found) = examples()
        .into_iter()
        .find(|(known, _)| known == family)
        .unwrap();
    found
}

/// What the example of a family is a test of, in the words of a ledger.
fn tested(family: &str) -> Option<&'static str> {
    Some(match family {
        "scale-test" | "verification-mark" => "PRICE_SCALE",
        "fuel-dispenser" => "FUEL_DISPENSER",
        "gas-dispenser" => "CNG_DISPENSER",
        "ev-charger" => "EV_CHARGER",
        "optical-instrument" => "FOCIMETER",
        _ => return None,
    })
}

/// Puts an instrument on the ledger of the visited merchant.
async fn put_on_ledger(app: &TestApp, flow: &Flow, kind: &str) -> Value {
    let id = json!(app.new_id());
    let plate = json!({ "kind": kind, "model": "X-1", "serial": id });
    let input = json!({ "id": id, "visitId": flow.visit(), "plate": plate });
    let adding = json!({ "input": input });
    app.as_("zhou").run("AddSeenInstrument", adding).await.ok();
    id
}

fn submission(app: &TestApp, flow: &Flow, instrument: &Value, measurement: &Value) -> Value {
    json!({ "input": {
        "id": app.new_id(),
        "visitId": flow.visit(),
        "instrumentId": instrument,
        "measurement": measurement.to_string(),
    } })
}

async fn refused(app: &TestApp, flow: &Flow, instrument: &Value, measured: &Value) -> Vec<String> {
    let sent = submission(app, flow, instrument, measured);
    app.as_("zhou").refused("SubmitMeasurement", sent).await
}

async fn judged(app: &TestApp, measurement: &Value) -> Reply {
    let variables = json!({ "measurement": measurement.to_string() });
    app.as_("zhou").run("Judge", variables).await.ok()
}

#[tokio::test]
async fn the_example_of_every_family_is_kept_with_a_visit_and_shown_in_both_languages() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        for (family, measurement) in examples() {
            let instrument = match tested(&family) {
                Some(kind) => put_on_ledger(&app, &flow, kind).await,
                None => Value::Null,
            };
            let sent = submission(&app, &flow, &instrument, &measurement);
            let inspector = app.as_("zhou");
            let kept = inspector.run("SubmitMeasurement", sent.clone()).await.ok();
            let again = inspector.run("SubmitMeasurement", sent.clone()).await.ok();
            let path = "submitMeasurement.measurement";
            assert_eq!(kept.data(path), again.data(path), "{family}: sent twice");
            let id = json!({ "id": sent["input"]["id"] });
            let shown = inspector.run("GetVerdict", id).await.ok();
            let verdict = shown.data("verdict.verdict");
            let dry = judged(&app, &measurement).await;
            let dry = &dry.data("judge.verdict")["json"];
            assert_eq!(&verdict["json"], dry, "{family}");
            assert_ne!(verdict["outcome"], "NOT_ASSESSABLE", "{family}");
            for language in ["zh", "en"] {
                let text = verdict["explanations"][language].as_str().unwrap();
                assert!(!text.trim().is_empty(), "{family} {language}");
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_check_on_a_visit_names_what_it_was_made_with() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        for family in ["retail-weighing", "retail-by-measure", "prepackaged-lot"] {
            let mut unnamed = example(family);
            unnamed["standard"] = Value::Null;
            let codes = refused(&app, &flow, &Value::Null, &unnamed).await;
            assert_eq!(codes, ["CHECK_INSTRUMENT_REQUIRED"], "{family}");
            // Off the record whoever has none may look what it would come to.
            judged(&app, &unnamed).await;
        }
        let unnamed = json!({ "madeWith": null });
        let fish = json!({ "goods": { "excluded": "LIVE_FISH" }, "madeWith": null });
        let soaked = json!({ "goods": { "excluded": "WATER_SOAKED" }, "madeWith": null });
        for weighing in [unnamed, fish, soaked] {
            let refused = flow.refused(Step::RecordMeasurement, weighing).await;
            assert_eq!(refused, ["CHECK_INSTRUMENT_REQUIRED"]);
        }
        app.drain_jobs().await;
    })
    .await;
}

/// What a weighing was checked with, kept by somebody or by the bureau.
fn made_with(serial: &str, until: &str, keeper: Option<&str>) -> Value {
    json!({ "madeWith": {
        "serial": serial,
        "certificate": "CZ2026-30011",
        "validUntil": until,
        "keeper": keeper,
        "maxErrorGrams": "1",
    } })
}

#[tokio::test]
async fn a_scale_of_the_market_counts_with_its_certificate_and_its_keeper() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let market = Some("书院坪农贸市场");
        let fair = made_with("GP20230115", "2027-04-30", market);
        let kept = flow.take_with(Step::RecordMeasurement, fair).await;
        let verdict = kept.data("recordMeasurement.measurement.verdict");
        assert_eq!(verdict["outcome"], "FAILS");
        let told = verdict["explanation"].as_str().unwrap();
        assert!(told.contains("书院坪农贸市场"), "{told}");
        for (change, code) in [
            (
                made_with("GP20230115", "2027-04-30", None),
                "STANDARD_UNKNOWN",
            ),
            // A number of the register is the bureau's, whoever is said to keep it.
            (
                made_with("TX-SCALE-01", "2029-04-30", market),
                "STANDARD_DIFFERS",
            ),
            (
                made_with("GP20230115", "2027-04-30", Some("")),
                "FIELD_FORMAT",
            ),
        ] {
            let codes = flow.refused(Step::RecordMeasurement, change.clone()).await;
            assert_eq!(codes, [code], "{change}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_test_of_an_instrument_names_it_as_it_stands_on_the_ledger() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let scale = json!(instrument_id("tianxin-stall-17-scale").uuid());
        let elsewhere = json!(instrument_id("yuelu-stall-01-scale").uuid());
        for (family, measurement) in examples() {
            if tested(&family).is_none() {
                continue;
            }
            let codes = refused(&app, &flow, &Value::Null, &measurement).await;
            assert_eq!(codes, ["FIELD_REQUIRED"], "{family}");
            let codes = refused(&app, &flow, &elsewhere, &measurement).await;
            assert_eq!(codes, ["INSTRUMENT_UNKNOWN"], "{family}");
            if tested(&family) != Some("PRICE_SCALE") {
                let codes = refused(&app, &flow, &scale, &measurement).await;
                assert_eq!(codes, ["INSTRUMENT_OTHER_KIND"], "{family}");
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

/// Two trays of crab with the rope on, as a stall writes them, field by field.
fn crab_by_fields() -> Value {
    json!({
        "instrumentId": null,
        "goodsName": "大闸蟹",
        "goods": { "food": { "group": "AQUATIC_PRODUCTS" } },
        "unitPriceYuanPerKg": "14 元/斤",
        "settledGrams": "4斤",
        "checkedGrams": "1.98 kg",
        "method": "HIGHER_ACCURACY",
        "packages": [
            { "settledGrams": "2 斤", "checkedGrams": "980" },
            { "settledGrams": "1000", "checkedGrams": "２０两" },
        ],
        "tare": [{ "what": "ROPE", "grams": "8", "settledAsGoods": "YES" }],
        "madeWith": {
            "serial": "TX-SCALE-01",
            "certificate": "CZ2026-30011",
            "validUntil": "2027-04-30",
            "maxErrorGrams": "1",
            "weightTest": {
                "loadGrams": "1000", "indicationGrams": "1000", "weightsErrorGrams": "50 mg",
            },
        },
    })
}

/// The same as a document.
fn crab_as_document() -> Value {
    json!({
        "family": "RETAIL_WEIGHING",
        "weighed_on": "2026-11-23",
        "goods_name": "大闸蟹",
        "category": { "kind": "FOOD", "class_by": { "by": "NAME", "group": "AQUATIC_PRODUCTS" } },
        "unit_price": "14 元/斤",
        "settled": "4斤",
        "checked": "1.98 kg",
        "method": "HIGHER_ACCURACY",
        "packages": [
            { "settled": "2 斤", "checked": "980 g" },
            { "settled": "1000 g", "checked": "２０两" },
        ],
        "tare": [{ "what": "ROPE", "mass": "8 g", "settled_as_goods": "YES" }],
        "standard": {
            "standard": {
                "serial": "TX-SCALE-01", "certificate": "CZ2026-30011", "valid_until": "2027-04-30",
            },
            "max_error": "1 g",
            "weight_test": { "load": "1000 g", "indication": "1000 g", "weights_error": "50 mg" },
        },
    })
}

#[tokio::test]
async fn a_weighing_field_by_field_comes_to_what_its_document_comes_to() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let kept = flow.take_with(Step::RecordMeasurement, crab_by_fields());
        let kept = kept.await;
        let by_fields = &kept.data("recordMeasurement.measurement.verdict")["json"];
        let document = judged(&app, &crab_as_document()).await;
        assert_eq!(by_fields, &document.data("judge.verdict")["json"]);
        let paid =
            json!({ "paidYuan": "72.80", "settledGrams": "2.8kg", "checkedGrams": "5.32 斤" });
        flow.take_with(Step::RecordMeasurement, paid).await;
        let same = json!({ "method": "SAME_INSTRUMENT", "weights": {
            "loadGrams": "2 kg", "indicationGrams": "2.15 kg", "weightsErrorGrams": "0.1" } });
        let tried = flow.take_with(Step::RecordMeasurement, same).await;
        let outcome = tried.text("recordMeasurement.measurement.verdict.outcome");
        assert_eq!(outcome, "FAILS");
        for (change, code) in [
            (json!({ "settledGrams": "4 lb" }), "MEASUREMENT_INPUT"),
            (json!({ "settledGrams": "2 L" }), "MEASUREMENT_INPUT"),
            (json!({ "settledGrams": "11 t" }), "OUT_OF_RANGE"),
            (json!({ "paidYuan": "much" }), "FIELD_FORMAT"),
            (
                json!({ "packages": [{ "settledGrams": "2000", "checkedGrams": "1850" }] }),
                "MEASUREMENT_INPUT",
            ),
        ] {
            let codes = flow.refused(Step::RecordMeasurement, change.clone()).await;
            assert_eq!(codes, [code], "{change}");
        }
        app.drain_jobs().await;
    })
    .await;
}
