//! Whose a report is: dispatched, returned, disputed, designated.

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{file, get, step};

#[tokio::test]
async fn what_is_dispatched_is_returned_and_never_passed_on() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        // The city received it itself.
        let change = json!({ "merchantCode": null, "division": "430100" });
        let (report, _) = file(&app, &flow, change).await;
        assert_eq!(get_or_null(&app, "lin", report).await, Value::Null);
        let to = |division: &str| {
            step(
                &app,
                report,
                json!({ "to": division, "basis": "行为发生地。" }),
            )
        };
        assert_eq!(
            app.as_("yi").refused("DispatchReport", to("430200")).await,
            ["NOT_A_LOWER_BUREAU"]
        );
        assert_eq!(
            app.as_("lin").refused("DispatchReport", to("430103")).await,
            ["NOT_FOUND"]
        );
        assert_eq!(
            app.as_("yi").refused("DispatchReport", to("430104")).await,
            ["NO_INTAKE_OFFICER"]
        );
        app.as_("yi").run("DispatchReport", to("430103")).await.ok();
        assert_ne!(get_or_null(&app, "lin", report).await, Value::Null);
        assert_eq!(
            app.as_("lin").refused("DispatchReport", to("430104")).await,
            ["MAY_NOT_PASS_ON"]
        );
        let back = step(&app, report, json!({ "reason": "行为发生地不在本区。" }));
        app.as_("lin").run("ReturnReport", back.clone()).await.ok();
        // Sent again after a lost answer, although the report is in other hands by now.
        app.as_("lin").run("ReturnReport", back).await.ok();
        assert_eq!(get_or_null(&app, "lin", report).await, Value::Null);
        let seen = get(&app, "yi", report).await;
        assert_eq!(seen.text("report.unit"), "430100");
        assert_eq!(seen.text("report.records.1.kind"), "RETURN");
        let db = &app.parts().db;
        assert_eq!(count(db, "notice", "paper = 'dispatch_letter'").await, 1);
        assert_eq!(count(db, "notice", "paper = 'return_letter'").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

async fn get_or_null(app: &TestApp, who: &str, report: Uuid) -> Value {
    get(app, who, report).await.data("report").clone()
}

#[tokio::test]
async fn a_dispute_about_competence_has_seven_working_days_and_then_the_common_superior() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let raise = || step(&app, flow.report(), json!({ "other": "430104", "reason": "经营地在岳麓区。" }));
        let raised = raise();
        let dispute = raised["input"]["id"].clone();
        app.as_("lin").run("RaiseCompetenceDispute", raised).await.ok();
        assert_eq!(
            app.as_("lin").refused("RaiseCompetenceDispute", raise()).await,
            ["DISPUTE_OPEN"]
        );
        let db = &app.parts().db;
        let due = "rule_id = 'J-DISPUTE' AND due_moved = '2026-12-02' AND satisfied_on IS NULL";
        assert_eq!(count(db, "clock", due).await, 1);
        let end = |unit: &str| json!({ "input": { "id": app.new_id(), "disputeId": dispute, "unit": unit } });
        assert_eq!(
            app.as_("he").refused("DesignateCompetence", end("430104")).await,
            ["NOT_A_SUPERIOR"]
        );
        assert_eq!(
            app.as_("liao").refused("DesignateCompetence", end("430102")).await,
            ["OUT_OF_RANGE"]
        );
        app.as_("liao").run("DesignateCompetence", end("430104")).await.ok();
        assert_eq!(
            app.as_("liao").refused("DesignateCompetence", end("430103")).await,
            ["DISPUTE_CLOSED"]
        );
        assert_eq!(get_or_null(&app, "lin", flow.report()).await, Value::Null);
        let seen = get(&app, "liao", flow.report()).await;
        assert_eq!(seen.text("report.disputes.0.state"), "DESIGNATED");
        assert_eq!(seen.text("report.unit"), "430104");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn units_that_agree_end_their_dispute_in_time() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let raised = step(
            &app,
            flow.report(),
            json!({ "other": "430104", "reason": "经营地在岳麓区。" }),
        );
        let dispute = raised["input"]["id"].clone();
        app.as_("lin")
            .run("RaiseCompetenceDispute", raised)
            .await
            .ok();
        let say = async |who: &str, unit: &str| {
            let end =
                json!({ "input": { "id": app.new_id(), "disputeId": dispute, "unit": unit } });
            app.as_(who).run("SettleCompetenceDispute", end).await.ok();
        };
        let done = "rule_id = 'J-DISPUTE' AND satisfied_on = '2026-11-23'";
        let db = &app.parts().db;
        // Yuelu has no office: the city speaks for it. Neither side settles it alone.
        say("he", "430103").await;
        say("he", "430103").await;
        assert_eq!(count(db, "clock", done).await, 0);
        let read = app
            .as_("liao")
            .run("ListCompetenceDisputes", json!({}))
            .await
            .ok();
        let dispute = "competenceDisputes.items.0";
        assert_eq!(read.text(&format!("{dispute}.reason")), "经营地在岳麓区。");
        assert_eq!(read.text(&format!("{dispute}.proposal.side")), "430103");
        say("liao", "430104").await;
        assert_eq!(count(db, "clock", done).await, 0, "they do not agree yet");
        // The other word took the place of the first one, so that both have to say it now.
        say("liao", "430103").await;
        say("he", "430103").await;
        assert_eq!(count(db, "clock", done).await, 1);
        let read = app
            .as_("liao")
            .run("ListCompetenceDisputes", json!({}))
            .await
            .ok();
        assert_eq!(read.text(&format!("{dispute}.state")), "AGREED");
        flow.take(Step::AcceptReport).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_word_on_what_the_other_unit_said_before_is_no_agreement() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let raised = step(
            &app,
            flow.report(),
            json!({ "other": "430104", "reason": "经营地在岳麓区。" }),
        );
        let dispute = raised["input"]["id"].clone();
        app.as_("lin")
            .run("RaiseCompetenceDispute", raised)
            .await
            .ok();
        let word = |unit: &str, seen: Value| {
            json!({ "input": { "id": app.new_id(), "disputeId": dispute, "unit": unit, "seen": seen } })
        };
        let version = async || {
            let liao = app.as_("liao");
            let read = liao.run("ListCompetenceDisputes", json!({})).await.ok();
            read.data("competenceDisputes.items.0.version").clone()
        };
        let first = version().await;
        let said = word("430104", first.clone());
        app.as_("he").run("SettleCompetenceDispute", said).await.ok();
        let second = version().await;
        // The city read that Tianxin gives it away; meanwhile Tianxin takes it back.
        let said = word("430103", second.clone());
        app.as_("he").run("SettleCompetenceDispute", said).await.ok();
        for (operation, seen) in [
            ("SettleCompetenceDispute", &first),
            ("SettleCompetenceDispute", &second),
            ("DesignateCompetence", &second),
        ] {
            let late = word("430104", seen.clone());
            let late = app.as_("liao").refused(operation, late).await;
            assert_eq!(late, ["STALE"], "{operation} {seen}");
        }
        let said = word("430103", version().await);
        app.as_("liao").run("SettleCompetenceDispute", said).await.ok();
        let db = &app.parts().db;
        assert_eq!(count(db, "competence_dispute", "state = 'agreed'").await, 1);
        app.drain_jobs().await;
    })
    .await;
}
