//! Grading, the paper of finance, objections, and sums that cannot be.

use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn an_insiders_uplift_waits_for_the_paper_of_finance() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.applied(json!({ "standing": "INSIDER", "note": "内部员工。" }))
            .await;
        let mut raised = grade(2);
        raised["grading"]["insiderUpliftBasisPoints"] = json!(2_000);
        let graded = on.step("luo", "GradeReward", raised).await;
        assert_eq!(
            graded.text("gradeReward.reward.grading.award.amountYuan"),
            "14400.00"
        );
        assert_eq!(graded.text("gradeReward.reward.state"), "FINANCE_PENDING");
        assert_eq!(
            graded.text("gradeReward.reward.reward.state"),
            "APPLIED",
            "what the reporter sees"
        );
        let opinion = json!({ "words": "同意。" });
        let early = on.refused("he", "DecideReward", opinion.clone()).await;
        assert_eq!(early, ["REWARD_FINANCE_REQUIRED"]);
        let paper = json!({
            "number": "天财函〔2026〕88号",
            "authority": "天心区财政局",
            "dated": "2026-11-23",
            "sha256": "ab".repeat(32),
        });
        on.step("luo", "RecordFinanceConsent", paper).await;
        on.step("he", "DecideReward", opinion).await;
        assert_eq!(on.state().await, "DECIDED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_objection_is_reviewed_by_somebody_else_and_told_again() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(3)).await;
        let words = json!({ "words": "全部事实都是我举报的。" });
        on.pursue("ObjectToReward", words.clone()).await.ok();
        let opinion = json!({ "opinion": "异议成立。", "grading": grade(2)["grading"] });
        assert_eq!(
            on.refused("luo", "ReviewReward", opinion.clone()).await,
            ["REWARD_GRADER_CANNOT_APPROVE"]
        );
        let during = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(during.problems(), ["WRONG_STATE"]);
        let reviewed = on.step("he", "ReviewReward", opinion).await;
        assert_eq!(
            reviewed.text("reviewReward.reward.grading.award.amountYuan"),
            "12000.00"
        );
        let again = on.pursue("ObjectToReward", words).await;
        assert_eq!(again.problems(), ["REWARD_REVIEWED_BEFORE"]);
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_law_data_cannot_tell_a_head_decides_with_a_reason() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 20_000, None).await;
        assert_eq!(
            on.refused("luo", "RecordEligibility", eligible()).await,
            ["REWARD_SCOPE_UNDECIDED"]
        );
        let ruling = json!({ "finding": "NOT_IN_SCOPE", "reason": "未达较大数额。" });
        assert_eq!(
            on.refused("luo", "RuleOnScope", ruling.clone()).await,
            ["DENIED"],
            "a reward officer is no head"
        );
        on.step("he", "RuleOnScope", ruling).await;
        assert_eq!(on.state().await, "NOT_IN_SCOPE");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn sums_and_words_that_cannot_be_are_refused_with_their_field() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        for (field, value, code) in [
            ("finesYuan", json!("1.005"), "FIELD_FORMAT"),
            ("finesYuan", json!("-1"), "FIELD_FORMAT"),
            ("finesYuan", json!("400000"), "REWARD_SUM_ON_RECORD"),
            ("collectedYuan", json!("1"), "REWARD_SUM_ON_RECORD"),
            ("violations", json!(["M-GAS-08"]), "REWARD_NOT_CHARGED"),
            ("violations", json!(["'"]), "VIOLATION_UNKNOWN"),
            ("grade", json!(4), "OUT_OF_RANGE"),
            ("adjustedToYuan", json!("2999.99"), "REWARD_SUM"),
            ("insiderUpliftBasisPoints", json!(100), "REWARD_SUM"),
            ("facts", json!([]), "FIELD_REQUIRED"),
            ("reason", json!("  "), "FIELD_REQUIRED"),
        ] {
            let mut wrong = grade(2);
            wrong["grading"][field] = value;
            let reply = app.as_("luo").run("GradeReward", on.input(wrong)).await;
            assert_eq!(reply.problems(), [code], "{field}");
            assert_eq!(reply.field().as_deref(), Some(field));
        }
        app.drain_jobs().await;
    })
    .await;
}
