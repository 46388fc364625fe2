//! Photos that look like one of another record: found, shown to whoever works with either, told to nobody else.

use chrono::TimeDelta;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures::{self, Reuse};
use serde_json::{Value, json};
use uuid::Uuid;

/// A visit under way.
async fn visited(app: &TestApp) -> Flow {
    Flow::after(app, Step::ArriveToo).await
}

/// Promises a photo of a visit and sends it.
async fn send(app: &TestApp, flow: &Flow, (kind, bytes): (&str, &[u8])) -> Uuid {
    let photo = app.new_id();
    let promised = json!([{ "kind": kind, "photo": pictures::declared(photo, bytes) }]);
    let input = json!({ "id": app.new_id(), "visitId": flow.visit(), "photos": promised });
    let zhou = app.as_("zhou");
    zhou.run("DeclarePhotos", json!({ "input": input }))
        .await
        .ok();
    zhou.upload(photo, bytes).await.unwrap();
    app.drain_jobs().await;
    photo
}

/// What somebody is told about a photo of a visit.
async fn told(app: &TestApp, who: &str, (flow, photo): (&Flow, Uuid)) -> Value {
    let reader = app.as_(who);
    let found = reader.run("VisitPhotos", json!({ "id": flow.visit() }));
    let found = found.await.ok();
    let photos = found.data("visit.photos").as_array().unwrap();
    let found = photos.iter().find(|it| it["id"] == json!(photo)).unwrap();
    found["lookAlikes"].clone()
}

/// The photos that somebody is told of, and how alike they are.
fn seen(told: &Value) -> Vec<(Uuid, String)> {
    let seen = told["seen"].as_array().unwrap().iter();
    seen.map(|it| {
        let id = it["photoId"].as_str().unwrap().parse().unwrap();
        (id, it["resemblance"].as_str().unwrap().to_owned())
    })
    .collect()
}

#[tokio::test]
async fn a_picture_that_was_used_again_is_found_from_both_visits() {
    on_both(async |app| {
        let first = visited(&app).await;
        let scene = send(&app, &first, ("SCENE", pictures::stall())).await;
        let ways = [
            (pictures::stall().to_vec(), "EXACT"),
            (
                pictures::reused(pictures::stall(), Reuse::Smaller).unwrap(),
                "ALIKE",
            ),
            (
                pictures::reused(pictures::stall(), Reuse::Brighter).unwrap(),
                "ALIKE",
            ),
            (
                pictures::reused(pictures::stall(), Reuse::Cut).unwrap(),
                "ALIKE",
            ),
        ];
        for (bytes, resemblance) in ways {
            let other = visited(&app).await;
            let photo = send(&app, &other, ("SCENE", &bytes)).await;
            let from_there = seen(&told(&app, "zhou", (&other, photo)).await);
            assert!(
                from_there.contains(&(scene, resemblance.to_owned())),
                "{from_there:?}"
            );
            let from_here = seen(&told(&app, "lin", (&first, scene)).await);
            assert!(
                from_here.contains(&(photo, resemblance.to_owned())),
                "{from_here:?}"
            );
        }
        let other = visited(&app).await;
        let photo = send(&app, &other, ("SCENE", pictures::scale())).await;
        assert_eq!(
            seen(&told(&app, "lin", (&other, photo)).await),
            [],
            "another picture"
        );
    })
    .await;
}

#[tokio::test]
async fn two_photos_of_one_visit_are_no_reuse_and_a_reuse_is_noted_once() {
    on_both(async |app| {
        let flow = visited(&app).await;
        let noted =
            async || count(&app.parts().db, "event", "kind = 'photo_look_alike_found'").await;
        let first = send(&app, &flow, ("SCENE", pictures::stall())).await;
        let again = pictures::reused(pictures::stall(), Reuse::Smaller).unwrap();
        send(&app, &flow, ("SCENE", &again)).await;
        assert_eq!(seen(&told(&app, "lin", (&flow, first)).await), []);
        assert_eq!(noted().await, 0);
        let other = visited(&app).await;
        send(&app, &other, ("SCENE", &again)).await;
        assert_eq!(noted().await, 1);
        app.execute("UPDATE job SET state = 'ready' WHERE kind = 'find_look_alikes'")
            .await;
        app.drain_jobs().await;
        assert_eq!(noted().await, 1);
    })
    .await;
}

#[tokio::test]
async fn blank_pictures_are_like_nothing_and_of_signatures_only_the_same_bytes_count() {
    on_both(async |app| {
        let (one, other) = (visited(&app).await, visited(&app).await);
        let again = pictures::reused(pictures::stroke(), Reuse::Smaller).unwrap();
        let blank = pictures::blank().unwrap();
        for (kind, first, second, found) in [
            ("SCENE", blank.as_slice(), blank.as_slice(), 0),
            ("SIGNATURE", pictures::stroke(), again.as_slice(), 0),
            ("SIGNATURE", pictures::stroke(), pictures::stroke(), 1),
        ] {
            send(&app, &one, (kind, first)).await;
            let photo = send(&app, &other, (kind, second)).await;
            let told = told(&app, "lin", (&other, photo)).await;
            assert!(seen(&told).len() >= found, "{kind}: {told}");
            assert!(found > 0 || seen(&told).is_empty(), "{kind}: {told}");
            assert_eq!(told["isHeldElsewhere"], json!(false));
        }
    })
    .await;
}

#[tokio::test]
async fn of_another_bureaus_visit_it_is_told_that_there_is_one_and_nothing_else() {
    on_both(async |app| {
        let (here, there) = (visited(&app).await, visited(&app).await);
        send(&app, &there, ("SCENE", pictures::stall())).await;
        let photo = send(&app, &here, ("SCENE", pictures::stall())).await;
        app.execute(&format!(
            "UPDATE visit SET division = '430104' WHERE id <> {}",
            app.literal(here.visit())
        ))
        .await;
        let elsewhere = json!({ "seen": [], "isHeldElsewhere": true });
        assert_eq!(told(&app, "lin", (&here, photo)).await, elsewhere);
        let above = told(&app, "yi", (&here, photo)).await;
        assert_eq!(above["isHeldElsewhere"], json!(false));
        assert_eq!(seen(&above).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_picture_tells_nobody_that_somebody_reported_who_may_not_see_the_report() {
    on_both(async |app| {
        let report = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&report.receipt_code().await);
        let sent = reporter.upload(report.report_photo(), pictures::scale());
        sent.await.unwrap();
        let visit = visited(&app).await;
        let photo = send(&app, &visit, ("SCENE", pictures::scale())).await;
        let by_report = seen(&told(&app, "lin", (&visit, photo)).await);
        assert_eq!(by_report, [(report.report_photo(), "EXACT".to_owned())]);
        let nothing = json!({ "seen": [], "isHeldElsewhere": false });
        // An inspector who was not sent on it, in the same district; and everybody once another district has it.
        assert_eq!(told(&app, "zhou", (&visit, photo)).await, nothing);
        app.execute(&format!(
            "UPDATE report SET division = '430104', unit = '430104' WHERE id = {}",
            app.literal(report.report())
        ))
        .await;
        assert_eq!(told(&app, "lin", (&visit, photo)).await, nothing);
        let above = told(&app, "yi", (&visit, photo)).await;
        assert_eq!(seen(&above), by_report);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_told_of_a_reports_photo_is_noted_once_a_day_and_the_reporter_reads_it() {
    on_both(async |app| {
        let report = Flow::after(&app, Step::FileReport).await;
        let code = report.receipt_code().await;
        let sent = app.reporter(&code);
        let sent = sent.upload(report.report_photo(), pictures::scale());
        sent.await.unwrap();
        // Somebody sends the picture that was reported, to learn by an officer whether it was.
        let bait = visited(&app).await;
        let photo = send(&app, &bait, ("SCENE", pictures::scale())).await;
        let noted = async |more: &str| {
            count(
                &app.parts().db,
                "event",
                &format!("kind = 'photos_compared'{more}"),
            )
            .await
        };
        told(&app, "zhou", (&bait, photo)).await;
        assert_eq!(noted("").await, 0, "who is told nothing is not noted");
        for _ in 0..2 {
            let told = told(&app, "lin", (&bait, photo)).await;
            assert_eq!(seen(&told).len(), 1);
        }
        assert_eq!(noted(" AND actor_user IS NOT NULL").await, 1);
        app.advance(TimeDelta::days(1));
        told(&app, "lin", (&bait, photo)).await;
        assert_eq!(noted("").await, 2);
        let track = json!({ "receiptCode": code });
        let tracked = app.anonymous().run("TrackReport", track).await.ok();
        let timeline = tracked.data("trackReport.report.timeline").to_string();
        assert_eq!(
            timeline.matches("\"photos_compared\"").count(),
            2,
            "{timeline}"
        );
        assert!(!tracked.body().contains(&photo.to_string()));
        app.drain_jobs().await;
    })
    .await;
}
