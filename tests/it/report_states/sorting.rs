//! Reports beside each other: doubles, supplements, links; and under which order they came in.

use chrono::TimeDelta;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::law::with_older_forms;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{clock, file, get, step};

#[tokio::test]
async fn whoever_shows_the_receipt_again_is_suggested_as_a_double_and_an_officer_marks_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let (again, _) = file(&app, &flow, json!({ "earlierReceiptCode": code })).await;
        let suggested = app
            .as_("lin")
            .run("ReportSuggestions", json!({ "id": again }))
            .await
            .ok();
        assert_eq!(
            suggested.text("reportSuggestions.0.suggestion"),
            "DUPLICATE"
        );
        assert_eq!(
            suggested.text("reportSuggestions.0.report.id"),
            flow.report().to_string()
        );
        let mark =
            json!({ "earlierId": flow.report(), "sameness": "同一举报人、同一摊位、同一次购买。" });
        let marked = app
            .as_("lin")
            .run("MarkDuplicate", step(&app, again, mark))
            .await
            .ok();
        assert_eq!(marked.text("markDuplicate.report.state"), "DUPLICATE");
        let seen = get(&app, "lin", again).await;
        assert_eq!(seen.text("report.records.0.kind"), "DUPLICATE");
        assert_eq!(
            seen.text("report.records.0.otherId"),
            flow.report().to_string()
        );
        // The earlier one goes on as if nothing had been.
        flow.take(Step::AcceptReport).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn different_reporters_are_linked_and_neither_doubles_nor_merged() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let (other, _) = file(&app, &flow, json!({ "contactEmail": null })).await;
        let double = json!({ "earlierId": flow.report(), "sameness": "相同。" });
        assert_eq!(
            app.as_("lin")
                .refused("MarkDuplicate", step(&app, other, double))
                .await,
            ["OTHER_REPORTER"]
        );
        let merge = json!({ "intoId": flow.report(), "newFacts": "新的事实。" });
        assert_eq!(
            app.as_("lin")
                .refused("MergeReport", step(&app, other, merge))
                .await,
            ["OTHER_REPORTER"]
        );
        let itself = json!({ "otherId": other });
        assert_eq!(
            app.as_("lin")
                .refused("LinkReports", step(&app, other, itself))
                .await,
            ["REPORT_ITSELF"]
        );
        let link = json!({ "otherId": flow.report() });
        app.as_("lin")
            .run("LinkReports", step(&app, other, link))
            .await
            .ok();
        let seen = get(&app, "lin", flow.report()).await;
        assert_eq!(seen.text("report.linked.0.id"), other.to_string());
        for report in [flow.report(), other] {
            assert_eq!(clock(&app, report, "R-VERIFY").await["state"], "RUNNING");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn new_facts_of_the_same_reporter_restart_the_clock_of_the_earlier_report() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let code = flow.receipt_code().await;
        app.advance(TimeDelta::days(1));
        let change =
            json!({ "earlierReceiptCode": code, "goods": "排骨", "narrative": "今天排骨也少了。" });
        let (later, _) = file(&app, &flow, change).await;
        let merge = json!({ "intoId": flow.report(), "newFacts": "排骨也短缺。" });
        let merged = app
            .as_("lin")
            .run("MergeReport", step(&app, later, merge))
            .await
            .ok();
        assert_eq!(merged.text("mergeReport.report.state"), "MERGED");
        let restarted = clock(&app, flow.report(), "R-VERIFY").await;
        assert_eq!(
            (
                &restarted["startedOn"],
                &restarted["dueOn"],
                &restarted["state"]
            ),
            (
                &json!("2026-11-24"),
                &json!("2026-12-15"),
                &json!("RUNNING")
            )
        );
        // The office finds it by the new day.
        let lin = app.as_("lin");
        let reports = json!({ "filter": { "kind": "REPORT" } });
        let desk = lin.run("Desk", reports.clone()).await.ok();
        assert_eq!(desk.text("desk.items.0.dueOn"), "2026-12-15");
        let clocks = lin.run("DeskClocks", reports).await.ok();
        assert_eq!(clocks.text("clocks.items.0.clock.dueOn"), "2026-12-15");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn reports_of_the_old_order_and_the_new_one_live_side_by_side() {
    on_both(async |app| {
        let app = app.with(|parts| parts.law = with_older_forms());
        app.advance(TimeDelta::days(-227));
        let flow = Flow::new(&app);
        let (old, code) = file(&app, &flow, json!({ "occurredAt": "2026-04-09T01:00:00Z" })).await;
        let (also_old, _) = file(
            &app,
            &flow,
            json!({ "occurredAt": "2026-04-09T01:00:00Z", "earlierReceiptCode": code }),
        )
        .await;
        app.advance(TimeDelta::days(227));
        let (new, _) = file(&app, &flow, json!({ "earlierReceiptCode": code })).await;
        let article = |clock: &Value| clock["article"].as_str().unwrap().to_owned();
        let (before, after) = (
            clock(&app, old, "R-VERIFY").await,
            clock(&app, new, "R-VERIFY").await,
        );
        assert!(!article(&before).contains("121"), "{before}");
        assert!(article(&after).contains("121"), "{after}");
        let double = |report, earlier: Uuid| {
            step(
                &app,
                report,
                json!({ "earlierId": earlier, "sameness": "相同。" }),
            )
        };
        assert_eq!(
            app.as_("lin")
                .refused("MarkDuplicate", double(also_old, old))
                .await,
            ["OLD_ORDER_APPLIES"]
        );
        app.as_("lin")
            .run("MarkDuplicate", double(new, old))
            .await
            .ok();
        app.leave_jobs();
    })
    .await;
}
