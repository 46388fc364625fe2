//! What stands in a photo against what was declared, and what the photo weighs, as officers see it.

use chrono::TimeDelta;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};
use uuid::Uuid;

/// A photo of a visit, as an officer sees it.
async fn of_visit(app: &TestApp, (flow, photo): (&Flow, Uuid)) -> Value {
    let lin = app.as_("lin");
    let found = lin.run("VisitPhotos", json!({ "id": flow.visit() }));
    let found = found.await.ok();
    let photos = found.data("visit.photos").as_array().unwrap();
    photos
        .iter()
        .find(|it| it["id"] == json!(photo))
        .unwrap()
        .clone()
}

/// How the checks end: of the time, of the place, of the merchant's address.
fn outcomes(photo: &Value) -> Vec<&str> {
    let checks = photo["checks"].as_array().unwrap().iter();
    checks.map(|it| it["outcome"].as_str().unwrap()).collect()
}

/// The word, and the reasons that stand for it.
fn weight(photo: &Value) -> (&str, Vec<&str>) {
    let reasons = photo["weight"]["reasons"].as_array().unwrap().iter();
    (
        photo["weight"]["weight"].as_str().unwrap(),
        reasons.map(|it| it["code"].as_str().unwrap()).collect(),
    )
}

#[tokio::test]
async fn a_photo_that_agrees_with_the_visit_is_strong_and_one_without_facts_usable() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let scene = of_visit(&app, (&flow, flow.scene_photo())).await;
        assert_eq!(outcomes(&scene), ["AGREES", "AGREES", "AGREES"]);
        assert_eq!(
            scene["checks"][0]["source"].as_str().unwrap()[..5],
            *"exif:"
        );
        assert_eq!(scene["checks"][2]["metres"], 0);
        assert_eq!(
            weight(&scene),
            ("STRONG", vec!["HELD", "TIME_AGREES", "PLACE_AGREES"])
        );
        assert_eq!(scene["weight"]["provenance"], "PROPOSAL");
        let stroke = of_visit(&app, (&flow, flow.signature_photo())).await;
        assert_eq!(outcomes(&stroke), ["SILENT", "SILENT", "SILENT"]);
        assert_eq!(
            weight(&stroke),
            ("USABLE", vec!["HELD", "TIME_SILENT", "PLACE_SILENT"])
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_of_another_hour_or_place_contradicts_and_says_by_how_much() {
    on_both(async |app| {
        app.advance(TimeDelta::minutes(95));
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        app.execute("UPDATE visit_arrival SET latitude = 28.3")
            .await;
        let scene = of_visit(&app, (&flow, flow.scene_photo())).await;
        assert_eq!(outcomes(&scene), ["CONTRADICTS", "CONTRADICTS", "AGREES"]);
        let minutes = scene["checks"][0]["minutes"].as_i64().unwrap();
        assert_eq!((minutes, &scene["checks"][0]["most"]), (-95, &json!(30)));
        let metres = scene["checks"][1]["metres"].as_i64().unwrap();
        assert!((14_000..15_000).contains(&metres), "{metres}");
        let said = scene["checks"][0]["said"].as_str().unwrap();
        assert!(said.contains("95 minutes before"), "{said}");
        assert_eq!(weight(&scene).0, "WEAK");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_another_visit_had_first_is_weak_there_alone() {
    on_both(async |app| {
        let first = Flow::after(&app, Step::DeclarePhotos).await;
        let other = Flow::after(&app, Step::DeclarePhotos).await;
        app.drain_jobs().await;
        let of_first = of_visit(&app, (&first, first.scene_photo())).await;
        assert_eq!(weight(&of_first).0, "STRONG");
        let of_other = of_visit(&app, (&other, other.scene_photo())).await;
        assert!(weight(&of_other).1.contains(&"SAME_BYTES_EARLIER"));
        assert_eq!(weight(&of_other).0, "WEAK");
    })
    .await;
}

#[tokio::test]
async fn of_a_reporters_photo_no_distance_is_told_unless_the_reporter_tells_the_place() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        let sent = reporter.upload(flow.report_photo(), pictures::scale());
        sent.await.unwrap();
        app.drain_jobs().await;
        for (told, place) in [("TRUE", "AGREES"), ("FALSE", "SILENT")] {
            app.execute(&format!("UPDATE photo SET place_told = {told}"))
                .await;
            let lin = app.as_("lin");
            let found = lin.run("ReportPhotos", json!({ "id": flow.report() }));
            let found = found.await.ok();
            let photo = found.data("report.photos.0");
            assert_eq!(outcomes(photo)[2], place);
            assert_eq!(photo["checks"][2]["metres"].is_null(), place == "SILENT");
            assert_eq!(photo["checks"][2]["source"].is_null(), place == "SILENT");
        }
    })
    .await;
}
