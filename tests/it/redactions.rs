//! Parts of photos that nobody sees on a copy: covered for a reason, on the pixels, at once, and uncovered by somebody else.

use chrono::TimeDelta;
use futures_util::future::join_all;
use liangxin_app::app::sha256;
use liangxin_app::jobs::{self, Ended};
use liangxin_app::ports::objects::Objects;
use liangxin_app::usecase::evidence::verify_objects;
use liangxin_domain::event::Lane;
use liangxin_domain::limits::REDACTIONS_PER_PHOTO;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// A report that was dispatched, with its photo held.
async fn reported(app: &TestApp) -> Flow {
    let flow = Flow::after(app, Step::FileReport).await;
    let code = flow.receipt_code().await;
    let reporter = app.reporter(&code);
    let sent = reporter
        .upload(flow.report_photo(), pictures::scale())
        .await;
    assert_eq!(sent, Ok(()));
    flow.go_on(Step::FileReport, Step::DispatchVisit).await;
    app.drain_jobs().await;
    flow
}

fn cover(app: &TestApp, photo: Uuid) -> Value {
    json!({ "input": { "id": app.new_id(), "photoId": photo, "left": 2500, "top": 2500, "width": 5000,
        "height": 5000, "reason": "照片中有路人面部" } })
}

fn uncover(app: &TestApp, photo: Uuid, redaction: &Value) -> Value {
    json!({ "input": { "id": app.new_id(), "photoId": photo, "redactionId": redaction, "reason": "该人已同意公开" } })
}

/// What somebody sees of a photo.
async fn shown(server: &Server, path: &str, token: &str) -> Vec<u8> {
    let answer = server.get(path).bearer_auth(token).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.bytes().await.unwrap().to_vec()
}

/// How bright the brightest pixel is in the covered middle, and the brightest one of all.
fn brightest(jpeg: &[u8]) -> (u8, u8) {
    let picture = image::load_from_memory(jpeg).unwrap().to_luma8();
    let (width, height) = picture.dimensions();
    let is_covered = |x: u32, y: u32| {
        // A JPEG blurs an edge by a few pixels.
        let within = |at: u32, all: u32| at > all / 4 + 8 && at < all * 3 / 4 - 8;
        within(x, width) && within(y, height)
    };
    let pixels = || picture.enumerate_pixels();
    let covered = pixels().filter(|(x, y, _)| is_covered(*x, *y));
    let covered = covered.map(|(_, _, pixel)| pixel.0[0]).max();
    (
        covered.unwrap(),
        pixels().map(|(_, _, pixel)| pixel.0[0]).max().unwrap(),
    )
}

#[tokio::test]
async fn what_is_covered_is_black_on_every_copy_from_the_commit_on_and_the_original_stays() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let photo = flow.report_photo();
        let token = crate::http_uploads::access_token(&app, "lin").await;
        let path = format!("/photos/{photo}");
        let before = shown(&server, &path, &token).await;
        assert!(brightest(&before).0 > 100);
        app.as_("deng")
            .run("RedactPhoto", cover(&app, photo))
            .await
            .ok();
        let after = shown(&server, &path, &token).await;
        let (covered, all) = brightest(&after);
        assert!(covered < 12 && all > 100, "{covered} of {all}");
        assert!(!after.windows(4).any(|part| part == b"Exif"));
        let db = &app.parts().db;
        for kind in ["photo_redacted", "copies_purged"] {
            assert_eq!(
                count(db, "event", &format!("kind = '{kind}'")).await,
                1,
                "{kind}"
            );
        }
        let original = sha256(pictures::scale());
        let kept = app.parts().objects.get(original).await.unwrap();
        assert_eq!(kept.as_deref(), Some(pictures::scale()));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_covered_photo_of_a_visit_is_shown_as_a_copy_and_its_original_as_it_is() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DeclarePhotos).await;
        let server = Server::start(&app, Mode::Production).await;
        let photo = flow.scene_photo();
        let token = crate::http_uploads::access_token(&app, "deng").await;
        let path = format!("/photos/{photo}");
        assert!(shown(&server, &path, &token).await == pictures::stall());
        app.as_("zhou")
            .run("RedactPhoto", cover(&app, photo))
            .await
            .ok();
        assert!(brightest(&shown(&server, &path, &token).await).0 < 12);
        let original = shown(&server, &format!("{path}/original"), &token).await;
        assert!(original == pictures::stall());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_redaction_is_taken_away_by_another_person_alone_and_once() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let photo = flow.report_photo();
        let variables = cover(&app, photo);
        let redaction = variables["input"]["id"].clone();
        let covered = app.as_("deng").run("RedactPhoto", variables).await.ok();
        assert_eq!(covered.data("redactPhoto.done"), &json!(true));
        app.advance(TimeDelta::minutes(1));
        let refused = app
            .as_("deng")
            .refused("RemoveRedaction", uncover(&app, photo, &redaction))
            .await;
        assert_eq!(refused, ["REDACTION_SAME_PERSON"]);
        let other = json!(app.new_id());
        let refused = app
            .as_("he")
            .refused("RemoveRedaction", uncover(&app, photo, &other))
            .await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.as_("he")
            .run("RemoveRedaction", uncover(&app, photo, &redaction))
            .await
            .ok();
        let refused = app
            .as_("he")
            .refused("RemoveRedaction", uncover(&app, photo, &redaction))
            .await;
        assert_eq!(refused, ["NOT_FOUND"], "it is gone");
        let token = crate::http_uploads::access_token(&app, "lin").await;
        let uncovered = shown(&server, &format!("/photos/{photo}"), &token).await;
        assert!(brightest(&uncovered).0 > 100);
        let report = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        let told = report.data("report.photos.0.redactions.0");
        assert_eq!(
            (&told["id"], &told["reason"]),
            (&redaction, &json!("照片中有路人面部"))
        );
        assert!(told["removedAt"].is_string() && told["removalReason"] == "该人已同意公开");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_covers_what_is_not_theirs_to_work_on_nor_beyond_the_picture() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let photo = flow.report_photo();
        for (who, code) in [
            ("luo", "DENIED"),
            ("gong", "NOT_FOUND"),
            ("peng", "NOT_FOUND"),
            ("wu", "DENIED"),
            ("yi", "DENIED"),
        ] {
            let refused = app
                .as_(who)
                .refused("RedactPhoto", cover(&app, photo))
                .await;
            assert_eq!(refused, [code], "{who}");
        }
        for (field, value, code) in [
            ("left", json!(10_000), "OUT_OF_RANGE"),
            ("width", json!(7_501), "OUT_OF_RANGE"),
            ("height", json!(0), "OUT_OF_RANGE"),
            ("top", json!(-1), "OUT_OF_RANGE"),
            ("reason", json!("脸"), "FIELD_TOO_SHORT"),
        ] {
            let mut variables = cover(&app, photo);
            variables["input"][field] = value;
            let refused = app.as_("deng").refused("RedactPhoto", variables).await;
            assert_eq!(refused, [code], "{field}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_keeps_a_copy_is_not_told_that_it_is_still_the_one() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for size in ["large", "small"] {
            let photo = reported(&app).await.report_photo();
            let token = crate::http_uploads::access_token(&app, "lin").await;
            let path = format!("/photos/{photo}/{size}");
            let ask = async |tag: &str| {
                let asked = server.get(&path).bearer_auth(&token);
                let asked = asked.header("If-None-Match", tag.to_owned());
                let answer = asked.send().await.unwrap();
                let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
                (answer.status(), tag)
            };
            let (_, kept) = ask("\"nothing\"").await;
            assert_eq!(ask(&kept).await.0, StatusCode::NOT_MODIFIED, "{size}");
            let covering = cover(&app, photo);
            app.as_("deng").run("RedactPhoto", covering).await.ok();
            let (status, now) = ask(&kept).await;
            assert_eq!(status, StatusCode::OK, "{size}");
            assert_ne!(now, kept, "{size}");
            assert!(brightest(&shown(&server, &path, &token).await).0 < 12);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_bytes_of_an_older_copy_leave_the_store_and_the_original_stays() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let (photo, objects) = (flow.report_photo(), &app.parts().objects);
        let token = crate::http_uploads::access_token(&app, "lin").await;
        let variables = cover(&app, photo);
        let redaction = variables["input"]["id"].clone();
        let mut seen = vec![shown(&server, &format!("/photos/{photo}/large"), &token).await];
        for (who, operation, variables) in [
            ("deng", "RedactPhoto", variables),
            ("he", "RemoveRedaction", uncover(&app, photo, &redaction)),
        ] {
            assert_eq!(objects.count(), 2, "the original and its copy");
            app.as_(who).run(operation, variables).await.ok();
            // The job alone, without the look that would find them later.
            let watcher: jobs::Watcher =
                Box::new(|kind, ended| assert_eq!(ended, Ended::Done, "{kind}"));
            let done = jobs::drain_lane(app.parts(), Lane::Objects, &watcher, || false).await;
            assert!(done.unwrap() > 0);
            assert_eq!(objects.count(), 1, "{operation}");
            assert_eq!(count(&app.parts().db, "photo_copy", "TRUE").await, 0);
            let now = shown(&server, &format!("/photos/{photo}/large"), &token).await;
            assert!(seen.last() != Some(&now), "{operation}");
            seen.push(now);
        }
        let mut found = Vec::new();
        let mut told = |difference| found.push(difference);
        let held = verify_objects(app.parts(), &mut told).await.unwrap();
        assert_eq!((held, found), (2, Vec::new()));
        let original = objects.get(sha256(pictures::scale())).await.unwrap();
        assert_eq!(original.as_deref(), Some(pictures::scale()));
    })
    .await;
}

#[tokio::test]
async fn copies_whose_making_was_cut_off_go_after_an_hour() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = crate::http_uploads::access_token(&app, "lin").await;
        shown(&server, &format!("/photos/{}", flow.report_photo()), &token).await;
        app.execute("UPDATE photo_copy SET state = 'coming'").await;
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count(), 2, "somebody may be at it");
        app.advance(TimeDelta::minutes(61));
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_copy_whose_bytes_are_gone_is_made_anew_for_whoever_looks_next() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let lin = app.as_("lin");
        let before = lin.look_at(flow.report_photo()).await.unwrap();
        if let Objects::Memory(kept) = &*app.parts().objects {
            kept.lock()
                .unwrap()
                .retain(|key, _| key.starts_with("originals/"));
        }
        assert!(lin.look_at(flow.report_photo()).await.unwrap() == before);
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count(), 2);
        assert_eq!(count(&app.parts().db, "photo_copy", "TRUE").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_copy_that_was_altered_in_the_store_is_shown_to_nobody_and_made_anew() {
    on_both(async |app| {
        let flow = reported(&app).await;
        let lin = app.as_("lin");
        let before = lin.look_at(flow.report_photo()).await.unwrap();
        // The original in the place of its copy, with all that the phone wrote into it.
        let mut altered = 0;
        if let Objects::Memory(kept) = &*app.parts().objects {
            for (key, bytes) in kept.lock().unwrap().iter_mut() {
                if key.starts_with("copies/") {
                    *bytes = pictures::scale().to_vec();
                    altered += 1;
                }
            }
        }
        assert_eq!(altered, 1);
        assert!(lin.look_at(flow.report_photo()).await.unwrap() == before);
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count(), 2);
        let db = &app.parts().db;
        assert_eq!(count(db, "photo_copy", "TRUE").await, 1);
        assert_eq!(count(db, "event", "kind = 'copies_purged'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn twenty_who_look_first_at_once_find_one_making_of_the_copies() {
    on_both_connected(8, async |app| {
        let flow = reported(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = crate::http_uploads::access_token(&app, "lin").await;
        let path = format!("/photos/{}/small", flow.report_photo());
        let looks = (0..20).map(|_| shown(&server, &path, &token));
        let seen = join_all(looks).await;
        assert!(seen.iter().all(|copy| *copy == seen[0]));
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count(), 2);
        assert_eq!(count(&app.parts().db, "photo_copy", "TRUE").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_photo_with_as_many_rectangles_as_it_may_have_is_named_when_one_more_is_refused() {
    on_both(async |app| {
        let photo = reported(&app).await.report_photo();
        let deng = app.as_("deng");
        for _ in 0..REDACTIONS_PER_PHOTO {
            deng.run("RedactPhoto", cover(&app, photo)).await.ok();
        }
        let before = app.census().await;
        let reply = deng.run("RedactPhoto", cover(&app, photo)).await;
        let problem = reply.data("redactPhoto.problems.0");
        assert_eq!(problem["code"], "FIELD_TOO_LONG");
        assert_eq!(problem["field"], "photoId");
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        app.drain_jobs().await;
    })
    .await;
}
