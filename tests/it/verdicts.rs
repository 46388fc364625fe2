//! Verdicts: dry run, recomputed; the standards behind them, and the rules that phones get.

use liangxin::rule_directory;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::root;
use liangxin_tests::program;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;

/// The measurement of a golden case.
fn golden(table: &str, name: &str) -> Value {
    let path = root()
        .join("fixtures/metrology")
        .join(format!("{table}.json"));
    let table: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = table["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["name"] == name);
    case.unwrap_or_else(|| panic!("no case {name}"))["measurement"].clone()
}

fn pork() -> Value {
    golden("retail-weighing", "pork short by 140 g fails")
}

async fn judged(app: &TestApp, measurement: &Value) -> Reply {
    let variables = json!({ "measurement": measurement.to_string() });
    app.as_("zhou").run("Judge", variables).await
}

#[tokio::test]
async fn an_inspector_gets_a_verdict_without_keeping_anything() {
    on_both(async |app| {
        // Once to sign in, which is kept.
        judged(&app, &pork()).await.ok();
        let before = app.census().await;
        let reply = judged(&app, &pork()).await;
        let verdict = reply.data("judge.verdict");
        assert_eq!(verdict["outcome"], "FAILS");
        assert_eq!(verdict["findings"][0]["deviation"], "130 g");
        assert_eq!(verdict["findings"][0]["suggests"]["code"], "M-RTL-02");
        assert!(app.census().await.changed_since(&before).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_measurement_that_cannot_be_is_refused_with_its_code_and_its_path() {
    on_both(async |app| {
        let mut volume = pork();
        volume["settled"] = json!("500 mL");
        let mut future = pork();
        future["weighed_on"] = json!("2026-11-24");
        let mut old = pork();
        old["weighed_on"] = json!("1999-01-01");
        for (measurement, code, says) in [
            (volume, "MEASUREMENT_INPUT", "UNIT_MISMATCH (settled)"),
            (
                json!({ "family": "ASTROLOGY" }),
                "MEASUREMENT_INPUT",
                "FAMILY_UNKNOWN (family)",
            ),
            (json!([]), "MEASUREMENT_INPUT", "JSON_MALFORMED"),
            (future, "TIME_IN_FUTURE", ""),
            (old, "NO_RULE_EDITION", "RULE_EDITION_MISSING"),
        ] {
            let reply = judged(&app, &measurement).await;
            assert_eq!(reply.problems(), [code], "{measurement}");
            assert!(reply.body().contains(says), "{}", reply.body());
        }
    })
    .await;
}

/// A weighing checked with a standard of that number, certificate and last day.
fn with_standard(serial: &str, certificate: &str, until: &str) -> Value {
    let mut weighing = pork();
    weighing["standard"] = json!({
        "standard": { "serial": serial, "certificate": certificate, "valid_until": until },
        "max_error": "1 g",
    });
    weighing
}

#[tokio::test]
async fn a_standard_has_to_be_on_the_register_with_its_certificate() {
    on_both(async |app| {
        for (standard, problems) in [
            (("TX-SCALE-01", "CZ2026-30011", "2027-04-30"), vec![]),
            (
                ("TX-SCALE-99", "CZ2026-30011", "2027-04-30"),
                vec!["STANDARD_UNKNOWN"],
            ),
            (
                ("TX-SCALE-01", "CZ2026-30011", "2029-04-30"),
                vec!["STANDARD_DIFFERS"],
            ),
            // Another bureau's, above the inspector's.
            (
                ("CS-BAL-05", "CZ2026-20018", "2027-05-31"),
                vec!["STANDARD_UNKNOWN"],
            ),
        ] {
            let (serial, certificate, until) = standard;
            let reply = judged(&app, &with_standard(serial, certificate, until)).await;
            assert_eq!(reply.problems(), problems, "{standard:?}");
        }
        // By one that has run out nothing conforms, and what no scale of a market explains fails all the same.
        let expired = with_standard("TX-FOCI-02", "CZ2025-30177", "2026-10-31");
        let mut little = expired.clone();
        little["checked"] = "2.785 kg".into();
        for (weighing, outcome, says) in [
            (expired, "FAILS", "notes"),
            (little, "NOT_ASSESSABLE", "reasons"),
        ] {
            let reply = judged(&app, &weighing).await;
            let verdict = reply.data("judge.verdict");
            assert_eq!(verdict["outcome"], outcome);
            let remarks = verdict[says].as_array().unwrap();
            assert!(remarks.iter().any(|one| one["code"] == "STANDARD_EXPIRED"));
        }
        let list = app
            .as_("zhou")
            .run("ReferenceStandards", json!({}))
            .await
            .ok();
        assert_eq!(list.data("referenceStandards").as_array().unwrap().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn only_inspectors_judge_and_only_who_may_see_the_visit_sees_its_verdict() {
    on_both(async |app| {
        let variables = json!({ "measurement": pork().to_string() });
        assert_eq!(
            app.as_("lin").refused("Judge", variables.clone()).await,
            ["DENIED"]
        );
        assert_eq!(
            app.anonymous().refused("Judge", variables).await,
            ["SIGN_IN_REQUIRED"]
        );
        let unknown = json!({ "id": app.new_id() });
        let reply = app.as_("zhou").run("GetVerdict", unknown).await.ok();
        assert!(reply.data("verdict").is_null());
    })
    .await;
}

#[tokio::test]
async fn a_phone_gets_the_text_of_the_rules_that_it_does_not_have() {
    on_both(async |app| {
        let all = app.anonymous().run("RuleEditions", json!({})).await.ok();
        let editions = all
            .data("ruleEditions.editions")
            .as_array()
            .unwrap()
            .clone();
        assert!(editions.iter().all(|edition| edition["text"].is_string()));
        let digest = editions[0]["digest"].clone();
        let have = json!({ "have": [digest, "0000"] });
        let rest = app.anonymous().run("RuleEditions", have).await.ok();
        assert_eq!(rest.data("ruleEditions.gone"), &json!(["0000"]));
        let without: Vec<_> = rest
            .data("ruleEditions.editions")
            .as_array()
            .unwrap()
            .iter()
            .filter(|edition| edition["text"].is_null())
            .map(|edition| edition["digest"].clone())
            .collect();
        assert_eq!(without, [digest]);
    })
    .await;
}

/// The built-in retail rule with a wider limit for meat, as an operator would correct it.
fn corrected() -> String {
    let file = root().join("api/metrology/rules/retail-weighing-2020.toml");
    let text = fs::read_to_string(file).unwrap();
    let row = "{ over = \"2.5 kg\", up_to = \"10 kg\", limit = \"10 g\"";
    assert!(text.contains(row));
    text.replace(
        row,
        "{ over = \"2.5 kg\", up_to = \"10 kg\", limit = \"200 g\"",
    )
}

#[tokio::test]
async fn an_operator_corrects_an_edition_without_a_build() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("meat.toml"), corrected()).unwrap();
    let changed = rule_directory::read(directory.path()).unwrap();
    on_both(async |app| {
        let before = app.anonymous().run("RuleEditions", json!({})).await.ok();
        let mut law = liangxin_app::reference::law().unwrap();
        law.rules = Arc::new(changed.clone());
        let app = app.with(|app| app.law = Arc::new(law));
        let after = app.anonymous().run("RuleEditions", json!({})).await.ok();
        assert_ne!(
            before.text("ruleEditions.digest"),
            after.text("ruleEditions.digest")
        );
        let reply = judged(&app, &pork()).await;
        assert_eq!(reply.text("judge.verdict.outcome"), "SCREENING_ONLY");
    })
    .await;
}

#[test]
fn a_mistaken_rule_of_an_operator_stops_the_start_and_names_file_and_row() {
    let directory = tempfile::tempdir().unwrap();
    let text = corrected().replace("limit = \"200 g\"", "limit = \"200 mL\"");
    fs::write(directory.path().join("meat.toml"), text).unwrap();
    let error = rule_directory::read(directory.path()).unwrap_err();
    let told = format!("{error:#}");
    assert!(told.contains("meat.toml, line "), "{told}");
    assert!(told.contains("UNIT_MISMATCH"), "{told}");
}

#[test]
fn the_command_line_judges_a_file_and_recomputes_the_verdict() {
    let directory = tempfile::tempdir().unwrap();
    let [measurement, verdict] = ["measurement.json", "verdict.json"]
        .map(|name| directory.path().join(name).to_string_lossy().into_owned());
    fs::write(&measurement, pork().to_string()).unwrap();
    let (_, text) = program::said(&["judge", &measurement]);
    assert!(
        text.contains("短缺140克") && text.contains("short by 140 g"),
        "{text}"
    );
    let (_, json) = program::said(&["judge", &measurement, "--json"]);
    fs::write(&verdict, &json).unwrap();
    let again = program::said(&["verify", "verdict", &verdict]);
    assert_eq!(
        again,
        (true, "equal: the rules give the same verdict\n".to_owned())
    );
    fs::write(
        &verdict,
        json.replace("\"limit\":\"10 g\"", "\"limit\":\"9 g\""),
    )
    .unwrap();
    let (equal, told) = program::said(&["verify", "verdict", &verdict]);
    assert!(!equal);
    assert!(
        told.contains("findings[0].limit: stored \"9 g\", recomputed \"10 g\""),
        "{told}"
    );
}

#[test]
fn every_violation_that_a_rule_suggests_is_in_the_law() {
    let law = liangxin_app::reference::law().unwrap();
    let known: Vec<&str> = law
        .violations
        .iter()
        .map(|known| known.code.as_str())
        .collect();
    let mut suggested = 0;
    for file in law.rules.files() {
        for text in file.text().split('"').filter(|text| is_violation(text)) {
            assert!(known.contains(&text), "{}: {text}", file.name());
            suggested += 1;
        }
    }
    assert!(suggested > 50, "{suggested}");
}

/// `M-`, three letters, `-`, two digits.
fn is_violation(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 8
        && text.starts_with("M-")
        && bytes[5] == b'-'
        && bytes[6..].iter().all(u8::is_ascii_digit)
}
