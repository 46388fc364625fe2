//! The machine of a report through the API: who may take which step, what it does to the periods, and that a refused step
//! changes nothing.

mod competence;
mod papers;
mod sorting;

use chrono::TimeDelta;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

/// The variables of a step on the report of a flow.
fn step(app: &TestApp, report: Uuid, more: Value) -> Value {
    let mut input = json!({ "id": app.new_id(), "reportId": report });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

async fn get(app: &TestApp, who: &str, report: Uuid) -> Reply {
    app.as_(who)
        .run("GetReport", json!({ "id": report }))
        .await
        .ok()
}

/// The last clock of a rule on a report, as an officer sees it.
async fn clock(app: &TestApp, report: Uuid, rule: &str) -> Value {
    let reply = get(app, "he", report).await;
    let clocks = reply.data("report.clocks").as_array().unwrap();
    let found = clocks.iter().rev().find(|clock| clock["ruleId"] == rule);
    found.cloned().unwrap_or_default()
}

/// Files the story's report again under other ids, as another or the same citizen; answers id and receipt code.
async fn file(app: &TestApp, flow: &Flow, change: Value) -> (Uuid, String) {
    let mut change = change;
    change["photos"] = json!([]);
    let variables = flow.changed(Step::FileReport, change);
    let filed = app.anonymous().run("FileReport", variables).await.ok();
    let id = filed.text("fileReport.receipt.reportId").parse().unwrap();
    (id, filed.text("fileReport.receipt.receiptCode").to_owned())
}

const REASON: &str = "案情复杂，需要补充调查。";

#[tokio::test]
async fn a_head_gives_the_verification_more_time_once_and_whoever_took_it_in_may_not() {
    on_both(async |app| {
        app.grant("lin", "head").await;
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let more = || step(&app, flow.report(), json!({ "reason": REASON }));
        assert_eq!(
            app.as_("deng").refused("ExtendVerification", more()).await,
            ["DENIED"]
        );
        assert_eq!(
            app.as_("lin").refused("ExtendVerification", more()).await,
            ["INVESTIGATOR_CANNOT_APPROVE"]
        );
        assert_eq!(
            clock(&app, flow.report(), "R-VERIFY").await["dueOn"],
            "2026-12-14"
        );
        let first = more();
        let reply = app
            .as_("he")
            .run("ExtendVerification", first.clone())
            .await
            .ok();
        assert_eq!(
            reply.text("extendVerification.report.state"),
            "VERIFYING_EXTENDED"
        );
        // Fifteen working days later would be in 2027, whose calendar is not loaded: nobody guesses.
        assert_eq!(
            clock(&app, flow.report(), "R-VERIFY").await["missingYear"],
            2027
        );
        app.as_("he")
            .run("ExtendVerification", first.clone())
            .await
            .ok();
        let mut other = first;
        other["input"]["reason"] = json!("另有原因。");
        assert_eq!(
            app.as_("he").refused("ExtendVerification", other).await,
            ["ID_REUSED"]
        );
        assert_eq!(
            app.as_("he").refused("ExtendVerification", more()).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_verification_is_not_extended_after_its_end() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        app.advance(TimeDelta::days(22));
        let more = step(&app, flow.report(), json!({ "reason": REASON }));
        assert_eq!(
            app.as_("he").refused("ExtendVerification", more).await,
            ["DEADLINE_PASSED"]
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn time_stands_still_while_a_sample_is_tested_and_the_reporter_is_not_shown_why() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let code = flow.receipt_code().await;
        let pause = json!({ "cause": "TESTING", "body": "湖南省计量检测研究院", "sample": "17号摊位电子秤" });
        let paused = app
            .as_("lin")
            .run("PauseForTesting", step(&app, flow.report(), pause))
            .await
            .ok();
        assert_eq!(paused.text("pauseForTesting.report.state"), "PAUSED_TEST");
        let seen = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        assert_eq!(seen.text("trackReport.report.state"), "VERIFYING");
        assert!(!seen.body().contains("电子秤") && !seen.body().contains("pause"));
        // Nothing else goes on meanwhile.
        let filing = step(&app, flow.report(), json!({ "ground": "NO_EVIDENCE", "reason": REASON }));
        assert_eq!(
            app.as_("deng").refused("ProposeNotFiling", filing).await,
            ["WRONG_STATE"]
        );
        app.advance(TimeDelta::days(3));
        let result = json!({ "result": "检定不合格。" });
        let resumed = app
            .as_("lin")
            .run("ResumeVerification", step(&app, flow.report(), result))
            .await
            .ok();
        assert_eq!(resumed.text("resumeVerification.report.state"), "VERIFYING");
        let due = clock(&app, flow.report(), "R-VERIFY").await["dueOn"].clone();
        // The opening day does not count anyway, so that two working days were not counted.
        assert_eq!(due, "2026-12-16");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn no_case_is_filed_only_if_one_proposes_and_a_head_who_did_not_work_on_it_approves() {
    on_both(async |app| {
        app.grant("deng", "head").await;
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let report = flow.report();
        let decline = || step(&app, report, json!({}));
        assert_eq!(
            app.as_("he").refused("DeclineFiling", decline()).await,
            ["NOT_FILING_PROPOSAL_REQUIRED"]
        );
        let proposal = json!({ "ground": "NF_1_MINOR", "reason": "短缺轻微，当场补足。" });
        let proposed = app
            .as_("deng")
            .run("ProposeNotFiling", step(&app, report, proposal))
            .await
            .ok();
        assert_eq!(proposed.text("proposeNotFiling.report.state"), "VERIFYING");
        assert_eq!(
            app.as_("deng").refused("DeclineFiling", decline()).await,
            ["INVESTIGATOR_CANNOT_APPROVE"]
        );
        let declined = app.as_("he").run("DeclineFiling", decline()).await.ok();
        assert_eq!(declined.text("declineFiling.report.state"), "NOT_FILED");
        let clock = clock(&app, report, "R-VERIFY").await;
        assert_eq!(
            (&clock["satisfiedOn"], &clock["state"]),
            (&json!("2026-11-23"), &json!("SATISFIED"))
        );
        let told = json!({ "result": "不予立案。", "demandingArticle": "某法第一条" });
        app.as_("lin")
            .run("TellOutcome", step(&app, report, told))
            .await
            .ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_reporter_is_told_where_to_go_and_the_seven_days_count_from_receipt() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        app.advance(TimeDelta::days(2));
        let told = json!({ "competent": "岳麓区市场监督管理局", "reason": "行为发生地在岳麓区。" });
        let reply = app
            .as_("lin")
            .run("ReplyNotCompetent", step(&app, flow.report(), told))
            .await
            .ok();
        assert_eq!(
            reply.text("replyNotCompetent.report.state"),
            "NOT_COMPETENT"
        );
        let clock = clock(&app, flow.report(), "R-NOTCOMP").await;
        assert_eq!(
            (&clock["startedOn"], &clock["dueOn"], &clock["satisfiedOn"]),
            (
                &json!("2026-11-23"),
                &json!("2026-12-02"),
                &json!("2026-11-25")
            )
        );
        let seen = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        assert_eq!(seen.text("trackReport.report.state"), "NOT_COMPETENT");
        let db = &app.parts().db;
        assert_eq!(count(db, "notice", "paper = 'competence_reply'").await, 1);
        assert_eq!(
            flow.refused(Step::AcceptReport, json!({})).await,
            ["WRONG_STATE"]
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_is_noted_and_does_not_stop_the_verification() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let code = flow.receipt_code().await;
        let input = json!({ "input": { "id": app.new_id(), "receiptCode": code, "words": "不想追究了。" } });
        for _ in 0..2 {
            app.anonymous().run("WithdrawReport", input.clone()).await.ok();
        }
        let seen = get(&app, "lin", flow.report()).await;
        assert_eq!(seen.text("report.state"), "VERIFYING");
        assert_eq!(seen.text("report.records.0.kind"), "WITHDRAWAL");
        assert_eq!(clock(&app, flow.report(), "R-VERIFY").await["state"], "RUNNING");
        flow.take(Step::DispatchVisit).await;
        app.drain_jobs().await;
    })
    .await;
}

/// The investigators propose to impose no penalty after all, and the auditor agrees.
pub(crate) async fn no_penalty_proposed(app: &TestApp, flow: &Flow) {
    let proposal = json!({ "input": {
        "id": app.new_id(), "caseId": flow.case(),
        "ground": "NOT_ESTABLISHED", "reason": "复称器具未经检定，事实不能成立。",
    } });
    app.as_("deng").run("ProposeNoPenalty", proposal).await.ok();
    flow.take_with(Step::AuditCase, json!({})).await;
}

#[tokio::test]
async fn a_case_is_transferred_or_ends_without_a_penalty_and_is_decided_no_more() {
    for (operation, more, state) in [
        (
            "TransferReport",
            json!({ "to": "OTHER_AGENCY", "receiver": "天心区商务局", "reason": "不属于本机关管辖。" }),
            "TRANSFERRED",
        ),
        (
            "CloseWithoutPenalty",
            json!({ "reason": "违法事实不能成立。" }),
            "CLOSED_NO_PENALTY",
        ),
    ] {
        on_both(async |app| {
            let flow = Flow::after(&app, Step::AnswerNotice).await;
            if operation == "CloseWithoutPenalty" {
                let early = step(&app, flow.report(), more.clone());
                let refused = app.as_("he").refused(operation, early).await;
                assert_eq!(refused, ["NO_PENALTY_NOT_PROPOSED"]);
                no_penalty_proposed(&app, &flow).await;
            }
            assert_eq!(
                get(&app, "he", flow.report()).await.text("report.state"),
                "CASE"
            );
            let told = json!({ "result": "结果。", "demandingArticle": "某法第一条" });
            assert_eq!(
                app.as_("deng")
                    .refused("TellOutcome", step(&app, flow.report(), told))
                    .await,
                ["NO_OUTCOME_YET"]
            );
            let done = app
                .as_("he")
                .run(operation, step(&app, flow.report(), more.clone()))
                .await
                .ok();
            assert!(done.body().contains(state), "{done:?}");
            assert_eq!(
                flow.refused(Step::DecideCase, json!({})).await,
                ["WRONG_STATE"]
            );
            let open = "rule_id = 'P-DECIDE' AND satisfied_on IS NULL AND lapsed_on IS NULL";
            assert_eq!(count(&app.parts().db, "clock", open).await, 0);
            app.drain_jobs().await;
        })
        .await;
    }
}

#[tokio::test]
async fn an_officer_of_another_division_finds_nothing_to_take_a_step_on() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let (report, _) = file(
            &app,
            &flow,
            json!({ "merchantCode": null, "division": "430104" }),
        )
        .await;
        for (who, operation, more) in [
            ("he", "ExtendVerification", json!({ "reason": REASON })),
            ("he", "DeclineFiling", json!({})),
            ("lin", "ReturnReport", json!({ "reason": REASON })),
            (
                "lin",
                "ReplyNotCompetent",
                json!({ "competent": "某局", "reason": REASON }),
            ),
            ("lin", "LinkReports", json!({ "otherId": report })),
            (
                "deng",
                "ProposeNotFiling",
                json!({ "ground": "NF_4_OTHER", "reason": REASON }),
            ),
        ] {
            assert_eq!(
                app.as_(who)
                    .refused(operation, step(&app, report, more))
                    .await,
                ["NOT_FOUND"],
                "{operation}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_would_end_in_an_unloaded_year_stops_nothing() {
    on_both(async |app| {
        app.advance(TimeDelta::days(30));
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let unknown = clock(&app, flow.report(), "R-VERIFY").await;
        assert_eq!(
            (&unknown["missingYear"], &unknown["state"]),
            (&json!(2027), &json!("UNKNOWN"))
        );
        let more = step(&app, flow.report(), json!({ "reason": REASON }));
        app.as_("he").run("ExtendVerification", more).await.ok();
        app.leave_jobs();
    })
    .await;
}
