//! Rewards.

use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use crate::complaints::Dispute;

#[tokio::test]
async fn a_reward_is_screened_when_the_case_is_closed_and_not_before() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        assert_eq!(
            flow.refused(Step::ScreenReward, json!({})).await,
            ["CASE_NOT_DECIDED"]
        );
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        assert_eq!(
            flow.refused(Step::ScreenReward, json!({})).await,
            ["CASE_NOT_DECIDED"]
        );
        flow.take(Step::DecideCase).await;
        assert_eq!(
            flow.refused(Step::ScreenReward, json!({})).await,
            ["CASE_NOT_CLOSED"]
        );
        flow.go_on(Step::DecideCase, Step::FinishCase).await;
        let screened = flow.take(Step::ScreenReward).await;
        assert_eq!(
            screened.text("screenReward.reward.outcome"),
            "NOT_IN_SCOPE",
            "a small fine is not a major violation"
        );
        assert!(!screened.text("screenReward.reward.reason").is_empty());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn between_the_amounts_that_other_provinces_name_an_officer_has_to_say() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let charges = json!({ "charges": flow.charges("M-QTY-01", 20000) });
        flow.take_with(Step::ProposePenalty, charges).await;
        flow.go_on(Step::ProposePenalty, Step::ServeDecision).await;
        let paid = json!({ "sumYuan": "20000" });
        flow.take_with(Step::RecordFinePayment, paid).await;
        flow.go_on(Step::RecordFinePayment, Step::FinishCase).await;
        let screened = flow.take(Step::ScreenReward).await;
        assert_eq!(
            screened.text("screenReward.reward.outcome"),
            "NEEDS_OFFICER"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_has_one_reward() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ScreenReward).await;
        assert_eq!(flow.refused(Step::ScreenReward, json!({})).await, ["STALE"]);
        assert_eq!(
            flow.refused(Step::ScreenReward, json!({ "reportId": app.new_id() }))
                .await,
            ["NOT_FOUND"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_investigated_does_not_screen_the_reward() {
    on_both(async |app| {
        app.grant("tang", "reward_officer").await;
        let flow = Flow::after(&app, Step::FinishCase).await;
        assert_eq!(
            flow.refused_for("tang", Step::ScreenReward).await,
            ["INVESTIGATOR_CANNOT_APPROVE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_reporter_sees_what_became_of_the_reward() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FinishCase).await;
        let track = json!({ "receiptCode": flow.receipt_code().await });
        let before = app.anonymous().run("TrackReport", track.clone()).await.ok();
        assert_eq!(before.data("trackReport.report.reward"), &Value::Null);
        flow.take(Step::ScreenReward).await;
        let after = app.anonymous().run("TrackReport", track).await.ok();
        assert_eq!(
            after.text("trackReport.report.reward.outcome"),
            "NOT_IN_SCOPE"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_found_in_a_mediation_is_rewarded_to_nobody() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let lead = json!({ "input": {
            "id": app.new_id(), "complaintId": dispute.id, "words": "现场发现作弊秤。",
        } });
        let told = app.as_("deng").run("ReportLead", lead).await.ok();
        let report = told.text("reportLead.complaint.leads.0.reportId");
        let filing = json!({ "input": {
            "id": app.new_id(), "basis": "LEAD", "reportId": report, "facts": "秤有作弊功能。",
            "merchantId": merchant_id("tianxin-stall-17").uuid(), "conductOn": "2026-11-23",
            "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
        } });
        app.as_("he").run("FileCase", filing).await.ok();
        let screen = json!({ "input": { "id": app.new_id(), "reportId": report } });
        let refused = app.as_("luo").refused("ScreenReward", screen).await;
        assert_eq!(refused, ["NOBODY_REPORTED"]);
        app.leave_jobs();
    })
    .await;
}
