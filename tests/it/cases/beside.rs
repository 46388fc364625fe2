//! What lies beside the straight way of a case, each step to its success, with its period, paper and event.

use chrono::{NaiveDate, TimeDelta};
use liangxin_tests::app::{TestApp, on_both};
use serde_json::json;

use super::matter::Matter;

fn today(app: &TestApp) -> NaiveDate {
    (app.now() + TimeDelta::hours(8)).date_naive()
}

#[tokio::test]
async fn a_fine_on_refusal_rests_on_an_order_that_was_served_and_found_missed() {
    on_both(async |app| {
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        let order = json!({
            "violation": "M-STL-03", "correction": "停止估量计价，按实际称重结算。",
            "correctBy": "2026-11-30", "consequence": "拒不改正的，依法处罚。",
        });
        matter.step("deng", "OrderCorrection", order).await;
        let seen = matter.seen("he").await;
        let number = seen.text("case.number").to_owned();
        let fined = |missed_on: NaiveDate| {
            let mut penalty = Matter::penalty("M-STL-03", 1000);
            penalty["charges"][0]["order"] = json!({ "number": number,
                "orderedOn": "2026-11-23", "dueOn": "2026-11-30", "missedOn": missed_on });
            penalty
        };
        app.advance(TimeDelta::days(8));
        let on = today(&app);
        let refused = matter.refused("deng", "ProposePenalty", fined(on)).await;
        assert_eq!(refused, ["ORDER_MISSING"]);
        let look = json!({ "violation": "M-STL-03", "on": on, "isMade": false, "found": "仍在估量计价。" });
        let refused = matter.refused("deng", "CheckCorrection", look.clone()).await;
        assert_eq!(refused, ["ORDER_NOT_SERVED"]);
        // It was handed over on the day after it was made, and that is noted now.
        matter.took_at("correction_order", app.now() - TimeDelta::days(7)).await;
        let looked = matter.step("deng", "CheckCorrection", look).await;
        let missed = "checkCorrection.case.orders.0.missed.0";
        assert_eq!(looked.text(&format!("{missed}.missedOn")), on.to_string());
        assert_eq!(looked.text(&format!("{missed}.number")), number);
        matter.step("deng", "ProposePenalty", fined(on)).await;
        app.drain_jobs().await;
    })
    .await;
}
