//! What a person need not look at any more, and what is left of what somebody settled.

use std::slice;

use chrono::TimeDelta;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use super::{held, held::seen, id_of, push, pushed, voided, written};

/// That what Tang saw of the scale is void stands before the head: it did not come for five days.
async fn slip_before_head(app: &TestApp) -> (Flow, Value) {
    let flow = Flow::after(app, Step::CheckIn).await;
    let looked = id_of(&written(&flow, Step::CheckInstrument));
    let slip = voided(app, &flow, &looked);
    assert_eq!(pushed(app, "zhou", slice::from_ref(&slip)).await, ["HELD"]);
    app.advance(TimeDelta::days(5));
    app.drain_jobs().await;
    assert_eq!(seen(app, "FOR_PERSON").await.len(), 1);
    let tang = [Step::ArriveToo, Step::CheckInstrument].map(|step| written(&flow, step));
    assert_eq!(pushed(app, "tang", &tang).await, ["ACCEPTED", "ACCEPTED"]);
    (flow, slip)
}

#[tokio::test]
async fn what_was_taken_by_the_operation_of_its_own_waits_for_no_person() {
    on_both(async |app| {
        let (_, slip) = slip_before_head(&app).await;
        app.drain_jobs().await;
        assert_eq!(seen(&app, "FOR_PERSON").await.len(), 1, "nobody took it");
        let input = json!({ "input": slip["write"]["voidFinding"] });
        app.as_("zhou").run("VoidFinding", input).await.ok();
        app.advance(TimeDelta::minutes(1));
        app.drain_jobs().await;
        assert_eq!(held(&app).await, 0);
        assert_eq!(pushed(&app, "zhou", &[slip]).await, ["DUPLICATE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_later_push_can_take_waits_for_no_person() {
    on_both(async |app| {
        let (_, slip) = slip_before_head(&app).await;
        assert_eq!(pushed(&app, "zhou", &[slip]).await, ["ACCEPTED"]);
        assert_eq!(held(&app).await, 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_year_after_it_was_settled_only_what_became_of_an_item_is_left() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let lost = voided(&app, &flow, &json!(app.new_id()));
        pushed(&app, "zhou", slice::from_ref(&lost)).await;
        app.advance(TimeDelta::days(5));
        app.drain_jobs().await;
        let refusal = json!({ "input": {
            "id": app.new_id(), "heldItemId": seen(&app, "FOR_PERSON").await[0]["id"],
            "reason": "没有这项记录。",
        } });
        app.as_("he").run("RefuseHeldItem", refusal).await.ok();
        let before = seen(&app, "REFUSED").await;
        app.advance(TimeDelta::days(365));
        app.drain_jobs().await;
        assert_eq!(seen(&app, "REFUSED").await, before, "a day is not over");
        app.advance(TimeDelta::seconds(1));
        app.drain_jobs().await;
        let mut after = seen(&app, "REFUSED").await;
        assert_eq!(after[0]["content"], "");
        after[0]["content"] = before[0]["content"].clone();
        assert_eq!(after, before);
        let reply = push(&app, "zhou", &[lost]).await;
        let code = reply.data("push.results.0.problem.code");
        assert_eq!(
            code, "HELD_ITEM_REFUSED",
            "sent again it has no other answer"
        );
        app.drain_jobs().await;
    })
    .await;
}
