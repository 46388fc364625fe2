//! Cases, in the order of the law.

use chrono::TimeDelta;
use liangxin_demo::fixtures::user_id;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

fn investigators(keys: &[&str]) -> Value {
    let ids: Vec<_> = keys.iter().map(|key| user_id(key).uuid()).collect();
    json!({ "investigatorIds": ids })
}

#[tokio::test]
async fn a_case_is_filed_by_two_certified_officers_on_a_closed_visit() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SignRecord).await;
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["WRONG_STATE"]
        );
        flow.take(Step::SubmitVisit).await;
        for (keys, code) in [
            (vec!["zhou"], "INSPECTORS_TWO_REQUIRED"),
            (vec!["tang", "tang"], "INSPECTORS_TWO_REQUIRED"),
            (vec!["zhou", "trainee"], "INSPECTOR_NOT_CERTIFIED"),
            (vec!["zhou", "gong"], "INSPECTOR_UNKNOWN"),
            (vec!["zhou"; 21], "FIELD_TOO_LONG"),
        ] {
            assert_eq!(
                flow.refused(Step::FileCase, investigators(&keys)).await,
                [code],
                "{keys:?}"
            );
        }
        let nothing = json!({ "visitId": app.new_id() });
        assert_eq!(flow.refused(Step::FileCase, nothing).await, ["NOT_FOUND"]);
        let filed = flow.take(Step::FileCase).await;
        assert!(
            filed
                .text("fileCase.case.number")
                .starts_with("AJ-430103-2026-")
        );
        assert_eq!(filed.text("fileCase.case.clocks.0.ruleId"), "P-DECIDE");
        let report = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(report.text("report.state"), "FILED");
        assert_eq!(report.text("report.clocks.0.satisfiedOn"), "2026-11-23");
        assert_eq!(report.text("report.caseId"), flow.case().to_string());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_case_is_filed_while_a_promised_photo_is_missing() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::RecordMeasurement).await;
        for step in [Step::DeclarePhotos, Step::SignRecord, Step::SubmitVisit] {
            flow.take(step).await;
        }
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["EVIDENCE_INCOMPLETE"]
        );
        flow.send_photos().await;
        flow.take(Step::FileCase).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_case_is_filed_on_a_visit_that_found_nothing_wrong() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        flow.take_with(
            Step::CheckInstrument,
            json!({ "markValidUntil": "2027-05-11" }),
        )
        .await;
        flow.take_with(Step::RecordMeasurement, json!({ "checkedGrams": "2001" }))
            .await;
        flow.take(Step::DeclarePhotos).await;
        flow.send_photos().await;
        flow.take(Step::SignRecord).await;
        flow.take(Step::SubmitVisit).await;
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["NOTHING_FAILED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn one_visit_makes_one_case() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["WRONG_STATE"],
            "the report is filed already"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_second_case_on_a_visit_that_has_one_is_stale_even_if_the_report_were_open_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let begun = json!({ "by": user_id("lin").uuid(), "at": "2026-11-23T01:00:01Z" });
        let progress = json!({ "verifying": { "begun": begun, "tests": [], "proposal": null } });
        app.execute(&format!(
            "UPDATE report SET state = 'verifying', progress = '{progress}', case_id = NULL"
        ))
        .await;
        assert_eq!(flow.refused(Step::FileCase, json!({})).await, ["STALE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_intended_fine_stays_within_the_range_of_its_violation() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        for (change, code) in [
            (json!({ "fineYuan": 30001 }), "FINE_OUT_OF_RANGE"),
            (json!({ "fineYuan": -1 }), "OUT_OF_RANGE"),
            (json!({ "violation": "M-ZZZ-99" }), "VIOLATION_UNKNOWN"),
            (json!({ "violation": "' OR 1=1" }), "VIOLATION_UNKNOWN"),
            (json!({ "correctBy": "2026-11-22" }), "TIME_TOO_OLD"),
            (json!({ "correction": " " }), "FIELD_REQUIRED"),
            (json!({ "caseId": app.new_id() }), "NOT_FOUND"),
        ] {
            assert_eq!(
                flow.refused(Step::ProposePenalty, change.clone()).await,
                [code],
                "{change}"
            );
        }
        flow.take_with(Step::ProposePenalty, json!({ "fineYuan": 30000 }))
            .await;
        let replaced = flow.take(Step::ProposePenalty).await;
        assert_eq!(
            replaced.text("proposePenalty.case.proposal.fineYuan"),
            "2000.00"
        );
        flow.take(Step::AuditCase).await;
        assert_eq!(
            flow.refused(Step::ProposePenalty, json!({})).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_step_of_a_case_can_be_skipped_or_taken_twice() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let refused = async |step, code: &str| {
            assert_eq!(flow.refused(step, json!({})).await, [code], "{step:?}")
        };
        refused(Step::AuditCase, "PROPOSAL_REQUIRED").await;
        refused(Step::ServeNotice, "PROPOSAL_REQUIRED").await;
        refused(Step::DecideCase, "PROPOSAL_REQUIRED").await;
        refused(Step::AnswerNotice, "NOT_FOUND").await;
        flow.take(Step::ProposePenalty).await;
        refused(Step::ServeNotice, "AUDIT_REQUIRED").await;
        refused(Step::DecideCase, "AUDIT_REQUIRED").await;
        flow.take(Step::AuditCase).await;
        refused(Step::AuditCase, "WRONG_STATE").await;
        refused(Step::DecideCase, "NOTICE_REQUIRED").await;
        refused(Step::AnswerNotice, "NOT_FOUND").await;
        flow.take(Step::ServeNotice).await;
        refused(Step::ServeNotice, "WRONG_STATE").await;
        flow.take(Step::AnswerNotice).await;
        flow.take(Step::DecideCase).await;
        refused(Step::DecideCase, "WRONG_STATE").await;
        refused(Step::AnswerNotice, "WRONG_STATE").await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_decided_while_the_merchant_may_still_speak_and_it_is_when_the_time_is_over() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeNotice).await;
        // Five working days after Monday the 23rd: the last one is Monday the 30th.
        app.advance(TimeDelta::days(7));
        assert_eq!(
            flow.refused(Step::DecideCase, json!({})).await,
            ["DEFENCE_WINDOW_OPEN"]
        );
        app.advance(TimeDelta::days(1));
        flow.take(Step::DecideCase).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_can_say_that_the_time_is_over_while_the_calendar_lacks_the_year() {
    on_both(async |app| {
        app.advance(TimeDelta::days(35));
        let flow = Flow::after(&app, Step::FileCase).await;
        let date = json!({ "correctBy": "2027-02-15" });
        flow.take_with(Step::ProposePenalty, date.clone()).await;
        flow.take(Step::AuditCase).await;
        let served = flow.take(Step::ServeNotice).await;
        assert_eq!(
            served.data("serveNotice.case.notice.answerUntil"),
            &Value::Null
        );
        app.advance(TimeDelta::days(30));
        assert_eq!(
            flow.refused(Step::DecideCase, date.clone()).await,
            ["CALENDAR_YEAR_MISSING"]
        );
        flow.take(Step::AnswerNotice).await;
        flow.take_with(Step::DecideCase, date).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_defence_must_be_answered_and_makes_nothing_heavier() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeNotice).await;
        let answered = flow
            .take_with(Step::AnswerNotice, json!({ "defence": "秤刚坏，已送修。" }))
            .await;
        assert_eq!(
            answered.text("answerNotice.case.notice.defence"),
            "秤刚坏，已送修。"
        );
        assert_eq!(
            flow.refused(Step::AnswerNotice, json!({})).await,
            ["WRONG_STATE"],
            "a defence is not taken back"
        );
        assert_eq!(
            flow.refused(Step::DecideCase, json!({})).await,
            ["DEFENCE_REVIEW_REQUIRED"]
        );
        let review = "当事人未能提供送修凭证，不予采纳。";
        let heavier = json!({ "fineYuan": 2001, "defenceReview": review });
        assert_eq!(
            flow.refused(Step::DecideCase, heavier).await,
            ["FINE_HEAVIER_THAN_NOTICE"]
        );
        let decided = flow
            .take_with(
                Step::DecideCase,
                json!({ "fineYuan": 1500, "defenceReview": review }),
            )
            .await;
        assert_eq!(decided.text("decideCase.case.decision.fineYuan"), "1500.00");
        assert_eq!(
            decided.text("decideCase.case.decision.defenceReview"),
            review
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_waiver_may_be_followed_by_a_defence() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        flow.take_with(Step::AnswerNotice, json!({ "defence": "补充说明。" }))
            .await;
        assert_eq!(
            flow.refused(Step::DecideCase, json!({})).await,
            ["DEFENCE_REVIEW_REQUIRED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_decision_comes_with_a_correction_within_the_range_and_not_above_the_notice() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        for (change, code) in [
            (json!({ "correction": null }), "CORRECTION_REQUIRED"),
            (json!({ "fineYuan": 2001 }), "FINE_HEAVIER_THAN_NOTICE"),
            (json!({ "fineYuan": 30001 }), "FINE_OUT_OF_RANGE"),
            (json!({ "fineYuan": i64::MAX }), "OUT_OF_RANGE"),
            (json!({ "correctBy": "2026-11-22" }), "TIME_TOO_OLD"),
        ] {
            assert_eq!(
                flow.refused(Step::DecideCase, change.clone()).await,
                [code],
                "{change}"
            );
        }
        let decided = flow.take(Step::DecideCase).await;
        assert_eq!(decided.text("decideCase.case.state"), "DECIDED");
        let case = app
            .as_("he")
            .run("GetCase", json!({ "id": flow.case() }))
            .await
            .ok();
        let clocks = case.data("case.clocks").as_array().unwrap();
        assert!(
            clocks
                .iter()
                .all(|clock| clock["satisfiedOn"] == "2026-11-23"),
            "{clocks:?}"
        );
        let report = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(report.text("report.state"), "CLOSED_PENALTY");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_investigated_neither_audits_nor_decides() {
    on_both(async |app| {
        for role in ["legal_auditor", "head"] {
            app.grant("zhou", role).await;
            app.grant("deng", role).await;
        }
        let flow = Flow::after(&app, Step::ProposePenalty).await;
        for key in ["zhou", "deng"] {
            assert_eq!(
                flow.refused_for(key, Step::AuditCase).await,
                ["INVESTIGATOR_CANNOT_APPROVE"],
                "{key}"
            );
        }
        for step in [Step::AuditCase, Step::ServeNotice, Step::AnswerNotice] {
            flow.take(step).await;
        }
        for key in ["zhou", "deng"] {
            assert_eq!(
                flow.refused_for(key, Step::DecideCase).await,
                ["INVESTIGATOR_CANNOT_APPROVE"],
                "{key}"
            );
        }
        flow.take(Step::DecideCase).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_investigator_may_propose_and_an_inspector_who_is_not_one_finds_no_case() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        assert_eq!(
            flow.refused_for("peng", Step::ProposePenalty).await,
            ["NOT_FOUND"]
        );
        let variables = flow.changed(Step::ProposePenalty, json!({}));
        app.as_("zhou").run("ProposePenalty", variables).await.ok();
        app.drain_jobs().await;
    })
    .await;
}
