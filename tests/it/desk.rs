//! The desk: what lies with an office, by the day on which something has to have been done.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

async fn desk(app: &TestApp, who: &str, filter: Value) -> Vec<Value> {
    let reply = app
        .as_(who)
        .run("Desk", json!({ "filter": filter }))
        .await
        .ok();
    reply.data("desk.items").as_array().unwrap().clone()
}

fn ids(items: &[Value]) -> Vec<Value> {
    items.iter().map(|item| item["id"].clone()).collect()
}

/// The counts that are not zero, as `KIND DUE number`.
async fn counts(app: &TestApp, who: &str) -> Vec<String> {
    let reply = app.as_(who).run("DeskCounts", json!({})).await.ok();
    let counts = reply.data("deskCounts").as_array().unwrap().clone();
    let told = counts.iter().filter(|count| count["number"] != json!(0));
    told.map(|count| {
        let word = |name: &str| count[name].as_str().unwrap().to_owned();
        format!("{} {} {}", word("kind"), word("due"), count["number"])
    })
    .collect()
}

#[tokio::test]
async fn open_work_of_every_kind_comes_by_its_day_and_is_counted() {
    on_both(async |app| {
        let closed = Flow::after(&app, Step::DecideCase).await;
        let first = Flow::after(&app, Step::AcceptReport).await;
        app.advance(TimeDelta::days(3));
        let second = Flow::after(&app, Step::FileCase).await;
        let items = desk(&app, "he", json!({})).await;
        let days: Vec<_> = items.iter().map(|item| item["dueOn"].clone()).collect();
        let dated: Vec<_> = days.iter().filter_map(Value::as_str).collect();
        assert!(dated.is_sorted(), "{days:?}");
        let found = ids(&items);
        assert!(found.contains(&json!(first.report())) && found.contains(&json!(second.case())));
        // What is over shows only to whoever asks for it, or for its number.
        assert!(!found.contains(&json!(closed.report())));
        let over = desk(&app, "he", json!({ "withOver": true, "kind": "REPORT" })).await;
        assert!(ids(&over).contains(&json!(closed.report())));
        // Fifteen working days from Monday 23 November end on 14 December.
        let one = items
            .iter()
            .find(|item| item["id"] == json!(first.report()));
        let one = one.unwrap();
        assert_eq!(
            (&one["dueOn"], &one["isOverdue"]),
            (&json!("2026-12-14"), &json!(false))
        );
        assert_eq!(one["clocks"][0]["ruleId"], "R-VERIFY");
        let classes = async || counts(&app, "lin").await;
        assert!(classes().await.contains(&"REPORT LATER 1".to_owned()));
        let to = |day: &str| {
            let then: chrono::DateTime<chrono::Utc> = format!("{day}T01:00:00Z").parse().unwrap();
            app.advance(then - app.now());
        };
        for (day, class) in [
            ("2026-12-07", "WITHIN_FIVE"),
            ("2026-12-10", "WITHIN_TWO"),
            ("2026-12-14", "WITHIN_TWO"),
            ("2026-12-15", "OVERDUE"),
        ] {
            to(day);
            assert!(
                classes().await.contains(&format!("REPORT {class} 1")),
                "{day}"
            );
            let due = desk(&app, "lin", json!({ "due": class, "kind": "REPORT" })).await;
            assert_eq!(ids(&due), [json!(first.report())], "{day}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_matter_is_found_by_number_merchant_market_and_person() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let other = Flow::after(&app, Step::AcceptReport).await;
        let all = desk(&app, "he", json!({ "withOver": true })).await;
        let number = |id: uuid::Uuid| {
            let item = all.iter().find(|item| item["id"] == json!(id)).unwrap();
            item["number"].clone()
        };
        let report = json!({ "number": number(flow.report()) });
        assert_eq!(ids(&desk(&app, "he", report).await), [json!(flow.report())]);
        let case = json!({ "number": number(flow.case()) });
        assert_eq!(
            ids(&desk(&app, "he", case.clone()).await),
            [json!(flow.case())]
        );
        let nothing = json!({ "number": "JB-430103-2025-999999" });
        assert_eq!(desk(&app, "he", nothing).await, Vec::<Value>::new());
        let stall = json!({ "merchantId": merchant_id("tianxin-stall-17").uuid(), "kind": "CASE" });
        assert_eq!(ids(&desk(&app, "he", stall).await), [json!(flow.case())]);
        for (market, count) in [("shuyuanping-market", 1), ("fenglindu-market", 0)] {
            let there = json!({ "marketId": merchant_id(market).uuid(), "kind": "CASE" });
            assert_eq!(desk(&app, "he", there).await.len(), count, "{market}");
        }
        for (officer, kind, found) in [
            ("zhou", "CASE", vec![json!(flow.case())]),
            ("peng", "CASE", vec![]),
            (
                "lin",
                "REPORT",
                vec![json!(other.report()), json!(flow.report())],
            ),
        ] {
            let of = json!({ "ownerId": user_id(officer).uuid(), "kind": kind });
            assert_eq!(ids(&desk(&app, "he", of).await), found, "{officer}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_person_is_an_officer_or_whoever_acts_for_a_merchant_and_never_who_reported() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let mut named = flow.variables(Step::FileReport);
        named["input"]["identity"] = json!({ "name": "陈婉清", "phone": "13800138000" });
        app.anonymous().run("FileReport", named).await.ok();
        flow.go_on(Step::FileReport, Step::FileCase).await;
        let complaint = crate::complaints::Dispute::filed(&app).await;
        let of = async |person: &str, kind: &str| {
            let filter = json!({ "person": person, "kind": kind, "withOver": true });
            ids(&desk(&app, "he", filter).await)
        };
        for (person, kind, found) in [
            ("吴德明", "CASE", vec![json!(flow.case())]),
            ("吴德明", "REPORT", vec![json!(flow.report())]),
            ("吴德明", "COMPLAINT", vec![json!(complaint.id)]),
            ("Wu Deming", "CASE", vec![json!(flow.case())]),
            ("周立群", "CASE", vec![json!(flow.case())]),
            ("彭建波", "CASE", vec![]),
            ("林晓雯", "REPORT", vec![json!(flow.report())]),
            ("林晓", "REPORT", vec![]),
            ("陈婉清", "REPORT", vec![]),
            ("陈小满", "COMPLAINT", vec![]),
        ] {
            assert_eq!(of(person, kind).await, found, "{person} {kind}");
        }
        let all = json!({ "filter": { "person": "吴德明" } });
        let counts = app.as_("he").run("DeskCounts", all).await.ok();
        let counts = counts.data("deskCounts").as_array().unwrap().clone();
        let numbers = counts.iter().map(|count| count["number"].as_u64().unwrap());
        assert_eq!(
            numbers.sum::<u64>(),
            3,
            "the report, the case and the complaint: {counts:?}"
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_desk_holds_what_the_roles_read_of_the_own_office_and_below() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let has = async |who: &str, id: uuid::Uuid| {
            ids(&desk(&app, who, json!({ "withOver": true })).await).contains(&json!(id))
        };
        // Intake reads no cases; the city reads below; inspectors have no desk.
        assert!(has("lin", flow.report()).await && !has("lin", flow.case()).await);
        assert!(has("yi", flow.report()).await);
        assert!(!has("zhou", flow.report()).await && !has("zhou", flow.case()).await);
        app.execute("UPDATE report SET unit = '430204', city = '430200'")
            .await;
        assert!(!has("lin", flow.report()).await && !has("yi", flow.report()).await);
        for who in ["wu", "qiu"] {
            let denied = app.as_(who).run("Desk", json!({})).await;
            assert_eq!(denied.problems(), ["DENIED"], "{who}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_desk_is_read_page_by_page_across_its_kinds() {
    on_both(async |app| {
        for _ in 0..3 {
            Flow::after(&app, Step::FileCase).await;
        }
        let he = app.as_("he");
        let whole = he.run("Desk", json!({ "first": 100 })).await.ok();
        let whole = ids(whole.data("desk.items").as_array().unwrap());
        assert!(whole.len() >= 6);
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = he
                .run("Desk", json!({ "first": 2, "after": after }))
                .await
                .ok();
            found.extend(ids(page.data("desk.items").as_array().unwrap()));
            after = page.data("desk.endCursor").clone();
            if page.data("desk.hasNextPage") == &json!(false) {
                break;
            }
        }
        assert_eq!(found, whole);
        app.leave_jobs();
    })
    .await;
}
