//! Photos that came and that their record did not declare.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_domain::limits::{PHOTOS_PER_OWNER, UPLOAD_KEPT_SECONDS};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::http_uploads::{access_token, upload};

const PHOTOS: &str = "query($id: UUID!) { visit(id: $id) { missingPhotos holdingReceipt photos { \
    id sha256 storedAt parked { reason insteadOf } } } }";

/// A visit that declared its photos, and the server to which they go.
async fn declared(app: &TestApp) -> (Flow, Server) {
    let flow = Flow::after(app, Step::ArriveToo).await;
    flow.take(Step::DeclarePhotos).await;
    (flow, Server::start(app, Mode::Production).await)
}

async fn visit(app: &TestApp, flow: &Flow) -> Value {
    let (officer, id) = (app.as_("zhou"), json!({ "id": flow.visit() }));
    officer.send(PHOTOS, id).await.ok().data("visit").clone()
}

/// The photo of a visit with these bytes.
fn with_bytes(visit: &Value, bytes: &[u8]) -> Value {
    let digest = sha256(bytes).to_string();
    let photos = visit["photos"].as_array().unwrap();
    let mut found = photos.iter().filter(|photo| photo["sha256"] == digest);
    let photo = found.next().unwrap_or(&Value::Null).clone();
    assert!(found.next().is_none(), "it is there once");
    photo
}

/// What comes with the beginning of an upload.
enum Sent<'a> {
    /// All of the photo.
    Now(&'a [u8]),
    /// Nothing yet of so many bytes.
    Later(usize),
}

/// Begins to send a photo that its record may not have declared, with the metadata that say what it is.
async fn announced(
    server: &Server,
    token: &str,
    sent: Sent<'_>,
    metadata: &[(&str, String)],
) -> Response {
    let pairs = metadata.iter();
    let pairs: Vec<_> = pairs
        .map(|(key, value)| format!("{key} {}", STANDARD.encode(value)))
        .collect();
    let (length, body) = match sent {
        Sent::Now(bytes) => (bytes.len(), bytes.to_vec()),
        Sent::Later(length) => (length, Vec::new()),
    };
    let asked = server
        .post("/uploads")
        .bearer_auth(token)
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", length)
        .header("Upload-Metadata", pairs.join(","))
        .header("Content-Type", "application/offset+octet-stream")
        .body(body);
    asked.send().await.unwrap()
}

/// Sends a photo that the visit may not have declared.
async fn stray(
    (app, server): (&TestApp, &Server),
    who: &str,
    (id, bytes): (Uuid, &[u8]),
    visit: Uuid,
) -> Response {
    let metadata = [
        ("id", id.to_string()),
        ("visit", visit.to_string()),
        ("sha256", sha256(bytes).to_string()),
    ];
    let token = access_token(app, who).await;
    announced(server, &token, Sent::Now(bytes), &metadata).await
}

#[tokio::test]
async fn another_file_than_the_declared_one_is_kept_beside_it_and_the_declared_one_stays_missing() {
    on_both(async |app| {
        let (flow, server) = declared(&app).await;
        let mut other = pictures::stall().to_vec();
        other[100] ^= 1;
        for _ in 0..2 {
            let token = access_token(&app, "zhou").await;
            let sent = upload(&server, flow.scene_photo(), &other).bearer_auth(token);
            let refused = sent.send().await.unwrap();
            assert_eq!(refused.status().as_u16(), 409);
            let told: Value = refused.json().await.unwrap();
            assert_eq!(told["code"], "PHOTO_DIGEST_MISMATCH");
        }
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["missingPhotos"], 2);
        let parked = with_bytes(&seen, &other);
        assert!(parked["storedAt"].is_string());
        let parking = json!({ "reason": "OTHER_BYTES", "insteadOf": flow.scene_photo() });
        assert_eq!(parked["parked"], parking);
        let phone = flow.session(Step::DeclarePhotos);
        let sent = phone.upload(flow.scene_photo(), pictures::stall());
        sent.await.unwrap();
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["missingPhotos"], 1);
        assert!(with_bytes(&seen, pictures::stall())["parked"].is_null());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_comes_before_its_visit_declares_it_waits_parked_and_is_then_one_of_its_photos()
 {
    on_both(async |app| {
        let (flow, server) = declared(&app).await;
        let (id, scale) = (app.new_id(), pictures::scale());
        let sent = stray((&app, &server), "zhou", (id, scale), flow.visit()).await;
        assert_eq!(sent.status().as_u16(), 201);
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["missingPhotos"], 2, "nothing waits for it");
        let parking = json!({ "reason": "UNDECLARED", "insteadOf": null });
        assert_eq!(with_bytes(&seen, scale)["parked"], parking);
        let photo = json!({ "kind": "SCENE", "photo": pictures::declared(id, scale) });
        let photos = json!({ "photos": [photo] });
        let mut later = flow.changed(Step::DeclarePhotos, photos);
        later["input"]["id"] = json!(app.new_id());
        let phone = flow.session(Step::DeclarePhotos);
        phone.run("DeclarePhotos", later).await.ok();
        let seen = visit(&app, &flow).await;
        let photo = with_bytes(&seen, scale);
        assert!(photo["parked"].is_null() && photo["storedAt"].is_string());
        assert_eq!(seen["missingPhotos"], 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_parks_with_a_visit_that_is_not_theirs_nor_under_an_id_that_is_taken() {
    on_both(async |app| {
        let (flow, server) = declared(&app).await;
        let scale = pictures::scale();
        let other = Flow::after(&app, Step::FileReport).await;
        let db = &app.parts().db;
        let rows = async || {
            [
                count(db, "photo", "TRUE").await,
                count(db, "upload", "TRUE").await,
            ]
        };
        let before = rows().await;
        for (who, id, visit, status) in [
            ("hu", app.new_id(), flow.visit(), 404),
            ("lin", app.new_id(), flow.visit(), 403),
            ("zhou", app.new_id(), app.new_id(), 404),
            ("zhou", other.report_photo(), flow.visit(), 404),
        ] {
            let sent = stray((&app, &server), who, (id, scale), visit).await;
            assert_eq!(sent.status().as_u16(), status, "{who}");
        }
        assert_eq!(rows().await, before);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn another_file_than_a_reporter_declared_is_kept_beside_the_report_and_counted_nowhere() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let mut other = pictures::scale().to_vec();
        other[100] ^= 1;
        let reporter = app.reporter(&code);
        let sent = reporter.upload(flow.report_photo(), &other);
        assert_eq!(sent.await, Err("PHOTO_DIGEST_MISMATCH".to_owned()));
        let tracked = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        assert_eq!(tracked.data("trackReport.report.photosStored"), &json!(0));
        let lin = app.as_("lin");
        let query = "query($id: UUID!) { report(id: $id) { photos { id sha256 storedAt parked { reason insteadOf } } } }";
        let seen = lin.send(query, json!({ "id": flow.report() })).await.ok();
        let report = seen.data("report");
        let parked = with_bytes(report, &other);
        assert!(parked["storedAt"].is_string());
        let parking = json!({ "reason": "OTHER_BYTES", "insteadOf": flow.report_photo() });
        assert_eq!(parked["parked"], parking);
        let declared = with_bytes(report, pictures::scale());
        assert!(declared["storedAt"].is_null() && declared["parked"].is_null());
        // Who sees the report sees a copy of it, as of its other photos.
        let id: Uuid = parked["id"].as_str().unwrap().parse().unwrap();
        assert_ne!(lin.look_at(id).await.unwrap(), other);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        assert_eq!(sent.await, Ok(()));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_a_reporter_did_not_declare_waits_parked_and_is_then_one_of_the_report() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let token = filed.text("fileReport.receipt.uploadToken");
        let code = flow.receipt_code().await;
        let server = Server::start(&app, Mode::Production).await;
        let (id, stall) = (app.new_id(), pictures::stall());
        let named = ("id", id.to_string());
        let digest = ("sha256", sha256(stall).to_string());
        let unknown = announced(
            &server,
            token,
            Sent::Now(stall),
            std::slice::from_ref(&named),
        ).await;
        assert_eq!(unknown.status().as_u16(), 404, "nothing says what it is");
        let metadata = [named, digest];
        for _ in 0..2 {
            let sent = announced(&server, token, Sent::Now(stall), &metadata).await;
            assert_eq!(sent.status().as_u16(), 201);
        }
        let lin = app.as_("lin");
        let query = "query($id: UUID!) { report(id: $id) { photos { id sha256 storedAt parked { reason insteadOf } } } }";
        let seen = async || {
            let seen = lin.send(query, json!({ "id": flow.report() })).await.ok();
            with_bytes(seen.data("report"), stall)
        };
        let parked = seen().await;
        assert!(parked["storedAt"].is_string());
        assert_eq!(parked["parked"], json!({ "reason": "UNDECLARED", "insteadOf": null }));
        let tracked = json!({ "receiptCode": code });
        let tracked = app.anonymous().run("TrackReport", tracked).await.ok();
        assert_eq!(tracked.data("trackReport.report.photosDeclared"), &json!(1));
        let declared = json!({ "input": { "id": app.new_id(), "receiptCode": code,
            "photos": [pictures::declared(id, stall)] } });
        app.anonymous().run("AddReportPhotos", declared).await.ok();
        let photo = seen().await;
        assert!(photo["parked"].is_null() && photo["storedAt"].is_string());
        assert_eq!(photo["id"], parked["id"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reporter_parks_no_more_photos_than_a_record_may_have_and_names_no_visit() {
    on_both(async |app| {
        let filed = Flow::new(&app).take(Step::FileReport).await;
        let token = filed.text("fileReport.receipt.uploadToken");
        let server = Server::start(&app, Mode::Production).await;
        let begun = async |n: usize| {
            let metadata = [
                ("id", app.new_id().to_string()),
                ("visit", app.new_id().to_string()),
                ("sha256", sha256(&n.to_be_bytes()).to_string()),
            ];
            let answer = announced(&server, token, Sent::Later(4), &metadata).await;
            answer.status().as_u16()
        };
        for n in 0..PHOTOS_PER_OWNER {
            assert_eq!(begun(n).await, 201);
        }
        assert_eq!(begun(PHOTOS_PER_OWNER).await, 404, "one more");
        let db = &app.parts().db;
        let parked = "parked_because = 'undeclared'";
        let of_visits = format!("{parked} AND visit_id IS NOT NULL");
        assert_eq!(count(db, "photo", &of_visits).await, 0);
        assert_eq!(count(db, "photo", parked).await, PHOTOS_PER_OWNER as i64);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_nobody_declared_and_what_never_came_keeps_no_receipt_away_and_goes_again() {
    on_both(async |app| {
        let (flow, server) = declared(&app).await;
        let (visit_id, scale) = (flow.visit(), pictures::scale());
        let token = access_token(&app, "zhou").await;
        let metadata = [
            ("id", app.new_id().to_string()),
            ("visit", visit_id.to_string()),
            ("sha256", sha256(scale).to_string()),
        ];
        let later = Sent::Later(scale.len());
        let begun = announced(&server, &token, later, &metadata).await;
        assert_eq!(begun.status().as_u16(), 201);
        let half = pictures::half_a_scale();
        let cut = stray((&app, &server), "zhou", (app.new_id(), &half), visit_id).await;
        assert!(cut.status().is_client_error(), "{}", cut.status());
        let phone = flow.session(Step::DeclarePhotos);
        for (photo, bytes) in [
            (flow.scene_photo(), pictures::stall()),
            (flow.signature_photo(), pictures::stroke()),
        ] {
            phone.upload(photo, bytes).await.unwrap();
        }
        let seen = visit(&app, &flow).await;
        assert!(seen["holdingReceipt"].is_string(), "{seen}");
        assert_eq!(seen["photos"].as_array().unwrap().len(), 2);
        let db = &app.parts().db;
        let parked = "parked_because IS NOT NULL";
        assert_eq!(count(db, "photo", parked).await, 1, "the one on its way");
        app.advance(TimeDelta::seconds(UPLOAD_KEPT_SECONDS + 1));
        app.drain_jobs().await;
        assert_eq!(count(db, "photo", parked).await, 0);
        // It may come after all.
        let sent = stray((&app, &server), "zhou", (app.new_id(), scale), visit_id).await;
        assert_eq!(sent.status().as_u16(), 201);
        let seen = visit(&app, &flow).await;
        assert!(with_bytes(&seen, scale)["storedAt"].is_string());
        assert!(seen["holdingReceipt"].is_string());
        app.drain_jobs().await;
    })
    .await;
}
