//! Cases, in the order of the law.

mod annulled;
mod bad_input;
mod beside;
mod corrections;
mod fed;
mod filing;
mod gone;
mod grounds;
mod kept_away;
mod leads;
pub(crate) mod matter;
mod one_character;
mod papers;
mod recusal;
mod remedies;
mod rights;
mod served;
mod spot;
mod ties;
mod week;

use chrono::TimeDelta;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

#[tokio::test]
async fn the_intended_fine_stays_within_the_range_of_its_violation() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let charged = |violation, fine| json!({ "charges": flow.charges(violation, fine) });
        let found = |id| {
            let mut charges = flow.charges("M-QTY-01", 2000);
            charges[0]["findings"] = json!([id]);
            json!({ "charges": charges })
        };
        for (change, code) in [
            (charged("M-QTY-01", 30001), "FINE_OUT_OF_RANGE"),
            (charged("M-QTY-01", -1), "OUT_OF_RANGE"),
            (charged("M-ZZZ-99", 2000), "VIOLATION_UNKNOWN"),
            (charged("' OR 1=1", 2000), "VIOLATION_UNKNOWN"),
            (charged("M-GAS-08", 30000), "VIOLATION_VENUE"),
            (charged("M-CHT-01", 2000), "CHARGE_UNPROVED"),
            (found(app.new_id()), "FINDING_UNKNOWN"),
            (json!({ "charges": [] }), "FIELD_REQUIRED"),
            (json!({ "tierReason": "重" }), "FIELD_TOO_SHORT"),
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
        flow.take_with(Step::ProposePenalty, charged("M-QTY-01", 30000))
            .await;
        let replaced = flow.take(Step::ProposePenalty).await;
        let rounds = "proposePenalty.case.rounds";
        assert_eq!(
            replaced.text(&format!("{rounds}.1.penalty.fineYuan")),
            "2000.00"
        );
        assert_eq!(
            replaced.text(&format!("{rounds}.0.penalty.fineYuan")),
            "30000.00",
            "what was proposed before stays in the file"
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
        refused(Step::IssueNotice, "PROPOSAL_REQUIRED").await;
        refused(Step::ServeNotice, "PROPOSAL_REQUIRED").await;
        refused(Step::DecideCase, "PROPOSAL_REQUIRED").await;
        refused(Step::ServeDecision, "CASE_NOT_DECIDED").await;
        refused(Step::AnswerNotice, "NOT_FOUND").await;
        flow.take(Step::ProposePenalty).await;
        refused(Step::IssueNotice, "AUDIT_REQUIRED").await;
        refused(Step::DecideCase, "AUDIT_REQUIRED").await;
        flow.take(Step::AuditCase).await;
        refused(Step::AuditCase, "WRONG_STATE").await;
        refused(Step::ServeNotice, "NOTICE_REQUIRED").await;
        refused(Step::DecideCase, "NOTICE_REQUIRED").await;
        flow.take(Step::IssueNotice).await;
        refused(Step::IssueNotice, "WRONG_STATE").await;
        refused(Step::DecideCase, "NOTICE_REQUIRED").await;
        refused(Step::AnswerNotice, "NOT_FOUND").await;
        flow.take(Step::ServeNotice).await;
        let nothing = json!({ "waives": false, "statement": " " });
        assert_eq!(
            flow.refused(Step::AnswerNotice, nothing).await,
            ["FIELD_REQUIRED"]
        );
        refused(Step::ServeNotice, "WRONG_STATE").await;
        flow.take(Step::AnswerNotice).await;
        flow.take(Step::DecideCase).await;
        refused(Step::DecideCase, "WRONG_STATE").await;
        refused(Step::AnswerNotice, "WRONG_STATE").await;
        refused(Step::RecordFinePayment, "DECISION_NOT_SERVED").await;
        refused(Step::FinishCase, "DECISION_NOT_SERVED").await;
        flow.take(Step::ServeDecision).await;
        refused(Step::ServeDecision, "WRONG_STATE").await;
        refused(Step::FinishCase, "NOT_CARRIED_OUT").await;
        flow.take(Step::RecordFinePayment).await;
        refused(Step::FinishCase, "NOT_CARRIED_OUT").await;
        flow.take(Step::CheckCorrection).await;
        flow.take(Step::FinishCase).await;
        refused(Step::FinishCase, "WRONG_STATE").await;
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
        flow.take(Step::IssueNotice).await;
        let served = flow.take(Step::ServeNotice).await;
        assert_eq!(
            served.data("serveNotice.case.rounds.0.notice.served.until"),
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
async fn a_statement_is_answered_ends_no_wait_and_makes_nothing_heavier() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ServeNotice).await;
        let statement = json!({ "statement": "秤刚坏，已送修。", "waives": false });
        let answered = flow.take_with(Step::AnswerNotice, statement).await;
        assert_eq!(
            answered.text("answerNotice.case.rounds.0.answers.0.words"),
            "秤刚坏，已送修。"
        );
        let more = json!({ "statement": "补充：有送修单。", "waives": false });
        flow.take_with(Step::AnswerNotice, more).await;
        let review = "当事人未能提供送修凭证，不予采纳。";
        let reviewed = json!({ "defenceReview": review });
        assert_eq!(
            flow.refused(Step::DecideCase, reviewed.clone()).await,
            ["DEFENCE_WINDOW_OPEN"],
            "a statement shortens nothing"
        );
        app.advance(TimeDelta::days(8));
        assert_eq!(
            flow.refused(Step::DecideCase, json!({})).await,
            ["DEFENCE_REVIEW_REQUIRED"]
        );
        let fined = |fine| {
            let fines = json!([{ "violation": "M-QTY-01", "fineYuan": fine }]);
            json!({ "fines": fines, "defenceReview": review })
        };
        assert_eq!(
            flow.refused(Step::DecideCase, fined(2001)).await,
            ["FINE_HEAVIER_THAN_NOTICE"]
        );
        let decided = flow.take_with(Step::DecideCase, fined(1500)).await;
        let decision = "decideCase.case.decision";
        assert_eq!(
            decided.text(&format!("{decision}.penalty.fineYuan")),
            "1500.00"
        );
        assert_eq!(decided.text(&format!("{decision}.defenceReview")), review);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_statement_after_a_waiver_makes_the_office_wait_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        let more = json!({ "statement": "补充说明。", "waives": false });
        flow.take_with(Step::AnswerNotice, more).await;
        let reviewed = json!({ "defenceReview": "补充说明不影响认定。" });
        assert_eq!(
            flow.refused(Step::DecideCase, reviewed).await,
            ["DEFENCE_WINDOW_OPEN"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_what_was_announced_or_lighter() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AnswerNotice).await;
        let fined = |violation: &str, fine: i64| {
            json!({ "fines": [{ "violation": violation, "fineYuan": fine }] })
        };
        for (change, code) in [
            (fined("M-QTY-01", 2001), "FINE_HEAVIER_THAN_NOTICE"),
            (fined("M-QTY-01", 30001), "FINE_HEAVIER_THAN_NOTICE"),
            (fined("M-QTY-02", 100), "DECISION_DIFFERS"),
            (fined("M-QTY-01", i64::MAX), "OUT_OF_RANGE"),
            (json!({ "correctBy": "2026-11-22" }), "DECISION_DIFFERS"),
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
        let open = clocks.iter().filter(|clock| clock["state"] == "RUNNING");
        let open: Vec<_> = open.map(|clock| &clock["ruleId"]).collect();
        assert_eq!(open, ["P-SERVE"], "{clocks:?}");
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
        flow.go_on(Step::ProposePenalty, Step::AnswerNotice).await;
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
