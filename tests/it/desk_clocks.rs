//! The list of all periods that run on what lies with an office.

use chrono::TimeDelta;
use liangxin_demo::fixtures::user_id;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::complaints::Dispute;

async fn clocks(app: &TestApp, who: &str, filter: Value) -> Vec<Value> {
    let filter = json!({ "filter": filter });
    let reply = app.as_(who).run("DeskClocks", filter).await.ok();
    reply.data("clocks.items").as_array().unwrap().clone()
}

/// Rule and matter of each.
fn told(items: &[Value]) -> Vec<(String, Value)> {
    let rule = |item: &Value| item["clock"]["ruleId"].as_str().unwrap().to_owned();
    let told = items.iter();
    told.map(|item| (rule(item), item["matterId"].clone()))
        .collect()
}

#[tokio::test]
async fn every_running_period_of_an_office_comes_by_its_day_whoever_has_to_keep_it() {
    on_both(async |app| {
        let report = Flow::after(&app, Step::AcceptReport).await;
        app.advance(TimeDelta::days(1));
        let case = Flow::after(&app, Step::ServeNotice).await;
        let items = clocks(&app, "he", json!({})).await;
        let found = told(&items);
        for (rule, matter) in [
            ("R-VERIFY", report.report()),
            ("P-DEFEND", case.case()),
            ("P-DECIDE", case.case()),
        ] {
            assert!(
                found.contains(&(rule.to_owned(), json!(matter))),
                "{found:?}"
            );
        }
        let of = |rule: &str| items.iter().find(|item| item["clock"]["ruleId"] == rule);
        assert_eq!(of("P-DEFEND").unwrap()["bearer"], "PARTY");
        assert_eq!(of("P-DEFEND").unwrap()["clock"]["dueOn"], "2026-12-01");
        assert_eq!(of("R-VERIFY").unwrap()["bearer"], "OFFICE");
        assert_eq!(of("R-VERIFY").unwrap()["clock"]["dueOn"], "2026-12-14");
        // The year of the longest is not loaded: what is certain of it gives it its place.
        assert_eq!(of("P-DECIDE").unwrap()["clock"]["state"], "UNKNOWN");
        let day = |item: &Value| {
            let clock = &item["clock"];
            let day = clock["dueNotBefore"].as_str().or(clock["dueOn"].as_str());
            day.unwrap().to_owned()
        };
        let days: Vec<_> = items.iter().map(day).collect();
        assert!(days.is_sorted(), "{days:?}");
        // What is done is not among them.
        case.take(Step::AnswerNotice).await;
        let found = told(&clocks(&app, "he", json!({ "kind": "CASE" })).await);
        assert_eq!(found, [("P-DECIDE".to_owned(), json!(case.case()))]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn periods_are_found_by_how_near_their_end_is_by_kind_and_by_officer() {
    on_both(async |app| {
        let report = Flow::after(&app, Step::AcceptReport).await;
        let case = Flow::after(&app, Step::ServeNotice).await;
        let (verify, defend) = (
            ("R-VERIFY".to_owned(), json!(report.report())),
            ("P-DEFEND".to_owned(), json!(case.case())),
        );
        let due = async |class: &str| told(&clocks(&app, "he", json!({ "due": class })).await);
        assert_eq!(due("WITHIN_FIVE").await, std::slice::from_ref(&defend));
        assert!(due("WITHIN_TWO").await.is_empty());
        assert!(due("LATER").await.contains(&verify));
        let to = |day: &str| {
            let then: chrono::DateTime<chrono::Utc> = format!("{day}T01:00:00Z").parse().unwrap();
            app.advance(then - app.now());
        };
        to("2026-11-30");
        assert_eq!(due("WITHIN_TWO").await, std::slice::from_ref(&defend));
        to("2026-12-10");
        assert_eq!(due("OVERDUE").await, std::slice::from_ref(&defend));
        assert_eq!(due("WITHIN_TWO").await, std::slice::from_ref(&verify));
        let of = async |who: &str, kind: Value| {
            let filter = json!({ "ownerId": user_id(who).uuid(), "kind": kind });
            told(&clocks(&app, "he", filter).await)
        };
        assert_eq!(of("lin", Value::Null).await, [verify]);
        let zhou = of("zhou", json!("CASE")).await;
        assert!(zhou.contains(&defend) && zhou.iter().all(|(_, matter)| *matter == defend.1));
        assert!(of("peng", Value::Null).await.is_empty());
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_period_that_waits_has_no_day_and_comes_after_those_that_run() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        Flow::after(&app, Step::AcceptReport).await;
        let waits = json!({ "input": {
            "id": app.new_id(), "caseId": flow.case(), "cause": "PARTY_MISSING", "reason": "当事人下落不明。",
        } });
        app.as_("he").run("SuspendCase", waits).await.ok();
        let items = clocks(&app, "he", json!({})).await;
        let last = items.last().unwrap();
        assert_eq!(last["matterId"], json!(flow.case()));
        assert_eq!(last["clock"]["state"], "PAUSED");
        let undated = told(&clocks(&app, "he", json!({ "due": "UNDATED" })).await);
        assert_eq!(undated, [("P-DECIDE".to_owned(), json!(flow.case()))]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_list_of_periods_holds_what_the_roles_read_of_the_own_office_and_below() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let second = Flow::after(&app, Step::AcceptReport).await;
        let complaint = Dispute::filed(&app).await.id;
        let has = async |who: &str, matter: Uuid| {
            let found = told(&clocks(&app, who, json!({})).await);
            found.iter().any(|(_, other)| *other == json!(matter))
        };
        assert!(has("lin", second.report()).await && !has("lin", flow.case()).await);
        assert!(has("yi", second.report()).await, "the city reads below");
        assert!(!has("zhou", flow.case()).await, "inspectors have no desk");
        // Beside a report a complaint would join the parts of one letter.
        assert!(!has("lin", complaint).await);
        let alone = told(&clocks(&app, "lin", json!({ "kind": "COMPLAINT" })).await);
        assert!(alone.iter().all(|(_, matter)| *matter == json!(complaint)));
        assert!(!alone.is_empty());
        for who in ["wu", "qiu"] {
            let denied = app.as_(who).run("DeskClocks", json!({})).await;
            assert_eq!(denied.problems(), ["DENIED"], "{who}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn periods_are_read_page_by_page() {
    on_both(async |app| {
        for _ in 0..3 {
            Flow::after(&app, Step::ServeNotice).await;
        }
        let he = app.as_("he");
        let whole = clocks(&app, "he", json!({})).await;
        let open = "satisfied_on IS NULL AND lapsed_on IS NULL AND complaint_id IS NULL";
        let open = count(&app.parts().db, "clock", open).await;
        assert_eq!(whole.len(), usize::try_from(open).unwrap());
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = json!({ "first": 2, "after": after });
            let page = he.run("DeskClocks", page).await.ok();
            found.extend(page.data("clocks.items").as_array().unwrap().clone());
            after = page.data("clocks.endCursor").clone();
            if page.data("clocks.hasNextPage") == &json!(false) {
                break;
            }
        }
        assert_eq!(found, whole);
        app.leave_jobs();
    })
    .await;
}
