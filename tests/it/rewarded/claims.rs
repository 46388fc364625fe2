//! Claiming: by code and password, in person, jointly.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use liangxin_app::ports::identity_keys::IdentityKeys;
use liangxin_app::store;
use liangxin_domain::id::RewardId;
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject};
use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn an_anonymous_reporter_is_paid_by_code_and_password_alone() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        assert_eq!(on.state().await, "SCREENING");
        on.told(eligible(), grade(2)).await;
        let seen = on.tracked().await;
        let reward = "trackReport.report.reward";
        assert_eq!(
            seen.text(&format!("{reward}.award.amountYuan")),
            "12000.00"
        );
        let steps = seen.data(&format!("{reward}.award.steps")).to_string();
        for number in ["400000.00", "3.00 %", "12000.00", "3000.00", "1000000.00"] {
            assert!(steps.contains(number), "{number} in {steps}");
        }
        // 30 and 10 working days from Monday the 23rd of November; 2027 is not loaded.
        let windows = seen.data(&format!("{reward}.windows"));
        assert_eq!(
            windows,
            &json!([{ "kind": "CLAIM", "dueOn": null }, { "kind": "OBJECTION", "dueOn": "2026-12-07" }])
        );
        let claimed = on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        assert_eq!(claimed.text("claimReward.reward.state"), "CLAIMED");
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        let csv = on.export("luo").await;
        let csv = csv.text("exportPayments.csv").to_owned();
        let end = "12000.00,FK-430103-2026-000001\r\n";
        assert!(csv.contains(&grouped(ACCOUNT)) && csv.ends_with(end), "{csv}");
        assert!(!csv.contains(&on.flow.report().to_string()));
        on.step("luo", "RecordPayment", voucher("12000")).await;
        assert_eq!(on.state().await, "PAID");
        let clock = |condition| count(&app.parts().db, "clock", condition);
        assert_eq!(clock("reward_id IS NOT NULL").await, 4);
        let done = "rule_id IN ('RW-TELL', 'RW-APPLY', 'RW-CLAIM') AND satisfied_on IS NOT NULL";
        assert_eq!(clock(done).await, 3);
        let fallen = "rule_id = 'RW-OBJECT' AND satisfied_on IS NULL AND lapsed_on IS NOT NULL";
        assert_eq!(clock(fallen).await, 1);
        let stray = app.census().await;
        assert_eq!(stray.tables_with(ACCOUNT), Vec::<&str>::new());
        assert_eq!(stray.tables_with(PASSWORD), Vec::<&str>::new());
        assert_eq!(stray.tables_with("陈晚晴"), Vec::<&str>::new());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn guessed_claim_passwords_soon_have_to_wait() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        for _ in 0..5 {
            let wrong = on.pursue("ClaimReward", claim("银杏树下-2027")).await;
            assert_eq!(wrong.problems(), ["CLAIM_PASSWORD_WRONG"]);
        }
        for password in ["银杏树下-2028", PASSWORD] {
            let waits = on.pursue("ClaimReward", claim(password)).await;
            assert_eq!(waits.problems(), ["TOO_MANY_ATTEMPTS"]);
        }
        assert_eq!(on.state().await, "NOTIFIED_DECISION");
        app.advance(TimeDelta::minutes(20));
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_password_the_claim_is_made_in_person() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.told(eligible(), grade(2)).await;
        let refused = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(refused.problems(), ["CLAIM_PASSWORD_MISSING"]);
        let counter = json!({ "note": "已核对本人身份证件。", "payees": [payee()] });
        on.step("luo", "RecordClaim", counter).await;
        assert_eq!(on.state().await, "CLAIM_RECORDED");
        // Her office has two people; the head lets her go home with it, and pays. Who checks the payee asks as a
        // reward officer, and another head approves that look.
        app.grant("he", "reward_officer").await;
        app.grant("lin", "head").await;
        on.step("he", "ApproveClaim", json!({})).await;
        assert_eq!(on.state().await, "CLAIMED");
        on.payee_checked("he", "lin").await;
        on.wait_for_objections();
        let file = on.export("he").await;
        assert!(file.text("exportPayments.csv").contains(&grouped(ACCOUNT)));
        on.step("he", "RecordPayment", voucher("12000")).await;
        assert_eq!(on.state().await, "PAID");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeated_claim_is_one_claim_and_another_one_under_its_id_is_refused() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        let variables = on.own(claim(PASSWORD));
        for _ in 0..3 {
            let reply = app.anonymous().run("ClaimReward", variables.clone()).await;
            assert_eq!(reply.ok().text("claimReward.reward.state"), "CLAIMED");
        }
        let mut other = variables;
        other["input"]["payees"][0]["accountNumber"] = json!("6222021234567890999");
        let reply = app.anonymous().run("ClaimReward", other).await;
        assert_eq!(reply.problems(), ["ID_REUSED"]);
        assert_eq!(payees(&app).await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_joint_report_has_one_reward_and_as_many_payees_as_signatures() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        let mut joint = eligible();
        joint["reporters"] = json!(3);
        on.told(joint, grade(2)).await;
        let seen = on.tracked().await;
        assert_eq!(
            seen.data("trackReport.report.reward.award.sharesYuan"),
            &json!(["4000.00", "4000.00", "4000.00"])
        );
        let one = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(one.problems(), ["REWARD_REPORTERS"]);
        let mut all = claim(PASSWORD);
        all["payees"] = json!([payee(), payee(), payee()]);
        on.pursue("ClaimReward", all).await.ok();
        assert_eq!(on.state().await, "CLAIMED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn with_the_key_in_a_safe_finance_gets_the_payees_sealed() {
    on_both(async |app| {
        let keys = Arc::clone(&app.parts().identity_keys);
        let outside = Arc::new(keys.without_private());
        let app = app.with(|parts| parts.identity_keys = outside);
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        // The reporter sees the own payee all the same.
        let seen = on.tracked().await;
        let payee = "trackReport.report.reward.claim.payees.0.accountNumber";
        assert_eq!(seen.text(payee), "****0123");
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        let file = on.export("luo").await;
        assert_eq!(file.text("exportPayments.payees"), "SEALED");
        assert!(!file.body().contains(ACCOUNT) && !file.body().contains("陈晚晴"));
        let csv = file.text("exportPayments.csv").to_owned();
        let line = csv.lines().nth(1).unwrap();
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        assert_eq!((cells[2], cells[6]), ("sealed", "12000.00"));
        let reward = serde_json::from_value(on.reward()).unwrap();
        let subject = IdentitySubject::Reward(RewardId::new(reward));
        let found = store::identities::find(&app.parts().db, subject).await;
        let identity = found.unwrap().unwrap().id.uuid();
        for (cell, field, value) in [
            (cells[3], IdentityField::Name, "陈晚晴"),
            (cells[5], IdentityField::BankAccount, ACCOUNT),
        ] {
            let sealed = STANDARD.decode(cell).unwrap();
            let opened = keys.open_field(identity, field, &sealed).unwrap();
            assert!(opened.expose().ends_with(value));
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn each_export_is_seen_by_the_reporter_also_a_repeated_one() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.payee_checked("luo", "he").await;
        on.wait_for_objections();
        let export = json!({ "input": { "id": app.new_id() } });
        for _ in 0..2 {
            let file = app.as_("luo").run("ExportPayments", export.clone()).await;
            let file = file.ok();
            assert_eq!(file.text("exportPayments.payees"), "OPEN");
            assert_eq!(file.text("exportPayments.number"), "FK-430103-2026-000001");
        }
        let seen = on.tracked().await;
        let timeline = seen.data("trackReport.report.timeline").to_string();
        assert_eq!(
            timeline.matches("\"payout_exported\"").count(),
            1,
            "{timeline}"
        );
        assert_eq!(
            timeline.matches("\"payout_exported_again\"").count(),
            1,
            "{timeline}"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_an_identity_key_a_claim_is_refused_and_can_be_made_later() {
    on_both(async |app| {
        let keys = Arc::clone(&app.parts().identity_keys);
        let bare = app.with(|parts| parts.identity_keys = Arc::new(IdentityKeys::none()));
        let mut on = Rewarded::screened(&bare, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        let variables = on.own(claim(PASSWORD));
        let refused = bare.anonymous().run("ClaimReward", variables).await;
        assert_eq!(refused.problems(), ["IDENTITY_KEY_MISSING"]);
        assert_eq!(on.state().await, "NOTIFIED_DECISION");
        on.app = bare.with(|parts| parts.identity_keys = keys);
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        assert_eq!(
            (on.state().await.as_str(), payees(&on.app).await),
            ("CLAIMED", 1)
        );
        on.app.drain_jobs().await;
    })
    .await;
}
