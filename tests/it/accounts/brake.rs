//! The brake on guessed passwords: only wrong ones count, however many come at once.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use liangxin_app::store;
use liangxin_app::turns::{Heavy, Turns};
use liangxin_demo::fixtures::PASSWORD;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::{credentials, sign_in};

#[tokio::test]
async fn after_five_wrong_passwords_even_the_right_one_has_to_wait_half_a_minute() {
    on_both(async |app| {
        for _ in 0..5 {
            let reply = app
                .anonymous()
                .run("SignIn", credentials("zhou", "not-the-password"))
                .await;
            assert_eq!(reply.problems(), ["BAD_CREDENTIALS"]);
        }
        let codes = app
            .anonymous()
            .refused("SignIn", credentials("zhou", PASSWORD))
            .await;
        assert_eq!(codes, ["TOO_MANY_ATTEMPTS"]);
        // Somebody else at the same address does not have to wait.
        sign_in(&app, "tang").await;
        app.advance(TimeDelta::seconds(30));
        sign_in(&app, "zhou").await;
        let again = app
            .anonymous()
            .run("SignIn", credentials("zhou", "not-the-password"))
            .await;
        assert_eq!(
            again.problems(),
            ["BAD_CREDENTIALS"],
            "a right password forgives the wrong ones"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_remembered_of_a_wrong_password_has_another_name_each_day() {
    on_both(async |app| {
        let guessed = async || {
            let wrong = credentials("zhou", "not-the-password");
            let reply = app.anonymous().run("SignIn", wrong).await;
            assert_eq!(reply.problems(), ["BAD_CREDENTIALS"]);
            count(&app.parts().db, "throttle", "failures > 0").await
        };
        let today = guessed().await;
        assert_eq!(guessed().await, today, "the same names on one day");
        app.advance(TimeDelta::days(1));
        let both = guessed().await;
        assert_eq!(both, 2 * today);
        // The key of the day goes with the day.
        app.drain_jobs().await;
        assert_eq!(count(&app.parts().db, "day_key", "TRUE").await, 1);
    })
    .await;
}

/// Whether bytes stand anywhere in the file of the database, in use or not, once everything written is in it.
async fn lies_in_file(app: &TestApp, path: &str, bytes: &[u8]) -> bool {
    let all_of_it = "PRAGMA wal_checkpoint(TRUNCATE)";
    let writer = app.parts().db.writer();
    writer.execute_unprepared(all_of_it).await.unwrap();
    let file = std::fs::read(path.split('?').next().unwrap()).unwrap();
    file.windows(bytes.len()).any(|part| part == bytes)
}

#[tokio::test]
async fn a_key_that_was_thrown_away_lies_in_no_free_place_of_the_file() {
    on_both(async |app| {
        // What PostgreSQL keeps of a row that was deleted is its own business.
        let Some(path) = app.database_url().strip_prefix("sqlite://") else {
            return;
        };
        let wrong = credentials("zhou", "not-the-password");
        app.anonymous().run("SignIn", wrong).await;
        let today = shanghai_date(app.now());
        let key = store::day_keys::find(&app.parts().db, today).await;
        let key = key.unwrap().expect("the brake made one");
        assert!(lies_in_file(&app, path, &key).await);
        app.advance(TimeDelta::days(1));
        app.drain_jobs().await;
        assert_eq!(count(&app.parts().db, "day_key", "TRUE").await, 0);
        assert!(!lies_in_file(&app, path, &key).await);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_too_busy_to_compare_counts_no_guess() {
    on_both(async |app| {
        let busy = app.with(|parts| {
            let turns = Turns::within(0, Duration::ZERO, Duration::ZERO);
            parts.turns = turns.into();
        });
        for _ in 0..60 {
            let caller = busy.anonymous();
            let refused = caller.run("SignIn", credentials("zhou", PASSWORD)).await;
            assert_eq!(refused.problems(), ["UNAVAILABLE"]);
        }
        let remembered = count(&app.parts().db, "throttle", "failures > 0").await;
        assert_eq!(remembered, 0);
        sign_in(&app, "zhou").await;
    })
    .await;
}

#[tokio::test]
async fn a_hundred_right_passwords_at_once_all_succeed() {
    on_both_connected(8, async |app| {
        let tries = (0..100).map(|_| async {
            let caller = app.anonymous();
            caller.run("SignIn", credentials("zhou", PASSWORD)).await
        });
        for reply in join_all(tries).await {
            reply.ok();
        }
        assert_eq!(count(&app.parts().db, "throttle", "1 = 1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn fifty_wrong_passwords_at_once_meet_the_brake_as_fifty_in_a_row() {
    on_both_connected(8, async |app| {
        let tries = (0..50).map(|_| async {
            let wrong = credentials("zhou", "not-the-password");
            app.anonymous().run("SignIn", wrong).await.problems()
        });
        let told = join_all(tries).await;
        let compared = told.iter().filter(|codes| **codes == ["BAD_CREDENTIALS"]);
        let braked = told.iter().filter(|codes| **codes == ["TOO_MANY_ATTEMPTS"]);
        assert_eq!((compared.count(), braked.count()), (5, 45), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_for_many_names_at_once_meet_the_brake_of_their_address() {
    on_both_connected(8, async |app| {
        let tries = (0..60).map(|n| {
            let mut wrong = credentials("zhou", "not-the-password");
            wrong["input"]["email"] = json!(format!("guess{n}@tianxin.example"));
            let caller = app.anonymous();
            async move { caller.run("SignIn", wrong).await.problems() }
        });
        let told = join_all(tries).await;
        let compared = told.iter().filter(|codes| **codes == ["BAD_CREDENTIALS"]);
        assert_eq!(compared.count(), 50, "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn many_names_from_one_address_are_braked_and_other_addresses_are_not() {
    on_both(async |app| {
        let guess = |n: usize| {
            let mut variables = credentials("zhou", "not-the-password");
            variables["input"]["email"] = json!(format!("guess{n}@tianxin.example"));
            variables
        };
        for n in 0..50 {
            assert_eq!(
                app.anonymous().run("SignIn", guess(n)).await.problems(),
                ["BAD_CREDENTIALS"]
            );
        }
        let codes = app.anonymous().refused("SignIn", guess(51)).await;
        assert_eq!(codes, ["TOO_MANY_ATTEMPTS"]);
        let elsewhere = app
            .anonymous()
            .at("198.51.100.9")
            .run("SignIn", guess(52))
            .await;
        assert_eq!(elsewhere.problems(), ["BAD_CREDENTIALS"]);
    })
    .await;
}

/// Signs in as somebody, from a device that shows a token.
fn from_device(key: &str, password: &str, token: &str) -> Value {
    let mut variables = credentials(key, password);
    variables["input"]["deviceToken"] = json!(token);
    variables
}

#[tokio::test]
async fn a_strangers_wrong_passwords_do_not_lock_out_a_device_that_signed_in_before() {
    on_both(async |app| {
        let signed_in = app
            .anonymous()
            .run("SignIn", credentials("zhou", PASSWORD))
            .await
            .ok();
        let token = signed_in.text("signIn.session.deviceToken").to_owned();
        let tang = app
            .anonymous()
            .run("SignIn", credentials("tang", PASSWORD))
            .await
            .ok();
        let other = tang.text("signIn.session.deviceToken").to_owned();
        // At the officer's own address, and at so many others that every stranger has to wait.
        for n in 0..12 {
            let stranger = match n {
                0 => app.anonymous(),
                n => app.anonymous().at(&format!("198.51.100.{n}")),
            };
            for _ in 0..6 {
                stranger
                    .run("SignIn", credentials("zhou", "not-the-password"))
                    .await;
            }
        }
        let (here, elsewhere) = (app.anonymous(), app.anonymous().at("192.0.2.9"));
        for stranger in [&here, &elsewhere] {
            let braked = stranger
                .refused("SignIn", credentials("zhou", PASSWORD))
                .await;
            assert_eq!(braked, ["TOO_MANY_ATTEMPTS"]);
            // The token of somebody else's device, or none at all, proves nothing.
            for claimed in [&other, "rubbish"] {
                let braked = stranger.refused("SignIn", from_device("zhou", PASSWORD, claimed));
                assert_eq!(braked.await, ["TOO_MANY_ATTEMPTS"]);
            }
            stranger
                .run("SignIn", from_device("zhou", PASSWORD, &token))
                .await
                .ok();
        }
        // A device that was ended is a stranger again.
        let device = signed_in.text("signIn.session.deviceId");
        app.as_("zhou")
            .run("RevokeDevice", json!({ "deviceId": device }))
            .await
            .ok();
        let ended = elsewhere.refused("SignIn", from_device("zhou", PASSWORD, &token));
        assert_eq!(ended.await, ["TOO_MANY_ATTEMPTS"]);
    })
    .await;
}

#[tokio::test]
async fn a_known_device_guesses_no_faster_than_a_stranger() {
    on_both(async |app| {
        let signed_in = app
            .anonymous()
            .run("SignIn", credentials("zhou", PASSWORD))
            .await
            .ok();
        let token = signed_in.text("signIn.session.deviceToken").to_owned();
        for _ in 0..5 {
            let wrong = from_device("zhou", "not-the-password", &token);
            let refused = app.anonymous().run("SignIn", wrong).await.problems();
            assert_eq!(refused, ["BAD_CREDENTIALS"]);
        }
        let braked = app
            .anonymous()
            .refused("SignIn", from_device("zhou", PASSWORD, &token))
            .await;
        assert_eq!(braked, ["TOO_MANY_ATTEMPTS"]);
        // The owner elsewhere does not wait for it.
        sign_in(&app, "zhou").await;
    })
    .await;
}

#[tokio::test]
async fn guesses_from_many_addresses_are_bounded_for_each_account_and_forgotten_in_an_hour() {
    on_both(async |app| {
        let mut compared = 0;
        for n in 0..40 {
            let stranger = app.anonymous().at(&format!("198.51.100.{n}"));
            for _ in 0..5 {
                let wrong = credentials("zhou", "not-the-password");
                let told = stranger.run("SignIn", wrong).await.problems();
                compared += usize::from(told == ["BAD_CREDENTIALS"]);
            }
        }
        assert_eq!(compared, 50);
        // Somebody else's account stays open to all of them.
        let elsewhere = app.anonymous().at("198.51.100.1");
        elsewhere
            .run("SignIn", credentials("tang", PASSWORD))
            .await
            .ok();
        let kept = async || {
            app.drain_jobs().await;
            count(&app.parts().db, "throttle", "1 = 1").await
        };
        app.advance(TimeDelta::minutes(59));
        assert!(kept().await > 0, "they count for an hour");
        app.advance(TimeDelta::minutes(1));
        assert_eq!(kept().await, 0);
    })
    .await;
}

#[tokio::test]
async fn claim_passwords_that_wait_keep_nobody_from_signing_in() {
    on_both(async |app| {
        let busy = app.with(|parts| {
            parts.turns = Turns::within(2, Duration::ZERO, Duration::ZERO).into();
        });
        let mut held = Vec::new();
        let claims = async || busy.parts().turn(Heavy::ClaimPassword, "hash").await;
        while let Ok(turn) = claims().await {
            held.push(turn);
        }
        let claimed = json!({ "claimPassword": "银杏树下-2026" });
        let report = Flow::new(&busy).changed(Step::FileReport, claimed);
        let filed = busy.anonymous().run("FileReport", report.clone()).await;
        assert_eq!(filed.problems(), ["UNAVAILABLE"]);
        sign_in(&busy, "zhou").await;
        drop(held);
        busy.anonymous().run("FileReport", report).await.ok();
        busy.drain_jobs().await;
    })
    .await;
}
