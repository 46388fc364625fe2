//! Who sees what: divisions, merchants, the gate, and the reporter who is seen by nobody.

use liangxin_demo::fixtures::merchant_code;
use liangxin_domain::accounts::role::Role;
use liangxin_domain::policy::Need;
use liangxin_graphql::access;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::contract;
use liangxin_tests::flow::{CONTACT, Flow, STEPS, Step};
use serde_json::{Value, json};

/// A report, a visit and a case that nobody of Tianxin handles.
async fn in_yuelu(app: &TestApp) -> Flow {
    let flow = Flow::new(app);
    let mut variables = flow.variables(Step::FileReport);
    variables["input"]["merchantCode"] = json!(merchant_code("yuelu-stall-01").as_str());
    app.anonymous().run("FileReport", variables).await.ok();
    flow
}

#[tokio::test]
async fn a_report_of_another_district_is_not_found_and_the_city_above_sees_it() {
    on_both(async |app| {
        let flow = in_yuelu(&app).await;
        assert_eq!(
            flow.refused(Step::AcceptReport, json!({})).await,
            ["NOT_FOUND"]
        );
        for key in ["lin", "deng", "xiao", "he", "luo", "zhou"] {
            let reply = app
                .as_(key)
                .run("GetReport", json!({ "id": flow.report() }))
                .await
                .ok();
            assert_eq!(reply.data("report"), &Value::Null, "{key}");
            let queue = app.as_(key).run("ReportQueue", json!({})).await.ok();
            assert_eq!(queue.data("reports.items"), &json!([]), "{key}");
        }
        let seen = app
            .as_("yi")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(seen.text("report.division"), "430104");
        let accepted = app
            .as_("yi")
            .run("AcceptReport", flow.variables(Step::AcceptReport))
            .await;
        accepted.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_steps_of_a_case_are_not_found_from_another_district() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        app.execute("UPDATE report SET division = '430104', unit = '430104'")
            .await;
        app.execute("UPDATE visit SET division = '430104'").await;
        app.execute("UPDATE case_file SET division = '430104'")
            .await;
        for step in [
            Step::FileCase,
            Step::ProposePenalty,
            Step::AuditCase,
            Step::IssueNotice,
            Step::ServeNotice,
            Step::DecideCase,
            Step::ServeDecision,
            Step::RecordFinePayment,
            Step::CheckCorrection,
            Step::FinishCase,
        ] {
            assert_eq!(
                flow.refused(step, json!({})).await,
                ["NOT_FOUND"],
                "{step:?}"
            );
        }
        for step in [Step::AcceptReport, Step::DispatchVisit, Step::ScreenReward] {
            assert_eq!(
                flow.refused(step, json!({})).await,
                ["NOT_FOUND"],
                "{step:?}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_merchant_sees_the_own_case_from_the_notice_on_and_nobody_elses() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::IssueNotice).await;
        let case = json!({ "id": flow.case() });
        assert_eq!(
            app.as_("wu")
                .run("GetCase", case.clone())
                .await
                .ok()
                .data("case"),
            &Value::Null
        );
        flow.take(Step::ServeNotice).await;
        let seen = app.as_("wu").run("GetCase", case.clone()).await.ok();
        assert_eq!(seen.text("case.state"), "NOTICED");
        assert_eq!(
            seen.data("case.rounds.0.audits"),
            &json!([]),
            "the audit is the bureau's own"
        );
        assert_eq!(
            app.as_("wu")
                .run("ListCases", json!({}))
                .await
                .ok()
                .data("cases.items")
                .as_array()
                .unwrap()
                .len(),
            1
        );
        for key in ["shi", "ouyang"] {
            assert_eq!(
                app.as_(key)
                    .run("GetCase", case.clone())
                    .await
                    .ok()
                    .data("case"),
                &Value::Null
            );
            assert_eq!(
                flow.refused_for(key, Step::AnswerNotice).await,
                ["NOT_FOUND"],
                "{key}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn auditors_of_the_system_and_administrators_see_no_case() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        for key in ["shen", "qiu"] {
            let reply = app
                .as_(key)
                .run("GetCase", json!({ "id": flow.case() }))
                .await
                .ok();
            assert_eq!(reply.data("case"), &Value::Null, "{key}");
            for (operation, id) in [("GetReport", flow.report()), ("GetVisit", flow.visit())] {
                let reply = app.as_(key).run(operation, json!({ "id": id })).await;
                assert_eq!(reply.problems(), ["DENIED"], "{key}: {operation}");
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_field_asks_strangers_to_sign_in_and_refuses_whoever_has_not_the_role() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ScreenReward).await;
        for name in contract::operations() {
            let document = contract::operation(&name);
            let called = |field: &str| {
                ['(', ' ', '\n']
                    .iter()
                    .any(|end| document.contains(&format!("\n  {field}{end}")))
            };
            let (field, need) = access::list()
                .find(|(field, _)| called(field))
                .unwrap_or_else(|| panic!("{name}"));
            let variables = STEPS
                .into_iter()
                .find(|step| step.operation() == name)
                .map_or_else(
                    || json!({ "id": flow.report(), "deviceId": app.new_id() }),
                    |step| flow.changed(step, json!({})),
                );
            if *need == Need::Anyone {
                continue;
            }
            assert_eq!(
                app.anonymous().refused(&name, variables.clone()).await,
                ["SIGN_IN_REQUIRED"],
                "{field}"
            );
            let Need::Roles(roles) = need else { continue };
            let stranger = if roles.contains(&Role::Merchant) {
                "lin"
            } else {
                "wu"
            };
            assert_eq!(
                app.as_(stranger).refused(&name, variables).await,
                ["DENIED"],
                "{field}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_who_reported() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ScreenReward).await;
        let code = flow.receipt_code().await;
        let secret = flow.variables(Step::FileReport)["input"]["secret"]
            .as_str()
            .unwrap()
            .to_owned();
        let reads = [
            ("GetReport", json!({ "id": flow.report() })),
            ("ReportQueue", json!({})),
            ("GetVisit", json!({ "id": flow.visit() })),
            ("MyVisits", json!({})),
            ("GetCase", json!({ "id": flow.case() })),
            ("ListCases", json!({})),
        ];
        let mut seen = 0;
        for key in [
            "lin", "zhou", "tang", "deng", "xiao", "he", "luo", "yi", "liao", "gong", "shen",
            "qiu", "wu",
        ] {
            for (operation, variables) in &reads {
                let body = app.as_(key).run(operation, variables.clone()).await.body();
                seen += usize::from(body.contains("五花肉") || body.contains("M-QTY-01"));
                for secret in [
                    CONTACT,
                    code.as_str(),
                    &code.replace('-', ""),
                    &secret,
                    "contact",
                ] {
                    assert!(
                        !body.contains(secret),
                        "{key} sees it by {operation}: {body}"
                    );
                }
            }
        }
        assert!(seen > 10, "the officers did see the case itself");
        let tracked = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        assert!(
            !tracked.body().contains(CONTACT),
            "not even the reporter's own page shows the address"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_neither_address_nor_code_nor_token_in_the_clear() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ScreenReward).await;
        let filed = flow.take(Step::FileReport).await;
        let code = filed.text("fileReport.receipt.receiptCode");
        let credentials = json!({ "input": {
            "email": "zhou@tianxin.example", "password": liangxin_demo::fixtures::PASSWORD, "deviceName": "phone",
        } });
        let session = app.anonymous().run("SignIn", credentials).await.ok();
        app.drain_jobs().await;
        let census = app.census().await;
        assert!(census.tables().count() > 20);
        for secret in [
            CONTACT,
            code,
            &code.replace('-', ""),
            flow.variables(Step::FileReport)["input"]["secret"].as_str().unwrap(),
            filed.text("fileReport.receipt.uploadToken"),
            session.text("signIn.session.refreshToken"),
            session.text("signIn.session.accessToken"),
            liangxin_demo::fixtures::PASSWORD,
        ] {
            assert_eq!(census.tables_with(secret), Vec::<&str>::new());
        }
        assert_eq!(census.tables_with("吴记鲜肉"), ["merchant", "notice", "report"], "the scan does see what is there");
        assert_eq!(count(&app.parts().db, "contact", "TRUE").await, 1);
    })
    .await;
}
