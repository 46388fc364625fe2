//! A form that comes back holds what was filled in and the photos that arrived: in the other language, after a restart, on
//! another replica, and when the objects could not be reached at once.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use liangxin_app::budget::DraftRoom;
use liangxin_app::ports::objects::Objects;
use liangxin_app::turns::Turns;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::census::count;
use liangxin_tests::pictures;
use liangxin_tests::proxy::Way;
use liangxin_tests::server::Server;
use liangxin_web::body::Pace;
use reqwest::multipart::Form;
use tokio::time::timeout;

use super::more_photos::{add, followed_anew, more};
use super::{ANSWERS, empty_form, form, hidden, nothing_was_filed, send};
use crate::silent_database::by_a_way;

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

#[tokio::test]
async fn photos_of_a_form_wait_for_a_day_and_are_gone_behind_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let mut wrong = ANSWERS;
        wrong[3].1 = "many";
        let photos = [pictures::scale()];
        let (_, back) = send(&server, form(&shown, &wrong, &photos)).await;
        let name = "kept_photo_1";
        for (hours, is_there) in [(23, true), (2, false)] {
            app.advance(TimeDelta::hours(hours));
            let kept = form(&back, &wrong, &[]).text(name, hidden(&back, name));
            let (_, again) = send(&server, kept).await;
            assert_eq!(again.contains(name), is_there, "{hours}");
            app.drain_jobs().await;
            let waiting = count(&app.parts().db, "draft_photo", "TRUE").await;
            assert_eq!(waiting, i64::from(is_there), "{hours}");
        }
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
        let photos = [pictures::scale(), pictures::stall()];
        // Another form was sent half an hour ago, so that it is known how much room there was.
        let other = empty_form(&server).await;
        let (status, _) = send(&server, form(&other, &[ANSWERS[0]], &photos[..1])).await;
        assert_eq!(status, 422);
        app.advance(TimeDelta::minutes(30));
        server.lose_database().await;
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
async fn a_database_that_says_nothing_takes_no_photos_of_a_form_with_it() {
    on_both(async |app| {
        if !app.parts().db.is_postgres() {
            return;
        }
        let (way, app) = by_a_way(&app).await;
        let pace = Pace {
            answer: Duration::from_secs(1),
            ..Pace::default()
        };
        let server = Server::start_at_pace(&app, Mode::Production, pace).await;
        let shown = empty_form(&server).await;
        let (code, page) = followed_anew(&server).await;
        // Another form was sent a moment ago, so that it is known how much room there is.
        let other = empty_form(&server).await;
        let photos = [pictures::scale(), pictures::stall()];
        send(&server, form(&other, &[ANSWERS[0]], &photos[..1])).await;
        way.set(Way::Silent);
        let (status, back) = send(&server, form(&shown, &ANSWERS, &photos)).await;
        assert_eq!(status, 503, "{back}");
        let (status, more_back) =
            add(&server, more(&code, &hidden(&page, "answer_id"), &photos)).await;
        assert_eq!(status, 503, "{more_back}");
        hidden(&more_back, "kept_photo_2");
        way.set(Way::Open);
        let kept = ["kept_photo_1", "kept_photo_2"].map(|name| (name, hidden(&back, name)));
        let again = || {
            let fields = kept.clone().into_iter();
            fields.fold(form(&back, &ANSWERS, &[]), |form, (name, value)| {
                form.text(name, value)
            })
        };
        let filed = async {
            while send(&server, again()).await.0 != 200 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(Duration::from_secs(60), filed).await.unwrap();
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 2);
        app.drain_jobs().await;
        drop(server);
        app.parts().db.close().await.unwrap();
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
        let keep = || budgets.keep_drafts(100_000_000, "127.0.0.1", app.now());
        assert!((0..6).any(|_| keep().is_err()), "500 MB at most");
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
