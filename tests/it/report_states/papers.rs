//! Every paper that the machine names is really issued: after each step the newest paper on file is the one that made
//! the state.

use chrono::TimeDelta;
use liangxin_app::caller::Caller;
use liangxin_app::store;
use liangxin_app::usecase::notices::read;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ReportId;
use liangxin_domain::notices::field::MatterField;
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{REASON, file, step};

/// The papers of a report and of the case on it, as a head sees the two files.
async fn papers(app: &TestApp, subjects: &[(&str, Uuid)]) -> Vec<Value> {
    let mut found = Vec::new();
    for (kind, id) in subjects {
        let variables = json!({ "subjectKind": kind, "subjectId": id });
        let reply = app.as_("he").run("ListNotices", variables).await.ok();
        found.extend(reply.data("notices").as_array().unwrap().iter().cloned());
    }
    // What was issued at one moment stays in the order of the files: the case's file is the later one.
    found.sort_by_key(|paper| paper["issuedAt"].as_str().unwrap().to_owned());
    found
}

/// Fails unless the newest paper is the expected one. The moment moves on, so that the next paper is
/// newer.
async fn made(app: &TestApp, report: Uuid, case: Uuid, expected: Paper) {
    let papers = papers(app, &[("REPORT", report), ("CASE", case)]).await;
    let newest = papers.last().expect("a report has papers");
    assert_eq!(
        newest["paper"].as_str().unwrap(),
        expected.to_string(),
        "{papers:#?}"
    );
    app.advance(TimeDelta::seconds(1));
}

async fn run(app: &TestApp, who: &str, operation: &str, variables: Value) {
    app.as_(who).run(operation, variables).await.ok();
}

#[tokio::test]
async fn every_step_to_the_penalty_leaves_the_paper_that_made_the_state() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let (report, case) = (flow.report(), flow.case());
        for (next, paper) in [
            (Step::FileReport, Paper::ReportForm),
            (Step::AcceptReport, Paper::VerificationRecord),
        ] {
            flow.take(next).await;
            made(&app, report, case, paper).await;
        }
        let pause =
            || json!({ "cause": "TESTING", "body": "湖南省计量检测研究院", "sample": "电子秤" });
        let result = || json!({ "result": "检定不合格。" });
        let reason = json!({ "reason": REASON });
        for (who, operation, more, paper) in [
            ("lin", "PauseForTesting", pause(), Paper::TestingEntrustment),
            ("lin", "ResumeVerification", result(), Paper::TestingResult),
            ("he", "ExtendVerification", reason, Paper::ExtensionApproval),
            ("lin", "PauseForTesting", pause(), Paper::TestingEntrustment),
            ("lin", "ResumeVerification", result(), Paper::TestingResult),
        ] {
            run(&app, who, operation, step(&app, report, more)).await;
            made(&app, report, case, paper).await;
        }
        for next in [
            Step::DispatchVisit,
            Step::CheckIn,
            Step::ArriveToo,
            Step::CheckInstrument,
            Step::RecordMeasurement,
            Step::DeclarePhotos,
        ] {
            flow.take(next).await;
        }
        flow.send_photos().await;
        for next in [Step::SignRecord, Step::SubmitVisit, Step::FileCase] {
            flow.take(next).await;
        }
        made(&app, report, case, Paper::FilingApproval).await;
        flow.take(Step::ProposePenalty).await;
        made(&app, report, case, Paper::CaseFile).await;
        for (next, paper) in [
            (Step::AuditCase, Paper::AuditOpinion),
            (Step::IssueNotice, Paper::PenaltyNotice),
            (Step::ServeNotice, Paper::ServiceReceipt),
        ] {
            flow.take(next).await;
            made(&app, report, case, paper).await;
        }
        flow.go_on(Step::ServeNotice, Step::DecideCase).await;
        made(&app, report, case, Paper::PenaltyDecision).await;
        flow.take(Step::ServeDecision).await;
        // The party reads its decision, and nothing that tells of a report.
        let variables = json!({ "subjectKind": "CASE", "subjectId": case });
        let reply = app.as_("wu").run("ListNotices", variables).await.ok();
        let own = reply.data("notices").as_array().unwrap();
        let kinds: Vec<_> = own.iter().map(|paper| paper["paper"].clone()).collect();
        assert_eq!(kinds, [json!("penalty_notice"), json!("penalty_decision")]);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_form_of_a_report_says_what_each_scale_showed_in_grams() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let subject = Subject::Report(ReportId::new(flow.report()));
        let issued = store::notices::list(&app.parts().db, &Actor::System, subject);
        let issued = issued.await.unwrap();
        let mut forms = issued.iter().filter(|it| it.paper == Paper::ReportForm);
        let id = forms.next().unwrap().id;
        let open = read(app.parts(), &Caller::system(), id).await.unwrap();
        let basis = open.written.get(MatterField::FactualBasis.into()).unwrap();
        let basis = basis.to_string();
        assert!(basis.ends_with("：结算2000克，复称1850克"), "{basis}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_other_end_leaves_the_paper_that_made_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let first = flow.report();
        let code = flow.receipt_code().await;
        let again = || json!({ "earlierReceiptCode": code });
        let (double, _) = file(&app, &flow, again()).await;
        let (later, _) = file(&app, &flow, again()).await;
        let (other, _) = file(&app, &flow, json!({ "contactEmail": null })).await;
        app.advance(TimeDelta::seconds(1));
        let same = json!({ "earlierId": first, "sameness": "同一举报人、同一摊位、同一次购买。" });
        let merge = json!({ "intoId": first, "newFacts": "排骨也短缺。" });
        let elsewhere = json!({ "competent": "岳麓区市场监督管理局", "reason": REASON });
        for (report, operation, more, paper) in [
            (double, "MarkDuplicate", same, Paper::DuplicateRecord),
            (later, "MergeReport", merge, Paper::MergeRecord),
            (
                other,
                "ReplyNotCompetent",
                elsewhere,
                Paper::CompetenceReply,
            ),
        ] {
            run(&app, "lin", operation, step(&app, report, more)).await;
            made(&app, report, report, paper).await;
        }
        flow.take(Step::AcceptReport).await;
        let proposal = json!({ "ground": "NF_1_MINOR", "reason": "短缺轻微，当场补足。" });
        run(
            &app,
            "deng",
            "ProposeNotFiling",
            step(&app, first, proposal),
        )
        .await;
        app.advance(TimeDelta::seconds(1));
        run(&app, "he", "DeclineFiling", step(&app, first, json!({}))).await;
        made(&app, first, first, Paper::NotFiledApproval).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_case_that_ends_otherwise_leaves_its_paper_and_its_file_ends_with_it() {
    for (last, operation, more, state, paper) in [
        (
            Step::ServeNotice,
            "TransferReport",
            json!({ "to": "OTHER_AGENCY", "receiver": "天心区商务局", "reason": "不属于本机关管辖。" }),
            "TRANSFERRED",
            Paper::TransferLetter,
        ),
        (
            Step::ProposePenalty,
            "CloseWithoutPenalty",
            json!({ "reason": "违法事实不能成立。" }),
            "CLOSED_NO_PENALTY",
            Paper::NoPenaltyDecision,
        ),
    ] {
        on_both(async |app| {
            let flow = Flow::after(&app, last).await;
            if operation == "CloseWithoutPenalty" {
                super::no_penalty_proposed(&app, &flow).await;
            }
            run(
                &app,
                "he",
                operation,
                step(&app, flow.report(), more.clone()),
            )
            .await;
            made(&app, flow.report(), flow.case(), paper).await;
            let seen = app
                .as_("he")
                .run("GetCase", json!({ "id": flow.case() }))
                .await
                .ok();
            assert_eq!(seen.text("case.state"), state);
            // Nothing is done on it any more, and no period of it is left running.
            for next in [Step::ProposePenalty, Step::AuditCase, Step::DecideCase] {
                assert_eq!(
                    flow.refused(next, json!({})).await,
                    ["WRONG_STATE"],
                    "{next:?}"
                );
            }
            let clocks = seen.data("case.clocks").as_array().unwrap().clone();
            assert!(!clocks.is_empty());
            for clock in clocks {
                let is_decided = clock["ruleId"] == "P-DECIDE" && state == "CLOSED_NO_PENALTY";
                // A report that was replaced was never audited, and the one after it was.
                let done: &[&str] = match clock["ruleId"].as_str() {
                    Some("P-AUDIT") => &["SATISFIED", "LAPSED"],
                    _ if is_decided => &["SATISFIED"],
                    _ => &["LAPSED"],
                };
                let found = clock["state"].as_str().unwrap_or_default();
                assert!(done.contains(&found), "{clock}");
            }
            app.leave_jobs();
        })
        .await;
    }
}
