//! How often inspectors are sent to one merchant in a year, and what is exempt from that.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

/// The input of an inspection by Zhou and Tang.
fn inspection(app: &TestApp, stall: &str, origin: Value) -> Value {
    json!({ "input": {
        "id": app.new_id(), "origin": origin, "merchantId": merchant_id(stall).uuid(),
        "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
    } })
}

/// A round of the bureau's own, to one stall.
fn round(app: &TestApp, stall: &str, number: u32) -> Value {
    inspection(
        app,
        stall,
        json!({ "patrol": format!("市场秤具巡查第{number}次") }),
    )
}

const STALL: &str = "tianxin-stall-17";
const OTHER: &str = "tianxin-stall-05";

#[tokio::test]
async fn the_fifth_visit_of_a_year_waits_for_the_next_unless_something_leads_there() {
    on_both(async |app| {
        Flow::after(&app, Step::DispatchVisit).await;
        let lin = app.as_("lin");
        let draw = inspection(&app, STALL, json!({ "drawId": app.new_id() }));
        lin.run("DispatchInspection", draw).await.ok();
        for number in 2..=4 {
            // The visit on the report is none of the four.
            let sent = lin
                .run("DispatchInspection", round(&app, STALL, number))
                .await;
            let sent = sent.ok();
            let frequency = sent.data("dispatchInspection.visit.frequency");
            let told = json!({ "most": 4, "isExempt": false, "provenance": "PROPOSAL" });
            assert_eq!(frequency, &told);
        }
        let fifth = lin
            .refused("DispatchInspection", round(&app, STALL, 5))
            .await;
        assert_eq!(fifth, ["VISIT_LIMIT"]);
        // Another plan is no other merchant, and another merchant is.
        let plan = inspection(&app, STALL, json!({ "planId": app.new_id() }));
        let refused = lin.refused("DispatchInspection", plan).await;
        assert_eq!(refused, ["VISIT_LIMIT"]);
        let elsewhere = lin.run("DispatchInspection", round(&app, OTHER, 1)).await;
        elsewhere.ok();
        let lead = inspection(&app, STALL, json!({ "lead": "媒体反映摊位缺斤少两" }));
        let lead = lin.run("DispatchInspection", lead).await.ok();
        let exempt = lead.data("dispatchInspection.visit.frequency.isExempt");
        assert_eq!(exempt, &json!(true));
        app.drain_jobs().await;
        // The year ends in China, eight hours before it does in Greenwich.
        let year: DateTime<Utc> = "2026-12-31T16:00:00Z".parse().unwrap();
        app.advance(year - app.now() - TimeDelta::seconds(1));
        let last = lin
            .refused("DispatchInspection", round(&app, STALL, 6))
            .await;
        assert_eq!(last, ["VISIT_LIMIT"]);
        app.advance(TimeDelta::seconds(1));
        lin.run("DispatchInspection", round(&app, STALL, 7))
            .await
            .ok();
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn of_two_who_send_at_once_one_finds_the_last_visit_of_the_year() {
    on_both_connected(4, async |app| {
        let lin = app.as_("lin");
        for number in 1..=3 {
            lin.run("DispatchInspection", round(&app, STALL, number))
                .await
                .ok();
        }
        let both = [4, 5].map(|number| round(&app, STALL, number));
        let both = both.map(|sent| lin.run("DispatchInspection", sent));
        let answers = join_all(both).await;
        let mut problems: Vec<_> = answers.iter().map(|answer| answer.problems()).collect();
        problems.sort();
        assert_eq!(problems, [vec![], vec!["VISIT_LIMIT".to_owned()]]);
        app.drain_jobs().await;
    })
    .await;
}
