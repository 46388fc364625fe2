//! Lists of work: what is due first stands first, from whichever seat one looks. Numbers are given once each, and nobody is
//! sent twice at once.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::future::join_all;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::{column, count};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

/// The ids of a list, a page of one row after the other, so that every boundary is met.
async fn listed(app: &TestApp, key: &str, operation: &str, list: &str) -> Vec<Uuid> {
    let mut ids = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = json!({ "first": 1, "after": after });
        let reply = app.as_(key).run(operation, page).await.ok();
        for item in reply.data(&format!("{list}.items")).as_array().unwrap() {
            ids.push(item["id"].as_str().unwrap().parse().unwrap());
        }
        if reply.data(&format!("{list}.hasNextPage")) != &json!(true) {
            return ids;
        }
        after = reply.data(&format!("{list}.endCursor")).clone();
    }
}

#[tokio::test]
async fn reports_come_by_their_day_and_those_that_are_over_come_last_from_every_seat() {
    on_both(async |app| {
        // The oldest one gets more time, so that its end comes after those of the two next ones.
        let accepted = Flow::after(&app, Step::AcceptReport).await;
        let more = json!({ "input": { "id": app.new_id(), "reportId": accepted.report(), "reason": "案情复杂。" } });
        app.as_("he").run("ExtendVerification", more).await.ok();
        app.advance(TimeDelta::days(1));
        let first = Flow::after(&app, Step::FileReport).await;
        let code = first.receipt_code().await;
        let again = first.changed(Step::FileReport, json!({ "earlierReceiptCode": code, "photos": [] }));
        let again = app.anonymous().run("FileReport", again).await.ok();
        let over: Uuid = again.text("fileReport.receipt.reportId").parse().unwrap();
        app.advance(TimeDelta::days(1));
        let second = Flow::after(&app, Step::FileReport).await;
        let mark = json!({ "input": {
            "id": app.new_id(), "reportId": over, "earlierId": first.report(), "sameness": "同一次购买。",
        } });
        app.as_("lin").run("MarkDuplicate", mark).await.ok();
        let order = [first.report(), second.report(), accepted.report(), over];
        for key in ["lin", "yi"] {
            assert_eq!(listed(&app, key, "ReportQueue", "reports").await, order, "{key}");
        }
        // Seen as an officer of the division and as an inspector who was sent: listed once.
        app.grant("lin", "inspector").await;
        Flow::take(&accepted, Step::DispatchVisit).await;
        app.execute("UPDATE report_inspector SET user_id = (SELECT id FROM \"user\" WHERE email LIKE 'lin@%') \
                     WHERE user_id = (SELECT id FROM \"user\" WHERE email LIKE 'zhou@%')").await;
        assert_eq!(listed(&app, "lin", "ReportQueue", "reports").await, order);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_was_sent_finds_reports_and_cases_in_the_order_in_which_their_office_does() {
    on_both(async |app| {
        let mut flows = Vec::new();
        for step in [
            Step::FileCase,
            Step::DispatchVisit,
            Step::ScreenReward,
            Step::SubmitVisit,
        ] {
            flows.push(Flow::after(&app, step).await);
            app.advance(TimeDelta::days(1));
        }
        flows[3].take(Step::FileCase).await;
        for (operation, list) in [("ReportQueue", "reports"), ("ListCases", "cases")] {
            let office = listed(&app, "deng", operation, list).await;
            let own = listed(&app, "zhou", operation, list).await;
            assert!(own.len() > 2, "{operation}");
            assert_eq!(own, office, "{operation}");
        }
        let same = "queue_at = (SELECT queue_at FROM report WHERE id = report_id)";
        let others = count(&app.parts().db, "report_inspector", &format!("NOT {same}")).await;
        assert_eq!(others, 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_is_closed_gives_way_to_one_that_is_not() {
    on_both(async |app| {
        let closed = Flow::after(&app, Step::SubmitVisit).await;
        app.advance(TimeDelta::days(1));
        let open = Flow::after(&app, Step::DispatchVisit).await;
        for key in ["zhou", "tang"] {
            let visits = listed(&app, key, "MyVisits", "myVisits").await;
            assert_eq!(visits, [open.visit(), closed.visit()], "{key}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_sent_to_the_same_place_again_before_the_visit_is_closed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let again = || json!({ "id": app.new_id() });
        for _ in 0..3 {
            assert_eq!(
                flow.refused(Step::DispatchVisit, again()).await,
                ["VISIT_OPEN"]
            );
        }
        assert_eq!(count(&app.parts().db, "visit", "1 = 1").await, 1);
        let variables = flow.variables(Step::DispatchVisit);
        flow.session(Step::DispatchVisit)
            .run("DispatchVisit", variables)
            .await
            .ok();
        for step in [
            Step::CheckIn,
            Step::ArriveToo,
            Step::CheckInstrument,
            Step::RecordMeasurement,
            Step::DeclarePhotos,
            Step::SignRecord,
            Step::SubmitVisit,
        ] {
            flow.take(step).await;
        }
        flow.take_with(Step::DispatchVisit, again()).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn two_reports_whose_ids_end_alike_both_get_a_number() {
    on_both(async |app| {
        for id in [
            "01980000-0000-7000-8000-00005eed5eed",
            "01980000-0000-7000-8001-00005eed5eed",
        ] {
            let flow = Flow::new(&app);
            let report = flow.changed(Step::FileReport, json!({ "id": id }));
            app.anonymous().run("FileReport", report).await.ok();
        }
        let numbers: Vec<String> = column(&app.parts().db, "report", "number", "1 = 1").await;
        assert_eq!(numbers.len(), 2);
        assert_ne!(numbers[0], numbers[1]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn numbers_are_given_once_each_and_count_nothing_whoever_files_at_once() {
    on_both_connected(16, async |app| {
        let reports = (0..16).map(|_| async {
            let flow = Flow::new(&app);
            let report = flow.variables(Step::FileReport);
            app.anonymous().run("FileReport", report).await.ok();
        });
        join_all(reports).await;
        let numbers: Vec<String> = column(&app.parts().db, "report", "number", "1 = 1").await;
        let numbers: BTreeSet<String> = numbers.into_iter().collect();
        assert_eq!(numbers.len(), 16);
        let told = numbers.iter().map(|number| {
            let told = number.strip_prefix("JB-430103-2026-");
            told.unwrap().parse().unwrap()
        });
        let told: Vec<u32> = told.collect();
        let nearest = told.windows(2).filter(|two| two[1] - two[0] == 1).count();
        assert!(nearest < 2, "{told:?}");
        let places = "series = 'JB' AND last = 16";
        let places = count(&app.parts().db, "paper_number", places).await;
        assert_eq!(places, 1, "no place is left out");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_number_that_lies_already_is_passed_over() {
    on_both(async |app| {
        let file = async || {
            let report = Flow::new(&app).variables(Step::FileReport);
            app.anonymous().run("FileReport", report).await.ok();
        };
        file().await;
        // As if a version before, or another key, had given what comes next.
        app.execute("UPDATE paper_number SET last = 0 WHERE series = 'JB'")
            .await;
        file().await;
        let numbers: Vec<String> = column(&app.parts().db, "report", "number", "1 = 1").await;
        assert_eq!(numbers.len(), 2);
        assert_ne!(numbers[0], numbers[1]);
        let places = "series = 'JB' AND last = 2";
        let places = count(&app.parts().db, "paper_number", places).await;
        assert_eq!(places, 1);
        app.drain_jobs().await;
    })
    .await;
}
