//! What happens at the same time: many claims make one, and decisions share the cap of a case.

use futures_util::future::join_all;
use liangxin_tests::app::on_both_connected;

use super::*;

/// What a claim is told that came too late, or too fast after too many others.
const LOST: [&str; 4] = [
    "TOO_MANY_ATTEMPTS",
    "PROOF_OF_WORK_REQUIRED",
    "WRONG_STATE",
    "STALE",
];

async fn claims(app: &TestApp) -> i64 {
    count(&app.parts().db, "event", "kind = 'reward_claimed'").await
}

#[tokio::test]
async fn fifty_copies_of_a_claim_make_one() {
    on_both_connected(16, async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.told(eligible(), grade(2)).await;
        let counter = json!({ "note": "已核对本人身份证件。", "payees": [payee()] });
        let variables = on.input(counter);
        let copies = (0..50).map(|_| {
            let (app, variables) = (app.clone(), variables.clone());
            async move { app.as_("luo").run("RecordClaim", variables).await }
        });
        for reply in join_all(copies).await {
            assert_eq!(
                reply.ok().text("recordClaim.reward.state"),
                "CLAIM_RECORDED"
            );
        }
        assert_eq!((claims(&app).await, payees(&app).await), (1, 1));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn fifty_claims_at_once_pay_one_account() {
    on_both_connected(16, async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        let tries = (0..50).map(|_| {
            let (app, variables) = (app.clone(), on.own(claim(PASSWORD)));
            async move { app.anonymous().run("ClaimReward", variables).await }
        });
        let mut won = 0;
        for reply in join_all(tries).await {
            match reply.problems().first().map(String::as_str) {
                None => won += 1,
                Some(code) => assert!(LOST.contains(&code), "{code}"),
            }
        }
        assert_eq!(won, 1);
        assert_eq!((claims(&app).await, payees(&app).await), (1, 1));
        app.drain_jobs().await;
    })
    .await;
}

/// A second reporter of the same case, screened.
async fn second(on: &Rewarded) -> Rewarded {
    let app = on.app.clone();
    let flow = Flow::with_secret(&app, "c2VuZGVyLXNlY3JldC0wMDI");
    let report = flow.variables(Step::FileReport);
    let filed = app.anonymous().run("FileReport", report).await.ok();
    let code = filed.text("fileReport.receipt.receiptCode").to_owned();
    // It came before the decision, as a report on the case does.
    app.execute("UPDATE report SET received_at = (SELECT MIN(received_at) FROM report)")
        .await;
    let mut screen = flow.variables(Step::ScreenReward);
    screen["input"]["caseId"] = json!(on.flow.case());
    app.as_("luo").run("ScreenReward", screen).await.ok();
    Rewarded { app, flow, code }
}

#[tokio::test]
async fn two_decisions_at_once_share_the_cap_of_the_case() {
    on_both_connected(16, async |app| {
        let one = Rewarded::screened(&app, 400_000, None).await;
        let both = [second(&one).await, one];
        let mut high = grade(2);
        high["grading"]["adjustedToYuan"] = json!("600000");
        let paper = json!({
            "number": "天财函〔2026〕88号",
            "authority": "天心区财政局",
            "dated": "2026-11-23",
            "sha256": "ab".repeat(32),
        });
        for on in &both {
            on.applied(eligible()).await;
            on.step("luo", "GradeReward", high.clone()).await;
            on.step("luo", "RecordFinanceConsent", paper.clone()).await;
        }
        let decisions = both.iter().map(|on| {
            let variables = on.input(json!({ "words": "同意。" }));
            async move { on.app.as_("he").run("DecideReward", variables).await }
        });
        let replies = join_all(decisions).await;
        let mut refused: Vec<_> = replies.iter().flat_map(Reply::problems).collect();
        refused.dedup();
        assert_eq!(refused, ["STALE"]);
        let decided = "state = 'decided' AND awarded_fen = 60000000";
        assert_eq!(count(&app.parts().db, "reward", decided).await, 1);
        let awarded = "awarded_fen IS NOT NULL";
        assert_eq!(count(&app.parts().db, "reward", awarded).await, 1);
        app.drain_jobs().await;
    })
    .await;
}
