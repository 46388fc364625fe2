//! What a phone hands in whose session ended for good.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{PASSWORD, email_of, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

use super::held::seen;
use super::{held, id_of, pushed, statuses, visit, voided, weighed, written};

/// The tokens of a phone on which Zhou signed in.
async fn phone(app: &TestApp) -> (String, String) {
    let email = email_of("zhou").unwrap();
    let credentials = json!({ "input": {
        "email": email.as_str(), "password": PASSWORD, "deviceName": "phone",
    } });
    let signed_in = app.anonymous().run("SignIn", credentials).await.ok();
    let token = |name: &str| signed_in.text(&format!("signIn.session.{name}")).to_owned();
    (token("accessToken"), token("refreshToken"))
}

async fn hand_in(app: &TestApp, token: &str, items: &[Value]) -> Reply {
    let input = json!({ "input": { "token": token, "items": items } });
    app.anonymous().run("HandIn", input).await
}

async fn push_by(app: &TestApp, token: &str, items: &[Value]) -> Reply {
    let input = json!({ "input": { "items": items } });
    app.bearer(token).run("Push", input).await
}

#[tokio::test]
async fn the_unsent_work_of_a_revoked_device_is_quarantined_and_applied_in_the_name_of_its_person()
{
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let weighing = weighed(&flow, "1850");
        let slip = voided(&app, &flow, &id_of(&weighing));
        let items = [weighing, slip];
        let (access, _) = phone(&app).await;
        let alive = hand_in(&app, &access, &items).await;
        assert_eq!(alive.problems(), ["SESSION_EXPIRED"], "it pushes");
        let zhou = app.bearer(&access);
        let devices = zhou.run("MyDevices", json!({})).await.ok();
        let device = devices.text("myDevices.0.id").to_owned();
        let lost = json!({ "deviceId": device });
        zhou.run("RevokeDevice", lost).await.ok();
        app.advance(TimeDelta::days(30));
        let dead = push_by(&app, &access, &items).await;
        assert_eq!(dead.problems(), ["SESSION_EXPIRED"]);
        for _ in 0..2 {
            let reply = hand_in(&app, &access, &items).await.ok();
            assert_eq!(statuses(&reply, "handIn"), ["HELD", "HELD"]);
        }
        let waiting = seen(&app, "FOR_PERSON").await;
        assert_eq!(waiting.len(), 2);
        for item in &waiting {
            assert_eq!(item["reason"], "QUARANTINE");
            assert_eq!(item["sender"]["id"], json!(user_id("zhou").uuid()));
            assert_eq!(item["deviceId"], json!(device));
        }
        let measured = visit(&app, &flow).await["measurements"].clone();
        assert_eq!(measured, json!([]), "nothing is applied");
        settle(&app, &waiting, &items).await;
        let reply = hand_in(&app, &access, &items).await.ok();
        assert_eq!(statuses(&reply, "handIn"), ["DUPLICATE", "DUPLICATE"]);
        let measured = &visit(&app, &flow).await["measurements"][0];
        let zhou = json!(user_id("zhou").uuid());
        assert_eq!(measured["measuredBy"]["id"], zhou);
        // On a new phone he sends all of it again.
        let (access, _) = phone(&app).await;
        let reply = push_by(&app, &access, &items).await.ok();
        assert_eq!(statuses(&reply, "push"), ["DUPLICATE", "DUPLICATE"]);
        assert_eq!(seen(&app, "APPLIED").await.len(), 2);
        app.drain_jobs().await;
    })
    .await;
}

/// He applies what is quarantined, each after what it builds on.
async fn settle(app: &TestApp, waiting: &[Value], items: &[Value]) {
    let he = app.as_("he");
    let order = |item: &Value| {
        let mut held = waiting.iter();
        let held = held.find(|held| held["writeId"] == id_of(item)).unwrap();
        json!({ "input": { "id": app.new_id(), "heldItemId": held["id"] } })
    };
    let early = he.refused("ApplyHeldItem", order(&items[1])).await;
    assert_eq!(early, ["NOT_FOUND"]);
    for item in items {
        let order = order(item);
        let once = he.run("ApplyHeldItem", order.clone()).await.ok();
        let again = he.run("ApplyHeldItem", order).await.ok();
        assert_eq!(once.body(), again.body());
        let told = once.data("applyHeldItem.heldItem");
        assert_eq!(told["state"], "APPLIED");
        assert_eq!(told["settledBy"]["id"], json!(user_id("he").uuid()));
    }
}

#[tokio::test]
async fn a_disabled_account_hands_in_by_its_refresh_token_and_whoever_guesses_by_none() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let items = [written(&flow, Step::CheckIn)];
        let (access, refresh) = phone(&app).await;
        let disabled = json!({ "input": { "id": app.new_id(), "userId": user_id("zhou").uuid() } });
        app.as_("qiu").run("DisableAccount", disabled).await.ok();
        let forged = format!("{access}x");
        for nobody in ["", "a", forged.as_str()] {
            let refused = hand_in(&app, nobody, &items).await;
            assert_eq!(refused.problems(), ["SESSION_EXPIRED"], "{nobody}");
        }
        assert_eq!(held(&app).await, 0);
        let reply = hand_in(&app, &refresh, &items).await.ok();
        assert_eq!(statuses(&reply, "handIn"), ["HELD"]);
        let reply = hand_in(&app, &access, &items).await.ok();
        assert_eq!(statuses(&reply, "handIn"), ["HELD"]);
        assert_eq!(held(&app).await, 1);
        let many = vec![items[0].clone(); 101];
        let reply = hand_in(&app, &refresh, &many).await;
        assert_eq!(reply.problems(), ["FIELD_TOO_LONG"]);
        app.drain_jobs().await;
        assert_eq!(seen(&app, "FOR_PERSON").await.len(), 1, "nobody applies it");
    })
    .await;
}

#[tokio::test]
async fn what_is_held_is_seen_by_the_head_of_the_same_office_alone() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let (access, _) = phone(&app).await;
        let disabled = json!({ "input": { "id": app.new_id(), "userId": user_id("zhou").uuid() } });
        app.as_("qiu").run("DisableAccount", disabled).await.ok();
        let items = [written(&flow, Step::CheckIn)];
        hand_in(&app, &access, &items).await.ok();
        let item = seen(&app, "FOR_PERSON").await[0]["id"].clone();
        let above = app.as_("liao");
        let found = above.run("HeldItems", json!({})).await.ok();
        assert_eq!(found.data("heldItems.items"), &json!([]));
        let order = json!({ "input": { "id": app.new_id(), "heldItemId": item } });
        let refused = above.refused("ApplyHeldItem", order).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_found_a_lost_phone_takes_no_room_of_what_its_person_sends() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let lost = || voided(&app, &flow, &json!(app.new_id()));
        let (access, _) = phone(&app).await;
        let zhou = app.bearer(&access);
        let devices = zhou.run("MyDevices", json!({})).await.ok();
        let device = json!({ "deviceId": devices.text("myDevices.0.id") });
        zhou.run("RevokeDevice", device).await.ok();
        hand_in(&app, &access, &[lost()]).await.ok();
        app.execute("UPDATE held_item SET size_bytes = 4000000")
            .await;
        let reply = hand_in(&app, &access, &[lost()]).await.ok();
        assert_eq!(statuses(&reply, "handIn"), ["RETRY"]);
        assert_eq!(pushed(&app, "zhou", &[lost()]).await, ["HELD"]);
        app.drain_jobs().await;
    })
    .await;
}
