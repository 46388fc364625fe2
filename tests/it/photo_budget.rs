//! What photos of strangers take from what there is for the network address that they come from: a budget, and places.

use std::time::Duration;

use chrono::TimeDelta;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::Flow;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_tests::tus::Tus;
use liangxin_web::body::Pace;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;

use crate::bad_lines::{kept, report};
use crate::http_bodies::{begin, head_of, status, upload_token};
use crate::http_uploads::upload;

/// Sends photos from the address of the tests until it may send no more.
fn spend_all(app: &TestApp) {
    let budgets = &app.parts().budgets;
    while budgets
        .send_photos(0..100_000_000, "127.0.0.1", app.now())
        .is_ok()
    {}
}

#[tokio::test]
async fn who_announces_photos_and_sends_none_takes_nothing_from_who_shares_the_address() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        // What is left nobody can read from an answer.
        let is_spent = || format!("{:?}", app.parts().budgets).contains("Photos");
        let (flow, photo) = (Flow::new(&app), pictures::scale());
        let phone = Tus::new(&server.url, &upload_token(&flow).await);
        for _ in 0..2 {
            let begun = phone.create(flow.report_photo(), photo.len()).await;
            assert_eq!(begun.unwrap().status, 201);
        }
        assert!(!is_spent());
        phone.send(flow.report_photo(), photo).await.unwrap();
        assert!(is_spent());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_an_address_may_not_send_is_refused_unread_and_goes_on_in_six_hours() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (flow, photo) = (Flow::new(&app), pictures::scale());
        let token = upload_token(&flow).await;
        let phone = Tus::new(&server.url, &token);
        let begun = phone.create(flow.report_photo(), photo.len()).await;
        let path = begun.unwrap().location.unwrap();
        let half = phone.patch(&path, 0, &photo[..2000]).await.unwrap();
        assert_eq!(half.offset, Some(2000));
        spend_all(&app);
        let refused = phone.patch(&path, 2000, &photo[2000..]).await.unwrap();
        let said = (refused.status, refused.code.as_deref());
        assert_eq!(said, (429, Some("TOO_MANY_ATTEMPTS")));
        let whole = upload(&server, flow.report_photo(), photo).bearer_auth(&token);
        assert_eq!(whole.send().await.unwrap().status(), 429);
        assert_eq!(phone.head(&path).await.unwrap().offset, Some(2000));
        app.advance(TimeDelta::hours(6));
        let rest = phone.patch(&path, 2000, &photo[2000..]).await.unwrap();
        assert_eq!(rest.status, 204);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_in_whose_middle_the_budget_ends_is_kept_as_far_as_it_came() {
    on_both(async |app| {
        let pace = Pace {
            keep_every: Duration::from_millis(20),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let photo = pictures::large(1, 250_000);
        let (token, ids) = report(&app, std::slice::from_ref(&photo)).await;
        let phone = Tus::new(&server.url, &token);
        let begun = phone.create(ids[0], photo.len()).await.unwrap();
        let path = begun.location.unwrap();
        let head = format!(
            "PATCH {path} HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n\
             Content-Type: application/offset+octet-stream\r\nAuthorization: Bearer {token}\r\n\
             Content-Length: {}",
            photo.len()
        );
        let mut line = begin(&server, &head).await;
        line.write_all(&photo[..150_000]).await.unwrap();
        kept(&app, 150_000).await;
        spend_all(&app);
        line.write_all(&photo[150_000..]).await.unwrap();
        let said = status(&mut line).await;
        assert!(said.contains("429"), "{said}");
        let stands = phone.head(&path).await.unwrap().offset;
        // What was taken from the budget already is its sender's.
        assert!(stands.is_some_and(|offset| (150_000..=200_000).contains(&offset)));
        app.advance(TimeDelta::hours(6));
        phone.send(ids[0], &photo).await.unwrap();
        app.drain_jobs().await;
    })
    .await;
}

/// Waits until so many uploads are being received.
async fn received(app: &TestApp, uploads: i64) {
    let are_received = async {
        while count(&app.parts().db, "upload", "holder IS NOT NULL").await < uploads {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let in_time = timeout(Duration::from_secs(60), are_received).await;
    in_time.unwrap_or_else(|_| panic!("{uploads} uploads were not begun"));
}

#[tokio::test]
async fn photos_that_come_as_slowly_as_they_may_keep_nobody_elses_from_arriving() {
    on_both_connected(4, async |app| {
        // Eight places for strangers.
        let server = Server::with_connections(&app, 16).await;
        let photos: Vec<_> = (1..=8).map(|n| pictures::large(n, 30_000)).collect();
        let (token, ids) = report(&app, &photos).await;
        let mut lines = Vec::new();
        for (place, (id, photo)) in (1..).zip(ids.iter().zip(&photos)) {
            let head = head_of(*id, &token, photo.len());
            let mut line = begin(&server, &head).await;
            line.write_all(&photo[..1]).await.unwrap();
            received(&app, place).await;
            lines.push(line);
        }
        let other = Flow::new(&app);
        let token = upload_token(&other).await;
        let sent = upload(&server, other.report_photo(), pictures::scale()).bearer_auth(&token);
        assert_eq!(sent.send().await.unwrap().status(), 201);
        // The oldest gave way, and goes on when it comes again; the others arrive.
        let said = status(&mut lines[0]).await;
        assert!(said.contains("503"), "{said}");
        lines[1].write_all(&photos[1][1..]).await.unwrap();
        let said = status(&mut lines[1]).await;
        assert!(said.contains("201"), "{said}");
        drop(lines);
        app.drain_jobs().await;
    })
    .await;
}
