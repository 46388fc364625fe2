//! Who says where the money goes: never one officer alone, and never behind the reporter's back.

use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::server::Server;

use super::*;

const FORM: &str = "application/x-www-form-urlencoded";
/// The account of an officer's cousin.
const COUSIN: &str = "6217009999888877776";

/// A claim that an officer records for somebody who is not the reporter.
fn theft() -> Value {
    let payee = json!({ "accountName": "罗某某", "bank": "某银行", "accountNumber": COUSIN });
    json!({ "note": "已核对证件。", "payees": [payee] })
}

async fn recorded(app: &TestApp) -> Rewarded {
    let on = Rewarded::screened(app, 400_000, Some(PASSWORD)).await;
    on.told(eligible(), grade(2)).await;
    on.step("luo", "RecordClaim", theft()).await;
    on
}

#[tokio::test]
async fn one_officer_alone_takes_nobodys_reward() {
    on_both(async |app| {
        let on = recorded(&app).await;
        // The officer holds every role that the office has.
        app.grant("luo", "head").await;
        on.wait_for_objections();
        for own in ["ApproveClaim", "RecordPayment"] {
            let rest = if own == "RecordPayment" {
                voucher("12000")
            } else {
                json!({})
            };
            let refused = on.refused("luo", own, rest).await;
            let due = if own == "RecordPayment" {
                "WRONG_STATE"
            } else {
                "REWARD_RECORDER_EXCLUDED"
            };
            assert_eq!(refused, [due]);
        }
        let file = on.export("luo").await;
        assert_eq!(file.data("exportPayments.number"), &Value::Null);
        assert!(!file.body().contains(&grouped(COUSIN)));
        // A second person is deceived: the first still neither exports nor pays.
        on.step("he", "ApproveClaim", json!({})).await;
        app.grant("he", "reward_officer").await;
        app.grant("lin", "head").await;
        on.payee_checked("he", "lin").await;
        on.wait_for_objections();
        assert!(!on.export("luo").await.body().contains(&grouped(COUSIN)));
        let voucher =
            json!({ "voucher": "付2026-118", "paidOn": "2026-12-09", "sumYuan": "12000" });
        let refused = on.refused("luo", "RecordPayment", voucher).await;
        assert_eq!(refused, ["REWARD_RECORDER_EXCLUDED"]);
        assert!(on.export("he").await.body().contains(&grouped(COUSIN)));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_reporter_sees_where_the_money_goes_and_stops_it() {
    on_both(async |app| {
        let on = recorded(&app).await;
        let claim_of = |reply: &Reply, field: &str| {
            reply
                .data(&format!("trackReport.report.reward.claim.{field}"))
                .clone()
        };
        let seen = on.tracked().await;
        assert_eq!(claim_of(&seen, "proof"), "IN_PERSON");
        let payees = json!([{ "accountName": "罗**", "accountNumber": "****7776" }]);
        assert_eq!(claim_of(&seen, "payees"), payees);
        on.step("he", "ApproveClaim", json!({})).await;
        let seen = on.tracked().await;
        assert_eq!(claim_of(&seen, "objectBy"), "2026-11-30");
        on.wait_for_objections();
        // A day late, and nothing has moved yet.
        on.pursue("ObjectToPayee", json!({ "words": "这不是我的账户。" }))
            .await
            .ok();
        assert_eq!(on.state().await, "CLAIM_CONTESTED");
        assert!(!on.export("he").await.body().contains(&grouped(COUSIN)));
        for who in ["he", "luo"] {
            let refused = on.refused(who, "RecordPayment", voucher("12000")).await;
            assert_eq!(refused, ["WRONG_STATE"]);
        }
        let opinion = json!({ "words": "异议不成立。" });
        let refused = on.refused("luo", "UpholdClaim", opinion.clone()).await;
        assert_eq!(refused, ["REWARD_RECORDER_EXCLUDED"]);
        let refused = on.refused("he", "UpholdClaim", opinion).await;
        assert_eq!(refused, ["REWARD_APPROVER_EXCLUDED"]);
        let named = json!({ "words": "收款人不是举报人，本人电话13900139000。" });
        let refused = on.refused("he", "VoidClaim", named).await;
        assert_eq!(refused, ["CLAIM_NOTE_NAMES_PERSON"]);
        on.step("he", "VoidClaim", json!({ "words": "收款人不是举报人。" }))
            .await;
        app.drain_jobs().await;
        assert_eq!(payees_kept(&app).await, (0, 0));
        let seen = on.tracked().await;
        assert_eq!(
            seen.text("trackReport.report.reward.voidedClaim"),
            "收款人不是举报人。"
        );
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        assert_eq!(on.state().await, "CLAIMED");
        app.drain_jobs().await;
    })
    .await;
}

/// How many sealed payees there are, and how many masked ones.
async fn payees_kept(app: &TestApp) -> (i64, i64) {
    let shown = count(&app.parts().db, "reward", "payees_shown IS NOT NULL").await;
    (payees(app).await, shown)
}

#[tokio::test]
async fn an_objection_that_a_third_person_turns_down_is_the_only_one() {
    on_both(async |app| {
        app.grant("tang", "reward_officer").await;
        app.execute("DELETE FROM case_investigator").await;
        let on = recorded(&app).await;
        on.pursue("ObjectToPayee", json!({ "words": "我没有去过。" }))
            .await
            .ok();
        let words = json!({ "words": "举报人本人到场，有录像。" });
        // Nobody had approved it; whoever answers does it by the answer.
        on.step("he", "UpholdClaim", words).await;
        let again = on
            .pursue("ObjectToPayee", json!({ "words": "还是不对。" }))
            .await;
        assert_eq!(again.problems(), ["REWARD_PAYEE_REVIEWED"]);
        let seen = on.tracked().await;
        let answer = "trackReport.report.reward.claim.answer";
        assert_eq!(seen.text(answer), "举报人本人到场，有录像。");
        assert_eq!(
            on.refused("he", "RecordPayment", voucher("12000")).await,
            ["REWARD_WINDOW_OPEN"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_office_sees_a_masked_payee_only_while_it_decides_about_the_claim() {
    on_both(async |app| {
        let on = recorded(&app).await;
        let payees = async |who: &str| {
            let seen = app
                .as_(who)
                .run("GetReward", json!({ "id": on.reward() }))
                .await
                .ok();
            seen.data("reward.reward.claim.payees")
                .as_array()
                .unwrap()
                .len()
        };
        assert_eq!((payees("he").await, payees("luo").await), (1, 1));
        on.step("he", "ApproveClaim", json!({})).await;
        assert_eq!((payees("he").await, payees("luo").await), (0, 0));
        let stray = app.census().await;
        assert_eq!(stray.tables_with("****7776"), Vec::<&str>::new());
        assert_eq!(stray.tables_with("罗**"), Vec::<&str>::new());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn one_button_on_the_page_stops_the_money() {
    on_both(async |app| {
        let on = recorded(&app).await;
        let server = Server::start(&app, Mode::Production).await;
        let track = async |rest: &str| {
            let body = format!("code={}{rest}", on.code);
            let sent = server
                .post("/track")
                .header("Content-Type", FORM)
                .body(body);
            sent.send().await.unwrap().text().await.unwrap()
        };
        let page = track("").await;
        assert!(
            page.contains("罗** ****7776") && page.contains("这不是我的账户"),
            "{page}"
        );
        let id = format!("&answer_id={}&object_to_payee=1", app.new_id());
        for _ in 0..2 {
            let page = track(&id).await;
            assert!(page.contains("答复之前不会付款"), "{page}");
            assert!(!page.contains("这不是我的账户"), "{page}");
        }
        assert_eq!(on.state().await, "CLAIM_CONTESTED");
        let contested = "kind = 'reward_payee_contested'";
        assert_eq!(count(&app.parts().db, "event", contested).await, 1);
        app.drain_jobs().await;
    })
    .await;
}
