//! What makes a violation major besides money: on the word of the officer who screens.

use liangxin_tests::app::on_both;

use super::*;

/// A case with a fine that is no larger amount, decided and not yet screened.
async fn small_case(app: &TestApp) -> Flow {
    Flow::after(app, Step::FinishCase).await
}

fn licence_lost() -> Value {
    json!([{ "fact": "LICENCE_LOST", "reason": "许可证已被吊销，见许吊〔2026〕7号。" }])
}

#[tokio::test]
async fn a_lost_licence_makes_a_small_fine_a_major_violation() {
    on_both(async |app| {
        let flow = small_case(&app).await;
        let facts = json!({ "majorFacts": licence_lost() });
        let screened = flow.take_with(Step::ScreenReward, facts).await;
        let reward = "screenReward.reward";
        assert_eq!(screened.text(&format!("{reward}.outcome")), "NEEDS_OFFICER");
        assert_eq!(
            screened.text(&format!("{reward}.reasonCode")),
            "MAJOR_BY_CONSEQUENCE"
        );
        let id = screened.data("screenReward.reward.id");
        let file = app.as_("luo").run("GetReward", json!({ "id": id })).await;
        let file = file.ok();
        assert_eq!(file.data("reward.majorFacts"), &licence_lost());
        let track = json!({ "receiptCode": flow.receipt_code().await });
        let seen = app.anonymous().run("TrackReport", track).await.ok();
        assert!(!seen.body().contains("许吊"), "the reason is the officer's");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn facts_are_named_once_each_and_with_a_reason() {
    on_both(async |app| {
        let flow = small_case(&app).await;
        let fact = licence_lost()[0].clone();
        let mut bare = fact.clone();
        bare["reason"] = json!(" ");
        let mut named = fact.clone();
        named["reason"] = json!("举报人来电13900139000说明。");
        for (facts, code) in [
            (json!([fact, fact]), "FIELD_FORMAT"),
            (json!([bare]), "FIELD_REQUIRED"),
            (json!([named]), "CLAIM_NOTE_NAMES_PERSON"),
            (json!(vec![fact.clone(); 5]), "FIELD_TOO_LONG"),
            (
                json!([{ "fact": "CRIME_SUSPECTED", "reason": "当事人涉嫌犯罪。" }]),
                "CRIME_NOT_ON_RECORD",
            ),
        ] {
            let wrong = json!({ "majorFacts": facts });
            assert_eq!(flow.refused(Step::ScreenReward, wrong).await, [code]);
        }
        app.drain_jobs().await;
    })
    .await;
}
