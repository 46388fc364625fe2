//! Who may have a reward, who may work on it, who sees it.

use liangxin_tests::app::on_both;
use uuid::Uuid;

use super::*;

#[tokio::test]
async fn who_was_not_first_is_told_so_and_nobody_else_is_named() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        let second = Flow::with_secret(&app, "c2VuZGVyLXNlY3JldC0wMDI");
        let report = second.variables(Step::FileReport);
        let filed = app.anonymous().run("FileReport", report.clone()).await;
        let code = filed.ok().text("fileReport.receipt.receiptCode").to_owned();
        // It came after the decision, so that it is not a report on the case.
        let screen = json!({ "input": {
            "id": app.new_id(), "reportId": second.report(), "caseId": on.flow.case(),
        } });
        let late = app.as_("luo").refused("ScreenReward", screen.clone()).await;
        assert_eq!(late, ["NOT_FOUND"]);
        let received = format!("UPDATE report SET received_at = (SELECT received_at FROM report WHERE number <> '{0}') WHERE number = '{0}'",
            number(&app, &code).await);
        app.execute(&received).await;
        app.as_("luo").run("ScreenReward", screen.clone()).await.ok();
        let mut ruling = json!({ "input": in_scope() });
        ruling["input"]["id"] = json!(app.new_id());
        ruling["input"]["rewardId"] = screen["input"]["id"].clone();
        app.as_("he").run("RuleOnScope", ruling).await.ok();
        let not_first = |earlier: Uuid| json!({ "input": {
            "id": app.new_id(),
            "rewardId": screen["input"]["id"],
            "standing": "OUTSIDER",
            "note": "同一线索。",
            "exclusions": [{ "ground": "NOT_FIRST", "reason": "甲先举报。", "earlierReportId": earlier }],
        } });
        let unknown = app.as_("luo").refused("RecordEligibility", not_first(app.new_id())).await;
        assert_eq!(unknown, ["REWARD_REPORT_NOT_EARLIER"]);
        let itself = app.as_("luo").refused("RecordEligibility", not_first(second.report())).await;
        assert_eq!(itself, ["REWARD_REPORT_NOT_EARLIER"]);
        let checked = app.as_("luo").run("RecordEligibility", not_first(on.flow.report())).await;
        checked.ok();
        let seen = app.anonymous().run("TrackReport", json!({ "receiptCode": code })).await.ok();
        assert_eq!(seen.text("trackReport.report.reward.state"), "INELIGIBLE");
        assert_eq!(seen.text("trackReport.report.reward.grounds.0.code"), "INELIGIBLE_NOT_FIRST");
        assert!(!seen.body().contains("甲先举报"));
        assert!(!seen.body().contains(&on.flow.report().to_string()));
        app.drain_jobs().await;
    })
    .await;
}

async fn number(app: &TestApp, code: &str) -> String {
    let seen = app
        .anonymous()
        .run("TrackReport", json!({ "receiptCode": code }))
        .await;
    seen.ok().text("trackReport.report.number").to_owned()
}

#[tokio::test]
async fn whoever_worked_on_the_case_works_on_no_part_of_the_reward() {
    on_both(async |app| {
        app.grant("tang", "reward_officer").await;
        app.grant("zhou", "head").await;
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        let denied = ["INVESTIGATOR_CANNOT_APPROVE"];
        assert_eq!(on.refused("zhou", "RuleOnScope", in_scope()).await, denied);
        assert_eq!(
            on.refused("tang", "RecordEligibility", eligible()).await,
            denied
        );
        on.applied(eligible()).await;
        assert_eq!(on.refused("tang", "GradeReward", grade(2)).await, denied);
        on.step("luo", "GradeReward", grade(2)).await;
        let opinion = json!({ "words": "同意。" });
        assert_eq!(
            on.refused("zhou", "DecideReward", opinion.clone()).await,
            denied
        );
        app.grant("luo", "head").await;
        assert_eq!(
            on.refused("luo", "DecideReward", opinion.clone()).await,
            ["REWARD_GRADER_CANNOT_APPROVE"]
        );
        on.step("he", "DecideReward", opinion).await;
        on.step("luo", "TellDecision", json!({})).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        let csv = on.export("tang").await;
        assert!(!csv.body().contains(&grouped(ACCOUNT)));
        let csv = on.export("he").await;
        assert!(csv.body().contains(&grouped(ACCOUNT)), "{}", csv.body());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_but_reward_officers_heads_and_the_reporter_sees_a_reward() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        let id = json!({ "id": on.reward() });
        for key in ["lin", "zhou", "tang", "deng", "xiao", "wu", "shen", "qiu"] {
            let reply = app.as_(key).run("GetReward", id.clone()).await;
            assert_eq!(reply.problems(), ["DENIED"], "{key}");
            let report = json!({ "id": on.flow.report() });
            let reply = app.as_(key).run("GetReport", report).await;
            assert!(!reply.body().contains("NOTIFIED"), "{key}");
            assert!(!reply.body().contains("APPLIED"), "{key}");
        }
        for key in ["luo", "he"] {
            let reply = app.as_(key).run("GetReward", id.clone()).await.ok();
            assert_eq!(reply.text("reward.state"), "APPLIED", "{key}");
            let queue = app
                .as_(key)
                .run("ListRewards", json!({ "state": "APPLIED" }))
                .await;
            assert_eq!(queue.ok().data("rewards.items.0.id"), &on.reward());
        }
        let anonymous = app.anonymous().run("GetReward", id.clone()).await;
        assert_eq!(anonymous.problems(), ["SIGN_IN_REQUIRED"]);
        app.execute("UPDATE reward SET division = '430104'").await;
        let reply = app.as_("luo").run("GetReward", id).await.ok();
        assert_eq!(reply.data("reward"), &Value::Null);
        app.drain_jobs().await;
    })
    .await;
}
