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
        assert_eq!(screened.text(&format!("{reward}.outcome")), "ELIGIBLE");
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
        for (facts, code) in [
            (json!([fact, fact]), "FIELD_FORMAT"),
            (json!([bare]), "FIELD_REQUIRED"),
            (json!(vec![fact.clone(); 5]), "FIELD_TOO_LONG"),
        ] {
            let wrong = json!({ "majorFacts": facts });
            assert_eq!(flow.refused(Step::ScreenReward, wrong).await, [code]);
        }
        let liability = json!({ "liability": liability("2026-11-23") });
        assert_eq!(
            flow.refused(Step::ScreenReward, liability).await,
            ["FIELD_FORMAT"],
            "the police never got this case"
        );
        app.drain_jobs().await;
    })
    .await;
}

fn liability(day: &str) -> Value {
    json!({ "establishedOn": day, "reason": "检察院已提起公诉。" })
}

async fn transferred(app: &TestApp, to: &str) -> Flow {
    let flow = Flow::after(app, Step::AnswerNotice).await;
    let handing = json!({ "input": {
        "id": app.new_id(),
        "reportId": flow.report(),
        "to": to,
        "receiver": "天心区公安分局",
        "reason": "涉嫌犯罪。",
    } });
    app.as_("he").run("TransferReport", handing).await.ok();
    flow
}

#[tokio::test]
async fn a_case_that_the_police_got_is_screened_once_there_is_criminal_liability() {
    on_both(async |app| {
        let flow = transferred(&app, "POLICE").await;
        assert_eq!(
            flow.refused(Step::ScreenReward, json!({})).await,
            ["CASE_NOT_DECIDED"]
        );
        for (day, code) in [
            ("2026-12-30", "TIME_IN_FUTURE"),
            ("2026-11-01", "TIME_TOO_OLD"),
        ] {
            let wrong = json!({ "liability": liability(day) });
            assert_eq!(flow.refused(Step::ScreenReward, wrong).await, [code]);
        }
        let noted = json!({ "liability": liability("2026-11-23") });
        let screened = flow.take_with(Step::ScreenReward, noted).await;
        assert_eq!(screened.text("screenReward.reward.outcome"), "ELIGIBLE");
        let id = screened.data("screenReward.reward.id");
        let file = app.as_("luo").run("GetReward", json!({ "id": id })).await;
        let file = file.ok();
        assert_eq!(file.text("reward.majorFacts.0.fact"), "CRIME_SUSPECTED");
        assert_eq!(file.text("reward.caseDecidedOn"), "2026-11-23");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_another_agency_got_earns_no_reward_here() {
    on_both(async |app| {
        let flow = transferred(&app, "OTHER_AGENCY").await;
        let noted = json!({ "liability": liability("2026-11-23") });
        assert_eq!(
            flow.refused(Step::ScreenReward, noted).await,
            ["CASE_NOT_DECIDED"]
        );
        app.drain_jobs().await;
    })
    .await;
}
