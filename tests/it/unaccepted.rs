//! Photos of reports that nobody has taken in are bounded all together.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use liangxin_app::unaccepted::Unaccepted;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::contract;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_web::body::Pace;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;
use uuid::Uuid;

use crate::http_bodies::{begin, status, upload_head, upload_token};

/// The application with a bound.
fn bounded(app: &TestApp, most_bytes: usize) -> TestApp {
    let most = u64::try_from(most_bytes).unwrap();
    app.with(|parts| parts.unaccepted = Unaccepted::new(most).into())
}

async fn send(server: &Server, (token, photo): (&str, Uuid), bytes: &[u8]) -> u16 {
    let sent = server
        .post("/uploads")
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", bytes.len())
        .header(
            "Upload-Metadata",
            format!("id {}", STANDARD.encode(photo.to_string())),
        )
        .header("Content-Type", "application/offset+octet-stream")
        .bearer_auth(token)
        .body(bytes.to_vec());
    sent.send().await.unwrap().status().as_u16()
}

async fn told(server: &Server) -> String {
    let figures = server.get("/metrics").send().await.unwrap();
    let figures = figures.text().await.unwrap();
    let line = figures
        .lines()
        .find(|line| line.starts_with("liangxin_unaccepted_photo_bytes "));
    line.unwrap().rsplit(' ').next().unwrap().to_owned()
}

#[tokio::test]
async fn when_too_much_waits_photos_of_strangers_wait_and_all_else_goes_on() {
    on_both(async |app| {
        let photo = pictures::scale();
        let app = bounded(&app, photo.len() + 1);
        let server = Server::start(&app, Mode::Production).await;
        let visit = Flow::after(&app, Step::ArriveToo).await;
        visit.take(Step::DeclarePhotos).await;
        let [first, second] = [Flow::new(&app), Flow::new(&app)];
        let tokens = [upload_token(&first).await, upload_token(&second).await];
        let first_photo = (tokens[0].as_str(), first.report_photo());
        let second_photo = (tokens[1].as_str(), second.report_photo());
        assert_eq!(told(&server).await, "0");
        assert_eq!(send(&server, first_photo, photo).await, 201);
        assert_eq!(told(&server).await, photo.len().to_string());
        assert_eq!(send(&server, second_photo, photo).await, 503);
        let report = Flow::new(&app).changed(Step::FileReport, json!({ "photos": [] }));
        let operation = contract::operation("FileReport");
        server.ask(&operation, &report).await.ok();
        visit.send_photos().await;
        // Somebody takes the first one in, and a minute later everybody knows.
        first.take(Step::AcceptReport).await;
        assert_eq!(send(&server, second_photo, photo).await, 503);
        app.advance(TimeDelta::minutes(1));
        assert_eq!(send(&server, second_photo, photo).await, 201);
        assert_eq!(told(&server).await, photo.len().to_string());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_that_come_at_once_do_not_count_on_the_same_room() {
    on_both(async |app| {
        let bounded = bounded(&app, 100);
        let parts = bounded.parts();
        let coming = parts.admit_photos(60).await.unwrap();
        let refused = parts.admit_photos(60).await.unwrap_err();
        assert_eq!(refused.refusal().code.as_str(), "UNAVAILABLE");
        let small = parts.admit_photos(40).await.unwrap();
        // One broke off: its room is there for the next.
        drop(coming);
        let next = parts.admit_photos(60).await.unwrap();
        assert!(parts.admit_photos(1).await.is_err());
        drop((small, next));
        assert_eq!(parts.unaccepted_bytes().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_photo_that_is_refused_leaves_its_room_to_others() {
    on_both(async |app| {
        let photo = pictures::scale();
        let app = bounded(&app, photo.len());
        let server = Server::start(&app, Mode::Production).await;
        let flow = Flow::new(&app);
        let token = upload_token(&flow).await;
        let other = vec![0; photo.len()];
        for (bytes, status) in [(other.as_slice(), 409), (photo, 201)] {
            let sent = send(&server, (&token, flow.report_photo()), bytes).await;
            assert_eq!(sent, status);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn another_process_counts_what_this_one_kept() {
    on_both(async |app| {
        let photo = pictures::scale();
        let flow = Flow::after(&app, Step::FileReport).await;
        let reporter = app.reporter(&flow.receipt_code().await);
        reporter.upload(flow.report_photo(), photo).await.unwrap();
        let bytes = u64::try_from(photo.len()).unwrap();
        for held in [&app, &bounded(&app, 0)] {
            assert_eq!(held.parts().unaccepted_bytes().await.unwrap(), bytes);
        }
        let full = bounded(&app, photo.len());
        assert!(full.parts().admit_photos(0).await.is_ok());
        let refused = full.parts().admit_photos(1).await.unwrap_err();
        assert_eq!(refused.refusal().code.as_str(), "UNAVAILABLE");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_sends_a_byte_now_and_then_leaves_the_room_to_others_and_arrives_all_the_same() {
    on_both_connected(4, async |app| {
        let photo = pictures::scale();
        let app = bounded(&app, 2 * photo.len() - 1);
        let pace = Pace {
            silence: Duration::from_secs(3),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let [slow, other] = [Flow::new(&app), Flow::new(&app)];
        let tokens = [upload_token(&slow).await, upload_token(&other).await];
        let mut line = begin(&server, &upload_head(&slow, &tokens[0], photo.len())).await;
        let mut bytes = photo.iter();
        let mut send_one = async || {
            line.write_all(&[*bytes.next().unwrap()]).await.unwrap();
            line.flush().await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        let taken = async {
            let bytes = u64::try_from(photo.len()).unwrap();
            while app.parts().admit_photos(bytes).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(20), taken).await.unwrap();
        let sent = (tokens[1].as_str(), other.report_photo());
        let arrives = async {
            while send(&server, sent, photo).await != 201 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::pin!(arrives);
        let arrives = async {
            while timeout(Duration::ZERO, &mut arrives).await.is_err() {
                send_one().await;
            }
        };
        let arrived = timeout(Duration::from_secs(60), arrives).await;
        arrived.expect("the room is held for ever");
        // The other one's photo is taken in, and a minute later there is room for this one too.
        let accepted = other.take(Step::AcceptReport);
        tokio::pin!(accepted);
        while timeout(Duration::ZERO, &mut accepted).await.is_err() {
            send_one().await;
        }
        // A byte may have had the sum asked for just before, so that it is asked for once more.
        let room = async {
            let bytes = u64::try_from(photo.len()).unwrap();
            app.advance(TimeDelta::minutes(1));
            while app.parts().admit_photos(bytes).await.is_err() {
                app.advance(TimeDelta::minutes(1));
            }
        };
        timeout(Duration::from_secs(20), room).await.unwrap();
        let rest: Vec<u8> = bytes.copied().collect();
        line.write_all(&rest).await.unwrap();
        let said = status(&mut line).await;
        assert!(said.contains("201"), "{said}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn while_the_database_is_away_what_was_last_known_counts_for_an_hour() {
    on_both(async |app| {
        let own = TestApp::open(app.database_url(), 2).await;
        let [knows, other] = [bounded(&own, 100), bounded(&own, 100)];
        let parts = knows.parts();
        drop(parts.admit_photos(1).await.unwrap());
        parts.db.close().await.unwrap();
        // A process that never knew takes nothing.
        assert!(other.parts().admit_photos(1).await.is_err());
        knows.advance(TimeDelta::minutes(59));
        let coming = parts.admit_photos(60).await.unwrap();
        // The bound holds all the same.
        assert!(parts.admit_photos(60).await.is_err());
        drop(coming);
        assert_eq!(parts.unaccepted_bytes().await.unwrap(), 0);
        knows.advance(TimeDelta::minutes(1));
        let refused = parts.admit_photos(1).await.unwrap_err();
        assert_eq!(refused.refusal().code.as_str(), "UNAVAILABLE");
    })
    .await;
}
