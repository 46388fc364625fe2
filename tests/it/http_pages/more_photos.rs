//! Photos that a reporter adds on the page on which the report is followed.

use std::sync::Arc;
use std::time::Duration;

use liangxin_app::ports::objects::Objects;
use liangxin_app::turns::Turns;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::multipart::{Form, Part};

use super::{ANSWERS, empty_form, form, hidden, receipt_code, send, track};

/// A report that was just filed: its receipt code, and the page on which it is followed.
pub(super) async fn followed_anew(server: &Server) -> (String, String) {
    let shown = empty_form(server).await;
    let (status, receipt) = send(server, form(&shown, &ANSWERS, &[])).await;
    assert_eq!(status, 200, "{receipt}");
    let code = receipt_code(&receipt);
    let (_, followed) = track(server, &code).await;
    (code, followed)
}

/// The form for more photos as a browser sends it.
pub(super) fn more(code: &str, id: &str, photos: &[&[u8]]) -> Form {
    let mut form = Form::new()
        .text("code", code.to_owned())
        .text("answer_id", id.to_owned());
    for bytes in photos {
        let part = Part::bytes(bytes.to_vec()).file_name("IMG_0002.jpg");
        form = form.part("photo", part);
    }
    form
}

/// What is answered to the form for more photos.
pub(super) async fn add(server: &Server, form: Form) -> (u16, String) {
    let sent = server
        .post("/track/photos")
        .header("Accept-Language", "en")
        .multipart(form);
    let answer = sent.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_receipt_says_how_many_photos_are_held_and_more_can_follow_from_the_page_of_the_report() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let (status, receipt) = send(&server, form(&shown, &ANSWERS, &[])).await;
        assert_eq!(status, 200, "{receipt}");
        assert!(receipt.contains("None; they can be added at any time"));
        let code = receipt_code(&receipt);
        assert!(
            hidden(&receipt, "code").starts_with(&code[..4]),
            "nobody types it again"
        );
        let (_, followed) = track(&server, &code).await;
        let id = hidden(&followed, "answer_id");
        let photos = [pictures::stall(), b"a letter, not a photo".as_slice()];
        for _ in 0..2 {
            let (status, page) = add(&server, more(&code, &id, &photos)).await;
            assert_eq!(status, 200, "{page}");
            assert!(page.contains("1 of 1 received"), "{page}");
            assert!(
                page.contains("Photo 2: Not a photo of a known kind"),
                "{page}"
            );
        }
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 1);
        assert_eq!(count(db, "event", "kind = 'report_photos_added'").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_adds_photos_without_the_code_of_the_report() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let before = app.census().await;
        let id = app.new_id().to_string();
        let sent = more("7QK2M4XW9T7QK2M4XW9T", &id, &[pictures::stall()]);
        let (status, page) = add(&server, sent).await;
        assert_eq!(status, 422, "{page}");
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        assert_eq!(app.parts().objects.count(), 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_that_come_with_a_code_that_opens_nothing_are_paid_for_by_their_sender() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        // What is left nobody can read from an answer.
        let is_spent = || format!("{:?}", app.parts().budgets).contains("Photos");
        assert!(!is_spent());
        let sent = more(
            "7QK2M4XW9T7QK2M4XW9T",
            &app.new_id().to_string(),
            &[pictures::stall()],
        );
        let (status, page) = add(&server, sent).await;
        assert_eq!(status, 422, "{page}");
        assert!(is_spent(), "with the wrong code");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_that_show_nothing_are_told_on_the_receipt_and_on_the_page_of_the_report() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let blank = pictures::blank().unwrap();
        let photos = [pictures::scale(), blank.as_slice()];
        let (status, receipt) = send(&server, form(&shown, &ANSWERS, &photos)).await;
        assert_eq!(status, 200, "{receipt}");
        assert!(receipt.contains("2 of 2 received"), "{receipt}");
        assert!(receipt.contains("Of one colour all over: 1."), "{receipt}");
        let code = receipt_code(&receipt);
        let (_, followed) = track(&server, &code).await;
        assert!(followed.contains("其中 1 张整幅只有一种颜色"), "{followed}");
        let id = hidden(&followed, "answer_id");
        let mut other = blank.clone();
        other.push(0);
        let (_, page) = add(&server, more(&code, &id, &[&other, pictures::stall()])).await;
        assert!(page.contains("Of one colour all over: 2."), "{page}");
        app.drain_jobs().await;
    })
    .await;
}

/// The form that came back, sent again with the photos that wait.
fn again(code: &str, back: &str, waiting: usize) -> Form {
    let mut form = more(code, &hidden(back, "answer_id"), &[]);
    for number in 1..=waiting {
        let name = format!("kept_photo_{number}");
        form = form.text(name.clone(), hidden(back, &name));
    }
    form
}

#[tokio::test]
async fn a_database_that_is_away_takes_no_more_photos_with_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let (code, page) = followed_anew(&server).await;
        // Others came a moment ago, so that it is known how much room there is.
        let other = empty_form(&server).await;
        send(&server, form(&other, &[ANSWERS[0]], &[pictures::stroke()])).await;
        server.lose_database().await;
        let photos = [pictures::scale(), pictures::stall()];
        let (status, back) = add(&server, more(&code, &hidden(&page, "answer_id"), &photos)).await;
        assert_eq!(status, 503, "{back}");
        assert_eq!(receipt_code_in(&back), receipt_code_in(&page));
        // The database is there again, and shows both to whoever has the code.
        let server = Server::start(&app, Mode::Production).await;
        let (_, shown) = track(&server, &code).await;
        for number in 1..=2 {
            let name = format!("kept_photo_{number}");
            assert_eq!(hidden(&shown, &name), hidden(&back, &name));
        }
        let (status, added) = add(&server, again(&code, &back, 2)).await;
        assert_eq!(status, 200, "{added}");
        assert!(added.contains("2 of 2 received"), "{added}");
        let (_, shown) = track(&server, &code).await;
        assert!(!shown.contains("kept_photo_1"), "{shown}");
        app.drain_jobs().await;
    })
    .await;
}

/// The code as the form has it.
fn receipt_code_in(page: &str) -> String {
    hidden(page, "code").replace('-', "")
}

#[tokio::test]
async fn a_server_that_is_too_busy_and_a_store_that_is_away_lose_no_more_photos_and_double_none() {
    on_both(async |app| {
        let busy = app.with(|parts| {
            parts.turns = Turns::within(0, Duration::ZERO, Duration::ZERO).into();
        });
        let away = app.with(|parts| {
            parts.objects = Arc::new(Objects::Folder("/dev/null/nowhere".into()));
        });
        let server = Server::start(&app, Mode::Production).await;
        let (code, page) = followed_anew(&server).await;
        let photos = [pictures::scale(), pictures::stall()];
        let sent = || more(&code, &hidden(&page, "answer_id"), &photos);
        let full = Server::start(&busy, Mode::Production).await;
        let (status, back) = add(&full, sent()).await;
        assert_eq!(status, 503, "{back}");
        let db = &app.parts().db;
        assert_eq!(count(db, "draft_photo", "TRUE").await, 2);
        assert_eq!(count(db, "photo", "TRUE").await, 0);
        // They are promised before the store is asked; what could not be kept is sent again.
        let lame = Server::start(&away, Mode::Production).await;
        let (status, _) = add(&lame, sent()).await;
        assert_eq!(status, 503);
        assert_eq!(count(db, "photo", "stored_at IS NULL").await, 2);
        for _ in 0..2 {
            let (status, added) = add(&server, again(&code, &back, 2)).await;
            assert_eq!(status, 200, "{added}");
            assert!(added.contains("2 of 2 received"), "{added}");
            assert!(!added.contains("kept_photo_1"), "{added}");
        }
        assert_eq!(count(db, "event", "kind = 'report_photos_added'").await, 1);
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count_parts(), 0);
    })
    .await;
}

#[tokio::test]
async fn more_photos_than_a_report_may_have_wait_until_their_sender_leaves_some_out() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let many: Vec<_> = (0..23)
            .map(|n| pictures::large(n, pictures::scale().len() + 64))
            .collect();
        let many: Vec<_> = many.iter().map(Vec::as_slice).collect();
        let (status, receipt) = send(&server, form(&shown, &ANSWERS, &many)).await;
        assert_eq!(status, 200, "{receipt}");
        let code = receipt_code(&receipt);
        let (_, page) = track(&server, &code).await;
        let photos = [pictures::scale(), pictures::stall()];
        let (status, back) = add(&server, more(&code, &hidden(&page, "answer_id"), &photos)).await;
        assert_eq!(status, 200, "{back}");
        assert!(back.contains("23 of 23 received"), "{back}");
        let left_out = again(&code, &back, 1);
        let left_out = left_out.text("shown_photo_2", hidden(&back, "kept_photo_2"));
        let (_, added) = add(&server, left_out).await;
        assert!(added.contains("24 of 24 received"), "{added}");
        assert!(!added.contains("kept_photo_1"), "{added}");
        app.drain_jobs().await;
    })
    .await;
}
