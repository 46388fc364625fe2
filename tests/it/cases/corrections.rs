//! The last day of a correction: a period of the office, until somebody looked.

use chrono::{NaiveDate, TimeDelta};
use liangxin_tests::app::{TestApp, on_both};
use serde_json::{Value, json};

use super::matter::Matter;
use super::week::calendar;

/// What the office has to do, as a mail says it.
const DUTY: &str = "复查责令改正的事项是否已经改正";

fn today(app: &TestApp) -> NaiveDate {
    (app.now() + TimeDelta::hours(8)).date_naive()
}

/// The days of its corrections among the periods of the desk.
async fn waiting(matter: &Matter, filter: Value) -> Vec<Value> {
    let filter = json!({ "filter": filter });
    let reply = matter.app.as_("he").run("DeskClocks", filter).await.ok();
    let items = reply.data("clocks.items").as_array().unwrap().iter();
    let of_case = items.filter(|item| item["matterId"] == json!(matter.case));
    let of_rule = of_case.filter(|item| item["clock"]["ruleId"] == "P-CORRECT");
    of_rule.cloned().collect()
}

/// The day by which the case stands on the desk.
async fn place(matter: &Matter) -> Value {
    let cases = json!({ "filter": { "kind": "CASE" } });
    let reply = matter.app.as_("he").run("Desk", cases).await.ok();
    let mut items = reply.data("desk.items").as_array().unwrap().iter();
    let found = items.find(|item| item["id"] == json!(matter.case));
    found.unwrap()["dueOn"].clone()
}

/// How many mails told of the duty.
async fn warned(app: &TestApp) -> usize {
    for _ in 0..5 {
        app.drain_jobs().await;
    }
    let mails = app.mails();
    let told = mails.iter().filter(|mail| mail.body.contains(DUTY));
    told.count()
}

#[tokio::test]
async fn the_last_day_of_a_correction_stands_on_the_desk_and_warns_until_somebody_looked() {
    on_both(async |app| {
        calendar(&app).await;
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        before_the_decision(&matter).await;
        after_the_decision(&matter).await;
        app.drain_jobs().await;
    })
    .await;
}

async fn before_the_decision(matter: &Matter) {
    let app = &matter.app;
    let order = json!({
        "violation": "M-STL-03", "correction": "停止估量计价，按实际称重结算。",
        "correctBy": "2026-12-07", "consequence": "拒不改正的，依法处罚。",
    });
    matter.step("deng", "OrderCorrection", order).await;
    matter.took("correction_order").await;
    let found = waiting(matter, json!({ "kind": "CASE" })).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["bearer"], "OFFICE");
    assert_eq!(found[0]["clock"]["dueOn"], "2026-12-07");
    assert_eq!(found[0]["clock"]["provenance"], "PROPOSAL");
    assert_eq!(place(matter).await, "2026-12-07");
    assert_eq!(warned(app).await, 0);
    app.advance(TimeDelta::days(7));
    assert!(warned(app).await > 0, "five working days are left");

    let look = || json!({ "violation": "M-STL-03", "on": today(app), "isMade": false, "found": "仍在估量计价。" });
    matter.step("deng", "CheckCorrection", look()).await;
    assert_eq!(matter.clock("P-CORRECT").await, "DUE_SOON", "there is time");
    app.advance(TimeDelta::days(8));
    let over = waiting(matter, json!({ "due": "OVERDUE" })).await;
    assert_eq!(over.len(), 1, "{over:?}");
    matter.step("deng", "CheckCorrection", look()).await;
    assert_eq!(matter.clock("P-CORRECT").await, "SATISFIED");
    assert_eq!(waiting(matter, json!({})).await, Vec::<Value>::new());
}

async fn after_the_decision(matter: &Matter) {
    matter.announced(Matter::penalty("M-QTY-01", 5000)).await;
    matter.decided().await;
    let found = waiting(matter, json!({})).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["clock"]["dueOn"], "2027-03-31");
    matter.corrected().await;
    assert_eq!(matter.clock("P-CORRECT").await, "SATISFIED");
    assert_eq!(waiting(matter, json!({})).await, Vec::<Value>::new());
    matter.paid("5000", "罚5001").await;
    matter.archived().await;
}
