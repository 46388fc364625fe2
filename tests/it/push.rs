//! What phones send from the field in one go.

mod held;
mod quarantine;
mod settled;
mod size;

use std::fs;
use std::sync::{Mutex, PoisonError};

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::chance::Chance;
use liangxin_tests::contract::root;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

const SLIP: &str = "录入时少按一位数字。";

/// An item that asks for an operation after some writes.
fn item(field: &str, input: &Value, after: &[Value]) -> Value {
    json!({ "after": after, "write": { field: input } })
}

/// A step of the story as an item.
fn written(flow: &Flow, step: Step) -> Value {
    item(&step.field(), &flow.variables(step)["input"], &[])
}

/// The weighing of the story, of so many grams, as an item of its own.
fn weighed(flow: &Flow, grams: &str) -> Value {
    let weighing = flow.changed(Step::RecordMeasurement, json!({ "checkedGrams": grams }));
    item("recordMeasurement", &weighing["input"], &[])
}

/// The weighing of the contract's example, of so many grams, as a document.
fn document(grams: u32) -> String {
    let file = root().join("mobile-contract/measurements/retail-weighing.example.json");
    let mut example: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    example["checked"] = json!(format!("{grams} g"));
    example["standard"]["max_error"] = json!("1 g");
    example.to_string()
}

/// That an entry is void, as an item.
fn voided(app: &TestApp, flow: &Flow, finding: &Value) -> Value {
    let input = json!({
        "id": app.new_id(), "visitId": flow.visit(), "findingId": finding, "reason": SLIP,
    });
    item("voidFinding", &input, &[])
}

/// The id of the write of an item.
fn id_of(item: &Value) -> Value {
    let mut writes = item["write"].as_object().unwrap().values();
    writes.next().unwrap()["id"].clone()
}

async fn push(app: &TestApp, who: &str, items: &[Value]) -> Reply {
    let input = json!({ "input": { "items": items } });
    app.as_(who).run("Push", input).await.ok()
}

/// How the items of a push stand.
fn statuses(reply: &Reply, field: &str) -> Vec<String> {
    let results = reply.data(&format!("{field}.results")).as_array().unwrap();
    let status = |result: &Value| result["status"].as_str().unwrap().to_owned();
    results.iter().map(status).collect()
}

async fn pushed(app: &TestApp, who: &str, items: &[Value]) -> Vec<String> {
    statuses(&push(app, who, items).await, "push")
}

async fn visit(app: &TestApp, flow: &Flow) -> Value {
    let zhou = app.as_("zhou");
    let seen = zhou.run("GetVisit", json!({ "id": flow.visit() })).await;
    seen.ok().data("visit").clone()
}

/// Writes held of everybody.
async fn held(app: &TestApp) -> i64 {
    count(&app.parts().db, "held_item", "1 = 1").await
}

/// What Zhou does on a visit with two slips, as items in the order of the day.
fn day_of_zhou(app: &TestApp, flow: &Flow) -> Vec<Value> {
    let mut items = vec![written(flow, Step::CheckIn)];
    items.extend((0..8).map(|n| weighed(flow, &format!("{}", 1850 + n))));
    let correction = json!({
        "id": app.new_id(), "visitId": flow.visit(), "findingId": id_of(&items[1]), "reason": SLIP,
        "measurement": document(2660),
    });
    items.push(item("correctFinding", &correction, &[]));
    items.push(voided(app, flow, &id_of(&items[2])));
    items.push(written(flow, Step::DeclarePhotos));
    let under: Vec<_> = items.iter().map(id_of).collect();
    let signature = flow.variables(Step::SignRecord)["input"].clone();
    items.push(item("signRecord", &signature, &under));
    let close = flow.variables(Step::SubmitVisit)["input"].clone();
    items.push(item("submitVisit", &close, &[signature["id"].clone()]));
    items
}

/// The visit on each database after both officers pushed their day, shuffled if there is a seed.
async fn visits(seed: Option<u64>) -> Vec<Value> {
    let seen = Mutex::new(Vec::new());
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let mut days = [
            (
                "tang",
                [Step::ArriveToo, Step::CheckInstrument]
                    .map(|step| written(&flow, step))
                    .to_vec(),
            ),
            ("zhou", day_of_zhou(&app, &flow)),
        ];
        for (who, items) in &mut days {
            if let Some(seed) = seed {
                shuffle(items, seed);
            }
            let taken = pushed(&app, who, items).await;
            assert_eq!(taken, vec!["ACCEPTED"; items.len()], "{seed:?}");
        }
        assert_eq!(held(&app).await, 0);
        let visit = visit(&app, &flow).await;
        app.drain_jobs().await;
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push(visit);
    })
    .await;
    seen.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn shuffle(items: &mut [Value], seed: u64) {
    let mut chance = Chance::of(seed);
    for place in (1..items.len()).rev() {
        let bound = u64::try_from(place + 1).unwrap();
        let other = usize::try_from(chance.between(0, bound)).unwrap();
        items.swap(place, other);
    }
}

#[tokio::test]
async fn items_in_any_order_make_the_same_visit_as_in_the_order_of_the_day() {
    let in_order = visits(None).await;
    assert_eq!(in_order[0]["state"], "SUBMITTED");
    assert_eq!(in_order[0]["signature"]["coversRecord"], true);
    for seed in [1, 2, 3, 4] {
        assert_eq!(visits(Some(seed)).await, in_order, "seed {seed}");
    }
}

#[tokio::test]
async fn one_bad_item_among_forty_spoils_none_and_all_of_it_again_changes_nothing() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let mut items = vec![written(&flow, Step::CheckIn)];
        items.extend((1..40).map(|n| weighed(&flow, &format!("{}", 1800 + n))));
        let nameless = flow.changed(Step::RecordMeasurement, json!({ "goodsName": "" }));
        items[20] = item("recordMeasurement", &nameless["input"], &[]);
        let mut expected = vec!["ACCEPTED"; 40];
        expected[20] = "REJECTED";
        let reply = push(&app, "zhou", &items).await;
        assert_eq!(statuses(&reply, "push"), expected);
        let told = reply.data("push.results.20");
        assert_eq!(told["id"], id_of(&items[20]));
        assert_eq!(told["problem"]["code"], "FIELD_FORMAT");
        assert_eq!(told["problem"]["class"], "PERMANENT");
        assert_eq!(told["problem"]["field"], "goodsName");
        let first = json!({ "input": flow.variables(Step::CheckIn)["input"] });
        let before = app.census().await;
        for status in &mut expected {
            *status = match *status {
                "ACCEPTED" => "DUPLICATE",
                other => other,
            };
        }
        assert_eq!(pushed(&app, "zhou", &items).await, expected);
        // The single operation is the same write.
        app.as_("zhou").run("CheckIn", first).await.ok();
        let after = app.census().await;
        assert_eq!(after.changed_since(&before), Vec::<&str>::new());
        let other = weighed(&flow, "1999");
        let mut stolen = other.clone();
        stolen["write"]["recordMeasurement"]["id"] = id_of(&items[1]);
        let reply = push(&app, "zhou", &[stolen, other]).await;
        assert_eq!(statuses(&reply, "push"), ["REJECTED", "ACCEPTED"]);
        let code = reply.data("push.results.0.problem.code");
        assert_eq!(code, "ID_REUSED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn each_item_asks_for_what_its_operation_asks_for() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let items = [written(&flow, Step::CheckIn)];
        let input = json!({ "input": { "items": items } });
        let reply = push(&app, "lin", &items).await;
        assert_eq!(statuses(&reply, "push"), ["REJECTED"]);
        assert_eq!(reply.data("push.results.0.problem.code"), "DENIED");
        let nobody = app.anonymous().refused("Push", input.clone()).await;
        assert_eq!(nobody, ["SIGN_IN_REQUIRED"]);
        let merchant = app.as_("wu").refused("Push", input).await;
        assert_eq!(merchant, ["DENIED"]);
        // With a receipt code it would be the reporter's.
        let withdrawal = json!({
            "id": app.new_id(), "photoId": flow.report_photo(), "reason": SLIP,
            "receiptCode": flow.receipt_code().await,
        });
        let withdrawal = item("withdrawPhoto", &withdrawal, &[]);
        assert_eq!(pushed(&app, "zhou", &[withdrawal]).await, ["REJECTED"]);
        assert_eq!(held(&app).await, 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn of_what_the_sender_does_not_see_an_item_waits_as_for_what_is_not_there() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let mut nowhere = flow.changed(Step::CheckIn, json!({}));
        nowhere["input"]["visitId"] = json!(app.new_id());
        let there = flow.changed(Step::CheckIn, json!({}));
        for (who, is_one) in [("peng", true), ("he", false)] {
            let mut answers = Vec::new();
            for input in [&there, &nowhere] {
                let items = [item("checkIn", &input["input"], &[])];
                let reply = push(&app, who, &items).await;
                let mut told = reply.data("push.results.0").clone();
                assert_eq!(told["id"], id_of(&items[0]));
                told["id"] = Value::Null;
                answers.push(told);
            }
            assert_eq!(answers[0], answers[1], "{who}");
            assert_eq!(answers[0]["status"] == "HELD", is_one, "{who}");
        }
        let seen = visit(&app, &flow).await;
        assert_eq!(seen["state"], "DISPATCHED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_hundred_items_are_one_push_and_more_are_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let weighings = |count: u32| -> Vec<Value> {
            let each = (0..count).map(|n| weighed(&flow, &format!("{}", 1700 + n)));
            each.collect()
        };
        let many = json!({ "input": { "items": weighings(101) } });
        let zhou = app.as_("zhou");
        assert_eq!(zhou.refused("Push", many.clone()).await, ["FIELD_TOO_LONG"]);
        let refused = zhou.run("Push", many).await;
        assert_eq!(refused.data("push.results"), &json!([]));
        let taken = push(&app, "zhou", &weighings(100)).await;
        assert_eq!(statuses(&taken, "push"), vec!["ACCEPTED"; 100]);
        let (requested, _) = taken.cost().unwrap();
        assert!(requested > 1_000, "each item is weighed: {requested}");
        let none = push(&app, "zhou", &[]).await;
        assert_eq!(none.data("push.results"), &json!([]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_fails_for_now_is_to_be_sent_again_and_keeps_nothing_else() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let looked = written(&flow, Step::CheckInstrument);
        let other = [Step::ArriveToo].map(|step| written(&flow, step));
        app.execute("ALTER TABLE instrument_check RENAME TO away")
            .await;
        let items = [looked.clone(), other[0].clone()];
        let reply = push(&app, "tang", &items).await;
        assert_eq!(statuses(&reply, "push"), ["RETRY", "DUPLICATE"]);
        let told = reply.data("push.results.0");
        assert_eq!(told["problem"]["class"], "RETRY");
        assert_eq!(told["retryAfterSeconds"], 60);
        app.execute("ALTER TABLE away RENAME TO instrument_check")
            .await;
        assert_eq!(pushed(&app, "tang", &[looked]).await, ["ACCEPTED"]);
        app.drain_jobs().await;
    })
    .await;
}
