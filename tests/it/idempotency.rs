//! The same write again: after a lost answer, with other content, by somebody else, fifty times at once.

use futures_util::future::join_all;
use liangxin_tests::app::{on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, STEPS, Step};
use serde_json::json;

#[tokio::test]
async fn every_step_sent_again_is_a_quiet_success_that_changes_nothing() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        for step in STEPS {
            let first = flow.take(step).await;
            let before = app.census().await;
            let again = flow.take(step).await;
            let after = app.census().await;
            assert_eq!(after.changed_since(&before), Vec::<&str>::new(), "{step:?}");
            if step != Step::FileReport {
                // The answer to a report holds a token that is issued anew.
                assert_eq!(first.body(), again.body(), "{step:?}");
            }
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
        }
        let before = app.census().await;
        for step in STEPS {
            flow.take(step).await;
        }
        let after = app.census().await;
        assert_eq!(
            after.changed_since(&before),
            Vec::<&str>::new(),
            "all of it again, at the end"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_used_id_with_other_content_is_an_explicit_conflict() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ScreenReward).await;
        for step in STEPS {
            let mut variables = flow.variables(step);
            let input = &mut variables["input"];
            let (name, value) = match step {
                Step::FileReport => ("goods", json!("排骨")),
                Step::AcceptReport | Step::ScreenReward => ("reportId", json!(app.new_id())),
                Step::DispatchVisit => ("inspectorIds", json!([])),
                Step::CheckIn | Step::ArriveToo => {
                    ("position", json!({ "latitude": 28.2, "longitude": 112.9 }))
                }
                Step::CheckInstrument => ("seal", json!("BROKEN")),
                Step::RecordMeasurement => ("checkedGrams", json!("1851")),
                Step::DeclarePhotos => ("photos", json!([])),
                Step::SignRecord => ("signerName", json!("吴小明")),
                Step::SubmitVisit => ("visitId", json!(app.new_id())),
                Step::FileCase => ("investigatorIds", json!([])),
                Step::ProposePenalty => ("charges", flow.charges("M-QTY-01", 1999)),
                Step::AuditCase => ("opinion", json!("同意处罚意见。")),
                Step::IssueNotice
                | Step::ServeNotice
                | Step::ServeDecision
                | Step::RecordFinePayment
                | Step::CheckCorrection => ("caseId", json!(app.new_id())),
                Step::AnswerNotice => ("proof", json!("声明书")),
                Step::FinishCase => ("inSpite", json!("当事人已注销。")),
                Step::DecideCase => ("correctBy", json!("2026-12-16")),
            };
            input[name] = value;
            assert_eq!(
                flow.session(step)
                    .refused(&step.operation(), variables)
                    .await,
                ["ID_REUSED"],
                "{step:?}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_id_that_one_person_used_is_a_fresh_one_of_everybody_else() {
    on_both(async |app| {
        app.grant("peng", "intake_officer").await;
        let flow = Flow::after(&app, Step::AcceptReport).await;
        // Peng's write is looked at for itself, whatever Lin called hers.
        let peng = app.as_("peng");
        let same = flow.variables(Step::AcceptReport);
        let other = flow.changed(Step::AcceptReport, json!({}));
        let answers = [
            peng.refused("AcceptReport", same).await,
            peng.refused("AcceptReport", other).await,
        ];
        assert_eq!(answers[0], answers[1]);
        // The same report with another secret is another report of another sender.
        let mut stolen = flow.variables(Step::FileReport);
        stolen["input"]["secret"] = json!("c29tZWJvZHktZWxzZS0wMDE");
        let filed = app.anonymous().run("FileReport", stolen).await.ok();
        let another = filed.text("fileReport.receipt.reportId");
        assert_ne!(another, flow.report().to_string());
        assert_ne!(
            filed.text("fileReport.receipt.receiptCode"),
            flow.receipt_code().await
        );
        assert_eq!(count(&app.parts().db, "report", "1 = 1").await, 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_version_before_accepted_under_the_id_itself_is_the_same_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let code = flow.receipt_code().await;
        // As that version kept it: each write under the id that was sent, and the report too.
        let sent = |step: Step| {
            flow.variables(step)["input"]["id"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        for step in [Step::FileReport, Step::AcceptReport, Step::DispatchVisit] {
            app.rename_command(&step.operation(), &sent(step)).await;
        }
        let before = app.census().await;
        for step in [Step::FileReport, Step::AcceptReport, Step::DispatchVisit] {
            flow.take(step).await;
        }
        assert_eq!(flow.receipt_code().await, code);
        let after = app.census().await;
        assert_eq!(after.changed_since(&before), Vec::<&str>::new());
        for step in [Step::FileReport, Step::AcceptReport] {
            let mut other = flow.variables(step);
            match step {
                Step::FileReport => other["input"]["goods"] = json!("排骨"),
                _ => other["input"]["reportId"] = json!(app.new_id()),
            }
            let session = flow.session(step);
            let refused = session.refused(&step.operation(), other).await;
            assert_eq!(refused, ["ID_REUSED"], "{step:?}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_id_used_for_one_operation_is_refused_for_another() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let mut variables = flow.variables(Step::DispatchVisit);
        variables["input"]["id"] = flow.variables(Step::AcceptReport)["input"]["id"].clone();
        assert_eq!(
            app.as_("lin").refused("DispatchVisit", variables).await,
            ["ID_REUSED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_id_of_the_wrong_kind_is_refused() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ScreenReward).await;
        for step in STEPS {
            // Version 1, made of a clock and an address, can be guessed.
            let mut variables = flow.variables(step);
            variables["input"]["id"] = json!("c232ab00-9414-11ec-b3c8-9f6bdeced846");
            assert_eq!(
                flow.session(step)
                    .refused(&step.operation(), variables)
                    .await,
                ["FIELD_FORMAT"],
                "{step:?}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn fifty_copies_of_a_report_at_once_make_one_report_and_all_get_the_same_code() {
    on_both_connected(16, async |app| {
        let flow = Flow::new(&app);
        let replies = join_all((0..50).map(|_| flow.take(Step::FileReport))).await;
        let code = replies[0].text("fileReport.receipt.receiptCode");
        for reply in &replies {
            assert_eq!(reply.text("fileReport.receipt.receiptCode"), code);
            assert_eq!(
                reply.text("fileReport.receipt.reportId"),
                flow.report().to_string()
            );
        }
        for (table, rows) in [
            ("report", 1),
            ("command", 1),
            ("clock", 1),
            ("photo", 1),
            ("job", 1),
        ] {
            assert_eq!(
                count(&app.parts().db, table, "1 = 1").await,
                rows,
                "{table}"
            );
        }
        assert_eq!(app.drain_jobs().await, 1);
        assert_eq!(app.mails().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn of_two_officers_who_take_the_same_report_in_at_once_one_succeeds() {
    on_both_connected(16, async |app| {
        app.grant("peng", "intake_officer").await;
        let flow = Flow::after(&app, Step::FileReport).await;
        for key in ["lin", "peng"] {
            app.as_(key).run("Me", json!({})).await.ok();
        }
        let attempts = (0..10).map(|n| {
            let officer = app.as_(if n % 2 == 0 { "lin" } else { "peng" });
            let variables = flow.changed(Step::AcceptReport, json!({}));
            async move { officer.run("AcceptReport", variables).await.problems() }
        });
        let outcomes = join_all(attempts).await;
        assert_eq!(
            outcomes
                .iter()
                .filter(|problems| problems.is_empty())
                .count(),
            1,
            "{outcomes:?}"
        );
        let refused = outcomes.iter().flatten();
        assert!(
            refused
                .clone()
                .all(|code| code == "WRONG_STATE" || code == "STALE"),
            "{outcomes:?}"
        );
        assert_eq!(
            app.drain_jobs().await,
            2,
            "one mail for the report, one for taking it in"
        );
    })
    .await;
}

#[tokio::test]
async fn all_who_present_the_same_refresh_token_at_once_get_the_same_tokens() {
    on_both_connected(16, async |app| {
        let credentials = json!({ "input": {
            "email": "zhou@tianxin.example", "password": liangxin_demo::fixtures::PASSWORD, "deviceName": "phone",
        } });
        let session = app.anonymous().run("SignIn", credentials).await.ok();
        let token = session.text("signIn.session.refreshToken");
        let attempts = (0..10).map(|_| async {
            app.anonymous().run("RefreshSession", json!({ "refreshToken": token })).await.ok().body()
        });
        let outcomes = join_all(attempts).await;
        let first = &outcomes[0];
        assert!(first.contains("accessToken") && outcomes.iter().all(|other| other == first), "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_written_just_now_and_is_not_found_is_told_to_be_tried_again_and_what_was_before_is_gone()
 {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        // What is sent is out of its sender's sight as soon as it is written.
        let moved = "UPDATE visit SET division = '110101' WHERE id = NEW.id";
        app.execute(&match app.parts().db.is_postgres() {
            true => format!("CREATE RULE away AS ON INSERT TO visit DO ALSO {moved}"),
            false => format!("CREATE TRIGGER away AFTER INSERT ON visit BEGIN {moved}; END"),
        })
        .await;
        let sends = flow.session(Step::DispatchVisit);
        let visit = flow.variables(Step::DispatchVisit);
        for code in ["UNAVAILABLE", "NOT_FOUND"] {
            let sent = sends.run("DispatchVisit", visit.clone()).await;
            assert_eq!(sent.problems(), [code]);
            assert_eq!(count(&app.parts().db, "visit", "TRUE").await, 1);
        }
        app.leave_jobs();
    })
    .await;
}
