//! What a reward is a share of: the decision of the case as it stands, by kind, and nothing that is typed.

use liangxin_tests::app::on_both;

use super::*;

/// What a review made of the decision of the case.
async fn change(on: &Rewarded, kind: &str, fine: i64) {
    let input = json!({ "input": {
        "id": on.app.new_id(),
        "caseId": on.flow.case(),
        "kind": kind,
        "by": "REVIEW",
        "body": "长沙市人民政府",
        "document": "长政复决字〔2026〕1号",
        "on": liangxin_domain::law::calendar::shanghai_date(on.app.now()),
        "fineYuan": fine,
        "reason": "复议决定如上所述。",
    } });
    on.app.as_("he").run("ChangeDecision", input).await.ok();
    on.app.advance(TimeDelta::seconds(1));
}

fn amount(graded: &Reply) -> String {
    let amount = "gradeReward.reward.grading.award.amountYuan";
    graded.text(amount).to_owned()
}

#[tokio::test]
async fn a_lowered_decision_lowers_the_base_before_the_grade_and_after_it() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        let graded = on.step("luo", "GradeReward", grade(2)).await;
        assert_eq!(amount(&graded), "12000.00");
        change(&on, "LOWERED", 200_000).await;
        let opinion = json!({ "words": "同意。" });
        let refused = on.refused("he", "DecideReward", opinion.clone()).await;
        assert_eq!(refused, ["REWARD_BASE_CHANGED"]);
        let graded = on.step("luo", "GradeReward", grade(2)).await;
        assert_eq!(amount(&graded), "6000.00");
        on.step("he", "DecideReward", opinion).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_claim_of_a_sum_that_was_lowered_since_is_none_and_is_made_anew() {
    on_both(async |app| {
        let on = Rewarded::claimed(&app).await;
        change(&on, "LOWERED", 200_000).await;
        on.wait_for_objections();
        let file = on.export("he").await;
        assert_eq!(file.data("exportPayments.number"), &Value::Null);
        let graded = on.step("luo", "GradeReward", grade(2)).await;
        assert_eq!(amount(&graded), "6000.00");
        app.drain_jobs().await;
        assert_eq!(payees(&app).await, 0, "the payee of the old claim is gone");
        let opinion = json!({ "words": "同意。" });
        on.step("he", "DecideReward", opinion).await;
        on.step("luo", "TellDecision", json!({})).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        assert_eq!(on.state().await, "CLAIMED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_annulled_decision_pays_nobody_and_takes_the_reward_back_at_every_step() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        on.step("luo", "GradeReward", grade(2)).await;
        let early = on.refused("he", "RevokeReward", taken_back()).await;
        assert_eq!(early, ["WRONG_STATE"]);
        change(&on, "ANNULLED", 0).await;
        let annulled = ["DECISION_ANNULLED"];
        let opinion = json!({ "words": "同意。" });
        assert_eq!(on.refused("he", "DecideReward", opinion).await, annulled);
        assert_eq!(on.refused("luo", "GradeReward", grade(2)).await, annulled);
        on.step("he", "RevokeReward", taken_back()).await;
        assert_eq!(on.state().await, "REVOKED");
        let seen = on.tracked().await;
        let appeal = seen.text("trackReport.report.reward.takenBack.appeal");
        assert_eq!(appeal, "可在六十日内申请行政复议。");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_claimed_of_an_annulled_decision_neither_goes_to_finance_nor_again() {
    on_both(async |app| {
        let on = Rewarded::claimed(&app).await;
        on.wait_for_objections();
        let number = on.export("luo").await;
        let number = number.text("exportPayments.number").to_owned();
        change(&on, "ANNULLED", 0).await;
        let again = json!({ "input": { "id": app.new_id(), "number": number } });
        let again = app.as_("luo").run("ExportPaymentsAgain", again).await.ok();
        assert!(!again.body().contains(&grouped(ACCOUNT)));
        assert_eq!(
            on.refused("luo", "RecordPayment", voucher("12000")).await,
            ["DECISION_ANNULLED"]
        );
        on.step("he", "RevokeReward", taken_back()).await;
        app.drain_jobs().await;
        assert_eq!(payees(&app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_matter_that_was_split_into_cases_is_rewarded_once() {
    on_both(async |app| {
        let first = Rewarded::screened(&app, 400_000, None).await;
        let second = Flow::after(&app, Step::FinishCase).await;
        let one_report = "UPDATE case_file SET report_id = \
            (SELECT report_id FROM case_file ORDER BY filed_at LIMIT 1)";
        app.execute(one_report).await;
        assert_eq!(
            second.refused(Step::ScreenReward, json!({})).await,
            ["REWARD_MATTER_REWARDED"]
        );
        // What earned nobody anything is in nobody's way.
        let out = json!({ "finding": "NOT_IN_SCOPE", "reason": "不属于奖励的种类。" });
        first.step("he", "RuleOnScope", out).await;
        second.take(Step::ScreenReward).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_in_the_place_of_one_that_is_rewarded_is_rewarded_to_nobody_else() {
    on_both(async |app| {
        let first = Rewarded::screened(&app, 400_000, None).await;
        let second = Flow::after(&app, Step::FinishCase).await;
        // As one that another visit led to, with another report.
        let (former, anew) = (first.flow.case(), app.literal(second.case()));
        app.execute(&format!(
            "UPDATE case_file SET told = \
             replace(told, '\"in_place_of\":null', '\"in_place_of\":\"{former}\"') WHERE id = {anew}"
        ))
        .await;
        assert_eq!(
            second.refused(Step::ScreenReward, json!({})).await,
            ["REWARD_MATTER_REWARDED"]
        );
        let out = json!({ "finding": "NOT_IN_SCOPE", "reason": "不属于奖励的种类。" });
        first.step("he", "RuleOnScope", out).await;
        second.take(Step::ScreenReward).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn ten_rewards_that_are_refused_with_their_reason() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        let mut out_with_kind = in_scope();
        out_with_kind["finding"] = json!("NOT_IN_SCOPE");
        let mut no_kind = in_scope();
        no_kind["kind"] = Value::Null;
        for (who, operation, rest, code) in [
            ("luo", "RuleOnScope", in_scope(), "DENIED"),
            ("he", "RuleOnScope", no_kind, "FIELD_REQUIRED"),
            ("he", "RuleOnScope", out_with_kind, "FIELD_FORMAT"),
            (
                "luo",
                "RecordEligibility",
                eligible(),
                "REWARD_SCOPE_UNDECIDED",
            ),
        ] {
            let refused = on.refused(who, operation, rest.clone()).await;
            assert_eq!(refused, [code], "{rest}");
        }
        app.grant("luo", "head").await;
        let own = on.refused("luo", "RuleOnScope", in_scope()).await;
        assert_eq!(own, ["REWARD_SCREENER_EXCLUDED"]);
        on.applied(eligible()).await;
        let again = on.refused("he", "RuleOnScope", in_scope()).await;
        assert_eq!(again, ["WRONG_STATE"]);
        for (field, value, code) in [
            ("finesYuan", json!("5000000"), "REWARD_SUM_ON_RECORD"),
            ("collectedYuan", json!("400000"), "REWARD_SUM_ON_RECORD"),
            ("violations", json!(["M-QTY-01"]), "REWARD_NOT_CHARGED"),
            (
                "violations",
                json!(["M-CHT-02", "M-CHT-02"]),
                "REWARD_NOT_CHARGED",
            ),
            // Nothing that was reported was found: there is nothing to take a share of.
            ("violations", json!([]), "FIELD_REQUIRED"),
        ] {
            let mut wrong = grade(2);
            wrong["grading"][field] = value;
            assert_eq!(on.refused("luo", "GradeReward", wrong).await, [code]);
        }
        app.drain_jobs().await;
    })
    .await;
}
