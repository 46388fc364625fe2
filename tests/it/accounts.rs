//! Signing in, staying signed in, and ending it.

mod administration;
mod brake;
mod kept;
mod passwords;
mod second_factor;
mod settling;

use chrono::TimeDelta;
use liangxin_demo::fixtures::{PASSWORD, email_of};
use liangxin_domain::limits::{ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::session::{Reply, Session};
use serde_json::{Value, json};

fn credentials(key: &str, password: &str) -> Value {
    let email = email_of(key).unwrap();
    json!({ "input": { "email": email.as_str(), "password": password, "deviceName": "测试手机" } })
}

async fn sign_in(app: &TestApp, key: &str) -> (Session, String) {
    let reply = app
        .anonymous()
        .run("SignIn", credentials(key, PASSWORD))
        .await
        .ok();
    let session = app.bearer(reply.text("signIn.session.accessToken"));
    (
        session,
        reply.text("signIn.session.refreshToken").to_owned(),
    )
}

async fn refresh(app: &TestApp, token: &str) -> Reply {
    app.anonymous()
        .run("RefreshSession", json!({ "refreshToken": token }))
        .await
}

#[tokio::test]
async fn whoever_signs_in_is_known_with_roles_and_division() {
    on_both(async |app| {
        let (zhou, _) = sign_in(&app, "zhou").await;
        let me = zhou.run("Me", json!({})).await.ok();
        assert_eq!(me.text("me.person.name"), "Zhou Liqun");
        assert_eq!(me.data("me.person.roles"), &json!(["INSPECTOR"]));
        assert_eq!(me.text("me.division"), "430103");
        assert_eq!(me.data("me.merchant"), &Value::Null);
        let (wu, _) = sign_in(&app, "wu").await;
        let me = wu.run("Me", json!({})).await.ok();
        assert_eq!(me.text("me.merchant.name"), "Wu's Fresh Pork");
        assert_eq!(me.data("me.division"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_refused_with_the_same_words() {
    on_both(async |app| {
        let wrong = app
            .anonymous()
            .run("SignIn", credentials("zhou", "not-the-password"))
            .await;
        let mut nobody = credentials("zhou", PASSWORD);
        nobody["input"]["email"] = json!("nobody@tianxin.example");
        let unknown = app.anonymous().run("SignIn", nobody).await;
        assert_eq!(wrong.problems(), ["BAD_CREDENTIALS"]);
        assert_eq!(wrong.body(), unknown.body());
    })
    .await;
}

#[tokio::test]
async fn a_name_is_read_as_a_chinese_keyboard_writes_it() {
    on_both(async |app| {
        let plain = credentials("zhou", PASSWORD);
        let email = plain["input"]["email"].as_str().unwrap();
        let wide: String = email
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
            .collect();
        for typed in [wide, format!("邮箱：{email}。"), email.replace('.', "。")] {
            let mut variables = plain.clone();
            variables["input"]["email"] = json!(typed);
            app.anonymous().run("SignIn", variables).await.ok();
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_name_or_a_password_is_refused_by_its_field() {
    on_both(async |app| {
        let long = "x".repeat(257);
        for (field, value, code) in [
            ("email", "nobody", "FIELD_FORMAT"),
            ("password", long.as_str(), "FIELD_TOO_LONG"),
            ("deviceName", " ", "FIELD_REQUIRED"),
        ] {
            let mut variables = credentials("zhou", PASSWORD);
            variables["input"][field] = json!(value);
            let reply = app.anonymous().run("SignIn", variables.clone()).await;
            assert_eq!(
                (reply.problems(), reply.field()),
                (vec![code.to_owned()], Some(field.to_owned()))
            );
            app.anonymous().refused("SignIn", variables).await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_access_token_ends_after_a_quarter_of_an_hour_and_the_refresh_token_gives_a_new_one() {
    on_both(async |app| {
        let (zhou, token) = sign_in(&app, "zhou").await;
        app.advance(TimeDelta::seconds(ACCESS_TOKEN_SECONDS - 1));
        zhou.run("Me", json!({})).await.ok();
        app.advance(TimeDelta::seconds(1));
        assert_eq!(
            zhou.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        let reply = refresh(&app, &token).await.ok();
        let renewed = app.bearer(reply.text("refreshSession.session.accessToken"));
        renewed.run("Me", json!({})).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_nobody_used_for_sixty_days_is_dead() {
    on_both(async |app| {
        let (_, token) = sign_in(&app, "zhou").await;
        app.advance(TimeDelta::seconds(REFRESH_TOKEN_SECONDS));
        let codes = app
            .anonymous()
            .refused("RefreshSession", json!({ "refreshToken": token }))
            .await;
        assert_eq!(codes, ["SESSION_EXPIRED"]);
    })
    .await;
}

#[tokio::test]
async fn refresh_tokens_that_no_longer_work_are_deleted_and_the_others_go_on() {
    on_both(async |app| {
        let db = &app.parts().db;
        sign_in(&app, "lin").await;
        let (_, first) = sign_in(&app, "zhou").await;
        app.advance(TimeDelta::days(1));
        let renewed = refresh(&app, &first).await.ok();
        app.drain_jobs().await;
        assert_eq!(count(db, "refresh_token", "1 = 1").await, 3);
        app.advance(TimeDelta::seconds(REFRESH_TOKEN_SECONDS) - TimeDelta::days(1));
        app.drain_jobs().await;
        assert_eq!(count(db, "refresh_token", "1 = 1").await, 1);
        // What was used is as dead as before it went, and ends nothing.
        let codes = refresh(&app, &first).await.problems();
        assert_eq!(codes, ["SESSION_EXPIRED"]);
        let second = renewed.text("refreshSession.session.refreshToken");
        refresh(&app, second).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_of_a_refresh_is_answered_again_until_its_tokens_are_used() {
    on_both(async |app| {
        let (_, first) = sign_in(&app, "zhou").await;
        let lost = refresh(&app, &first).await.ok();
        // No network in the basement of the market, for hours.
        app.advance(TimeDelta::hours(5));
        let again = refresh(&app, &first).await.ok();
        let token = |reply: &Reply, name: &str| {
            let path = format!("refreshSession.session.{name}");
            reply.text(&path).to_owned()
        };
        let second = token(&lost, "refreshToken");
        assert_eq!(token(&again, "refreshToken"), second);
        let seconds = again.data("refreshSession.session.expiresIn");
        assert_eq!(seconds, &json!(ACCESS_TOKEN_SECONDS));
        let renewed = app.bearer(&token(&again, "accessToken"));
        renewed.run("Me", json!({})).await.ok();
        let third = refresh(&app, &second).await.ok();
        renewed.run("Me", json!({})).await.ok();
        refresh(&app, &token(&third, "refreshToken")).await.ok();
        let told = count(&app.parts().db, "event", "kind = 'refresh_repeated'").await;
        assert_eq!(told, 1);
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_comes_back_after_its_successor_was_used_ends_the_whole_family_and_no_other()
 {
    on_both(async |app| {
        let (phone, first) = sign_in(&app, "zhou").await;
        let (tablet, other) = sign_in(&app, "zhou").await;
        let next = async |token: &str| {
            let reply = refresh(&app, token).await.ok();
            reply.text("refreshSession.session.refreshToken").to_owned()
        };
        let second = next(&first).await;
        let third = next(&second).await;
        assert_eq!(refresh(&app, &first).await.problems(), ["SESSION_EXPIRED"]);
        for dead in [&first, &second, &third] {
            assert_eq!(refresh(&app, dead).await.problems(), ["SESSION_EXPIRED"]);
        }
        assert_eq!(
            phone.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        tablet.run("Me", json!({})).await.ok();
        refresh(&app, &other).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_that_nobody_issued_is_dead() {
    on_both(async |app| {
        for token in ["", "x", &"x".repeat(4000)] {
            let codes = app
                .anonymous()
                .refused("RefreshSession", json!({ "refreshToken": token }))
                .await;
            assert_eq!(codes, ["SESSION_EXPIRED"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_revoked_device_stops_working_at_once_and_the_others_go_on() {
    on_both(async |app| {
        let (phone, token) = sign_in(&app, "zhou").await;
        let (tablet, _) = sign_in(&app, "zhou").await;
        let devices = phone.run("MyDevices", json!({})).await.ok();
        let listed = devices.data("myDevices").as_array().unwrap();
        let phone_id = listed
            .iter()
            .find(|device| device["isThisOne"] == true)
            .unwrap()["id"]
            .clone();
        tablet
            .run("RevokeDevice", json!({ "deviceId": phone_id }))
            .await
            .ok();
        assert_eq!(
            phone.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        assert_eq!(refresh(&app, &token).await.problems(), ["SESSION_EXPIRED"]);
        let again = tablet
            .run("RevokeDevice", json!({ "deviceId": phone_id }))
            .await
            .ok();
        let revoked = again.data("revokeDevice.devices").as_array().unwrap();
        assert_eq!(
            revoked
                .iter()
                .filter(|device| !device["revokedAt"].is_null())
                .count(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_device_is_not_found() {
    on_both(async |app| {
        let (zhou, _) = sign_in(&app, "zhou").await;
        let devices = zhou.run("MyDevices", json!({})).await.ok();
        let device = devices.data("myDevices.0.id").clone();
        let codes = app
            .as_("tang")
            .refused("RevokeDevice", json!({ "deviceId": device }))
            .await;
        assert_eq!(codes, ["NOT_FOUND"]);
        zhou.run("Me", json!({})).await.ok();
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_neither_signs_in_nor_goes_on() {
    on_both(async |app| {
        let (zhou, token) = sign_in(&app, "zhou").await;
        app.execute("UPDATE \"user\" SET disabled_at = '2026-11-23 01:00:00+00:00' WHERE email = 'zhou@tianxin.example'")
            .await;
        assert_eq!(zhou.run("Me", json!({})).await.problems(), ["SESSION_EXPIRED"]);
        let reply = app.anonymous().run("SignIn", credentials("zhou", PASSWORD)).await;
        assert_eq!(reply.problems(), ["BAD_CREDENTIALS"]);
        let renewed = refresh(&app, &token).await;
        assert_eq!(renewed.problems(), ["SESSION_EXPIRED"]);
    })
    .await;
}

#[tokio::test]
async fn an_intake_officer_sees_the_inspectors_of_the_own_division_and_below() {
    on_both(async |app| {
        let names = async |key: &str| {
            let reply = app.as_(key).run("ListInspectors", json!({})).await.ok();
            let people = reply.data("inspectors").as_array().unwrap().clone();
            let mut names: Vec<_> = people
                .iter()
                .map(|person| person["name"].as_str().unwrap().to_owned())
                .collect();
            names.sort();
            names
        };
        let tianxin = ["Long Jiale", "Peng Jianbo", "Tang Yuqing", "Zhou Liqun"];
        assert_eq!(names("lin").await, tianxin);
        assert_eq!(
            names("yi").await,
            [
                "Gong Haitao",
                "Long Jiale",
                "Peng Jianbo",
                "Tang Yuqing",
                "Zhou Liqun"
            ]
        );
    })
    .await;
}
