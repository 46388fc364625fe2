//! A form that comes back holds what was filled in and the photos that arrived: in the other language, after a restart, on
//! another replica, and when the objects could not be reached at once.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_app::budget::DraftRoom;
use liangxin_app::ports::objects::Objects;
use liangxin_app::spool::Spool;
use liangxin_app::turns::Turns;
use liangxin_app::work::Db;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use liangxin_web::body::Pace;
use reqwest::multipart::Form;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;

use super::{ANSWERS, empty_form, form, hidden, nothing_was_filed, receipt_code, send};
use crate::http_bodies::{begin, status};

#[tokio::test]
async fn switching_the_language_files_nothing_and_loses_neither_answers_nor_photos_nor_the_password()
 {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let half = [
            ANSWERS[0],
            ANSWERS[3],
            ("claim_password", "three blue scales"),
        ];
        let photos = [pictures::scale(), pictures::stall()];
        let switched = form(&shown, &half, &photos).text("switch", "1");
        let (status, other) = send(&server, switched).await;
        assert_eq!(status, 200, "{other}");
        assert!(
            !other.contains("role=\"alert\""),
            "nobody asked whether it is complete"
        );
        for kept in ["五花肉", "three blue scales", "name=\"kept_photo_2\""] {
            assert!(other.contains(kept), "{kept}");
        }
        assert_eq!(hidden(&other, "id"), hidden(&shown, "id"));
        nothing_was_filed(&app).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_wait_over_a_restart_and_on_another_replica_and_go_when_the_form_is_filed() {
    on_both(async |app| {
        let first = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&first).await;
        let mut wrong = ANSWERS;
        wrong[3].1 = "many";
        let photos = [pictures::scale(), pictures::stall()];
        let (_, back) = send(&first, form(&shown, &wrong, &photos)).await;
        let (_, again) = send(&first, form(&shown, &wrong, &photos)).await;
        assert_eq!(
            hidden(&again, "kept_photo_1"),
            hidden(&back, "kept_photo_1")
        );
        assert_eq!(
            count(&app.parts().db, "draft_photo", "TRUE").await,
            2,
            "each is kept once"
        );
        drop(first);
        let second = Server::start(&app, Mode::Production).await;
        let mut corrected = form(&back, &ANSWERS, &[]);
        for name in ["kept_photo_1", "kept_photo_2"] {
            corrected = corrected.text(name, hidden(&back, name));
        }
        let (status, receipt) = send(&second, corrected).await;
        assert_eq!(status, 200, "{receipt}");
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 2);
        assert_eq!(count(db, "draft_photo", "TRUE").await, 0);
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count_parts(), 0);
    })
    .await;
}

/// A form as it goes over the line.
fn written(shown: &str, photos: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    let fields = ["id", "secret", "merchant", "division"];
    let fields = fields.map(|name| (name, hidden(shown, name)));
    let answers = ANSWERS.map(|(name, value)| (name, value.to_owned()));
    for (name, value) in fields.into_iter().chain(answers) {
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
fn posted(bytes: usize) -> String {
    format!(
        "POST /report HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b0\r\nContent-Length: {bytes}"
    )
}

/// A form that falls silent so many bytes before its end. Of a line that is ended at once, the library under the program
/// drops what it has not handed on yet.
async fn breaks_off(server: &Server, body: &[u8], before_end: usize) {
    let mut line = begin(server, &posted(body.len())).await;
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
        breaks_off(&server, &written(&shown, &photos), 200).await;
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

#[tokio::test]
async fn photos_that_came_whole_before_the_line_was_cut_wait_for_the_form() {
    on_both(async |app| {
        let directory = tempfile::tempdir().unwrap();
        let spool = Arc::new(Spool::open(directory.path().to_owned(), 0).unwrap());
        let app = app.with(|parts| parts.spool = spool);
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let last = pictures::large(1, 300_000);
        let body = written(&shown, &[pictures::scale(), pictures::stall(), &last]);
        let mut line = begin(&server, &posted(body.len())).await;
        line.write_all(&body[..body.len() - 100_000]).await.unwrap();
        let db = &app.parts().db;
        let cut = async {
            // Once the third is there in part, the two before it are whole.
            while fs::read_dir(directory.path()).unwrap().count() < 3 {
                tokio::task::yield_now().await;
            }
            line.set_zero_linger().unwrap();
            drop(line);
            while count(db, "draft_photo", "TRUE").await < 2 {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(60), cut).await.unwrap();
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
        breaks_off(&server, &written(&shown, &photos), 200).await;
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
async fn a_server_that_is_too_busy_loses_neither_answers_nor_photos_nor_the_password() {
    on_both(async |app| {
        let busy = app.with(|parts| {
            parts.turns = Turns::within(0, Duration::ZERO, Duration::ZERO).into();
        });
        let server = Server::start(&busy, Mode::Production).await;
        let shown = empty_form(&server).await;
        let photos = [pictures::scale(), pictures::stall()];
        let sent = form(&shown, &ANSWERS, &photos).text("claim_password", "three blue scales");
        let (status, back) = send(&server, sent).await;
        assert_eq!(status, 503, "{back}");
        for kept in ["五花肉", "three blue scales", "name=\"kept_photo_2\""] {
            assert!(back.contains(kept), "{kept}");
        }
        assert_eq!(hidden(&back, "id"), hidden(&shown, "id"));
        nothing_was_filed(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let mut sent = form(&back, &ANSWERS, &[]);
        for name in ["kept_photo_1", "kept_photo_2"] {
            sent = sent.text(name, hidden(&back, name));
        }
        let (status, receipt) = send(&server, sent).await;
        assert_eq!(status, 200, "{receipt}");
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_away_takes_neither_answers_nor_photos_nor_the_password_with_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let gone = Db::connect(app.database_url(), 1).await.unwrap();
        gone.close().await.unwrap();
        let away = app.with(|parts| parts.db = gone);
        let server = Server::start(&away, Mode::Production).await;
        let photos = [pictures::scale(), pictures::stall()];
        let sent = form(&shown, &ANSWERS, &photos).text("claim_password", "three blue scales");
        let (status, back) = send(&server, sent).await;
        assert_eq!(status, 503, "{back}");
        for kept in ["五花肉", "three blue scales", "name=\"kept_photo_2\""] {
            assert!(back.contains(kept), "{kept}");
        }
        let asked = ["id", "secret", "merchant", "division"];
        assert_eq!(
            asked.map(|name| hidden(&back, name)),
            asked.map(|name| hidden(&shown, name))
        );
        nothing_was_filed(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let mut sent = form(&back, &ANSWERS, &[]);
        for name in ["kept_photo_1", "kept_photo_2"] {
            sent = sent.text(name, hidden(&back, name));
        }
        let (status, receipt) = send(&server, sent).await;
        assert_eq!(status, 200, "{receipt}");
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_that_wait_longest_make_room_and_one_address_fills_no_more_than_its_share() {
    on_both(async |app| {
        let few = DraftRoom {
            photos: 2,
            ..DraftRoom::default()
        };
        let [scale, stall] = [pictures::scale(), pictures::stall()];
        let small = DraftRoom {
            bytes: u64::try_from(2 * scale.len()).unwrap(),
            ..few
        };
        let mut wrong = ANSWERS;
        wrong[3].1 = "many";
        let waits = async |back: &str| {
            let name = "kept_photo_1";
            let kept = form(back, &wrong, &[]).text(name, hidden(back, name));
            let server = Server::start(&app, Mode::Production).await;
            let (_, again) = send(&server, kept).await;
            again.contains(name)
        };
        for room in [few, small] {
            let app = app.with(|parts| parts.drafts = room);
            let server = Server::start(&app, Mode::Production).await;
            let mut backs = Vec::new();
            for _ in 0..3 {
                app.advance(TimeDelta::seconds(1));
                let shown = empty_form(&server).await;
                let (_, back) = send(&server, form(&shown, &wrong, &[scale])).await;
                backs.push(back);
            }
            for (back, is_there) in backs.iter().zip([false, true, true]) {
                assert_eq!(waits(back).await, is_there, "{room:?}");
            }
            app.drain_jobs().await;
            assert_eq!(app.parts().objects.count_parts(), 2);
        }
        let app = app.with(|parts| parts.budgets = Arc::default());
        let server = Server::start(&app, Mode::Production).await;
        let budgets = &app.parts().budgets;
        let spent = budgets.keep_drafts(500_000_000, "127.0.0.1", app.now());
        assert!(spent.is_ok(), "{spent:?}");
        let shown = empty_form(&server).await;
        let (status, back) = send(&server, form(&shown, &wrong, &[stall])).await;
        assert_eq!(status, 422);
        assert!(back.contains("The photos could not be kept"), "{back}");
        assert_eq!(count(&app.parts().db, "draft_photo", "TRUE").await, 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_form_of_which_somebody_knows_the_number_alone_shows_nobody_its_photos() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (shown, stranger) = (empty_form(&server).await, empty_form(&server).await);
        let mut wrong = ANSWERS;
        wrong[3].1 = "many";
        let (_, back) = send(&server, form(&shown, &wrong, &[pictures::scale()])).await;
        let kept = hidden(&back, "kept_photo_1");
        let guessed = form(&stranger, &ANSWERS, &[]).text("kept_photo_1", kept);
        let (status, refused) = send(&server, guessed).await;
        assert_eq!(status, 422);
        assert!(
            refused.contains("Photo 1: It has waited too long"),
            "{refused}"
        );
        nothing_was_filed(&app).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_could_not_be_kept_is_told_and_is_kept_when_it_comes_again() {
    on_both(async |app| {
        let broken = app.with(|parts| {
            parts.objects = Arc::new(Objects::Folder("/dev/null/nowhere".into()));
        });
        let server = Server::start(&broken, Mode::Production).await;
        let shown = empty_form(&server).await;
        let mut wrong = ANSWERS;
        wrong[3].1 = "many";
        let (status, lost) = send(&server, form(&shown, &wrong, &[pictures::scale()])).await;
        assert_eq!(status, 422);
        assert!(lost.contains("The photos could not be kept"), "{lost}");
        assert!(!lost.contains("kept_photo_1"));
        let server = Server::start(&app, Mode::Production).await;
        let (_, back) = send(&server, form(&shown, &wrong, &[pictures::scale()])).await;
        let kept = hidden(&back, "kept_photo_1");
        let corrected = form(&back, &ANSWERS, &[]).text("kept_photo_1", kept);
        let (status, receipt) = send(&server, corrected).await;
        assert_eq!(status, 200, "{receipt}");
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn one_tick_decides_whether_the_place_of_the_photos_is_told_and_comes_back_with_the_form() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let told = "report_id IS NOT NULL AND place_told";
        for (is_ticked, told_then) in [(false, 0), (true, 1)] {
            let shown = empty_form(&server).await;
            let ticked = |form: Form| match is_ticked {
                true => form.text("photo_place", "1"),
                false => form,
            };
            let mut wrong = ANSWERS;
            wrong[3].1 = "many";
            let (_, back) = send(&server, ticked(form(&shown, &wrong, &[]))).await;
            let (_, tick) = back.split_once("name=\"photo_place\"").unwrap();
            let tick = tick.split('>').next().unwrap();
            assert_eq!(tick.contains("checked"), is_ticked, "{tick}");
            let sent = ticked(form(&shown, &ANSWERS, &[pictures::scale()]));
            let (status, receipt) = send(&server, sent).await;
            assert_eq!(status, 200, "{receipt}");
            assert_eq!(count(&app.parts().db, "photo", told).await, told_then);
        }
        app.drain_jobs().await;
    })
    .await;
}
