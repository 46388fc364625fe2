//! Whoever gets the money is checked once more before it moves, by somebody who saw who it is.

use liangxin_tests::app::on_both;

use super::*;

fn against(ground: &str) -> Value {
    json!({
        "note": "与本局人员名册核对。",
        "appeal": "可在六十日内申请行政复议。",
        "exclusions": [{ "ground": ground, "reason": "收款人系本局协管员甲。" }],
    })
}

#[tokio::test]
async fn without_an_opening_nobody_checks_a_payee() {
    on_both(async |app| {
        let on = Rewarded::unchecked(&app).await;
        let required = ["REWARD_OPENING_REQUIRED"];
        for who in ["luo", "he"] {
            let refused = on.refused(who, "CheckPayee", nothing_against()).await;
            assert_eq!(refused, required, "{who}");
        }
        on.look_at_payee("luo", "he").await;
        // Another's look is not one's own, and one that is over is none.
        let refused = on.refused("he", "CheckPayee", nothing_against()).await;
        assert_eq!(refused, required);
        app.advance(TimeDelta::hours(25));
        let refused = on.refused("luo", "CheckPayee", nothing_against()).await;
        assert_eq!(refused, required);
        on.payee_checked("luo", "he").await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_recorded_the_claim_does_not_check_its_payee() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.told(eligible(), grade(2)).await;
        let counter = json!({ "note": "已核对本人身份证件。", "payees": [payee()] });
        on.step("luo", "RecordClaim", counter).await;
        on.step("he", "ApproveClaim", json!({})).await;
        on.look_at_payee("luo", "he").await;
        let refused = on.refused("luo", "CheckPayee", nothing_against()).await;
        assert_eq!(refused, ["REWARD_RECORDER_EXCLUDED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reward_is_exported_only_after_its_payee_was_checked() {
    on_both(async |app| {
        let on = Rewarded::unchecked(&app).await;
        on.wait_for_objections();
        let empty = on.export("luo").await;
        assert_eq!(empty.data("exportPayments.number"), &Value::Null);
        assert!(!empty.body().contains(&grouped(ACCOUNT)));
        let refused = on.refused("luo", "RecordPayment", voucher("12000")).await;
        assert_eq!(refused, ["REWARD_PAYEE_UNCHECKED"]);
        on.payee_checked("luo", "he").await;
        let again = on.refused("luo", "CheckPayee", nothing_against()).await;
        assert_eq!(again, ["WRONG_STATE"]);
        let file = on.export("luo").await;
        assert_eq!(file.text("exportPayments.number"), "FK-430103-2026-000001");
        assert!(file.body().contains(&grouped(ACCOUNT)));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_payee_with_a_ground_against_it_is_refused_by_paper_and_the_reward_taken_back() {
    on_both(async |app| {
        let on = Rewarded::unchecked(&app).await;
        on.look_at_payee("luo", "he").await;
        let mut mute = against("STAFF_OR_DUTY");
        mute["appeal"] = Value::Null;
        let refused = on.refused("luo", "CheckPayee", mute).await;
        assert_eq!(refused, ["FIELD_REQUIRED"]);
        let checked = on.step("luo", "CheckPayee", against("STAFF_OR_DUTY")).await;
        assert_eq!(checked.text("checkPayee.reward.state"), "REVOKED");
        let found = "checkPayee.reward.payeeCheck.exclusions.0.ground";
        assert_eq!(checked.text(found), "STAFF_OR_DUTY");
        let paper = "paper = 'reward_revocation_notice'";
        assert_eq!(count(&app.parts().db, "notice", paper).await, 1);
        let seen = on.tracked().await;
        assert_eq!(seen.text("trackReport.report.reward.state"), "REVOKED");
        let back = "trackReport.report.reward.takenBack";
        let appeal = seen.text(&format!("{back}.appeal"));
        assert_eq!(appeal, "可在六十日内申请行政复议。");
        let reason = seen.text(&format!("{back}.reason"));
        assert!(reason.starts_with("付款前核查收款人："), "{reason}");
        assert!(!seen.body().contains("协管员甲"));
        app.drain_jobs().await;
        assert_eq!(payees(&app).await, 0, "nobody will be paid");
        on.wait_for_objections();
        assert_eq!(on.export("luo").await.data("exportPayments.rewards"), 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_reporter_is_told_who_looked_at_the_payee() {
    on_both(async |app| {
        let on = Rewarded::unchecked(&app).await;
        on.payee_checked("luo", "he").await;
        let seen = on.tracked().await;
        let timeline = seen.data("trackReport.report.timeline").to_string();
        assert_eq!(timeline.matches("\"identity_opened\"").count(), 1);
        let looks = seen.data("trackReport.report.openings");
        assert_eq!(looks[0]["purpose"], "REWARD_PAYMENT");
        assert_eq!(looks[0]["fields"], json!(["NAME", "BANK_ACCOUNT"]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_payee_is_opened_for_a_payment_alone() {
    on_both(async |app| {
        let on = Rewarded::unchecked(&app).await;
        let asked = json!({ "input": {
            "id": app.new_id(),
            "reportId": on.flow.report(),
            "ofPayee": true,
            "purpose": "PROTECTION",
            "reason": "保护举报人",
            "fields": ["NAME"],
        } });
        let refused = app.as_("he").refused("RequestIdentityOpening", asked).await;
        assert_eq!(refused, ["FIELD_FORMAT"]);
        app.drain_jobs().await;
    })
    .await;
}
