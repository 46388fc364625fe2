//! Whether a phone has what it should, and how what it sent stands.

use liangxin_app::app::sha256;
use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::patrol;
use super::phone::{Phone, settled};

/// What a phone says to have: pairs of ids and versions.
async fn compared(app: &TestApp, held: &[(Uuid, String)], tells: bool) -> Value {
    let lines: String = held
        .iter()
        .map(|(id, version)| format!("{id} {version}\n"))
        .collect();
    let documents: Vec<Value> = held
        .iter()
        .map(|(id, version)| json!({ "id": id, "version": version }))
        .collect();
    let input = json!({ "input": {
        "collection": "VISIT", "count": held.len(),
        "digest": sha256(lines.as_bytes()).to_string(),
        "documents": tells.then_some(documents),
    } });
    let reply = app.as_("zhou").run("ComparePulled", input).await.ok();
    reply.data("comparePulled").clone()
}

#[tokio::test]
async fn phone_and_server_agree_or_the_server_says_where_they_do_not() {
    on_both(async |app| {
        patrol(&app, merchant_id("tianxin-stall-05").uuid()).await;
        patrol(&app, merchant_id("tianxin-stall-08").uuid()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        let version = |id: &Uuid| zhou.document("visits", *id)["version"].as_str().unwrap().to_owned();
        let ids = zhou.ids("visits");
        let held: Vec<_> = ids.iter().map(|id| (*id, version(id))).collect();
        let agreed = json!({ "isEqual": true, "differing": [] });
        assert_eq!(compared(&app, &held, true).await, agreed);
        let other = (Uuid::from_u128(7), "1".to_owned());
        let wrong = [other.clone(), (held[0].0, "old".to_owned())];
        let quiet = json!({ "isEqual": false, "differing": [] });
        assert_eq!(compared(&app, &wrong, false).await, quiet);
        let told = compared(&app, &wrong, true).await;
        let expected = json!([
            { "id": other.0, "difference": "SURPLUS" },
            { "id": held[0].0, "difference": "OUTDATED" },
            { "id": held[1].0, "difference": "MISSING" },
        ]);
        assert_eq!(told["differing"], expected);
        let law = json!({ "input": { "collection": "CHECKLIST", "count": 0, "digest": "00".repeat(32) } });
        let refused = app.as_("zhou").run("ComparePulled", law).await.problems();
        assert_eq!(refused, ["FIELD_FORMAT"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_no_phone_is_shown_yet_is_missing_on_none() {
    on_both_connected(4, async |app| {
        // SQLite has one writer, whom nobody overtakes.
        if !app.parts().db.is_postgres() {
            return;
        }
        patrol(&app, merchant_id("tianxin-stall-05").uuid()).await;
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        let id = zhou.ids("visits")[0];
        let version = zhou.document("visits", id)["version"].as_str().unwrap();
        let held = [(id, version.to_owned())];
        let open = app.parts().db.writer().begin().await.unwrap();
        let begun = open.execute_unprepared("SELECT pg_current_xact_id()");
        begun.await.unwrap();
        let sent = patrol(&app, merchant_id("tianxin-stall-08").uuid()).await;
        let agreed = json!({ "isEqual": true, "differing": [] });
        assert_eq!(compared(&app, &held, true).await, agreed);
        open.rollback().await.unwrap();
        settled(&app).await;
        let told = compared(&app, &held, true).await;
        let missing = json!([{ "id": sent, "difference": "MISSING" }]);
        assert_eq!(told["differing"], missing);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_hears_how_much_of_what_it_declared_is_held_and_what_waits() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::RecordMeasurement).await;
        flow.take(Step::DeclarePhotos).await;
        let health = async || {
            let reply = app.as_("zhou").run("SyncHealth", json!({})).await.ok();
            reply.data("syncHealth").clone()
        };
        let before = health().await;
        for (name, expected) in [
            ("visits", 1),
            ("openVisits", 1),
            ("measurements", 1),
            ("instrumentChecks", 1),
            ("photosDeclared", 2),
            ("photosHeld", 0),
            ("photosMissing", 2),
        ] {
            assert_eq!(before[name], expected, "{name}");
        }
        let waiting = &before["waiting"][0];
        assert_eq!(waiting["visitId"], json!(flow.visit()));
        assert_eq!(waiting["waitsFor"], json!(["PHOTOS_MISSING"]));
        let zhou = app.as_("zhou");
        let sent = zhou.upload(flow.scene_photo(), pictures::stall());
        assert_eq!(sent.await, Ok(()));
        let after = health().await;
        assert_eq!(
            (&after["photosHeld"], &after["photosMissing"]),
            (&json!(1), &json!(1))
        );
        flow.send_photos().await;
        assert_eq!(health().await["waiting"], json!([]));
        app.drain_jobs().await;
    })
    .await;
}
