//! What stands of a reporter in the file of a case, by who takes it out.

use std::collections::BTreeSet;

use liangxin_app::app::{sha256, sm3};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use serde_json::{Value, json};

use super::{Parts, decided, fetched, link, list, unpacked};

/// Whether any part holds a text.
fn holds(parts: &Parts, text: &str) -> bool {
    let mut parts = parts.values();
    parts.any(|bytes| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

#[tokio::test]
async fn whoever_may_not_open_an_original_takes_out_its_copy_and_its_day_alone() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let original = pictures::scale();
        let digests = [sha256(original).to_string(), sm3(original).to_string()];
        let receipt = format!("receipts/{}", flow.report());
        for (who, is_seen) in [
            ("deng", true),
            ("he", true),
            ("xiao", false),
            ("zhou", false),
        ] {
            let parts = unpacked(&fetched(&server, &link(&app, &flow, who).await).await);
            for digest in &digests {
                assert_eq!(holds(&parts, digest), is_seen, "{who}");
            }
            let has_receipt = parts.keys().any(|name| name.starts_with(&receipt));
            assert_eq!(has_receipt, is_seen, "{who}");
            let photo = list(&parts, "manifest.json")["photos"][0].clone();
            assert_eq!(photo["record"], "report");
            let stored = photo["storedAt"].as_str().unwrap();
            assert_eq!(stored.len() == "2026-11-23".len(), !is_seen, "{stored}");
            assert_eq!(photo["sha256"] == Value::Null, !is_seen, "{who}");
            let copies = parts.keys().filter(|name| name.starts_with("copies/"));
            assert_eq!(copies.count(), 1, "{who} sees the picture");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_case_tells_nobody_when_its_report_was_filed() {
    on_both(async |app| {
        let flow = decided(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        for who in ["deng", "xiao"] {
            let parts = unpacked(&fetched(&server, &link(&app, &flow, who).await).await);
            let history = list(&parts, "history.json");
            let events = history["events"].as_array().unwrap();
            let mut acts = 0;
            for event in events {
                let text = event["text"].as_str().unwrap();
                let said: Value = serde_json::from_str(text).unwrap();
                if said["subject"] == json!(flow.report()) {
                    assert!(said["actorUser"].is_string(), "{who}: {text}");
                    acts += 1;
                }
            }
            assert!(acts > 0, "what officers did stands there");
            assert!(!holds(&parts, "report_filed"), "{who}");
            let needed: BTreeSet<_> = events.iter().map(|it| it["seal"].as_i64()).collect();
            let seals = list(&parts, "manifest.json")["seals"].clone();
            assert_eq!(seals.as_array().unwrap().len(), needed.len(), "{who}");
        }
        app.drain_jobs().await;
    })
    .await;
}
