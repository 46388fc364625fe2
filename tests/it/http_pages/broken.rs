//! A form that breaks off, falls silent or is cut: what came whole of it waits for the same form.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use liangxin_app::app::sha256;
use liangxin_app::spool::Spool;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_web::body::Pace;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;

use super::more_photos::{add, followed_anew, more};
use super::{ANSWERS, empty_form, form, hidden, nothing_was_filed, receipt_code, send, track};
use crate::http_bodies::{begin, status};

/// A report form as it goes over the line.
fn written(shown: &str, photos: &[&[u8]]) -> Vec<u8> {
    let fields = ["id", "secret", "merchant", "division"];
    let fields = fields.map(|name| (name, hidden(shown, name)));
    let answers = ANSWERS.map(|(name, value)| (name, value.to_owned()));
    body_of(fields.into_iter().chain(answers), photos)
}

/// The form for more photos as it goes over the line.
fn more_written(shown: &str, photos: &[&[u8]]) -> Vec<u8> {
    let fields = ["code", "answer_id"];
    body_of(fields.map(|name| (name, hidden(shown, name))), photos)
}

fn body_of(fields: impl IntoIterator<Item = (&'static str, String)>, photos: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(format!("--b0\r\n{part}").as_bytes());
    }
    for bytes in photos {
        let part = "Content-Disposition: form-data; name=\"photo\"; filename=\"IMG_1.jpg\"";
        body.extend_from_slice(format!("--b0\r\n{part}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b0--\r\n");
    body
}

/// A server that waits for half a second for the next byte.
async fn impatient(app: &TestApp) -> Server {
    let pace = Pace {
        span: Duration::from_millis(500),
        least_bytes: 1,
        ..Pace::default()
    };
    Server::start_at_pace(app, Mode::Production, pace).await
}

/// The head of a form of so many bytes.
fn posted(path: &str, bytes: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b0\r\nContent-Length: {bytes}"
    )
}

/// A form that falls silent so many bytes before its end. Of a line that is ended at once, the library under the program
/// drops what it has not handed on yet.
async fn breaks_off(server: &Server, path: &str, body: &[u8], before_end: usize) {
    let mut line = begin(server, &posted(path, body.len())).await;
    line.write_all(&body[..body.len() - before_end])
        .await
        .unwrap();
    // The server answers when it has done with what came.
    let said = status(&mut line).await;
    assert!(said.starts_with("HTTP/1.1 "), "{said}");
}

#[tokio::test]
async fn photos_that_came_whole_before_a_form_broke_off_are_shown_before_anything_is_filed() {
    on_both(async |app| {
        let server = impatient(&app).await;
        let shown = empty_form(&server).await;
        let photos = [pictures::scale(), pictures::stall(), pictures::stroke()];
        breaks_off(&server, "/report", &written(&shown, &photos), 200).await;
        let db = &app.parts().db;
        assert_eq!(count(db, "draft_photo", "TRUE").await, 2);
        // Sent again with one of them, it comes back with the other: who sends it may have left it out.
        let again = form(&shown, &ANSWERS, &[pictures::stall()]);
        let (status, back) = send(&server, again).await;
        assert_eq!(status, 422);
        assert!(
            back.contains("before your last sending broke off"),
            "{back}"
        );
        nothing_was_filed(&app).await;
        let kept = [1, 2].map(|n| hidden(&back, &format!("kept_photo_{n}")));
        assert!(!back.contains("kept_photo_3"));
        let of = |bytes: &[u8]| format!("{}.{}", sha256(bytes), bytes.len());
        assert_eq!(kept, [of(pictures::stall()), of(pictures::scale())]);
        // Whatever is left out then is not asked about again.
        let [one, other] = kept;
        let last = form(&back, &ANSWERS, &[])
            .text("shown_photo_1", one.clone())
            .text("shown_photo_2", other)
            .text("kept_photo_1", one);
        let (status, receipt) = send(&server, last).await;
        assert_eq!(status, 200, "{receipt}");
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 1);
        assert_eq!(count(db, "draft_photo", "TRUE").await, 0);
        app.drain_jobs().await;
    })
    .await;
}

/// The application with a place of its own for bodies on their way.
fn with_own_spool(app: &TestApp) -> (TempDir, TestApp) {
    let directory = tempfile::tempdir().unwrap();
    let spool = Arc::new(Spool::open(directory.path().to_owned(), 0).unwrap());
    let app = app.with(|parts| parts.spool = spool);
    (directory, app)
}

/// Sends a form with three photos over a line that is cut in the last of them, and waits until the others wait.
async fn cut(app: &TestApp, (server, path): (&Server, &str), body: &[u8], spool: &Path) {
    let mut line = begin(server, &posted(path, body.len())).await;
    line.write_all(&body[..body.len() - 100_000]).await.unwrap();
    let db = &app.parts().db;
    let cut = async {
        // Once the third is there in part, the two before it are whole.
        while fs::read_dir(spool).unwrap().count() < 3 {
            tokio::task::yield_now().await;
        }
        line.set_zero_linger().unwrap();
        drop(line);
        while count(db, "draft_photo", "TRUE").await < 2 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(60), cut).await.unwrap();
}

#[tokio::test]
async fn photos_that_came_whole_before_the_line_was_cut_wait_for_the_form() {
    on_both(async |app| {
        let (directory, app) = with_own_spool(&app);
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let last = pictures::large(1, 300_000);
        let body = written(&shown, &[pictures::scale(), pictures::stall(), &last]);
        cut(&app, (&server, "/report"), &body, directory.path()).await;
        let (status, back) = send(&server, form(&shown, &ANSWERS, &[])).await;
        assert_eq!(status, 422, "both are shown before anything is filed");
        hidden(&back, "kept_photo_2");
        nothing_was_filed(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_form_that_comes_again_whole_after_it_broke_off_is_filed_at_once_and_once() {
    on_both(async |app| {
        let server = impatient(&app).await;
        let shown = empty_form(&server).await;
        let photos = [pictures::scale(), pictures::stall()];
        breaks_off(&server, "/report", &written(&shown, &photos), 200).await;
        let whole = || form(&shown, &ANSWERS, &photos);
        let (status, receipt) = send(&server, whole()).await;
        assert_eq!(status, 200, "{receipt}");
        let (_, again) = send(&server, whole()).await;
        assert_eq!(receipt_code(&again), receipt_code(&receipt));
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 2);
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count_parts(), 0);
    })
    .await;
}

#[tokio::test]
async fn more_photos_that_came_whole_before_the_line_was_cut_wait_for_whoever_shows_the_code() {
    on_both(async |app| {
        let (directory, app) = with_own_spool(&app);
        let server = Server::start(&app, Mode::Production).await;
        let (code, page) = followed_anew(&server).await;
        let last = pictures::large(1, 300_000);
        let body = more_written(&page, &[pictures::scale(), pictures::stall(), &last]);
        cut(&app, (&server, "/track/photos"), &body, directory.path()).await;
        // The page is fetched anew, so the form has another id.
        let (_, shown) = track(&server, &code).await;
        assert_ne!(hidden(&shown, "answer_id"), hidden(&page, "answer_id"));
        let kept = [1, 2].map(|n| (format!("kept_photo_{n}"), format!("shown_photo_{n}")));
        let mut sent = more(&code, &hidden(&shown, "answer_id"), &[&last]);
        for (number, (ticked, there)) in (1..).zip(kept) {
            let value = hidden(&shown, &ticked);
            sent = sent.text(there, value.clone());
            // The second is left out.
            if number == 1 {
                sent = sent.text(ticked, value);
            }
        }
        let (status, added) = add(&server, sent).await;
        assert_eq!(status, 200, "{added}");
        assert!(added.contains("2 of 2 received"), "{added}");
        assert!(!added.contains("kept_photo_1"), "{added}");
        assert_eq!(count(&app.parts().db, "draft_photo", "TRUE").await, 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn more_photos_of_a_form_that_fell_silent_are_shown_before_any_is_added() {
    on_both(async |app| {
        let server = impatient(&app).await;
        let (code, page) = followed_anew(&server).await;
        let photos = [pictures::scale(), pictures::stall()];
        breaks_off(&server, "/track/photos", &more_written(&page, &photos), 200).await;
        let db = &app.parts().db;
        assert_eq!(count(db, "draft_photo", "TRUE").await, 1);
        let other = more(&code, &hidden(&page, "answer_id"), &[pictures::stroke()]);
        let (status, back) = add(&server, other).await;
        assert_eq!(status, 200);
        assert!(
            back.contains("before your last sending broke off"),
            "{back}"
        );
        hidden(&back, "kept_photo_2");
        assert_eq!(count(db, "photo", "TRUE").await, 0);
        // Sent again whole, by a reload, it is taken at once.
        let photos = [pictures::scale(), pictures::stroke()];
        let whole = || more(&code, &hidden(&page, "answer_id"), &photos);
        for _ in 0..2 {
            let (status, added) = add(&server, whole()).await;
            assert_eq!(status, 200);
            assert!(added.contains("2 of 2 received"), "{added}");
        }
        assert_eq!(count(db, "draft_photo", "TRUE").await, 0);
        app.drain_jobs().await;
    })
    .await;
}
