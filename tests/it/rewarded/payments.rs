//! The files that finance pays by: numbered, each reward once, by its own office, not before the days are over.

use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn no_money_moves_before_the_days_to_object_are_over() {
    on_both(async |app| {
        let on = Rewarded::claimed(&app).await;
        app.advance(TimeDelta::days(7));
        assert_eq!(on.export("luo").await.data("exportPayments.rewards"), 0);
        assert_eq!(
            on.refused("luo", "RecordPayment", voucher("12000")).await,
            ["REWARD_WINDOW_OPEN"]
        );
        app.advance(TimeDelta::days(1));
        let early = json!({ "voucher": "付2026-118", "paidOn": "2026-11-30", "sumYuan": "12000" });
        assert_eq!(
            on.refused("luo", "RecordPayment", early).await,
            ["TIME_TOO_OLD"]
        );
        assert_eq!(on.export("luo").await.data("exportPayments.rewards"), 1);
        let late = on
            .pursue("ObjectToPayee", json!({ "words": "不是我。" }))
            .await;
        assert_eq!(late.problems(), ["REWARD_WINDOW_OVER"]);
        on.step("luo", "RecordPayment", voucher("12000")).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn each_reward_goes_to_finance_once_and_again_by_another_word() {
    on_both(async |app| {
        let on = Rewarded::claimed(&app).await;
        on.wait_for_objections();
        let number = "FK-430103-2026-000001";
        assert_eq!(on.export("luo").await.text("exportPayments.number"), number);
        // Nothing is due: no file, and no number is lost.
        let empty = on.export("luo").await;
        assert_eq!(empty.data("exportPayments.number"), &Value::Null);
        assert!(!empty.body().contains(&grouped(ACCOUNT)));
        let second = Rewarded::claimed(&app).await;
        second.wait_for_objections();
        let next = second.export("luo").await;
        assert_eq!(next.text("exportPayments.number"), "FK-430103-2026-000002");
        assert_eq!(next.data("exportPayments.rewards"), 1);
        let again = json!({ "input": { "id": app.new_id(), "number": number } });
        let file = app.as_("luo").run("ExportPaymentsAgain", again).await.ok();
        assert_eq!(file.text("exportPaymentsAgain.number"), number);
        let csv = file.text("exportPaymentsAgain.csv");
        assert!(
            csv.contains(&on.reward().as_str().unwrap().to_owned()),
            "{csv}"
        );
        assert!(!csv.contains(second.reward().as_str().unwrap()), "{csv}");
        let again = "kind = 'payout_exported_again'";
        assert_eq!(count(&app.parts().db, "event", again).await, 1);
        let seen = app
            .as_("luo")
            .run("GetReward", json!({ "id": on.reward() }))
            .await
            .ok();
        assert_eq!(seen.text("reward.paymentFile"), number);
        let unknown = json!({ "input": { "id": app.new_id(), "number": "FK-430103-2026-000009" } });
        let refused = app.as_("luo").refused("ExportPaymentsAgain", unknown).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reward_is_exported_by_its_own_office_alone() {
    on_both(async |app| {
        let on = Rewarded::claimed(&app).await;
        on.wait_for_objections();
        app.grant("liao", "reward_officer").await;
        let file = on.export("liao").await;
        assert_eq!(file.data("exportPayments.rewards"), 0);
        assert!(!file.body().contains(&grouped(ACCOUNT)));
        let number = on.export("luo").await;
        let number = number.text("exportPayments.number");
        let again = json!({ "input": { "id": app.new_id(), "number": number } });
        let refused = app.as_("liao").refused("ExportPaymentsAgain", again).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_file_opens_in_a_spreadsheet_with_every_digit_and_runs_nothing() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        let payee = json!({
            "accountName": "＝HYPERLINK(\"http://x\")", "bank": "=1+1", "accountNumber": "0000021234567890123",
        });
        let claim = json!({ "claimPassword": PASSWORD, "payees": [payee] });
        on.pursue("ClaimReward", claim).await.ok();
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        let file = on.export("luo").await;
        let csv = file.text("exportPayments.csv");
        assert!(csv.starts_with("\u{feff}reward,part,"), "{csv}");
        let cells = "\"'＝HYPERLINK(\"\"http://x\"\")\",\"'=1+1\",\"0000 0212 3456 7890 123\",12000.00";
        assert!(csv.contains(cells), "{csv}");
        app.drain_jobs().await;
    })
    .await;
}
