//! Windows that run out, revocation, recovery, and bank data that is forgotten.

use liangxin_app::caller::Caller;
use liangxin_app::usecase::law::{SentYear, load_calendar_year};
use liangxin_domain::id::CommandId;
use liangxin_domain::text::Text;
use liangxin_tests::app::on_both;

use super::*;

/// Loads a made-up 2027, whose only days off beside the weekends are the first of January and of October.
async fn load_2027(app: &TestApp) {
    let id = CommandId::new(app.new_id());
    let year = SentYear {
        year: 2027,
        version: Text::parse("test", "version").unwrap(),
        csv: "date,kind,occasion\n2027-01-01,off,元旦\n2027-02-06,off,春节\n2027-02-07,off,春节\n2027-02-13,off,春节\n2027-02-14,off,春节\n2027-04-04,off,清明\n2027-05-01,off,劳动节\n2027-05-02,off,劳动节\n2027-06-06,off,端午\n2027-09-12,off,中秋\n2027-10-01,off,国庆节\n2027-10-02,off,国庆节\n2027-10-03,off,国庆节\n".to_owned(),
    };
    let loaded = load_calendar_year(app.parts(), &Caller::system(), id, year).await;
    loaded.unwrap();
    let confirm = json!({ "input": { "id": app.new_id(), "draftId": id.uuid() } });
    app.as_("qiu")
        .run("ConfirmCalendarYear", confirm)
        .await
        .ok();
    app.drain_jobs().await;
}

#[tokio::test]
async fn what_nobody_claims_is_forfeited_by_the_clock_once() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        app.advance(TimeDelta::days(500));
        app.drain_jobs().await;
        assert_eq!(
            on.state().await,
            "NOTIFIED_DECISION",
            "nothing ends on a day that nobody can compute"
        );
        load_2027(&app).await;
        for _ in 0..2 {
            app.drain_jobs().await;
        }
        assert_eq!(on.state().await, "FORFEITED");
        let late = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(late.problems(), ["WRONG_STATE"]);
        let forfeited = "kind = 'reward_forfeited'";
        assert_eq!(count(&app.parts().db, "event", forfeited).await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_does_not_apply_in_time_has_let_it_lapse() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        load_2027(&app).await;
        on.ruled().await;
        on.step("luo", "RecordEligibility", eligible()).await;
        app.advance(TimeDelta::days(43));
        app.drain_jobs().await;
        assert_eq!(on.state().await, "NOTIFIED_ELIGIBLE", "on the last day");
        app.advance(TimeDelta::days(1));
        let late = on.pursue("ApplyForReward", json!({})).await;
        assert_eq!(late.problems(), ["REWARD_WINDOW_OVER"]);
        app.drain_jobs().await;
        assert_eq!(on.state().await, "LAPSED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_good_reason_gives_ten_more_working_days_once() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        load_2027(&app).await;
        let reason = json!({ "words": "住院。" });
        let extended = on.step("luo", "ExtendClaim", reason.clone()).await;
        let windows = extended.data("extendClaim.reward.reward.windows");
        assert_eq!(windows[0]["dueOn"], "2027-01-19");
        assert_eq!(
            on.refused("luo", "ExtendClaim", reason).await,
            ["REWARD_EXTENDED"]
        );
        app.advance(TimeDelta::days(57));
        app.drain_jobs().await;
        assert_eq!(on.state().await, "NOTIFIED_DECISION", "on the last day");
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_annulled_decision_revokes_the_reward_and_forgets_the_bank_data() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.step("he", "RevokeReward", taken_back()).await;
        assert_eq!(on.state().await, "REVOKED");
        app.drain_jobs().await;
        assert_eq!(payees(&app).await, 0);
        let seen = on.tracked().await;
        let appeal = seen.text("trackReport.report.reward.takenBack.appeal");
        assert_eq!(appeal, "可在六十日内申请行政复议。");
        assert_eq!(
            on.refused("luo", "RecordPayment", voucher("12000")).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_paid_reward_is_asked_back_for_fraud_and_its_bank_data_purged_in_the_end() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        assert_eq!(
            on.refused("luo", "RecordPayment", voucher("11999.99"))
                .await,
            ["REWARD_SUM"]
        );
        on.step("luo", "RecordPayment", voucher("12000")).await;
        assert_eq!(
            on.refused("he", "RevokeReward", taken_back()).await,
            ["WRONG_STATE"]
        );
        on.step("he", "RecoverReward", taken_back()).await;
        on.step("luo", "RecordRecovery", voucher("12000")).await;
        assert_eq!(on.state().await, "RECOVERED");
        app.advance(TimeDelta::days(1_095));
        app.drain_jobs().await;
        assert_eq!(payees(&app).await, 1);
        app.advance(TimeDelta::days(1));
        for _ in 0..2 {
            app.drain_jobs().await;
        }
        assert_eq!(payees(&app).await, 0);
        let purged = "kind = 'payout_purged'";
        assert_eq!(count(&app.parts().db, "event", purged).await, 1);
    })
    .await;
}
