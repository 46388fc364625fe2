//! What waits for something that has not come.

use std::slice;

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_app::usecase::push::look;
use liangxin_demo::fixtures::user_id;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use super::{
    SLIP, document, held, id_of, item, push, pushed, statuses, visit, voided, weighed, written,
};

/// What the head sees that stands so.
pub(super) async fn seen(app: &TestApp, state: &str) -> Vec<Value> {
    let he = app.as_("he");
    let found = he.run("HeldItems", json!({ "state": state })).await.ok();
    found.data("heldItems.items").as_array().unwrap().clone()
}

/// Zhou is there, and says that what Tang will have seen is void.
async fn zhou_waits(app: &TestApp) -> (Flow, Value) {
    let flow = Flow::after(app, Step::CheckIn).await;
    let looked = id_of(&written(&flow, Step::CheckInstrument));
    let slip = voided(app, &flow, &looked);
    assert_eq!(pushed(app, "zhou", slice::from_ref(&slip)).await, ["HELD"]);
    (flow, slip)
}

/// What Zhou said is taken, and nothing waits any more.
async fn zhou_was_heard(app: &TestApp, flow: &Flow, slip: &Value) {
    let visit = visit(app, flow).await;
    let void = &visit["instrumentChecks"][0]["void"];
    assert_eq!(void["voidedBy"]["id"], json!(user_id("zhou").uuid()));
    assert_eq!(held(app).await, 0);
    assert_eq!(
        pushed(app, "zhou", slice::from_ref(slip)).await,
        ["DUPLICATE"]
    );
}

#[tokio::test]
async fn an_item_is_held_until_what_it_builds_on_comes_in_a_push() {
    on_both(async |app| {
        let (flow, slip) = zhou_waits(&app).await;
        let waiting = seen(&app, "WAITING").await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0]["writeId"], id_of(&slip));
        assert_eq!(waiting[0]["operation"], "VoidFinding");
        assert_eq!(waiting[0]["thingId"], json!(flow.visit()));
        assert_eq!(waiting[0]["reason"], "PREDECESSOR");
        assert_eq!(waiting[0]["refusedWith"], "NOT_FOUND");
        let content: Value = serde_json::from_str(waiting[0]["content"].as_str().unwrap()).unwrap();
        assert_eq!(content["write"], slip["write"]);
        assert_eq!(pushed(&app, "zhou", slice::from_ref(&slip)).await, ["HELD"]);
        let mut other = slip.clone();
        other["write"]["voidFinding"]["reason"] = json!("不是同一台秤。");
        let reply = push(&app, "zhou", &[other]).await;
        assert_eq!(reply.data("push.results.0.problem.code"), "ID_REUSED");
        assert_eq!(held(&app).await, 1);
        let day = [Step::CheckInstrument, Step::ArriveToo].map(|step| written(&flow, step));
        assert_eq!(pushed(&app, "tang", &day).await, ["ACCEPTED", "ACCEPTED"]);
        zhou_was_heard(&app, &flow, &slip).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_item_is_held_until_what_it_builds_on_comes_by_any_door() {
    on_both(async |app| {
        let (flow, slip) = zhou_waits(&app).await;
        flow.take(Step::ArriveToo).await;
        flow.take(Step::CheckInstrument).await;
        app.drain_jobs().await;
        zhou_was_heard(&app, &flow, &slip).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_chain_of_items_that_comes_backwards_is_whole_once_its_first_has_come() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let first = weighed(&flow, "1850");
        let correction = json!({
            "id": app.new_id(), "visitId": flow.visit(), "findingId": id_of(&first), "reason": SLIP,
            "measurement": document(2660),
        });
        let second = item("correctFinding", &correction, &[]);
        let third = voided(&app, &flow, &id_of(&second));
        for late in [&third, &second] {
            assert_eq!(pushed(&app, "zhou", slice::from_ref(late)).await, ["HELD"]);
        }
        assert_eq!(
            pushed(&app, "zhou", slice::from_ref(&first)).await,
            ["ACCEPTED"]
        );
        assert_eq!(held(&app).await, 0);
        let visit = visit(&app, &flow).await;
        let measured = visit["measurements"].as_array().unwrap();
        assert_eq!(measured.len(), 2);
        assert!(measured.iter().all(|it| it["void"].is_object()));
        app.drain_jobs().await;
    })
    .await;
}

/// A reason why nobody signed that comes after a write which never does.
fn unsigned(app: &TestApp, flow: &Flow) -> Value {
    let input = json!({
        "id": app.new_id(), "visitId": flow.visit(), "refusedReason": "当事人不在场。",
    });
    item("signRecord", &input, &[json!(app.new_id())])
}

#[tokio::test]
async fn after_five_days_an_item_is_applied_and_marked_or_put_before_the_head() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let lost = voided(&app, &flow, &json!(app.new_id()));
        let items = [unsigned(&app, &flow), lost.clone()];
        assert_eq!(pushed(&app, "zhou", &items).await, ["HELD", "HELD"]);
        app.advance(TimeDelta::days(5) - TimeDelta::seconds(1));
        app.drain_jobs().await;
        assert_eq!(seen(&app, "WAITING").await.len(), 2);
        app.advance(TimeDelta::seconds(1));
        app.drain_jobs().await;
        let applied = seen(&app, "APPLIED").await;
        assert_eq!(applied.len(), 1);
        assert_eq!(applied[0]["operation"], "SignRecord");
        assert_eq!(applied[0]["settledBy"], Value::Null, "nobody did it");
        assert!(!applied[0]["settledAt"].is_null());
        let visit = visit(&app, &flow).await;
        assert_eq!(visit["signature"]["refusedReason"], "当事人不在场。");
        let waiting = seen(&app, "FOR_PERSON").await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0]["writeId"], id_of(&lost));
        assert_eq!(waiting[0]["refusedWith"], "NOT_FOUND");
        let statuses = pushed(&app, "zhou", &items).await;
        assert_eq!(statuses, ["DUPLICATE", "HELD"]);
        assert_eq!(seen(&app, "APPLIED").await, applied, "the mark stays");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_head_refuses_what_nothing_can_apply_and_the_phone_hears_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let lost = voided(&app, &flow, &json!(app.new_id()));
        assert_eq!(pushed(&app, "zhou", slice::from_ref(&lost)).await, ["HELD"]);
        let waiting = seen(&app, "WAITING").await[0]["id"].clone();
        let apply = || json!({ "input": { "id": app.new_id(), "heldItemId": waiting } });
        let he = app.as_("he");
        let early = he.refused("ApplyHeldItem", apply()).await;
        assert_eq!(early, ["WRONG_STATE"], "it may still come");
        app.advance(TimeDelta::days(5));
        app.drain_jobs().await;
        assert_eq!(he.refused("ApplyHeldItem", apply()).await, ["NOT_FOUND"]);
        for who in ["zhou", "lin", "qiu"] {
            let denied = app.as_(who).refused("ApplyHeldItem", apply()).await;
            assert_eq!(denied, ["DENIED"], "{who}");
        }
        let mut refusal = apply();
        refusal["input"]["reason"] = json!("没有这项记录。");
        let once = he.run("RefuseHeldItem", refusal.clone()).await.ok();
        let again = he.run("RefuseHeldItem", refusal).await.ok();
        assert_eq!(once.body(), again.body());
        assert_eq!(once.text("refuseHeldItem.heldItem.state"), "REFUSED");
        let reply = push(&app, "zhou", &[lost]).await;
        assert_eq!(statuses(&reply, "push"), ["REJECTED"]);
        let code = reply.data("push.results.0.problem.code");
        assert_eq!(code, "HELD_ITEM_REFUSED");
        assert_eq!(he.refused("ApplyHeldItem", apply()).await, ["WRONG_STATE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn where_no_more_is_held_of_a_person_the_phone_keeps_it() {
    on_both(async |app| {
        let (flow, slip) = zhou_waits(&app).await;
        app.execute("UPDATE held_item SET size_bytes = 4000000")
            .await;
        let more = voided(&app, &flow, &json!(app.new_id()));
        let reply = push(&app, "zhou", &[more, slip]).await;
        assert_eq!(statuses(&reply, "push"), ["RETRY", "HELD"]);
        let told = reply.data("push.results.0");
        assert_eq!(told["problem"]["code"], "HELD_ITEMS_FULL");
        assert_eq!(told["retryAfterSeconds"], 60);
        let of_tang = voided(&app, &flow, &json!(app.new_id()));
        assert_eq!(pushed(&app, "tang", &[of_tang]).await, ["HELD"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn one_that_cannot_be_tried_keeps_none_of_the_others_waiting() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let arrival = flow.changed(Step::CheckIn, json!({}));
        let arrival = item("checkIn", &arrival["input"], &[]);
        assert_eq!(pushed(&app, "peng", &[arrival]).await, ["HELD"]);
        app.advance(TimeDelta::seconds(1));
        let looked = id_of(&written(&flow, Step::CheckInstrument));
        let slip = voided(&app, &flow, &looked);
        assert_eq!(pushed(&app, "zhou", slice::from_ref(&slip)).await, ["HELD"]);
        flow.take(Step::ArriveToo).await;
        flow.take(Step::CheckInstrument).await;
        let peng = app.literal(user_id("peng").uuid());
        let roles = |to: &str, from: &str| {
            format!("UPDATE user_role SET role = '{to}' WHERE role = '{from}' AND user_id = {peng}")
        };
        // Nobody can read whose the one is that came first.
        app.execute(&roles("nothing", "inspector")).await;
        look(app.parts()).await.unwrap();
        app.execute(&roles("inspector", "nothing")).await;
        assert_eq!(pushed(&app, "zhou", &[slip]).await, ["DUPLICATE"]);
        assert_eq!(held(&app).await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn one_that_cannot_be_read_does_not_keep_its_phone_from_sending() {
    on_both(async |app| {
        let (flow, slip) = zhou_waits(&app).await;
        app.execute("UPDATE held_item SET state = 'nothing'").await;
        let items = [weighed(&flow, "1850"), slip.clone()];
        assert_eq!(pushed(&app, "zhou", &items).await, ["ACCEPTED", "HELD"]);
        app.execute("UPDATE held_item SET state = 'waiting'").await;
        flow.take(Step::ArriveToo).await;
        flow.take(Step::CheckInstrument).await;
        app.drain_jobs().await;
        zhou_was_heard(&app, &flow, &slip).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_refused_meanwhile_may_be_left_out_of_what_a_held_item_comes_after() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let nameless = flow.changed(Step::RecordMeasurement, json!({ "goodsName": "" }));
        let nameless = item("recordMeasurement", &nameless["input"], &[]);
        let mut signature = unsigned(&app, &flow);
        signature["after"] = json!([id_of(&nameless)]);
        let signed = pushed(&app, "zhou", slice::from_ref(&signature)).await;
        assert_eq!(signed, ["HELD"]);
        assert_eq!(pushed(&app, "zhou", &[nameless]).await, ["REJECTED"]);
        signature["after"] = json!([]);
        let signed = pushed(&app, "zhou", slice::from_ref(&signature)).await;
        assert_eq!(signed, ["ACCEPTED"]);
        assert_eq!(held(&app).await, 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_held_is_not_of_later_than_the_moment_in_which_it_came() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let heard = app.now();
        let mut weighing = weighed(&flow, "1850");
        weighing["after"] = json!([app.new_id()]);
        assert_eq!(pushed(&app, "zhou", &[weighing]).await, ["HELD"]);
        let mut arrival = written(&flow, Step::ArriveToo);
        arrival["after"] = json!([app.new_id()]);
        assert_eq!(pushed(&app, "tang", &[arrival]).await, ["HELD"]);
        app.advance(TimeDelta::days(5));
        app.drain_jobs().await;
        let read = json!({ "id": flow.visit() });
        let seen = app.as_("zhou").run("VisitEntries", read).await.ok();
        let entries = seen.data("visit.entries").as_array().unwrap();
        let seen = visit(&app, &flow).await;
        let arrivals = seen["arrivals"].as_array().unwrap();
        assert_eq!((entries.len(), arrivals.len()), (3, 2));
        let entries = entries.iter().map(|entry| &entry["occurred"]);
        for told in entries.chain(arrivals) {
            let received = told["receivedAt"].as_str().unwrap();
            assert!(received.parse::<DateTime<Utc>>().unwrap() <= heard);
        }
        app.drain_jobs().await;
    })
    .await;
}

/// The order to refuse the only write that waits for the head.
async fn refusal_of_the_only_one(app: &TestApp) -> Value {
    let waiting = seen(app, "FOR_PERSON").await;
    assert_eq!(waiting.len(), 1);
    json!({ "input": {
        "id": app.new_id(), "heldItemId": waiting[0]["id"], "reason": "没有这项记录。",
    } })
}

#[tokio::test]
async fn what_is_before_the_head_is_held_and_not_rejected_until_the_head_says_so() {
    on_both(async |app| {
        let (flow, slip) = zhou_waits(&app).await;
        flow.take(Step::ArriveToo).await;
        flow.take(Step::CheckInstrument).await;
        let looked = id_of(&written(&flow, Step::CheckInstrument));
        let other = voided(&app, &flow, &looked);
        assert_eq!(pushed(&app, "zhou", &[other]).await, ["ACCEPTED"]);
        let waiting = seen(&app, "FOR_PERSON").await;
        assert_eq!(waiting[0]["refusedWith"], "FINDING_VOID");
        assert_eq!(pushed(&app, "zhou", slice::from_ref(&slip)).await, ["HELD"]);
        let refusal = refusal_of_the_only_one(&app).await;
        app.as_("he").run("RefuseHeldItem", refusal).await.ok();
        assert_eq!(pushed(&app, "zhou", &[slip]).await, ["REJECTED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_by_its_own_operation_is_never_told_to_be_refused() {
    on_both(async |app| {
        let (flow, slip) = zhou_waits(&app).await;
        app.advance(TimeDelta::days(5));
        app.drain_jobs().await;
        flow.take(Step::ArriveToo).await;
        flow.take(Step::CheckInstrument).await;
        let void = json!({ "input": slip["write"]["voidFinding"] });
        app.as_("zhou").run("VoidFinding", void).await.ok();
        let refusal = refusal_of_the_only_one(&app).await;
        app.as_("he").run("RefuseHeldItem", refusal).await.ok();
        assert_eq!(pushed(&app, "zhou", &[slip]).await, ["DUPLICATE"]);
        app.drain_jobs().await;
    })
    .await;
}
