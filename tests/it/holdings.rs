//! The signed receipt that every photo of a record is held: when it comes, what it says, and who can check it.

use std::time::Duration;

use chrono::TimeDelta;
use liangxin_app::ports::objects::Objects;
use liangxin_app::usecase::evidence::{check_receipt, holding_receipt};
use liangxin_domain::evidence::holding::{Holding, RecordKind};
use liangxin_domain::evidence::photo::PhotoOwner;
use liangxin_domain::id::{ReportId, VisitId};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::proxy::{Proxy, Way};
use liangxin_tests::server::Server;
use liangxin_tests::{pictures, program, s3, store, tls};
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use crate::http_uploads::upload;

const TRACKED: &str = "query($code: String!) { trackReport(receiptCode: $code) { \
    report { holdingReceipt } problems { code } } }";

/// The receipt of a report as its reporter gets it.
async fn tracked(app: &TestApp, code: &str) -> Value {
    let reply = app.anonymous().send(TRACKED, json!({ "code": code })).await;
    reply.ok().data("trackReport.report.holdingReceipt").clone()
}

/// What a receipt states by the published keys. Panics if it proves nothing.
fn proved(app: &TestApp, receipt: &Value) -> Holding {
    let published = app.parts().evidence_keys.published();
    check_receipt(published, receipt.as_str().unwrap()).unwrap()
}

/// Declares one more photo of a report.
async fn one_more(app: &TestApp, code: &str) -> Uuid {
    let more = app.new_id();
    let adding = json!({ "input": { "id": app.new_id(), "receiptCode": code,
        "photos": [pictures::declared(more, pictures::stall())] } });
    app.anonymous().run("AddReportPhotos", adding).await.ok();
    more
}

#[tokio::test]
async fn a_receipt_comes_with_the_last_photo_says_the_same_for_ever_and_names_nobody() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let second = app.new_id();
        let mut filing = flow.variables(Step::FileReport);
        let photos = filing["input"]["photos"].as_array_mut().unwrap();
        photos.push(pictures::declared(second, pictures::stall()));
        let filed = app.anonymous().run("FileReport", filing).await.ok();
        let code = filed.text("fileReport.receipt.receiptCode");
        let reporter = app.reporter(code);
        assert_eq!(tracked(&app, code).await, Value::Null);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        assert_eq!(tracked(&app, code).await, Value::Null);
        reporter.upload(second, pictures::stall()).await.unwrap();
        let receipt = tracked(&app, code).await;
        let holding = proved(&app, &receipt);
        assert_eq!(holding.record.id, flow.report());
        assert_eq!(holding.record.kind, RecordKind::Report);
        assert_eq!(holding.record.version, 1);
        assert_eq!(holding.at, "2026-11-23T01:00:00.000Z");
        let mut held: Vec<_> = holding
            .photos
            .iter()
            .map(|photo| (photo.id, photo.size_bytes))
            .collect();
        held.sort_unstable();
        let size = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap();
        let mut sent = vec![
            (flow.report_photo(), size(pictures::scale())),
            (flow.photo_named(second), size(pictures::stall())),
        ];
        sent.sort_unstable();
        assert_eq!(held, sent);
        // Later, and for an officer, it is the same to the byte.
        app.advance(TimeDelta::days(2));
        assert_eq!(tracked(&app, code).await, receipt);
        let officer = app.as_("lin");
        let seen = officer.send(
            "query($id: UUID!) { report(id: $id) { holdingReceipt } }",
            json!({ "id": flow.report() }),
        );
        assert_eq!(seen.await.ok().data("report.holdingReceipt"), &receipt);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn more_photos_make_the_record_incomplete_and_then_another_version() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let reporter = app.reporter(&code);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        let first = tracked(&app, &code).await;
        let more = one_more(&app, &code).await;
        assert_eq!(tracked(&app, &code).await, Value::Null);
        reporter.upload(more, pictures::stall()).await.unwrap();
        let second = proved(&app, &tracked(&app, &code).await);
        assert_eq!((second.record.version, second.photos.len()), (2, 2));
        // What was signed before stays true.
        assert_eq!(proved(&app, &first).photos.len(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_signed_for_a_photo_that_the_store_lost_until_it_is_there_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let reporter = app.reporter(&code);
        let send = async || {
            let sent = reporter.upload(flow.report_photo(), pictures::scale());
            sent.await.unwrap();
        };
        send().await;
        let first = tracked(&app, &code).await;
        if let Objects::Memory(kept) = &*app.parts().objects {
            kept.lock().unwrap().clear();
        }
        let more = one_more(&app, &code).await;
        reporter.upload(more, pictures::stall()).await.unwrap();
        assert_eq!(tracked(&app, &code).await, Value::Null);
        send().await;
        let second = proved(&app, &tracked(&app, &code).await);
        assert_eq!((second.record.version, second.photos.len()), (2, 2));
        assert_eq!(proved(&app, &first).photos.len(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_looks_after_a_report_does_not_wait_for_a_store_that_says_nothing() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let server = s3::start(directory.path()).await;
        let way = Proxy::open(server.address()).await;
        let endpoint = format!("http://{}", way.address());
        let settings = [
            ("S3_BUCKET", &*server.bucket),
            ("S3_ENDPOINT", &*endpoint),
            ("AWS_ACCESS_KEY_ID", &*server.access_key),
            ("AWS_SECRET_ACCESS_KEY", &*server.secret_key),
        ];
        let data = tempfile::tempdir().unwrap();
        let objects = store::opened(&data.path().join("data"), &settings).await;
        let app = app.with(|parts| parts.objects = objects);
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let reporter = app.reporter(&code);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        way.set(Way::Silent);
        // Far sooner than the store's own operations end.
        let looked = timeout(Duration::from_secs(20), tracked(&app, &code)).await;
        assert_eq!(looked.unwrap(), Value::Null);
        way.set(Way::Open);
        assert_eq!(proved(&app, &tracked(&app, &code).await).photos.len(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn many_who_ask_at_once_get_one_receipt() {
    on_both_connected(8, async |app| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let owner = PhotoOwner::Visit(VisitId::new(flow.visit()));
        let asked = (0..20).map(|_| holding_receipt(app.parts(), owner));
        let answers = futures_util::future::join_all(asked).await;
        let mut lines: Vec<_> = answers
            .into_iter()
            .map(|line| line.unwrap().unwrap())
            .collect();
        lines.dedup();
        assert_eq!(lines.len(), 1);
        assert_eq!(count(&app.parts().db, "holding_receipt", "1 = 1").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_last_upload_answers_with_the_receipt_and_the_published_keys_prove_it_offline() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let token = filed.text("fileReport.receipt.uploadToken");
        let send = || upload(&server, flow.report_photo(), pictures::scale()).bearer_auth(token);
        let answer = send().send().await.unwrap();
        let receipt = answer.headers()["liangxin-receipt"].to_str().unwrap();
        let again = send().send().await.unwrap();
        assert_eq!(again.headers()["liangxin-receipt"], receipt);
        let keys = server.get("/.well-known/liangxin-keys.json").send();
        let keys = keys.await.unwrap();
        assert_eq!(keys.headers()["content-type"], "application/jwk-set+json");
        let keys = keys.text().await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let (line, published) = (
            directory.path().join("receipt"),
            directory.path().join("keys"),
        );
        std::fs::write(&published, &keys).unwrap();
        let verify = |content: String| {
            std::fs::write(&line, content).unwrap();
            let (line, keys) = (line.to_str().unwrap(), published.to_str().unwrap());
            program::said(&["verify", "receipt", line, "--keys", keys])
        };
        let (succeeds, told) = verify(format!("{receipt}\n"));
        let digest = liangxin_app::app::sha256(pictures::scale()).to_string();
        assert!(succeeds && told.contains("held 1 photos"), "{told}");
        assert!(told.contains(&digest), "{told}");
        let (succeeds, told) = verify(receipt.replacen("eyJ", "eyK", 2));
        assert!(!succeeds && told.contains("proves nothing"), "{told}");
        app.drain_jobs().await;
    })
    .await;
}

/// A whole answer of HTTP/1.1.
fn answer(head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into_bytes()
}

#[tokio::test]
async fn keys_are_fetched_over_https_from_a_server_that_proves_who_it_is_and_within_bounds() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        let owner = PhotoOwner::Report(ReportId::new(flow.report()));
        let receipt = holding_receipt(app.parts(), owner).await.unwrap().unwrap();
        let keys = app.parts().evidence_keys.published().to_json().unwrap();
        let directory = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &str| {
            let path = directory.path().join(name);
            std::fs::write(&path, content).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let line = file("receipt", &receipt);
        let verify = async |answer: Vec<u8>, believes: bool| {
            let server = tls::start(answer).await;
            let (url, ca, line) = (
                server.url.clone(),
                file("ca.pem", &server.authority),
                line.clone(),
            );
            let asked = tokio::task::spawn_blocking(move || {
                let plain = ["verify", "receipt", &line, "--keys", &url];
                let trusting = [plain.as_slice(), &["--ca", &ca]].concat();
                program::said(if believes { &trusting } else { &plain })
            });
            asked.await.unwrap()
        };
        let (succeeds, told) = verify(answer("200 OK", &keys), true).await;
        assert!(succeeds && told.contains("held 1 photos"), "{told}");
        let (succeeds, told) = verify(answer("200 OK", &keys), false).await;
        assert!(
            !succeeds && told.contains("does not prove who it is"),
            "{told}"
        );
        let (succeeds, told) = verify(answer("302 Found\r\nLocation: /elsewhere", ""), true).await;
        assert!(!succeeds && told.contains("302"), "{told}");
        let (succeeds, told) = verify(answer("200 OK", &" ".repeat(1_000_001)), true).await;
        assert!(!succeeds && told.contains("too much"), "{told}");
        app.drain_jobs().await;
    })
    .await;
}
