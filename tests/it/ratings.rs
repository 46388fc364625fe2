//! Grades.

use liangxin_app::usecase::ratings;
use liangxin_demo::fixtures::{merchant_code, merchant_id};
use liangxin_domain::id::EventId;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

async fn grade(app: &TestApp, key: &str) -> Value {
    let variables = json!({ "code": merchant_code(key).as_str() });
    app.anonymous()
        .run("LookUpMerchant", variables)
        .await
        .ok()
        .data("merchant.rating")
        .clone()
}

#[tokio::test]
async fn everybody_may_look_a_merchant_up_and_sees_why_it_has_its_grade() {
    on_both(async |app| {
        let rating = grade(&app, "tianxin-stall-08").await;
        assert!(rating["grade"].is_string(), "{rating}");
        let reasons = rating["reasons"].as_array().unwrap();
        assert!(
            !reasons.is_empty() && reasons.iter().all(|reason| reason["text"] != ""),
            "{rating}"
        );
        let nobody = app
            .anonymous()
            .run("LookUpMerchant", json!({ "code": "no code" }))
            .await
            .ok();
        assert_eq!(nobody.data("merchant"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_decision_makes_one_new_grade_that_is_no_better_than_the_one_before() {
    on_both(async |app| {
        let before = grade(&app, "tianxin-stall-17").await;
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        app.drain_jobs().await;
        assert_eq!(
            grade(&app, "tianxin-stall-17").await,
            before,
            "what is not decided does not count"
        );
        flow.take(Step::DecideCase).await;
        app.drain_jobs().await;
        assert_eq!(
            grade(&app, "tianxin-stall-17").await,
            before,
            "what did not reach the merchant does not count"
        );
        flow.take(Step::ServeDecision).await;
        app.drain_jobs().await;
        let after = grade(&app, "tianxin-stall-17").await;
        assert_ne!(after["computedAt"], Value::Null);
        let points = |rating: &Value| {
            rating["points"]
                .as_str()
                .and_then(|points| points.parse::<f64>().ok())
        };
        assert!(points(&after) < points(&before), "{before} then {after}");
        let condition =
            "merchant_id = (SELECT id FROM merchant WHERE name_en = 'Wu''s Fresh Pork')";
        assert_eq!(
            count(&app.parts().db, "rating", condition).await,
            2,
            "the first one and the new one"
        );
    })
    .await;
}

#[tokio::test]
async fn one_cause_makes_one_grade_however_often_the_job_runs() {
    on_both(async |app| {
        let (merchant, cause) = (merchant_id("tianxin-stall-17"), EventId::new(app.new_id()));
        ratings::compute(app.parts(), merchant, cause)
            .await
            .unwrap();
        let once = app.census().await;
        ratings::compute(app.parts(), merchant, cause)
            .await
            .unwrap();
        assert!(app.census().await.changed_since(&once).is_empty());
    })
    .await;
}
