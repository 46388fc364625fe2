//! Changing a password, and choosing a new one by a code that an administrator made.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{PASSWORD, email_of, user_id};
use liangxin_domain::accounts::password::PASSWORD_CODE_SECONDS;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

use super::{credentials, refresh, sign_in};

const NEW: &str = "a new and better one";

fn change(app: &TestApp, old: &str, password: &str) -> Value {
    json!({ "input": { "id": app.new_id(), "oldPassword": old, "password": password } })
}

async fn signs_in(app: &TestApp, key: &str, password: &str) -> bool {
    let caller = app.anonymous();
    let reply = caller.run("SignIn", credentials(key, password)).await;
    reply.problems().is_empty()
}

fn make(app: &TestApp, key: &str) -> Value {
    json!({ "input": { "id": app.new_id(), "userId": user_id(key).uuid() } })
}

/// A code that the administrator makes for a person.
pub(super) async fn code_for(app: &TestApp, key: &str) -> String {
    let made = app.as_("qiu").run("MakePasswordCode", make(app, key)).await;
    made.ok().text("makePasswordCode.code").to_owned()
}

pub(super) fn by_code(app: &TestApp, key: &str, code: &str, password: &str) -> Value {
    let email = email_of(key).unwrap();
    json!({ "input": {
        "id": app.new_id(), "email": email.as_str(), "code": code, "password": password } })
}

async fn use_code(app: &TestApp, variables: &Value) -> Reply {
    let nobody = app.anonymous();
    nobody.run("UsePasswordCode", variables.clone()).await
}

#[tokio::test]
async fn a_changed_password_is_the_one_to_sign_in_with_and_ends_the_other_devices() {
    on_both(async |app| {
        let (phone, _) = sign_in(&app, "zhou").await;
        let (tablet, token) = sign_in(&app, "zhou").await;
        let asked = change(&app, PASSWORD, NEW);
        let changed = phone.run("ChangePassword", asked.clone()).await.ok();
        let devices = changed.data("changePassword.devices").as_array().unwrap();
        let alive = devices
            .iter()
            .filter(|device| device["revokedAt"].is_null());
        assert_eq!(alive.count(), 1);
        phone.run("Me", json!({})).await.ok();
        assert_eq!(
            tablet.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        assert_eq!(refresh(&app, &token).await.problems(), ["SESSION_EXPIRED"]);
        assert!(!signs_in(&app, "zhou", PASSWORD).await);
        assert!(signs_in(&app, "zhou", NEW).await);
        // The answer was lost, and the phone sends it again.
        phone.run("ChangePassword", asked.clone()).await.ok();
        let mut other = asked;
        other["input"]["password"] = json!("and another one again");
        let reused = phone.run("ChangePassword", other).await;
        assert_eq!(reused.problems(), ["ID_REUSED"]);
        assert!(signs_in(&app, "zhou", NEW).await);
        let told = count(&app.parts().db, "event", "kind = 'password_changed'").await;
        assert_eq!(told, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_does_not_know_the_present_password_changes_none_and_meets_the_brake() {
    on_both(async |app| {
        let phone = app.as_("zhou");
        for _ in 0..5 {
            let wrong = phone
                .run("ChangePassword", change(&app, "not-the-password", NEW))
                .await;
            assert_eq!(wrong.problems(), ["PASSWORD_WRONG"]);
            assert_eq!(wrong.field().as_deref(), Some("oldPassword"));
        }
        let braked = phone.refused("ChangePassword", change(&app, PASSWORD, NEW));
        assert_eq!(braked.await, ["TOO_MANY_ATTEMPTS"]);
        app.advance(TimeDelta::seconds(30));
        assert!(signs_in(&app, "zhou", PASSWORD).await);
    })
    .await;
}

#[tokio::test]
async fn a_weak_password_is_refused_before_anything_is_compared() {
    on_both(async |app| {
        let long = "x".repeat(257);
        for (old, password, code, field) in [
            ("wrong", "x", "PASSWORD_TOO_WEAK", "password"),
            ("wrong", long.as_str(), "PASSWORD_TOO_WEAK", "password"),
            (long.as_str(), NEW, "FIELD_TOO_LONG", "oldPassword"),
        ] {
            let variables = change(&app, old, password);
            let reply = app
                .as_("zhou")
                .run("ChangePassword", variables.clone())
                .await;
            assert_eq!(reply.problems(), [code]);
            assert_eq!(reply.field().as_deref(), Some(field));
            app.as_("zhou").refused("ChangePassword", variables).await;
        }
        let weak = by_code(&app, "zhou", &code_for(&app, "zhou").await, "short");
        let refused = app.anonymous().refused("UsePasswordCode", weak).await;
        assert_eq!(refused, ["PASSWORD_TOO_WEAK"]);
        let nobody = app.anonymous();
        let refused = nobody.refused("ChangePassword", change(&app, PASSWORD, NEW));
        assert_eq!(refused.await, ["SIGN_IN_REQUIRED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_of_an_administrator_gives_a_new_password_once() {
    on_both(async |app| {
        let (phone, _) = sign_in(&app, "zhou").await;
        let asked = make(&app, "zhou");
        let made = app
            .as_("qiu")
            .run("MakePasswordCode", asked.clone())
            .await
            .ok();
        let again = app
            .as_("qiu")
            .run("MakePasswordCode", asked.clone())
            .await
            .ok();
        assert_eq!(made.body(), again.body(), "the answer was lost");
        phone.run("Me", json!({})).await.ok();
        let code = made.text("makePasswordCode.code");
        // Somebody reads it out by telephone, somebody else types it.
        let typed = code.to_uppercase().replace('-', " ");
        let used = by_code(&app, "zhou", &typed, NEW);
        let reply = use_code(&app, &used).await.ok();
        assert_eq!(reply.data("usePasswordCode.isSet"), true);
        assert_eq!(
            phone.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        assert!(signs_in(&app, "zhou", NEW).await && !signs_in(&app, "zhou", PASSWORD).await);
        use_code(&app, &used).await.ok();
        let other = use_code(&app, &by_code(&app, "zhou", code, "yet another password")).await;
        assert_eq!(other.problems(), ["PASSWORD_CODE_WRONG"]);
        assert!(signs_in(&app, "zhou", NEW).await);
        let over = app.as_("qiu").refused("MakePasswordCode", asked).await;
        assert_eq!(over, ["PASSWORD_CODE_WRONG"]);
        let census = app.census().await;
        for secret in [code, &code.replace('-', ""), NEW] {
            assert_eq!(census.tables_with(secret), Vec::<&str>::new());
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_code_ends_after_a_day_and_with_the_next_one_and_opens_no_other_account() {
    on_both(async |app| {
        let first = code_for(&app, "zhou").await;
        let second = code_for(&app, "zhou").await;
        for (key, code) in [
            ("zhou", &first),
            ("tang", &second),
            ("zhou", &"x".to_owned()),
        ] {
            let wrong = use_code(&app, &by_code(&app, key, code, NEW)).await;
            assert_eq!(wrong.problems(), ["PASSWORD_CODE_WRONG"], "{key}");
        }
        let mut nobody = by_code(&app, "zhou", &second, NEW);
        nobody["input"]["email"] = json!("nobody@tianxin.example");
        let wrong = use_code(&app, &nobody).await;
        assert_eq!(wrong.problems(), ["PASSWORD_CODE_WRONG"]);
        app.advance(TimeDelta::seconds(PASSWORD_CODE_SECONDS));
        let late = use_code(&app, &by_code(&app, "zhou", &second, NEW)).await;
        assert_eq!(late.problems(), ["PASSWORD_CODE_WRONG"]);
        assert!(signs_in(&app, "zhou", PASSWORD).await);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn guesses_at_a_code_meet_a_brake_and_close_no_other_door() {
    on_both(async |app| {
        let code = code_for(&app, "zhou").await;
        for _ in 0..5 {
            let guess = by_code(&app, "zhou", "aaaa-aaaa-aaaa-aaaa", NEW);
            assert_eq!(
                use_code(&app, &guess).await.problems(),
                ["PASSWORD_CODE_WRONG"]
            );
        }
        let right = by_code(&app, "zhou", &code, NEW);
        assert_eq!(
            use_code(&app, &right).await.problems(),
            ["TOO_MANY_ATTEMPTS"]
        );
        assert!(signs_in(&app, "zhou", PASSWORD).await);
        app.advance(TimeDelta::seconds(30));
        use_code(&app, &right).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_strangers_guesses_do_not_keep_a_code_from_its_person() {
    on_both(async |app| {
        let code = code_for(&app, "zhou").await;
        for n in 1..=12 {
            let stranger = app.anonymous().at(&format!("198.51.100.{n}"));
            for tried in 0..6 {
                let mut guess = by_code(&app, "zhou", "aaaa-aaaa-aaaa-aaaa", NEW);
                guess["input"]["id"] = json!(app.new_id());
                let told = stranger.run("UsePasswordCode", guess).await.problems();
                let expected = ["PASSWORD_CODE_WRONG", "TOO_MANY_ATTEMPTS"];
                assert_eq!(told, [expected[usize::from(tried == 5)]]);
            }
        }
        use_code(&app, &by_code(&app, "zhou", &code, NEW))
            .await
            .ok();
        assert!(signs_in(&app, "zhou", NEW).await);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_a_code_for_oneself_or_for_an_account_that_is_disabled() {
    on_both(async |app| {
        let own = make(&app, "qiu");
        assert_eq!(
            app.as_("qiu").refused("MakePasswordCode", own).await,
            ["ACCOUNT_OWN"]
        );
        let head = app
            .as_("he")
            .refused("MakePasswordCode", make(&app, "zhou"))
            .await;
        assert_eq!(head, ["DENIED"]);
        let disabled = json!({ "input": { "id": app.new_id(), "userId": user_id("zhou").uuid() } });
        let code = code_for(&app, "zhou").await;
        app.as_("qiu").run("DisableAccount", disabled).await.ok();
        let made = app
            .as_("qiu")
            .refused("MakePasswordCode", make(&app, "zhou"))
            .await;
        assert_eq!(made, ["WRONG_STATE"]);
        let used = use_code(&app, &by_code(&app, "zhou", &code, NEW)).await;
        assert_eq!(used.problems(), ["PASSWORD_CODE_WRONG"]);
        app.drain_jobs().await;
    })
    .await;
}
