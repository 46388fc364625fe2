//! A phone asks what became of its photos: held, missing or refused, at any time.

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_app::ports::objects::Objects;
use liangxin_domain::evidence::object::Name;
use liangxin_domain::limits::{PHOTOS_PER_OWNER, RECONCILED_RECORDS};
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

fn asked(kind: &str, id: Uuid, photos: &[&[u8]]) -> Value {
    let digests: Vec<_> = photos
        .iter()
        .map(|bytes| sha256(bytes).to_string())
        .collect();
    json!({ "kind": kind, "id": id, "photos": digests })
}

/// How each photo of a record stands, with the code of what refuses it.
fn standing(reply: &Reply, record: usize) -> Vec<(String, Value)> {
    let photos = reply.data(&format!("reconcile.records.{record}.photos"));
    let photos = photos.as_array().unwrap().iter();
    photos
        .map(|photo| {
            let standing = photo["standing"].as_str().unwrap().to_owned();
            (standing, photo["problem"]["code"].clone())
        })
        .collect()
}

fn held() -> (String, Value) {
    ("HELD".to_owned(), Value::Null)
}

fn missing() -> (String, Value) {
    ("MISSING".to_owned(), Value::Null)
}

fn refused(code: &str) -> (String, Value) {
    ("REFUSED".to_owned(), json!(code))
}

#[tokio::test]
async fn an_inspector_learns_of_each_photo_whether_it_is_held_missing_or_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        flow.take(Step::DeclarePhotos).await;
        let ask = async |who: &str| {
            let photos = [pictures::stall(), pictures::stroke(), pictures::scale()];
            let mut own = asked("VISIT", flow.visit(), &photos);
            own["photos"]
                .as_array_mut()
                .unwrap()
                .push(json!("no digest"));
            let unknown = asked("VISIT", app.new_id(), &[pictures::stall()]);
            let input = json!({ "input": { "records": [unknown, own] } });
            app.as_(who).run("Reconcile", input).await.ok()
        };
        let before = ask("zhou").await;
        assert_eq!(standing(&before, 0), [refused("NOT_FOUND")]);
        let rest = [refused("PHOTO_UNKNOWN"), refused("FIELD_FORMAT")];
        assert_eq!(standing(&before, 1)[..2], [missing(), missing()]);
        assert_eq!(standing(&before, 1)[2..], rest);
        assert!(before.data("reconcile.records.1.holdingReceipt").is_null());
        app.as_("zhou")
            .upload(flow.scene_photo(), pictures::stall())
            .await
            .unwrap();
        let between = ask("zhou").await;
        assert_eq!(standing(&between, 1)[..2], [held(), missing()]);
        app.as_("zhou")
            .upload(flow.signature_photo(), pictures::stroke())
            .await
            .unwrap();
        app.advance(TimeDelta::days(40));
        let after = ask("zhou").await;
        assert_eq!(standing(&after, 1)[..2], [held(), held()]);
        assert_eq!(standing(&after, 1)[2..], rest);
        assert!(after.data("reconcile.records.1.holdingReceipt").is_string());
        assert_eq!(
            after.data("reconcile.records.1.photos.2.problem.class"),
            "PERMANENT"
        );
        // Whoever was not sent sees nothing of the visit.
        assert_eq!(
            standing(&ask("peng").await, 1)[..2],
            [refused("NOT_FOUND"), refused("NOT_FOUND")]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_the_store_lost_or_cut_is_missing_again_until_it_comes_once_more() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let ask = async || {
            let photos = [pictures::stall(), pictures::stroke()];
            let records = [asked("VISIT", flow.visit(), &photos)];
            let input = json!({ "input": { "records": records } });
            app.as_("zhou").run("Reconcile", input).await.ok()
        };
        let receipt = "reconcile.records.0.holdingReceipt";
        let before = ask().await;
        assert_eq!(standing(&before, 0), [held(), held()]);
        for left in [None, Some(1000)] {
            if let Objects::Memory(kept) = &*app.parts().objects {
                let key = Name::Original(sha256(pictures::stall())).key();
                let mut kept = kept.lock().unwrap();
                let whole = kept.remove(&key).unwrap();
                kept.extend(left.map(|bytes| (key, whole[..bytes].to_vec())));
            }
            let lost = ask().await;
            assert_eq!(standing(&lost, 0), [missing(), held()], "{left:?}");
            assert!(lost.data(receipt).is_null());
            let sent = app.as_("zhou");
            let sent = sent.upload(flow.scene_photo(), pictures::stall());
            sent.await.unwrap();
            let again = ask().await;
            assert_eq!(standing(&again, 0), [held(), held()]);
            assert_eq!(again.data(receipt), before.data(receipt));
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn bytes_that_are_no_whole_picture_are_refused_for_good_and_not_asked_for_again() {
    on_both(async |app| {
        let half = pictures::half_a_scale();
        let (flow, id) = (Flow::new(&app), app.new_id());
        let change = json!({ "photos": [pictures::declared(id, &half)] });
        let filed = flow.take_with(Step::FileReport, change).await;
        let holder = app.bearer(filed.text("fileReport.receipt.uploadToken"));
        let report = filed.text("fileReport.receipt.reportId").parse().unwrap();
        let code = filed.text("fileReport.receipt.receiptCode");
        let records = [asked("REPORT", report, &[&half])];
        let ask = json!({ "input": { "receiptCode": code, "records": records } });
        let ask = async || app.anonymous().run("Reconcile", ask.clone()).await.ok();
        assert_eq!(standing(&ask().await, 0), [missing()]);
        for _ in 0..2 {
            assert_eq!(holder.refused_upload(id, &half).await, "PHOTO_TRUNCATED");
        }
        let told = ask().await;
        assert_eq!(standing(&told, 0), [refused("PHOTO_TRUNCATED")]);
        let class = "reconcile.records.0.photos.0.problem.class";
        assert_eq!(told.data(class), "PERMANENT");
        assert!(told.data("reconcile.records.0.holdingReceipt").is_null());
        // The office sees why it is missing, and another one may come in its place.
        let query =
            "query($id: UUID!) { report(id: $id) { photos { storedAt refused { code } } } }";
        let lin = app.as_("lin");
        let seen = lin.send(query, json!({ "id": report })).await.ok();
        let photo = json!({ "storedAt": null, "refused": { "code": "PHOTO_TRUNCATED" } });
        assert_eq!(seen.data("report.photos"), &json!([photo]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_receipt_code_opens_its_report_alone() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let other = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let records =
            [&flow, &other].map(|flow| asked("REPORT", flow.report(), &[pictures::scale()]));
        let with = json!({ "input": { "receiptCode": code, "records": records } });
        let reply = app.anonymous().run("Reconcile", with.clone()).await.ok();
        assert_eq!(standing(&reply, 0), [missing()]);
        assert_eq!(standing(&reply, 1), [refused("NOT_FOUND")]);
        let reporter = app.reporter(&code);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        let reply = app.anonymous().run("Reconcile", with).await.ok();
        assert_eq!(standing(&reply, 0), [held()]);
        assert!(reply.data("reconcile.records.0.holdingReceipt").is_string());
        let without = json!({ "input": { "records": records } });
        let reply = app.anonymous().run("Reconcile", without).await.ok();
        assert_eq!(standing(&reply, 0), [refused("SIGN_IN_REQUIRED")]);
        let wrong = json!({ "input": { "receiptCode": "nothing", "records": records } });
        let codes = app.anonymous().refused("Reconcile", wrong).await;
        assert_eq!(codes, ["RECEIPT_CODE_FORMAT"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn more_records_or_photos_than_the_limits_say_are_refused() {
    on_both(async |app| {
        let record = |photos: usize| json!({ "kind": "VISIT", "id": app.new_id(), "photos": vec!["00"; photos] });
        let records = |count: usize| (0..count).map(|_| record(1)).collect::<Vec<_>>();
        for (records, code) in [
            (records(RECONCILED_RECORDS), None),
            (records(RECONCILED_RECORDS + 1), Some("FIELD_TOO_LONG")),
            (vec![record(PHOTOS_PER_OWNER)], None),
            (vec![record(PHOTOS_PER_OWNER + 1)], Some("FIELD_TOO_LONG")),
        ] {
            let input = json!({ "input": { "records": records } });
            let reply = app.as_("zhou").run("Reconcile", input).await;
            assert_eq!(reply.problems(), code.into_iter().collect::<Vec<_>>());
        }
    })
    .await;
}
