//! Intake: submissions and their parts, what is answered with another route, signals, similar reports, and bad input.

mod dated;
mod joined;
mod mixed;
mod similar;
mod words;

use futures_util::future::join_all;
use liangxin_app::budget::Spending;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

/// A submission with the story's report as its part.
fn submission(app: &TestApp, flow: &Flow, change: Value) -> Value {
    let mut part = flow.changed(Step::FileReport, change)["input"].clone();
    part["photos"] = json!([]);
    json!({ "input": { "id": app.new_id(), "report": part } })
}

#[tokio::test]
async fn a_submission_is_split_and_no_read_of_an_officer_joins_it_again() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let variables = submission(&app, &flow, json!({}));
        let filed = app
            .anonymous()
            .run("FileSubmission", variables.clone())
            .await
            .ok();
        let report = filed.text("fileSubmission.report.reportId");
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": report }))
            .await
            .ok();
        let submission = variables["input"]["id"].as_str().unwrap();
        assert_ne!(report, submission);
        assert!(!seen.body().contains(submission));
        // The part sent again by itself is the same report and gets the same code.
        let again = json!({ "input": variables["input"]["report"] });
        let again = app.anonymous().run("FileReport", again).await.ok();
        assert_eq!(
            again.text("fileReport.receipt.receiptCode"),
            filed.text("fileSubmission.report.receiptCode")
        );
        app.drain_jobs().await;
    })
    .await;
}

/// A complaint about the story's stall.
fn complaint(app: &TestApp) -> Value {
    json!({
        "id": app.random_id(),
        "secret": "c2VuZGVyLXNlY3JldC1UUzE",
        "division": "430103",
        "complainants": [{ "name": "陈婉清", "phone": "13800000000", "address": "长沙市天心区某街1号" }],
        "respondentName": "吴记鲜肉",
        "respondentAddress": "书院坪农贸市场17号摊位",
        "demand": "REFUND",
        "occurredAt": "2026-11-23T00:20:00Z",
        "place": "书院坪农贸市场",
        "content": "买了两公斤五花肉，少了150克。",
        "paidFen": 5600,
        "evidence": "付款截图。",
        "publishConsent": false,
        "entrustConsent": false,
    })
}

#[tokio::test]
async fn a_complaint_and_a_report_in_one_go_have_receipts_of_their_own_and_know_nothing_of_each_other()
 {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let mut variables = submission(&app, &flow, json!({}));
        variables["input"]["complaint"] = complaint(&app);
        let filed = app
            .anonymous()
            .run("FileSubmission", variables.clone())
            .await
            .ok();
        let text = |path: &str| filed.text(path).to_owned();
        assert_ne!(
            text("fileSubmission.complaint.receiptCode"),
            text("fileSubmission.report.receiptCode")
        );
        let (complaint, report) = (
            text("fileSubmission.complaint.complaintId"),
            text("fileSubmission.report.reportId"),
        );
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": report }))
            .await
            .ok();
        for secret in [complaint.as_str(), "陈婉清", "13800000000", "TS-"] {
            assert!(!seen.body().contains(secret), "{secret}");
        }
        // Each has its own clock.
        let db = &app.parts().db;
        assert_eq!(count(db, "clock", "rule_id = 'C-ACCEPT'").await, 1);
        assert_eq!(count(db, "clock", "rule_id = 'R-VERIFY'").await, 1);
        // Half a submission is none.
        let mut half = variables.clone();
        half["input"]["id"] = json!(app.new_id());
        half["input"]["report"]["id"] = json!(app.new_id());
        assert_eq!(
            app.anonymous().refused("FileSubmission", half).await,
            ["ID_REUSED"]
        );
        let again = app.anonymous().run("FileSubmission", variables).await.ok();
        assert_eq!(
            again.text("fileSubmission.complaint.receiptCode"),
            text("fileSubmission.complaint.receiptCode")
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn fifty_copies_of_a_submission_at_once_make_one() {
    on_both_connected(16, async |app| {
        let flow = Flow::new(&app);
        let variables = submission(&app, &flow, json!({}));
        let session = app.anonymous();
        let copies = (0..50).map(|_| session.run("FileSubmission", variables.clone()));
        let replies = join_all(copies).await;
        let code = replies[0]
            .text("fileSubmission.report.receiptCode")
            .to_owned();
        for reply in replies {
            let reply = reply.ok();
            assert_eq!(reply.text("fileSubmission.report.receiptCode"), code);
        }
        for (table, rows) in [("report", 1), ("clock", 1), ("command", 2)] {
            assert_eq!(
                count(&app.parts().db, table, "1 = 1").await,
                rows,
                "{table}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_submission_with_other_content_or_a_used_part_is_refused_whole() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let variables = submission(&app, &flow, json!({}));
        app.anonymous()
            .run("FileSubmission", variables.clone())
            .await
            .ok();
        let mut other = variables.clone();
        other["input"]["report"]["goods"] = json!("排骨");
        assert_eq!(
            app.anonymous().refused("FileSubmission", other).await,
            ["ID_REUSED"]
        );
        // A report that was filed by itself is no part of a submission afterwards.
        let mut used = variables;
        used["input"]["id"] = json!(app.new_id());
        used["input"]["report"] = flow.variables(Step::FileReport)["input"].clone();
        assert_eq!(
            app.anonymous().refused("FileSubmission", used).await,
            ["ID_REUSED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_complaint_or_report_is_answered_with_its_route_and_not_taken_in() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        for (matter, code) in [
            ("CONSULTATION", "ROUTE_CONSULTATION"),
            ("DISCLOSURE", "ROUTE_DISCLOSURE"),
            ("REVIEW", "ROUTE_REVIEW"),
            ("ACCUSATION", "ROUTE_ACCUSATION"),
            ("ANTI_MONOPOLY", "ROUTE_ANTI_MONOPOLY"),
        ] {
            let mut variables = submission(&app, &flow, json!({}));
            variables["input"]["matter"] = json!(matter);
            assert_eq!(
                app.anonymous().refused("FileSubmission", variables).await,
                [code]
            );
        }
        let empty = json!({ "input": { "id": app.new_id() } });
        assert_eq!(
            app.anonymous().refused("FileSubmission", empty).await,
            ["SUBMISSION_EMPTY"]
        );
    })
    .await;
}

#[tokio::test]
async fn script_is_kept_as_words_and_huge_or_odd_text_is_refused_by_its_field() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        for (field, value, code) in [
            ("narrative", json!("字".repeat(4001)), "FIELD_TOO_LONG"),
            ("narrative", json!(" \n "), "FIELD_REQUIRED"),
            ("narrative", json!("\u{202E}gnp.exe"), "TEXT_CHARACTER"),
            ("party", json!(""), "FIELD_REQUIRED"),
            ("party", json!("吴\u{2066}记"), "TEXT_CHARACTER"),
            ("party", json!("吴\u{0007}记"), "TEXT_CHARACTER"),
            ("goods", json!("\u{E000}"), "TEXT_CHARACTER"),
            ("place", json!("x".repeat(121)), "FIELD_TOO_LONG"),
            ("division", json!("110101"), "DIVISION_UNKNOWN"),
            ("earlierReceiptCode", json!("1111"), "RECEIPT_CODE_FORMAT"),
        ] {
            let mut change = json!({});
            change[field] = value;
            let variables = submission(&app, &flow, change);
            let reply = app
                .anonymous()
                .run("FileSubmission", variables.clone())
                .await;
            assert_eq!(reply.field().as_deref(), Some(field));
            assert_eq!(
                app.anonymous().refused("FileSubmission", variables).await,
                [code],
                "{field}"
            );
        }
        let script = "<script>alert(1)</script>'; DROP TABLE report; --";
        let variables = submission(&app, &flow, json!({ "narrative": script }));
        let filed = app.anonymous().run("FileSubmission", variables).await.ok();
        let id = json!({ "id": filed.text("fileSubmission.report.reportId") });
        let seen = app.as_("lin").run("GetReport", id).await.ok();
        assert_eq!(seen.text("report.narrative"), script);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_submission_with_every_sign_of_abuse_is_taken_in_and_only_officers_see_the_signs() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let file = async |change: Value| {
            let variables = submission(&app, &flow, change);
            let filed = app.anonymous().run("FileSubmission", variables).await.ok();
            let text = |path: &str| filed.text(path).to_owned();
            (
                text("fileSubmission.report.reportId"),
                text("fileSubmission.report.receiptCode"),
            )
        };
        // Somebody else with the same address for news.
        file(json!({})).await;
        let (_, code) = file(json!({ "contactEmail": null })).await;
        file(json!({ "contactEmail": null, "earlierReceiptCode": code })).await;
        let (last, last_code) = file(json!({
            "earlierReceiptCode": code, "settledGrams": "20000", "checkedGrams": "18500",
        }))
        .await;
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": last }))
            .await
            .ok();
        assert_eq!(seen.text("report.state"), "REGISTERED");
        let factors: Vec<_> = seen
            .data("report.signals")
            .as_array()
            .unwrap()
            .iter()
            .map(|signal| signal["factor"].as_str().unwrap())
            .collect();
        assert_eq!(
            factors,
            ["MANY_IN_SHORT_TIME", "NO_PROOF", "OTHER", "QUANTITY"]
        );
        let own = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": last_code }))
            .await
            .ok();
        assert!(!own.body().contains("NO_PROOF") && !own.body().contains("signal"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_is_sent_on_a_planted_report_does_not_learn_that_its_words_were_sent_before() {
    on_both(async |app| {
        let before = Flow::with_secret(&app, "c29tZWJvZHktZWxzZXMtc2VjcmV0");
        before.take(Step::FileReport).await;
        let planted = Flow::after(&app, Step::DispatchVisit).await;
        let signs = async |who: &str| {
            let report = json!({ "id": planted.report() });
            let seen = app.as_(who).run("GetReport", report).await.ok();
            seen.data("report.signals").to_string()
        };
        assert!(signs("lin").await.contains("OTHER"));
        assert_eq!(signs("zhou").await, "[]");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_draws_a_map_of_reports_by_asking_everywhere() {
    on_both(async |app| {
        let ask = |n: u32| {
            let latitude = 28.0 + f64::from(n) / 1000.0;
            json!({ "input": { "position": { "latitude": latitude, "longitude": 112.9 } } })
        };
        let session = app.anonymous().at("203.0.113.7");
        for n in 0..60 {
            session.run("SimilarReports", ask(n)).await.ok();
        }
        let (budgets, now) = (&app.parts().budgets, app.now());
        let asked = |address| budgets.spend(Spending::Similar, address, now).is_ok();
        let more = (60..).find(|_| !asked("203.0.113.7"));
        assert!(
            more.is_some_and(|more| more <= 420),
            "{more:?} in six hours"
        );
        assert_eq!(
            session.refused("SimilarReports", ask(61)).await,
            ["TOO_MANY_ATTEMPTS"]
        );
        let elsewhere = app.anonymous().at("203.0.113.8");
        elsewhere.run("SimilarReports", ask(62)).await.ok();
    })
    .await;
}

#[tokio::test]
async fn everybody_learns_which_bureau_is_nearest() {
    on_both(async |app| {
        for (division, bureau) in [
            ("430103", "430103"),
            ("430104", "430100"),
            ("430202", "430000"),
        ] {
            let found = app
                .anonymous()
                .run("CompetentBureau", json!({ "division": division }))
                .await
                .ok();
            assert_eq!(found.text("competentBureau.division"), bureau);
        }
    })
    .await;
}
