//! Grades.

use chrono::TimeDelta;
use liangxin_app::usecase::ratings;
use liangxin_demo::fixtures::{merchant_code, merchant_id};
use liangxin_domain::id::EventId;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

/// The stall of the story.
const STALL: &str = "tianxin-stall-17";
/// Its scale is verified through 2026-11-26.
const EXPIRING: &str = "tianxin-stall-12";

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

fn points(rating: &Value) -> Option<f64> {
    rating["points"].as_str()?.parse().ok()
}

fn reasons(rating: &Value) -> Vec<&str> {
    let reasons = rating["reasons"].as_array().unwrap();
    reasons
        .iter()
        .filter_map(|reason| reason["code"].as_str())
        .collect()
}

const OF_STALL: &str = "merchant_id = (SELECT id FROM merchant WHERE name_en = 'Wu''s Fresh Pork')";

#[tokio::test]
async fn a_decision_makes_one_new_grade_that_is_worse_than_the_one_before() {
    on_both(async |app| {
        let first = grade(&app, STALL).await;
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        app.drain_jobs().await;
        // What the visit passed counts at once, and no more than that.
        let before = grade(&app, STALL).await;
        assert!(points(&before) >= points(&first), "{first} then {before}");
        assert_eq!(before["grade"], first["grade"]);
        flow.go_on(Step::SubmitVisit, Step::AnswerNotice).await;
        app.drain_jobs().await;
        assert_eq!(
            grade(&app, STALL).await,
            before,
            "what is not decided does not count"
        );
        flow.take(Step::DecideCase).await;
        app.drain_jobs().await;
        assert_eq!(
            grade(&app, STALL).await,
            before,
            "what did not reach the merchant does not count"
        );
        let kept = count(&app.parts().db, "rating", OF_STALL).await;
        flow.take(Step::ServeDecision).await;
        app.drain_jobs().await;
        let after = grade(&app, STALL).await;
        assert_ne!(after["computedAt"], Value::Null);
        assert!(points(&after) < points(&before), "{before} then {after}");
        assert_eq!(count(&app.parts().db, "rating", OF_STALL).await, kept + 1);
    })
    .await;
}

#[tokio::test]
async fn an_annulled_decision_gives_back_the_grade_that_was_before_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DecideCase).await;
        app.drain_jobs().await;
        let before = grade(&app, STALL).await;
        flow.take(Step::ServeDecision).await;
        app.drain_jobs().await;
        let lowered = grade(&app, STALL).await;
        assert!(points(&lowered) < points(&before), "{before} then {lowered}");
        let change = json!({ "input": {
            "id": app.new_id(), "caseId": flow.case(), "kind": "ANNULLED", "by": "REVIEW", "body": "天心区人民政府",
            "document": "天政复决〔2026〕5号", "on": app.now().date_naive(), "reason": "送达程序违法，予以撤销。",
        } });
        app.as_("he").run("ChangeDecision", change).await.ok();
        app.drain_jobs().await;
        let after = grade(&app, STALL).await;
        for said in ["grade", "points", "sentences"] {
            assert_eq!(after[said], before[said], "{said}: {after}");
        }
        let kept = "settled_on IS NOT NULL AND visit_id IS NOT NULL";
        let passed = format!("{kept} AND passed");
        let db = &app.parts().db;
        assert_eq!(
            count(db, "finding", kept).await,
            count(db, "finding", &passed).await,
            "what the visit passed counts on, and nothing else of it"
        );
    })
    .await;
}

#[tokio::test]
async fn the_stall_of_the_story_ends_at_c_and_the_first_sentence_says_why() {
    on_both(async |app| {
        Flow::after(&app, Step::ServeDecision).await;
        app.drain_jobs().await;
        let rating = grade(&app, STALL).await;
        assert_eq!(rating["grade"], "C", "{rating}");
        assert_eq!(rating["formulaVersion"], "2027-1");
        let sentences: Vec<_> = rating["sentences"].as_array().unwrap().clone();
        assert_eq!(sentences.len(), 3, "{rating}");
        let said = |at: usize| sentences[at].as_str().unwrap().to_owned();
        assert!(said(0).contains("150 g too little"), "{rating}");
        assert!(said(0).contains("fined 2000 yuan"), "{rating}");
        assert_eq!(
            said(1),
            "In use: Price-computing scale, verification 196 days overdue."
        );
        assert!(said(2).contains("official tests passed"), "{rating}");
        assert!(reasons(&rating).contains(&"CAP"), "{rating}");
    })
    .await;
}

#[tokio::test]
async fn a_decided_cheating_instrument_makes_the_grade_d() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let mut charges = flow.charges("M-CHT-01", 2000);
        charges[0]["reasoned"] = json!("查获作弊遥控装置，当事人承认有意使用。");
        flow.take_with(Step::ProposePenalty, json!({ "charges": charges }))
            .await;
        flow.go_on(Step::ProposePenalty, Step::ServeDecision).await;
        app.drain_jobs().await;
        let rating = grade(&app, STALL).await;
        assert_eq!(rating["grade"], "D", "{rating}");
        assert!(reasons(&rating).contains(&"VETO"), "{rating}");
    })
    .await;
}

#[tokio::test]
async fn a_verification_that_ends_lowers_the_grade_in_the_night_after() {
    on_both(async |app| {
        app.drain_jobs().await;
        let before = grade(&app, EXPIRING).await;
        assert!(
            !before["sentences"][0].as_str().unwrap().contains("overdue"),
            "{before}"
        );
        app.advance(TimeDelta::days(4));
        app.drain_jobs().await;
        let after = grade(&app, EXPIRING).await;
        assert_eq!(after["asOf"], "2026-11-27");
        assert!(points(&after) < points(&before), "{before} then {after}");
        assert_eq!(
            after["sentences"][0],
            "In use: Price-computing scale, verification 1 days overdue."
        );
        // The grade of the day before is the one of before.
        let variables = json!({ "code": merchant_code(EXPIRING).as_str(), "on": "2026-11-26" });
        let then = app.anonymous().run("LookUpMerchant", variables).await.ok();
        assert_eq!(
            then.data("merchant.rating.computedAt"),
            &before["computedAt"]
        );
        assert_eq!(then.data("merchant.rating.grade"), &before["grade"]);
        let variables = json!({ "code": merchant_code(EXPIRING).as_str(), "on": "2026-11-01" });
        let never = app.anonymous().run("LookUpMerchant", variables).await.ok();
        assert_eq!(never.data("merchant.rating"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_day_that_the_database_does_not_know_is_the_callers_and_no_fault_of_ours() {
    on_both(async |app| {
        let variables = json!({ "code": merchant_code(EXPIRING).as_str(), "on": "-200000-01-01" });
        let asked = app.anonymous().run("LookUpMerchant", variables).await;
        let told: &[&str] = match app.parts().db.is_postgres() {
            true => &["FIELD_FORMAT"],
            false => &[],
        };
        assert_eq!(asked.problems(), told);
    })
    .await;
}

#[tokio::test]
async fn a_night_computes_everybody_once_and_keeps_only_what_is_new() {
    on_both(async |app| {
        app.drain_jobs().await;
        let before = count(&app.parts().db, "rating", "1 = 1").await;
        ratings::compute_all(app.parts()).await.unwrap();
        assert_eq!(count(&app.parts().db, "rating", "1 = 1").await, before);
        let done = "day = '2026-11-23' AND after IS NOT NULL";
        assert_eq!(count(&app.parts().db, "rating_night", done).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_of_one_merchant_keeps_its_grade_and_nobody_elses() {
    on_both(async |app| {
        app.drain_jobs().await;
        let db = &app.parts().db;
        let kept = count(db, "rating", OF_STALL).await;
        let before = grade(&app, EXPIRING).await;
        let damaged = format!(
            "UPDATE instrument SET kind = '?' WHERE merchant_id = (SELECT id FROM merchant WHERE code = '{}')",
            merchant_code(STALL).as_str()
        );
        app.execute(&damaged).await;
        app.advance(TimeDelta::days(4));
        ratings::compute_all(app.parts()).await.unwrap();
        assert_ne!(grade(&app, EXPIRING).await, before, "its scale expired");
        assert_eq!(count(db, "rating", OF_STALL).await, kept);
        let night = "is_done = TRUE AND day = '2026-11-27'";
        let unfinished = "is_done = FALSE";
        assert_eq!(count(db, "rating_night", night).await, 1);
        assert_eq!(count(db, "rating_night", unfinished).await, 0);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_edition_of_a_month_is_kept_as_it_was() {
    on_both(async |app| {
        app.drain_jobs().await;
        let db = &app.parts().db;
        let merchants = count(db, "merchant", "ended_on IS NULL").await;
        let november = "month = '2026-11-01'";
        assert_eq!(count(db, "rating_edition", november).await, merchants);
        let present = format!("{OF_STALL} AND rating_id IN (SELECT rating_id FROM present_rating)");
        assert_eq!(count(db, "rating_edition", &present).await, 1);
        Flow::after(&app, Step::ServeDecision).await;
        app.drain_jobs().await;
        assert_eq!(count(db, "rating_edition", &present).await, 0);
        assert_eq!(count(db, "rating_edition", "1 = 1").await, merchants);
    })
    .await;
}

#[tokio::test]
async fn reports_that_nobody_upheld_move_nothing() {
    on_both(async |app| {
        app.drain_jobs().await;
        let before = grade(&app, STALL).await;
        for _ in 0..2 {
            Flow::after(&app, Step::AcceptReport).await;
            app.drain_jobs().await;
            assert_eq!(grade(&app, STALL).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn one_cause_makes_one_grade_however_often_the_job_runs() {
    on_both(async |app| {
        let (merchant, cause) = (merchant_id(STALL), EventId::new(app.new_id()));
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
