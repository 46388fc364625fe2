//! What the files of the law, the register and the session say reaches the case: sums, classes, what came after it, who speaks.

use chrono::TimeDelta;
use liangxin_tests::app::{TestApp, on_both};
use serde_json::{Value, json};

use super::matter::Matter;
use super::week::calendar;

/// A case of the bureau's own discovery that is announced.
async fn announced(app: &TestApp, penalty: Value) -> Matter {
    let matter = Matter::found(app, "OWN_DISCOVERY", json!({})).await;
    matter.announced(penalty).await;
    matter
}

#[tokio::test]
async fn a_hearing_is_offered_from_the_lower_sum_of_the_file_on() {
    on_both(async |app| {
        let asked = || json!({ "words": "要求听证。" });
        let below = announced(&app, Matter::penalty("M-QTY-01", 9_999)).await;
        assert_eq!(
            below.refused("wu", "RequestHearing", asked()).await,
            ["HEARING_NOT_OFFERED"]
        );
        let reaches = announced(&app, Matter::penalty("M-QTY-01", 10_000)).await;
        reaches.step("wu", "RequestHearing", asked()).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_mitigated_fine_is_shown_briefly_up_to_the_lower_sum_of_the_file() {
    on_both(async |app| {
        for (violation, fine, tier, class) in [
            ("M-QTY-01", 5_000, "MITIGATED", "LIGHT"),
            ("M-QTY-01", 5_001, "MITIGATED", "GENERAL"),
            ("M-VER-01", 800, "ORDINARY", "GENERAL"),
        ] {
            let mut penalty = Matter::penalty(violation, fine);
            penalty["tier"] = json!(tier);
            let matter = announced(&app, penalty).await;
            matter.decided().await;
            let seen = matter.seen("he").await;
            assert_eq!(seen.text("case.display.class"), class, "{fine} {tier}");
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn no_credit_is_repaired_after_another_penalty_for_the_same_conduct() {
    on_both(async |app| {
        calendar(&app).await;
        let matter = announced(&app, Matter::penalty("M-VER-01", 800)).await;
        matter.decided().await;
        matter.paid("800", "罚0800").await;
        matter.corrected().await;
        app.advance(TimeDelta::days(100));
        let other = announced(&app, Matter::penalty("M-QTY-01", 2_000)).await;
        other.decided().await;
        let ask = json!({ "promise": "信用修复承诺书", "proof": "缴款凭证" });
        matter.step("wu", "RepairCredit", ask).await;
        matter.step("deng", "AcceptRepair", json!({})).await;
        let again = announced(&app, Matter::penalty("M-VER-01", 900)).await;
        again.decided().await;
        let grant = json!({ "grant": true, "reason": "义务履行完毕，已改正。" });
        assert_eq!(
            matter.refused("he", "DecideRepair", grant).await,
            ["REPAIR_NEW_PENALTY"]
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn an_officer_waives_nothing_for_the_party_without_its_signed_paper() {
    on_both(async |app| {
        let matter = announced(&app, Matter::penalty("M-VER-01", 800)).await;
        let waiver = json!({ "waives": true });
        assert_eq!(
            matter.refused("deng", "AnswerNotice", waiver).await,
            ["ANSWER_PROOF_REQUIRED"]
        );
        assert_eq!(
            matter.refused("he", "DecideCase", json!({})).await,
            ["DEFENCE_WINDOW_OPEN"]
        );
        let signed = json!({ "waives": true, "proof": "放弃陈述申辩声明书，当事人签名。" });
        matter.step("deng", "AnswerNotice", signed).await;
        matter.step("he", "DecideCase", json!({})).await;
        app.leave_jobs();
    })
    .await;
}
