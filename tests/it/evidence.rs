//! Photos: promised, sent, checked, kept.

mod wholeness;

use chrono::TimeDelta;
use liangxin_domain::limits::UPLOAD_TOKEN_SECONDS;
use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};

#[tokio::test]
async fn a_photo_is_kept_under_its_digest_and_its_exif_is_read_and_its_place_told_if_the_reporter_says_so()
 {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let mut filing = flow.variables(Step::FileReport);
        filing["input"]["photos"][0]["tellsPlace"] = json!(true);
        let filed = app.anonymous().run("FileReport", filing).await.ok();
        let code = filed.text("fileReport.receipt.receiptCode");
        app.reporter(code)
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        let kept = app
            .parts()
            .objects
            .get(liangxin_app::app::sha256(pictures::scale()))
            .await
            .unwrap();
        assert_eq!(kept.as_deref(), Some(pictures::scale()));
        let report = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        let photo = report.data("report.photos.0");
        assert!(photo["storedAt"].is_string());
        assert_eq!(photo["takenAt"], "2026-11-23T01:00:00.000Z");
        assert_eq!(
            (&photo["format"], &photo["copy"]),
            (&json!("jpeg"), &json!("POSSIBLE"))
        );
        assert_eq!(photo["isBlank"], false);
        assert_eq!(
            kinds_told(photo),
            ["ORIENTATION", "POSITION", "TAKEN_AT"],
            "and not which phone it was"
        );
        // A fact keeps the words in which it was found.
        assert_eq!(photo["facts"][0]["value"], "2026-11-23T01:00:00+00:00");
        let source = photo["facts"][0]["source"].as_str().unwrap();
        assert!(
            source.starts_with("exif:DateTimeOriginal+OffsetTime"),
            "{source}"
        );
        let latitude = photo["position"]["latitude"].as_f64().unwrap();
        assert!((latitude - 28.17059).abs() < 0.0001, "{latitude}");
        app.drain_jobs().await;
    })
    .await;
}

/// How a row of a reporter's photo tells where it was taken, and by which phone.
const PLACE_KEPT: &str = "latitude IS NOT NULL OR longitude IS NOT NULL OR accuracy_m IS NOT NULL \
    OR found LIKE '%position%'";
const PHONE_KEPT: &str = "found LIKE '%make%' OR found LIKE '%model%' OR found LIKE '%Phone 1%'";

#[tokio::test]
async fn what_a_reporter_does_not_tell_of_a_photo_stands_in_its_original_alone() {
    on_both(async |app| {
        for (tells_place, kept) in [(false, 0), (true, 1)] {
            let flow = Flow::new(&app);
            let mut filing = flow.variables(Step::FileReport);
            filing["input"]["photos"][0]["tellsPlace"] = json!(tells_place);
            let filed = app.anonymous().run("FileReport", filing).await.ok();
            let code = filed.text("fileReport.receipt.receiptCode");
            let reporter = app.reporter(code);
            let sent = reporter.upload(flow.report_photo(), pictures::scale());
            sent.await.unwrap();
            let db = &app.parts().db;
            assert_eq!(count(db, "photo", PLACE_KEPT).await, kept);
            assert_eq!(count(db, "photo", PHONE_KEPT).await, 0);
            let lin = app.as_("lin");
            let report = lin.run("GetReport", json!({ "id": flow.report() }));
            let report = report.await.ok();
            let photo = report.data("report.photos.0");
            assert!(photo["takenAt"].is_string());
            assert_eq!(photo["position"].is_null(), !tells_place);
            let told: &[&str] = match tells_place {
                true => &["ORIENTATION", "POSITION", "TAKEN_AT"],
                false => &["ORIENTATION", "TAKEN_AT"],
            };
            assert_eq!(kinds_told(photo), told);
        }
        app.drain_jobs().await;
    })
    .await;
}

/// What the facts of a photo are about.
fn kinds_told(photo: &Value) -> Vec<String> {
    let facts = photo["facts"].as_array().unwrap().iter();
    let mut kinds: Vec<_> = facts
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[tokio::test]
async fn the_same_bytes_again_are_a_quiet_success_that_changes_nothing() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        reporter
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        let before = app.census().await;
        app.advance(TimeDelta::minutes(5));
        reporter
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        assert!(app.census().await.changed_since(&before).is_empty());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_is_declared_again_after_its_bytes_came_is_held_when_they_come_once_more() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let (reporter, scale) = (app.reporter(&code), pictures::scale());
        let (first, again) = (flow.report_photo(), app.new_id());
        reporter.upload(first, scale).await.unwrap();
        let adding = json!({ "input": { "id": app.new_id(), "receiptCode": code,
            "photos": [pictures::declared(again, scale)] } });
        app.anonymous().run("AddReportPhotos", adding).await.ok();
        let db = &app.parts().db;
        for id in [again, first, again] {
            reporter.upload(id, scale).await.unwrap();
            assert_eq!(count(db, "photo", "stored_at IS NULL").await, 0);
        }
        assert_eq!(count(db, "event", "kind = 'photo_stored'").await, 2);
        assert_eq!(app.parts().objects.count(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn two_reports_may_show_the_same_picture_and_it_is_kept_once() {
    on_both(async |app| {
        for _ in 0..2 {
            let flow = Flow::after(&app, Step::FileReport).await;
            let code = flow.receipt_code().await;
            app.reporter(&code)
                .upload(flow.report_photo(), pictures::scale())
                .await
                .unwrap();
        }
        assert_eq!(
            count(&app.parts().db, "photo", "stored_at IS NOT NULL").await,
            2
        );
        assert_eq!(app.parts().objects.count(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn bytes_that_are_no_picture_and_not_those_that_were_promised_are_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let photo = flow.report_photo();
        assert_eq!(
            reporter.refused_upload(photo, pictures::stall()).await,
            "PHOTO_SIZE_MISMATCH"
        );
        assert_eq!(
            reporter.refused_upload(photo, b"").await,
            "PHOTO_SIZE_MISMATCH"
        );
        let mut flipped = pictures::scale().to_vec();
        flipped[0] ^= 1;
        assert_eq!(
            reporter.refused_upload(photo, &flipped).await,
            "PHOTO_DIGEST_MISMATCH"
        );
        reporter.upload(photo, pictures::scale()).await.unwrap();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_nobody_promised_or_somebody_else_did_is_unknown() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        flow.take(Step::DeclarePhotos).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let other = Flow::after(&app, Step::FileReport).await;
        let scale = pictures::scale();
        assert_eq!(
            reporter.refused_upload(app.new_id(), scale).await,
            "PHOTO_UNKNOWN"
        );
        assert_eq!(
            reporter.refused_upload(other.report_photo(), scale).await,
            "PHOTO_UNKNOWN"
        );
        assert_eq!(
            reporter
                .refused_upload(flow.scene_photo(), pictures::stall())
                .await,
            "PHOTO_UNKNOWN"
        );
        assert_eq!(
            app.anonymous()
                .refused_upload(flow.report_photo(), scale)
                .await,
            "PHOTO_UNKNOWN"
        );
        assert_eq!(
            app.as_("lin")
                .refused_upload(flow.report_photo(), scale)
                .await,
            "PHOTO_UNKNOWN"
        );
        assert_eq!(
            app.as_("peng")
                .refused_upload(flow.scene_photo(), pictures::stall())
                .await,
            "PHOTO_UNKNOWN"
        );
        assert_eq!(
            app.as_("lin")
                .refused_upload(flow.scene_photo(), pictures::stall())
                .await,
            "DENIED"
        );
        app.as_("tang")
            .upload(flow.scene_photo(), pictures::stall())
            .await
            .unwrap();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reporter_may_send_the_promised_photos_for_seven_days() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let filed = flow.take(Step::FileReport).await;
        let holder = app.bearer(filed.text("fileReport.receipt.uploadToken"));
        app.advance(TimeDelta::seconds(UPLOAD_TOKEN_SECONDS));
        assert_eq!(
            holder
                .refused_upload(flow.report_photo(), pictures::scale())
                .await,
            "SESSION_EXPIRED"
        );
        let renewed = flow.take(Step::FileReport).await;
        let holder = app.bearer(renewed.text("fileReport.receipt.uploadToken"));
        holder
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        assert_eq!(
            holder.run("Me", json!({})).await.problems(),
            ["SIGN_IN_REQUIRED"],
            "it opens nothing else"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_promises_at_most_twenty_four_photos_all_together() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let photos = |count: usize| {
            let photo = |_| json!({ "kind": "SCENE", "photo": pictures::declared(app.new_id(), pictures::stall()) });
            json!({ "photos": (0..count).map(photo).collect::<Vec<_>>() })
        };
        assert_eq!(flow.refused(Step::DeclarePhotos, photos(25)).await, ["PHOTO_LIMIT"]);
        flow.take_with(Step::DeclarePhotos, photos(20)).await;
        assert_eq!(flow.refused(Step::DeclarePhotos, photos(5)).await, ["PHOTO_LIMIT"]);
        let all = flow.take_with(Step::DeclarePhotos, photos(4)).await;
        assert_eq!(all.data("declarePhotos.visit.missingPhotos"), &json!(24));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_promise_of_photos_that_cannot_be_is_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let photo = |id, size: u64| {
            let mut photo = pictures::declared(id, pictures::stall());
            photo["sizeBytes"] = json!(size);
            json!({ "kind": "MARK", "photo": photo })
        };
        let twice = photo(app.new_id(), 10);
        for (photos, code) in [
            (json!([twice, twice]), "PHOTO_TWICE"),
            (json!([photo(app.new_id(), 25_000_001)]), "PHOTO_TOO_LARGE"),
            (json!([photo(app.new_id(), 0)]), "PHOTO_TRUNCATED"),
            (json!([photo(flow.report_photo(), 10)]), "ID_REUSED"),
        ] {
            assert_eq!(
                flow.refused(Step::DeclarePhotos, json!({ "photos": photos }))
                    .await,
                [code]
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_officer_who_looks_at_a_photo_is_noted_once_a_day_and_a_copy_once() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        let viewed = async || {
            let db = &app.parts().db;
            let viewed = count(
                db,
                "event",
                "kind = 'photo_viewed' AND actor_user IS NOT NULL",
            );
            let viewed = viewed.await;
            (viewed, count(db, "event", "kind = 'photo_copied'").await)
        };
        assert_eq!(viewed().await, (0, 0));
        for (days, expected) in [(0, 1), (0, 1), (1, 2)] {
            app.advance(TimeDelta::days(days));
            app.as_("lin").look_at(flow.report_photo()).await.unwrap();
            assert_eq!(viewed().await, (expected, 1));
        }
        // Whoever may not see it is not noted.
        assert!(app.as_("wu").look_at(flow.report_photo()).await.is_err());
        assert_eq!(
            count(&app.parts().db, "event", "kind = 'photo_viewed'").await,
            2
        );
        app.drain_jobs().await;
    })
    .await;
}
